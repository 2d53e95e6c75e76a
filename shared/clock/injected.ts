import { z } from 'zod';
import type { ClockSample } from '#shared/ports.ts';

/**
 * The state of an injected clock, kept in a small file that tests and the tour rewrite. True time runs with the real
 * one at `rate` from the moment of writing; every machine has its own idea of it. Packages contain no switch that
 * reads such a file.
 */
export const injectedClockSchema = z.object({
  v: z.literal(1),
  /** Real wall time of the writing, milliseconds. */
  realAt: z.number(),
  /** True time at that moment, milliseconds since 1970-01-01T00:00:00Z. */
  trueAt: z.number(),
  rate: z.number().positive(),
  machines: z.record(z.string(), z.object({
    /** Error of the wall clock, milliseconds. */
    wallOffset: z.number(),
    boot: z.string(),
    /** True time of the last switching-on. */
    bootedAt: z.number(),
    /** Milliseconds of this boot spent suspended (monotonic time stood still). */
    suspended: z.number().default(0),
  })),
});
export type InjectedClock = z.infer<typeof injectedClockSchema>;

/** True time for a real wall time. */
export function injectedTruth(state: InjectedClock, realNow: number): number {
  return state.trueAt + (realNow - state.realAt) * state.rate;
}

/** What the clocks of one machine say; undefined for a machine the state does not name. */
export function injectedSample(state: InjectedClock, machine: string, realNow: number): ClockSample | undefined {
  const own = state.machines[machine];
  if (!own) return undefined;
  const truth = injectedTruth(state, realNow);
  const uptime = truth - own.bootedAt;
  return { wall: truth + own.wallOffset, uptime, hrtime: uptime - own.suspended, boot: own.boot };
}
