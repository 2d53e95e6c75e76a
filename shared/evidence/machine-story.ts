import { logKinds, type ReadEntry } from '#shared/log/index.ts';
import { anchorsAgree } from './drift.ts';
import type { NotedAnchor } from './noted-anchors.ts';
import { clockChange, clockSuspendedSchema } from './readings.ts';

/** A stretch of uptime across which uptime does not measure: asleep, or the anchors on its two sides disagree. */
interface Break {
  readonly from: number;
  readonly to: number;
  readonly why: 'suspended' | 'anchors-disagree';
}

/** What the readings of a log say about its machine: boots, sleeps, and where uptime does not measure. */
export interface MachineStory {
  /** Why nothing of a boot can be measured by uptime. */
  broken(boot: string): 'uptime-back' | 'boot-returned' | undefined;
  /** Whether uptime measures from `x` to `y` (x ≤ y) of a boot; else why not. */
  between(boot: string, x: number, y: number): Break['why'] | undefined;
  /** Whether the machine slept between two entries while it ran this boot. */
  slept(boot: string, fromSeq: number, toSeq: number): boolean;
}

/** Reads the machine's story from the entries' clock readings (seq 1 first) and the anchors that count. */
export function machineStory(entries: readonly ReadEntry[], anchors: readonly NotedAnchor[]): MachineStory {
  const broken = new Map<string, 'uptime-back' | 'boot-returned'>();
  const breaks = new Map<string, Break[]>();
  const extent = new Map<string, { first: number; last: number }>();
  /** Up to and with the entry at an index: how many sleeps were seen. */
  const sleeps: number[] = [];
  let slept = 0;
  let before: ReadEntry | undefined;

  for (const entry of entries) {
    const { clock, seq } = entry.header;
    const known = extent.get(clock.boot);
    if (known && before && before.header.clock.boot !== clock.boot) broken.set(clock.boot, 'boot-returned');
    if (known) known.last = seq;
    else extent.set(clock.boot, { first: seq, last: seq });

    const asleep = sleepAt(entry, before);
    if (asleep) {
      slept += 1;
      add(breaks, clock.boot, asleep);
    }
    if (before && clockChange(before.header.clock, clock).kind === 'uptime-back') broken.set(clock.boot, 'uptime-back');
    sleeps.push(slept);
    before = entry;
  }

  const story: MachineStory = {
    broken: (boot) => broken.get(boot),
    between: (boot, x, y) => breaks.get(boot)?.find((gap) => gap.to > x && gap.from < y)?.why,
    slept: (boot, fromSeq, toSeq) => {
      const part = extent.get(boot);
      if (!part) return false;
      const from = Math.max(fromSeq, part.first);
      const to = Math.min(toSeq, part.last);
      return to > from && (sleeps[to - 1] ?? 0) > (sleeps[from - 1] ?? 0);
    },
  };
  for (const [boot, list] of disagreements(anchors, story)) for (const gap of list) add(breaks, boot, gap);
  return story;
}

function add(breaks: Map<string, Break[]>, boot: string, gap: Break): void {
  const list = breaks.get(boot);
  if (list) list.push(gap);
  else breaks.set(boot, [gap]);
}

/** A sleep between the reading before and this one: by the clocks themselves, or because the desk recorded it. */
function sleepAt(entry: ReadEntry, before: ReadEntry | undefined): Break | undefined {
  const { clock, kind } = entry.header;
  const last = before && before.header.clock.boot === clock.boot ? before.header.clock.uptime : 0;
  if (kind === logKinds.clockSuspended) {
    const recorded = clockSuspendedSchema.safeParse(entry.header.facts);
    const since = recorded.success && recorded.data.before.boot === clock.boot ? recorded.data.before.uptime : last;
    return { from: Math.min(since, clock.uptime), to: clock.uptime, why: 'suspended' };
  }
  if (!before) return undefined;
  const change = clockChange(before.header.clock, clock);
  return change.kind === 'same-boot' && change.suspended > 0 ? { from: last, to: clock.uptime, why: 'suspended' } : undefined;
}

/** Neighbouring anchors of one boot that do not fit one crystal: between them uptime does not measure. */
function disagreements(anchors: readonly NotedAnchor[], story: MachineStory): Map<string, Break[]> {
  const found = new Map<string, Break[]>();
  for (const [boot, list] of anchorsByBoot(anchors)) {
    for (const [index, later] of list.entries()) {
      const earlier = list[index - 1];
      if (!earlier || story.between(boot, earlier.requestUptime, later.responseUptime) || anchorsAgree(earlier, later)) continue;
      const [from, to] = [earlier.responseUptime, later.requestUptime].sort((a, b) => a - b);
      add(found, boot, { from: from ?? 0, to: to ?? 0, why: 'anchors-disagree' });
    }
  }
  return found;
}

/** Anchors by boot, in the order of their responses. */
export function anchorsByBoot(anchors: readonly NotedAnchor[]): Map<string, NotedAnchor[]> {
  const boots = new Map<string, NotedAnchor[]>();
  for (const anchor of anchors) {
    const list = boots.get(anchor.boot);
    if (list) list.push(anchor);
    else boots.set(anchor.boot, [anchor]);
  }
  for (const list of boots.values()) list.sort((a, b) => a.responseUptime - b.responseUptime);
  return boots;
}
