import { z } from 'zod';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';

/** A day of the civil calendar as `yyyy-MM-dd`; compares as text. */
export const civilDateSchema = z.iso.date();
/** A time of day as `HH:mm`, 00:00 to 23:59. */
export const timeOfDaySchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** ISO weekday: 1 Monday (thứ Hai) to 7 Sunday (Chủ nhật). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** An instant as the clock on a wall in Vietnam shows it. */
export interface CivilTime {
  /** `yyyy-MM-dd` */
  readonly date: string;
  /** `HH:mm`, seconds cut off. */
  readonly time: string;
  readonly weekday: Weekday;
}

export const minute = 60_000;
const day = 86_400_000;

/**
 * Civil time is always Asia/Ho_Chi_Minh, whatever zone the machine is set to. It has been UTC+7 without summer time since
 * 13 June 1975, so a fixed offset is right for every instant this program handles and needs no zone database.
 */
const offset = 7 * 3_600_000;

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

function textOf(shifted: Date): string {
  return `${pad(shifted.getUTCFullYear(), 4)}-${pad(shifted.getUTCMonth() + 1)}-${pad(shifted.getUTCDate())}`;
}

function midnightUtc(date: string): number {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) throw new RangeError('a civil date is yyyy-MM-dd');
  return at;
}

/** The civil time of an instant in milliseconds since 1970-01-01T00:00:00Z. */
export function civil(instant: number): CivilTime {
  const shifted = new Date(instant + offset);
  const date = textOf(shifted);
  return { date, time: `${pad(shifted.getUTCHours())}:${pad(shifted.getUTCMinutes())}`, weekday: weekdayOf(date) };
}

/** The instant of a civil date and time of day, milliseconds. */
export function instantOf(date: string, time = '00:00'): number {
  return midnightUtc(date) + Number(time.slice(0, 2)) * 3_600_000 + Number(time.slice(3, 5)) * minute - offset;
}

/** The weekday of a civil date. */
export function weekdayOf(date: string): Weekday {
  const sundayFirst = new Date(midnightUtc(date)).getUTCDay();
  const weekdays: readonly Weekday[] = [7, 1, 2, 3, 4, 5, 6];
  return weekdays[sundayFirst] ?? 7;
}

/** Days from 1970-01-01 to a civil date: dates as numbers, where many are walked over. */
export function dayOf(date: string): number {
  return midnightUtc(date) / day;
}

/** The civil date so many days after 1970-01-01. */
export function dateOf(dayCount: number): string {
  return textOf(new Date(dayCount * day));
}

/** The civil date `days` later (earlier when negative). */
export function addDays(date: string, days: number): string {
  return dateOf(dayOf(date) + days);
}

/** Whole days from one civil date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayOf(to) - dayOf(from);
}

/** `dd/MM/yyyy` of a civil date or an instant. */
export function formatDate(when: string | number): string {
  const date = typeof when === 'number' ? civil(when).date : when;
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** `dd/MM/yyyy HH:mm` of an instant. */
export function formatDateTime(instant: number): string {
  return `${formatDate(instant)} ${civil(instant).time}`;
}

const weekdayNames = {
  vi: ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;

/** The weekday's name: `thứ Năm`, `Thursday`. */
export function weekdayName(weekday: Weekday, language: 'vi' | 'en' = 'vi'): string {
  return weekdayNames[language][weekday - 1] ?? '';
}

/** `thứ Năm 12/02/2026 17:30`: how an appointment (hẹn trả) is told to a citizen. */
export function formatDueDate(instant: number, language: 'vi' | 'en' = 'vi'): string {
  return `${weekdayName(civil(instant).weekday, language)} ${formatDateTime(instant)}`;
}

/**
 * Reads `dd/MM/yyyy` (also `d/M/yyyy`, and dots or dashes for the slashes) as a civil date.
 * Error: `date.invalid`, whose value keeps only digits and separators so that a text typed in the wrong field does not travel.
 */
export function parseDate(text: string): Outcome<string> {
  const found = /^\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\s*$/.exec(text);
  if (found) {
    const date = civilDateSchema.safeParse(`${found[4] ?? ''}-${pad(Number(found[3]))}-${pad(Number(found[1]))}`);
    if (date.success) return ok(date.data);
  }
  return fail('date.invalid', { value: text.replace(/[^\d/.-]/g, '').slice(0, 10) });
}
