import type { Act, TimeSource } from '#shared/dossier/index.ts';
import type { Span } from './verdict.ts';

/** What an act's facts say of when it was: the desk's working time and where that came from, and an earlier time that is claimed. */
export interface ToldTime {
  /** Milliseconds. */
  readonly at: number;
  readonly source: TimeSource;
  readonly claimedAt?: number | undefined;
}

/** When an act was by its own facts; undefined for one that names none by a desk (the mapping of a code, an erasure). */
export function toldTime({ facts }: Act): ToldTime | undefined {
  if ('acceptedAt' in facts) return { at: facts.acceptedAt, source: facts.timeSource };
  if (!('timeSource' in facts)) return undefined;
  return { at: facts.at, source: facts.timeSource, claimedAt: 'claimedAt' in facts ? facts.claimedAt : undefined };
}

/**
 * One instant for an act where one has to be named (messages, reports): what the desk told where the credible interval holds it, else
 * the nearest end of the interval. Never outside the interval; whether an act was in time follows from the interval alone.
 */
export function credibleTime({ min, max }: Span, told: number): number {
  return Math.max(min ?? -Infinity, Math.min(max ?? Infinity, told));
}
