import { z } from 'zod';
import { civilDateSchema, timeOfDaySchema } from './civil.ts';

const source = z.array(z.string().max(64)).max(20);
const session = z.tuple([timeOfDaySchema, timeOfDaySchema]).refine(([from, to]) => from < to, 'a session ends after it starts');

/**
 * A day off (ngày nghỉ) on which the office would else work, or that coincides with a rest day: `holiday` is named by
 * Art. 112 Labour Code 2019 or the year's decision, `compensatory` (nghỉ bù) follows from Art. 111.3, `swapped`
 * (hoán đổi) is exchanged for another day. A name in brackets at the end tells days of one holiday apart.
 */
export const dayOffSchema = z.object({
  date: civilDateSchema,
  name: z.string().min(1).max(100),
  kind: z.enum(['holiday', 'compensatory', 'swapped']),
  source,
});
export type DayOff = z.infer<typeof dayOffSchema>;

/** A rest day that is worked in exchange for another (làm bù). */
export const workedInsteadSchema = z.object({ date: civilDateSchema, insteadOf: civilDateSchema, source });

/** A day on which only one session is worked; a rest day named here is worked for that session. */
export const halfDaySchema = z.object({ date: civilDateSchema, session: z.enum(['morning', 'afternoon']), source });

/**
 * The working calendar (lịch làm việc) of consecutive years: published data with a version, because days off are decided
 * every year by the Prime Minister (Art. 112.3 Labour Code 2019).
 */
export const workingCalendarSchema = z.object({
  id: z.string().min(1).max(64),
  version: z.string().min(1).max(32),
  coversFrom: civilDateSchema,
  coversTo: civilDateSchema,
  /** ISO weekdays of weekly rest. */
  weeklyRest: z.array(z.int().min(1).max(7)).max(6),
  /** Office hours: the morning and the afternoon session, civil time. */
  sessions: z.tuple([session, session]).refine(([morning, afternoon]) => morning[1] <= afternoon[0], 'the afternoon follows the morning'),
  daysOff: z.array(dayOffSchema).max(1000),
  workedInstead: z.array(workedInsteadSchema).max(200),
  halfDays: z.array(halfDaySchema).max(500).default([]),
  /** Where each fact was read, by the short names used in `source`. */
  sources: z.record(z.string(), z.string()),
  note: z.string().max(1000).optional(),
}).refine((calendar) => calendar.coversFrom <= calendar.coversTo, 'a calendar covers at least a day');
export type WorkingCalendar = z.infer<typeof workingCalendarSchema>;
