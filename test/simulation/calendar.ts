import type { WorkingCalendar } from '#shared/deadline/index.ts';
import { civil, instantOf } from '#shared/deadline/index.ts';
import type { Chance } from './chance.ts';
import { day } from './virtual-time.ts';

/** Working days of a stretch, as civil dates. */
export function workingDates(calendar: WorkingCalendar, from: string, count: number): string[] {
  const off = new Set(calendar.daysOff.map(({ date }) => date));
  const worked = new Set(calendar.workedInstead.map(({ date }) => date));
  const dates: string[] = [];
  for (let at = instantOf(from, '12:00'); dates.length < count; at += day) {
    const { date } = civil(at);
    const weekday = new Date(at).getUTCDay() || 7;
    if (worked.has(date) || (!off.has(date) && !calendar.weeklyRest.includes(weekday))) dates.push(date);
  }
  return dates;
}

/** The office hours of a day. */
export function sessionsOf(calendar: WorkingCalendar, date: string): { readonly from: number; readonly to: number }[] {
  return calendar.sessions.map(([from, to]) => ({ from: instantOf(date, from), to: instantOf(date, to) }));
}

/** A moment in the office hours of a day. */
export function officeMoment(chance: Chance, calendar: WorkingCalendar, date: string): number {
  const session = chance.pick(sessionsOf(calendar, date));
  return chance.between(session.from, session.to);
}
