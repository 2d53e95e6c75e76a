import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calendarFor, catalogueSchema } from '#shared/catalogue/index.ts';
import { civil, defaultSettings, dueDate, instantOf, workingCalendarSchema, type DueDate, type Settings, type Term, type WorkingCalendar } from '#shared/deadline/index.ts';

const file = join(__dirname, '../../../central/catalogue/sample/catalogue.json');
const published = calendarFor(catalogueSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
if (!published) throw new Error('the sample has a calendar');

/** Days off of 2024 to 2026 as they are published. */
export const calendar: WorkingCalendar = published;

/** The same with half days, of which the published years have none. */
export function withHalfDays(...days: readonly [date: string, session: 'morning' | 'afternoon'][]): WorkingCalendar {
  return workingCalendarSchema.parse({ ...calendar, halfDays: days.map(([date, session]) => ({ date, session, source: [] })) });
}

/** `2026-11-24 09:00` in Vietnam. */
export function at(text: string): number {
  return instantOf(text.slice(0, 10), text.slice(11));
}

export function due(accepted: string | number, term: Term, settings: Partial<Settings> = {}, days: WorkingCalendar = calendar): DueDate {
  const acceptedAt = typeof accepted === 'number' ? accepted : at(accepted);
  const outcome = dueDate({ acceptedAt, term, calendar: days, settings: { ...defaultSettings, ...settings } });
  if (!outcome.ok) throw new Error(outcome.fault.code);
  return outcome.value;
}

/** `2026-11-24 17:30` */
export function show(instant: number): string {
  const { date, time } = civil(instant);
  return `${date} ${time}`;
}

export const days = (amount: number): Term => ({ unit: 'workingDay', amount });
export const halves = (amount: number): Term => ({ unit: 'halfWorkingDay', amount });
export const hours = (amount: number): Term => ({ unit: 'workingHour', amount });
export const calendarDays = (amount: number): Term => ({ unit: 'calendarDay', amount });
export const sameDay: Term = { unit: 'sameDay' };
