import type { Metrics } from '../metrics/index.ts';
import { refused } from './refused.ts';

/** Work of one sort of which only so much is done at once. */
export interface Limited {
  /** How much of it there is now. */
  now(): number;
  /**
   * Does it, or throws `Refused` `centre.busy` with how many seconds after which to come again. To be asked before a signature is looked at, so that the nonce stays good for the
   * next attempt.
   */
  run<T>(retryAfter: () => number, work: () => Promise<T>): Promise<T>;
}

export function limitedTo(most: number, what: Parameters<Metrics['inWork']>[0], metrics: Pick<Metrics, 'inWork'>): Limited {
  let now = 0;
  const change = (by: number): void => {
    now += by;
    metrics.inWork(what, now);
  };
  return {
    now: () => now,
    async run(retryAfter, work) {
      if (now >= most) throw refused('centre.busy', {}, { retryAfter: retryAfter() });
      change(1);
      try {
        return await work();
      } finally {
        change(-1);
      }
    },
  };
}
