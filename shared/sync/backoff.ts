/** Bounds of the pause between attempts, milliseconds. */
export const backoffBounds = { first: 2_000, most: 300_000 } as const;

/**
 * Pause before the next attempt after `failures` in a row: full jitter over an exponentially growing window, so that
 * desks that lost the line together do not come back together. `fraction` is a random number in [0, 1).
 */
export function backoff(failures: number, fraction: number): number {
  const window = Math.min(backoffBounds.most, backoffBounds.first * 2 ** Math.min(Math.max(failures - 1, 0), 20));
  return Math.floor(window * fraction);
}
