import { z } from 'zod';
import type { ClockSample } from '#shared/ports.ts';

/** How many wrong PINs are free, and the wait after them: doubled with each further one up to the most, milliseconds. */
export const throttleRule = { free: 5, first: 30_000, most: 15 * 60_000 } as const;

/**
 * The wrong PINs of one person. Waits are measured in uptime, which nobody can set; a restart of the machine starts the
 * wait again. Kept in the store, so that closing the program does not help either.
 */
export const wrongPinsSchema = z.object({ count: z.int().nonnegative(), boot: z.string(), uptime: z.number() });
export type WrongPins = z.infer<typeof wrongPinsSchema>;

/** Milliseconds this person still has to wait before the next attempt; 0 when they may try. */
export function waitLeft(wrong: WrongPins | undefined, now: ClockSample): number {
  if (!wrong || wrong.count < throttleRule.free) return 0;
  const wait = Math.min(throttleRule.most, throttleRule.first * 2 ** Math.min(wrong.count - throttleRule.free, 16));
  const passed = wrong.boot === now.boot ? now.uptime - wrong.uptime : 0;
  return passed < 0 ? wait : Math.max(0, wait - passed);
}

/** The record after one more wrong PIN. */
export function oneMoreWrong(wrong: WrongPins | undefined, now: ClockSample): WrongPins {
  return { count: (wrong?.count ?? 0) + 1, boot: now.boot, uptime: now.uptime };
}

/** After a restart of the machine the wait begins anew: the record as of now. */
export function sinceThisBoot(wrong: WrongPins, now: ClockSample): WrongPins {
  return wrong.boot === now.boot ? wrong : { ...wrong, boot: now.boot, uptime: now.uptime };
}
