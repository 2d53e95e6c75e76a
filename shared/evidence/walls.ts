import { logKinds, type ClockReading, type ReadEntry } from '#shared/log/index.ts';
import type { NotedAnchor } from './noted-anchors.ts';
import { clockChange, clockSteppedSchema, stepTolerance } from './readings.ts';

/**
 * How far the wall clock may seem to go back from entry to entry before its continuity counts as broken, milliseconds: a
 * battery clock keeps whole seconds and drifts while the machine is off.
 */
export const wallBackTolerance = 10_000;

/** The wall clock of a log's machine with the recorded steps undone, so that readings before and after a step can be compared. */
export interface Walls {
  /** Of the entry at a place; milliseconds. */
  at(seq: number): number;
  /** Of the moment an anchor's answer was there; undefined where its note tells too little. */
  ofAnchor(noted: NotedAnchor): number | undefined;
  /**
   * Wall continuity (đồng hồ máy liên tục): from the entry `fromSeq` to `toSeq` walls, with recorded steps undone, never go back from
   * entry to entry and from boot to boot, and never step without a record.
   */
  continuous(fromSeq: number, toSeq: number): boolean;
}

/** A recorded step: it happened between the two readings. */
interface Step {
  readonly seq: number;
  readonly before: ClockReading;
  readonly after: ClockReading;
  readonly by: number;
}

/** Reads the walls off the entries of a log, seq 1 first. */
export function wallsOf(entries: readonly ReadEntry[]): Walls {
  const steps: Step[] = [];
  const undone: number[] = [];
  const breaks: number[] = [];
  const lastOfBoot = new Map<string, number>();
  let stepped = 0;
  let broken = 0;
  let before: ReadEntry | undefined;
  for (const entry of entries) {
    const { clock, seq } = entry.header;
    const step = stepAt(entry);
    if (step) {
      steps.push(step);
      stepped += step.by;
    }
    const wall = clock.wall - stepped;
    const last = undone.at(-1);
    if (last !== undefined && wall < last - wallBackTolerance) broken += 1;
    else if (before && unrecorded(before.header.clock, clock, step)) broken += 1;
    undone.push(wall);
    breaks.push(broken);
    lastOfBoot.set(clock.boot, seq);
    before = entry;
  }

  /** Whether a step noted up to an anchor's note happened before the anchor's answer was there. */
  function precedes(step: Step, noted: NotedAnchor, noteBoot: string): boolean {
    const { boot, responseUptime, wall } = noted;
    if (step.after.boot !== boot) {
      const last = lastOfBoot.get(boot);
      return last === undefined ? step.after.boot !== noteBoot : step.seq < last;
    }
    if (step.after.uptime <= responseUptime) return true;
    if (step.before.uptime >= responseUptime || wall === undefined) return false;
    // The answer came between the two readings of the step: the side its own wall fits better.
    const without = step.before.wall + (responseUptime - step.before.uptime);
    return Math.abs(wall - without) > Math.abs(wall - without - step.by);
  }

  return {
    at: (seq) => undone[seq - 1] ?? 0,
    ofAnchor(noted) {
      const note = entries[noted.seq - 1];
      if (!note) return undefined;
      const { clock } = note.header;
      if (noted.wall !== undefined) {
        const passed = steps.filter((step) => step.seq <= noted.seq && precedes(step, noted, clock.boot));
        return noted.wall - passed.reduce((sum, { by }) => sum + by, 0);
      }
      return clock.boot === noted.boot ? (undone[noted.seq - 1] ?? 0) - (clock.uptime - noted.responseUptime) : undefined;
    },
    continuous: (fromSeq, toSeq) => (breaks[toSeq - 1] ?? 0) === (breaks[fromSeq - 1] ?? 0),
  };
}

/** The step an entry records, if it records one of its own boot. */
function stepAt(entry: ReadEntry): Step | undefined {
  if (entry.header.kind !== logKinds.clockStepped) return undefined;
  const facts = clockSteppedSchema.safeParse(entry.header.facts);
  if (!facts.success || facts.data.before.boot !== entry.header.clock.boot) return undefined;
  return { seq: entry.header.seq, before: facts.data.before, after: entry.header.clock, by: facts.data.by };
}

/** Whether the wall clock moved against uptime between two entries by something that the later one does not record. */
function unrecorded(before: ClockReading, after: ClockReading, recorded: Step | undefined): boolean {
  const change = clockChange(before, after);
  if (change.kind !== 'same-boot') return false;
  const allowed = stepTolerance + Math.ceil(change.elapsed / 2_000);
  const step = after.wall - before.wall - change.elapsed;
  return Math.abs(step - (recorded?.by ?? 0)) > allowed;
}
