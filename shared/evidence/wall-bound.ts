import { driftDivisor, type Bounds } from './drift.ts';
import type { NotedAnchor } from './noted-anchors.ts';
import { wallBackTolerance, type Walls } from './walls.ts';

/** What a battery clock may be off besides its drift, milliseconds: it keeps whole seconds, and starts are slow. */
const batteryError = 10_000;

/** What the wall clock leaves of an act's time between two contacts, and from what. */
export interface WallBound extends Bounds {
  /** What has to be added to the wall clock (recorded steps undone) to get the centre's time: at the contact before the gap, and after it. */
  readonly offsets: readonly [before: number, after: number];
  /** What was added on both sides. */
  readonly allowance: number;
  /** Seq of the notes of the two anchors. */
  readonly anchors: readonly [before: number, after: number];
}

/**
 * Wall evidence (chứng cứ theo đồng hồ máy), for an act whose boot holds no usable anchor, or that a suspend cut off from it: with *W* the wall clock with recorded
 * steps undone, and `o_i = t_i − W_i`, `o_j = t_j − W_j` its offsets at the last contact before the gap and the first after it,
 *
 * `W + min(o_i, o_j) − a ≤ T ≤ W + max(o_i, o_j) + a`, with `a = 10 s + 200 ppm · (t_j − t_i) + rtt_i + rtt_j + ρ_i + ρ_j`
 *
 * The hull of both offsets holds whatever single step the clock made unseen in between. Undefined where an anchor tells no wall,
 * or where the clock stood at the act before where it stood at the contact before it. Behind the contact after it may stand: then it was put back since, which the hull covers.
 */
export function wallBound(seq: number, before: NotedAnchor, after: NotedAnchor, walls: Walls): WallBound | undefined {
  const first = walls.ofAnchor(before);
  const last = walls.ofAnchor(after);
  const own = walls.at(seq);
  if (first === undefined || last === undefined || own < first - wallBackTolerance) return undefined;
  const offsets = [before.anchor.t - first, after.anchor.t - last] as const;
  const gap = Math.max(0, after.anchor.t - before.anchor.t);
  const travel = (noted: NotedAnchor): number => noted.responseUptime - noted.requestUptime + noted.anchor.rho;
  const allowance = batteryError + Math.ceil(gap / driftDivisor) + travel(before) + travel(after);
  return {
    min: own + Math.min(...offsets) - allowance,
    max: own + Math.max(...offsets) + allowance,
    offsets, allowance, anchors: [before.seq, after.seq],
  };
}
