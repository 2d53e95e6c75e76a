import type { WorkingCalendar } from './calendar.ts';
import { addDays, civil, daysBetween, minute } from './civil.ts';
import type { DueStep, Length } from './due.ts';
import { closeOf, daysFrom, nextWorkedDay, openFrom, planOf, workingMinutesBetween, type DayPlan, type Session } from './schedule.ts';
import type { Settings } from './settings.ts';
import { passedDays } from './steps.ts';
import type { Term } from './term.ts';

/** Where something ends, and why it is not simply so many days later. */
export interface Moved {
  readonly at: number;
  readonly steps: readonly DueStep[];
}

/** Halves of a working day that a session of a day is worth. */
export function worthOf(plan: DayPlan, settings: Settings): 1 | 2 {
  return plan.half && !settings.halfDayCountsHalf ? 2 : 1;
}

/** The instant that has so many minutes of office hours between itself and the start. */
export function afterMinutes(start: number, minutes: number, calendar: WorkingCalendar, settings: Settings): number {
  let left = minutes * minute;
  for (const plan of daysFrom(calendar, civil(start).date)) {
    for (const session of plan.sessions) {
      const from = Math.max(start, session.from);
      const room = session.to - from;
      if (room <= 0) continue;
      if (left < room || (left === room && settings.filledSessionEndsTerm)) return from + left;
      left -= room;
    }
  }
  throw new RangeError('days have no end');
}

/** The end of a calendar term whose last day this is. Civil Code 2015, Art. 148.5: on a day off, it ends with the next working day. */
export function lastDay(date: string, calendar: WorkingCalendar, settings: Settings): Moved {
  const last = settings.calendarTermRolls ? nextWorkedDay(calendar, date) : planOf(calendar, date);
  return { at: closeOf(calendar, last), steps: last.date === date ? [] : [{ code: 'rolled', from: date, to: last.date }] };
}

/** The same place in another session: its end for an end, else as long after its opening. */
function placeIn(session: Session, at: number, before: Session | undefined): number {
  return before === undefined || at === before.to ? session.to : Math.min(session.from + at - before.from, session.to);
}

/** So many halves of a working day later. A whole number of days from the close of a day leads to the close of a day. */
function afterHalves(at: number, halves: number, calendar: WorkingCalendar, settings: Settings): number {
  const today = planOf(calendar, civil(at).date);
  const here = today.sessions.find((session) => session.from <= at && at <= session.to);
  const closes = halves % 2 === 0 && at === closeOf(calendar, today);
  let left = halves;
  for (const plan of daysFrom(calendar, today.date)) {
    for (const session of plan.sessions) {
      if (session.from <= at) continue;
      left -= worthOf(plan, settings);
      if (left <= 0) return closes ? closeOf(calendar, plan) : placeIn(session, at, here);
    }
  }
  throw new RangeError('days have no end');
}

/** An instant moved by a length; by nothing, it stays where it is. */
export function moveBy(at: number, by: Length, calendar: WorkingCalendar, settings: Settings): Moved {
  if (by.amount === 0) return { at, steps: [] };
  if (by.unit === 'calendarDay') return lastDay(addDays(civil(at).date, by.amount), calendar, settings);
  const end = by.unit === 'workingMinute' ? afterMinutes(at, by.amount, calendar, settings) : afterHalves(at, by.amount, calendar, settings);
  return { at: end, steps: passedDays(calendar, addDays(civil(at).date, 1), civil(end).date) };
}

/** A term as a length. The rest of a day has none. */
export function lengthOf(term: Term): Length {
  switch (term.unit) {
    case 'sameDay': return { unit: 'halfWorkingDay', amount: 0 };
    case 'workingDay': return { unit: 'halfWorkingDay', amount: term.amount * 2 };
    case 'halfWorkingDay': return { unit: 'halfWorkingDay', amount: term.amount };
    case 'workingHour': return { unit: 'workingMinute', amount: term.amount * 60 };
    case 'calendarDay': return { unit: 'calendarDay', amount: term.amount };
  }
}

/**
 * How long a term stood still, in what the term counts: office hours, calendar days, or the working days after the day it stopped up to and
 * including the day it went on. Instants outside office hours count as the next opening, as an acceptance does.
 */
export function pauseOf(term: Term, from: number, to: number, calendar: WorkingCalendar, settings: Settings): Length {
  const [stopped, wentOn] = [from, to].map((instant) => (settings.outsideHoursWaitForOpening ? openFrom(calendar, instant) : instant));
  if (stopped === undefined || wentOn === undefined || wentOn <= stopped) return { ...lengthOf(term), amount: 0 };
  if (term.unit === 'workingHour') return { unit: 'workingMinute', amount: workingMinutesBetween(stopped, wentOn, calendar) };
  const [first, last] = [civil(stopped).date, civil(wentOn).date];
  if (term.unit === 'calendarDay') return { unit: 'calendarDay', amount: daysBetween(first, last) };
  let halves = 0;
  for (const plan of daysFrom(calendar, addDays(first, 1))) {
    if (plan.date > last) break;
    halves += plan.sessions.length * worthOf(plan, settings);
  }
  return { unit: 'halfWorkingDay', amount: halves };
}
