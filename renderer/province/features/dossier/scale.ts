import type { EvidenceLine } from '#shared/province/index.ts';

/** Maps instants to a width: where things lie thick the scale stays true, only its ends are chosen. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  /** Place of an instant, 0 to 100; what lies outside is put on the edge. */
  place(instant: number): number;
}

/**
 * A scale around what decides: the due dates, the acts that completed the dossier or moved its term, with their intervals, the outages
 * around them and the news. The reception may lie days before; it would press the rest into a corner, so it stands on the edge then.
 */
export function scaleFor(lines: readonly EvidenceLine[]): Scale {
  const instants: number[] = [];
  for (const line of lines) {
    if (line.type === 'due' || line.type === 'news') instants.push(line.at);
    if (line.type === 'standing-still') instants.push(line.at, ...(line.to === null ? [] : [line.to]));
    if (line.type === 'act' && line.decides && !line.dropped) {
      instants.push(line.at, line.recordedAt, ...[line.interval.min, line.interval.max].filter((end) => end !== null));
    }
  }
  for (const line of lines) {
    if (line.type === 'outage' && instants.some((one) => one >= line.at && (line.to === null || one <= line.to))) {
      instants.push(line.at, ...(line.to === null ? [] : [line.to]));
    }
  }
  if (instants.length === 0) instants.push(...lines.map((line) => line.at));
  const least = instants.length === 0 ? 0 : Math.min(...instants);
  const most = instants.length === 0 ? 1 : Math.max(...instants);
  const margin = Math.max((most - least) * 0.06, 5 * 60_000);
  const from = least - margin;
  const to = most + margin;
  return { from, to, place: (instant) => Math.min(100, Math.max(0, ((instant - from) / (to - from)) * 100)) };
}

const steps = [5, 15, 30, 60, 180, 360, 720, 1440, 2880, 10_080].map((minutes) => minutes * 60_000);
const day = 86_400_000;
const civilOffset = 7 * 3_600_000;

/** Round civil instants to write under the scale, at most eight. */
export function ticksOf({ from, to }: Scale): number[] {
  const step = steps.find((one) => (to - from) / one <= 8) ?? Math.ceil((to - from) / 8 / day) * day;
  const first = Math.ceil((from + civilOffset) / step) * step - civilOffset;
  const ticks: number[] = [];
  for (let at = first; at <= to; at += step) ticks.push(at);
  return ticks;
}
