import { z } from 'zod';
import { clockReadingSchema, type ClockReading } from '#shared/log/index.ts';

/** A wall clock that moves by less than this against uptime was slewed or read late; more is a step. Milliseconds. */
export const stepTolerance = 2_000;

/** Less than this between uptime and monotonic time is reading noise; more is a suspend. Milliseconds. */
export const suspendTolerance = 1_000;

/** A sampler that was silent for longer than this was not running: counts as a suspend where the clocks cannot tell. Milliseconds. */
export const samplerGap = 30_000;

/** What happened to a machine's clocks between two readings, the earlier first. All milliseconds. */
export type ClockChange =
  /** The machine was switched off in between. */
  | { readonly kind: 'boot' }
  /** Uptime went back within one boot: a rolled-back image or a false boot id. */
  | { readonly kind: 'uptime-back'; readonly by: number }
  | {
      readonly kind: 'same-boot';
      readonly elapsed: number;
      /** How far the wall clock was put forward (positive) or back (negative); 0 within {@link stepTolerance}. */
      readonly step: number;
      /** How far uptime and monotonic time parted, whichever ran on: the machine slept. 0 within {@link suspendTolerance}. */
      readonly suspended: number;
    };

/**
 * Compares two readings: `Δwall − Δuptime` shows a stepped wall clock, `Δuptime − Δhrtime` a suspend (on systems whose
 * monotonic clock stands still in it; elsewhere the shell reports suspends). 500 ppm of the elapsed time are allowed for
 * slewing before a difference counts as a step.
 */
export function clockChange(before: ClockReading, after: ClockReading): ClockChange {
  if (before.boot !== after.boot) return { kind: 'boot' };
  const elapsed = after.uptime - before.uptime;
  if (elapsed < 0) return { kind: 'uptime-back', by: -elapsed };
  const step = after.wall - before.wall - elapsed;
  const suspended = Math.abs(elapsed - Math.round((after.hrtime - before.hrtime) / 1000));
  return {
    kind: 'same-boot',
    elapsed,
    step: Math.abs(step) > stepTolerance + Math.ceil(elapsed / 2000) ? step : 0,
    suspended: suspended > suspendTolerance ? suspended : 0,
  };
}

/** Facts of `clock.stepped`: someone or NTP put the wall clock; the entry's own reading is the one after it. */
export const clockSteppedSchema = z.object({
  /** Milliseconds forward (positive) or back (negative). */
  by: z.int(),
  /** The last reading before it. */
  before: clockReadingSchema,
});
export type ClockStepped = z.infer<typeof clockSteppedSchema>;

/** Facts of `clock.suspended`: the machine slept; the entry's own reading is the one after it. */
export const clockSuspendedSchema = z.object({
  /** Milliseconds asleep as far as the clocks tell; 0 where only the system or the sampler noticed. */
  suspended: z.int().nonnegative(),
  before: clockReadingSchema,
  noticedBy: z.enum(['clocks', 'system', 'sampler']),
});
export type ClockSuspended = z.infer<typeof clockSuspendedSchema>;

/** Facts of `clock.confirmed`: the clerk confirmed date and time. */
export const clockConfirmedSchema = z.object({ at: z.int() });
export type ClockConfirmed = z.infer<typeof clockConfirmedSchema>;

const probe = z.enum(['answered', 'silent', 'unknown']);

/** Facts of `link.lost`: the centre no longer answers. The entry's own reading is when it was noticed. */
export const linkLostSchema = z.object({
  /** Uptime of the last answer in this boot, milliseconds; null if there was none. */
  lastAnswerUptime: z.int().nullable(),
  /** What answered when it was noticed: own gateway, name resolution, the centre. */
  probes: z.object({ gateway: probe, names: probe, centre: probe }).optional(),
});
export type LinkLost = z.infer<typeof linkLostSchema>;

/** Facts of `link.restored`: the centre answers again. */
export const linkRestoredSchema = z.object({
  /** Seq of the `link.lost` it ends, where this log has it. */
  lostSeq: z.int().positive().optional(),
});
export type LinkRestored = z.infer<typeof linkRestoredSchema>;
