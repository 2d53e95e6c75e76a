import { ok, type Outcome } from '#shared/errors/index.ts';
import type { WorkingCalendar } from './calendar.ts';
import { addDays, civil, instantOf, minute } from './civil.ts';
import { minuteOf, startTerm } from './compute.ts';
import type { DueDate } from './due.ts';
import { closeOf, lastWorkedDay, nextWorkedDay, openFrom, planOf } from './schedule.ts';
import type { Settings, TimerName } from './settings.ts';

/**
 * When a timer that is not the dossier's own term ends, milliseconds; computed by the same rules. Its length is in
 * {@link Settings.timers}. Error: `calendar.missing` for a start before the calendar begins.
 */
export function timerEnd(from: number, timer: TimerName, calendar: WorkingCalendar, settings: Settings): Outcome<number> {
  const end = startTerm(from, settings.timers[timer], calendar, settings);
  return end.ok ? ok(end.value.at) : end;
}

export interface ApologyLimit {
  /** Last instant at which an apology may be given, milliseconds. */
  readonly latest: number;
  /** Civil date of the last working day on which it can be given. */
  readonly alertOn: string;
}

/**
 * Until when an apology with a new appointment (xin lỗi và hẹn lại) may be given: {@link Settings.apologyDaysBefore} civil days before the due
 * date, until that day is over, and never after the due date itself. A term too short for it has its limit before its start.
 */
export function apologyLimit(due: DueDate, calendar: WorkingCalendar, settings: Settings): ApologyLimit {
  const last = addDays(civil(due.at).date, 0 - settings.apologyDaysBefore);
  return { latest: Math.min(instantOf(addDays(last, 1)) - 1, due.at), alertOn: lastWorkedDay(calendar, last).date };
}

/**
 * Until when a dossier has to be handed to the specialist unit, milliseconds: the close of the day of its acceptance; after the cut-off, the
 * start of the next working day, and {@link Settings.transferGraceMinutes} more. What is accepted outside office hours counts by
 * the next opening, as for the term.
 */
export function transferBy(acceptedAt: number, calendar: WorkingCalendar, settings: Settings): number {
  const opened = openFrom(calendar, minuteOf(acceptedAt));
  const { date, time } = civil(opened);
  if (time <= settings.transferCutOff) return closeOf(calendar, planOf(calendar, date));
  const [first] = nextWorkedDay(calendar, addDays(date, 1)).sessions;
  if (!first) throw new RangeError('a worked day has a session');
  return Math.min(first.from + settings.transferGraceMinutes * minute, first.to);
}
