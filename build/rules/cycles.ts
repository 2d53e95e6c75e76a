/**
 * Groups of files that import each other in a ring, found with Tarjan's strongly connected components. Each is given as
 * one ring that starts and ends with the same file, so that the reader sees which import to turn round.
 */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const state = new Map<string, { index: number; low: number; open: boolean }>();
  const stack: string[] = [];
  const groups: string[][] = [];

  const visit = (file: string): { index: number; low: number; open: boolean } => {
    const own = { index: state.size, low: state.size, open: true };
    state.set(file, own);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      const seen = state.get(next);
      if (seen === undefined) own.low = Math.min(own.low, visit(next).low);
      else if (seen.open) own.low = Math.min(own.low, seen.index);
    }
    if (own.low === own.index) groups.push(close(file));
    return own;
  };

  const close = (root: string): string[] => {
    const group: string[] = [];
    for (let file = stack.pop(); file !== undefined; file = stack.pop()) {
      const entry = state.get(file);
      if (entry !== undefined) entry.open = false;
      group.push(file);
      if (file === root) break;
    }
    return group;
  };

  for (const file of graph.keys()) if (!state.has(file)) visit(file);
  return groups.flatMap((group) => {
    const start = group.toSorted()[0];
    if (start === undefined) return [];
    const ring = findRing(graph, start, new Set(group));
    return ring === undefined ? [] : [ring];
  });
}

/** The shortest way from `start` back to itself inside `group`; undefined when the file stands alone. */
function findRing(graph: ReadonlyMap<string, readonly string[]>, start: string, group: ReadonlySet<string>): readonly string[] | undefined {
  const from = new Map<string, string>();
  const queue = [start];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const next of graph.get(file) ?? []) {
      if (next === start) return trace(from, start, file);
      if (!group.has(next) || from.has(next)) continue;
      from.set(next, file);
      queue.push(next);
    }
  }
  return undefined;
}

function trace(from: ReadonlyMap<string, string>, start: string, last: string): readonly string[] {
  const ring = [start];
  for (let file: string | undefined = last; file !== undefined && file !== start; file = from.get(file)) ring.unshift(file);
  return [start, ...ring];
}
