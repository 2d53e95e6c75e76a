import type { Timers } from './ports.ts';

/** What the work gives; undefined if it takes longer than `patience` milliseconds. The work goes on. */
export async function within<T>(timers: Timers, patience: number, work: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const cancel = timers.after(patience, () => resolve(undefined));
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
