import type { TimeSource } from '#shared/dossier/index.ts';
import type { ClockSample } from '#shared/ports.ts';
import type { Anchor } from './anchor.ts';

/** An anchor as this installation saw it: its number, and the uptimes between which it travelled (milliseconds). */
export interface AnchorSighting {
  /** The desk's number of the anchor, from 1, growing. */
  readonly number: number;
  readonly boot: string;
  /** Uptime when the request left. */
  readonly requestUptime: number;
  /** Uptime when the answer was there. */
  readonly responseUptime: number;
  readonly anchor: Anchor;
}

/** A date and time the clerk confirmed, with the reading of that moment. */
export interface ConfirmedTime {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  readonly uptime: number;
  readonly boot: string;
}

export interface WorkingTimeInput {
  readonly sample: ClockSample;
  /** The latest anchor received; counts only if it is of the sample's boot. */
  readonly sighting?: AnchorSighting | undefined;
  /**
   * The newest working time in the log, milliseconds; null in an empty log. After an entry whose time came from an anchor or
   * was confirmed, pass that entry's time even where an older entry claims a later one: the older one was wrong.
   */
  readonly newestInLog: number | null;
  /** The latest confirmation; counts only if it is of the sample's boot. */
  readonly confirmed?: ConfirmedTime | undefined;
}

/** Working time, or the word that the clerk must confirm date and time first (`clock.confirm-needed`). */
export type WorkingTime =
  | { readonly known: true; readonly at: number; readonly source: TimeSource }
  | { readonly known: false; readonly wall: number; readonly newest: number };

/**
 * Working time (giờ làm việc của quầy), by which due dates, receipts, codes and the register go: the last anchor plus
 * uptime in the same boot; else what the clerk confirmed in this boot, plus uptime; else the wall clock if it is not before
 * the newest time in the log; else nothing until the clerk has confirmed. Whole milliseconds. It judges nothing: whether an
 * act was in time follows from the credible interval alone.
 */
export function workingTime(input: WorkingTimeInput): WorkingTime {
  const { sample, sighting, newestInLog, confirmed } = input;
  if (sighting && sighting.boot === sample.boot && sighting.responseUptime <= sample.uptime) {
    const answered = (sighting.requestUptime + sighting.responseUptime) / 2;
    return { known: true, at: Math.round(sighting.anchor.t + (sample.uptime - answered)), source: 'anchor' };
  }
  if (confirmed && confirmed.boot === sample.boot && confirmed.uptime <= sample.uptime) {
    return { known: true, at: Math.round(confirmed.at + (sample.uptime - confirmed.uptime)), source: 'confirmed' };
  }
  const wall = Math.round(sample.wall);
  if (newestInLog === null || wall >= newestInLog) return { known: true, at: wall, source: 'wall' };
  return { known: false, wall, newest: newestInLog };
}
