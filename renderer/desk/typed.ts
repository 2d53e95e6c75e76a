import { instantOf, parseDate, timeOfDaySchema } from '#shared/deadline/index.ts';

/** A civil date as typed; what is none stays as it is, for the command's schema to refuse. */
export function dateTyped(text: string): string {
  const date = parseDate(text);
  return date.ok ? date.value : text.trim();
}

/** A time of day as typed, `9:05` as `09:05`. */
export function timeTyped(text: string): string {
  return text.trim().replace(/^(\d):/, '0$1:');
}

/** An instant as typed, milliseconds; NaN where it is not a date and a time. */
export function instantTyped(date: string, time: string): number {
  const day = parseDate(date);
  const hour = timeOfDaySchema.safeParse(timeTyped(time));
  return day.ok && hour.success ? instantOf(day.value, hour.data) : Number.NaN;
}

/** A whole number as typed, thousands set apart or not; NaN where it is none. */
export function countTyped(text: string): number {
  const digits = text.replace(/[\s.,]/g, '');
  return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
}

/** Words as they are kept: trimmed, in one normal form; undefined where there are none. */
export function wordsTyped(text: string): string | undefined {
  const words = text.trim().normalize('NFC');
  return words === '' ? undefined : words;
}

/** A field of a command that is left out where it is undefined. */
export function given<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  const field: { [Key in Name]?: Value } = {};
  if (value !== undefined) field[name] = value;
  return field;
}

/** A date of birth as stored, `yyyy-MM-dd` or a year alone; undefined if it is neither. */
export function birthTyped(text: string): string | undefined {
  if (/^(?:18|19|20)\d{2}$/.test(text.trim())) return text.trim();
  const date = parseDate(text);
  return date.ok ? date.value : undefined;
}
