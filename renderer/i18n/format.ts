import { civil, formatDate, formatDateTime } from '#shared/deadline/index.ts';
import type { Language } from './text.ts';

const locale: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };

/** A whole number with its groups: `70.415`. */
export function formatCount(value: number, language: Language): string {
  return new Intl.NumberFormat(locale[language], { maximumFractionDigits: 0 }).format(value);
}

/** Money in đồng: `8.000 đ`. */
export function formatMoney(amount: number, language: Language): string {
  return `${formatCount(amount, language)} đ`;
}

/** A size in the unit that reads best: `312 byte`, `14 KB`, `2,4 MB`. */
export function formatSize(bytes: number, language: Language): string {
  if (bytes < 1024) return `${formatCount(bytes, language)} byte`;
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB'];
  return `${new Intl.NumberFormat(locale[language], { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${unit}`;
}

/** `HH:mm` of an instant on the civil day `today`; with the date in front on any other: `23/11/2026 13:20`. */
export function formatMoment(instant: number, today: string | undefined): string {
  const { date, time } = civil(instant);
  return date === today ? time : formatDateTime(instant);
}

/** A date of birth as people write it: `01/01/1990`, or the year alone where a card knows no more. */
export function formatBirth(birth: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(birth) ? formatDate(birth) : birth;
}
