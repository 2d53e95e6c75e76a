import { z } from 'zod';
import { civilDateSchema, timeOfDaySchema } from './civil.ts';
import { ruleSetSchema } from './settings.ts';
import { termSchema } from './term.ts';

const instant = z.int();
const name = z.string().max(100);
const calendarName = z.object({ id: z.string().max(64), version: z.string().max(32) });

/** A length by which a due date was moved. */
const lengthSchema = z.discriminatedUnion('unit', [
  z.object({ unit: z.literal('halfWorkingDay'), amount: z.int().min(0) }),
  z.object({ unit: z.literal('workingMinute'), amount: z.int().min(0) }),
  z.object({ unit: z.literal('calendarDay'), amount: z.int().min(0) }),
]);
export type Length = z.infer<typeof lengthSchema>;

/** One step on the way to a due date, as data; {@link explain} turns it into a sentence. */
export const dueStepSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('term'), term: termSchema }),
  /** Accepted outside office hours: the term starts when the office opens. */
  z.object({ code: z.literal('outsideHours'), opensAt: instant }),
  z.object({ code: z.literal('receiptDayNotCounted'), date: civilDateSchema }),
  z.object({ code: z.literal('receiptDayCounted'), date: civilDateSchema }),
  z.object({ code: z.literal('afterCutOff'), cutOff: timeOfDaySchema, nextDay: civilDateSchema }),
  /** Weekly rest days passed over, all together. */
  z.object({ code: z.literal('weeklyRestSkipped'), from: civilDateSchema, to: civilDateSchema, days: z.int() }),
  /** Days of one holiday passed over. */
  z.object({ code: z.literal('dayOffSkipped'), name, kind: z.enum(['holiday', 'compensatory', 'swapped']), from: civilDateSchema, to: civilDateSchema, days: z.int() }),
  z.object({ code: z.literal('workedInstead'), date: civilDateSchema, insteadOf: civilDateSchema }),
  z.object({ code: z.literal('halfDay'), date: civilDateSchema, session: z.enum(['morning', 'afternoon']) }),
  /** The calendar term ended on a day off. */
  z.object({ code: z.literal('rolled'), from: civilDateSchema, to: civilDateSchema }),
  z.object({ code: z.literal('endsWithSession'), at: instant }),
  z.object({ code: z.literal('endsAtClose'), at: instant }),
  /** From this date on no calendar is published: only the weekly rest was taken into account. */
  z.object({ code: z.literal('beyondCalendar'), from: civilDateSchema }),
  /** The supplement is complete: what follows is the term from zero. */
  z.object({ code: z.literal('restarted'), at: instant }),
  /** The term stood still, and the due date moved from `was` to `now`. */
  z.object({ code: z.literal('paused'), from: instant, to: instant, by: lengthSchema, was: instant, now: instant }),
  z.object({ code: z.literal('extended'), by: termSchema, was: instant, now: instant }),
  /** A new appointment at `at`, which the office asked for at `asked`; where it does not move the due date, that stays at `due`. */
  z.object({ code: z.literal('newAppointment'), asked: instant, at: instant, due: instant }),
  /** Computed once more under a later calendar; `was` is the date printed under `calendar`. */
  z.object({ code: z.literal('computedAgain'), was: instant, calendar: calendarName }),
]);
export type DueStep = z.infer<typeof dueStepSchema>;

/** A due date (ngày hẹn trả) with how it came about. Stored in log entries: whole numbers and text only. */
export const dueDateSchema = z.object({
  /** The due instant D, milliseconds; a whole minute, as printed on the receipt. */
  at: instant,
  /** When the citizen was told to come instead (hẹn lại), milliseconds, where that is later and does not move D. */
  appointment: instant.optional(),
  /** When the term starts to run, milliseconds. */
  start: instant,
  /** Whether it runs past the published calendar and will be computed again. */
  provisional: z.boolean(),
  ruleSet: ruleSetSchema,
  calendar: calendarName,
  steps: z.array(dueStepSchema).max(2000),
});
export type DueDate = z.infer<typeof dueDateSchema>;
