import { z } from 'zod';

/**
 * A term (thời hạn giải quyết). Amounts are whole numbers because terms are written into log entries, which hold no
 * fractions: one and a half working days are three `halfWorkingDay`. Even numbers of halves are working days, so that a
 * term can be written in one way only.
 */
export const termSchema = z.discriminatedUnion('unit', [
  /** The result comes on the day of receipt (trong ngày); after the cut-off, on the next working day. */
  z.object({ unit: z.literal('sameDay') }),
  z.object({ unit: z.literal('workingDay'), amount: z.int().min(1).max(400) }),
  z.object({ unit: z.literal('halfWorkingDay'), amount: z.int().min(1).max(799).refine((amount) => amount % 2 === 1, 'even halves are working days') }),
  z.object({ unit: z.literal('workingHour'), amount: z.int().min(1).max(3200) }),
  z.object({ unit: z.literal('calendarDay'), amount: z.int().min(1).max(1200) }),
]);
export type Term = z.infer<typeof termSchema>;

/** A number of days with its fraction as written in each language: `1,5` and `1.5`. */
function half(amount: number, language: 'vi' | 'en'): string {
  return `${Math.floor(amount / 2)}${language === 'vi' ? ',' : '.'}5`;
}

/** The term in words: `3 ngày làm việc`, `1,5 ngày làm việc`, `trong ngày`. */
export function termText(term: Term, language: 'vi' | 'en' = 'vi'): string {
  const vi = language === 'vi';
  if (term.unit === 'sameDay') return vi ? 'trong ngày' : 'same day';
  const plural = term.amount === 1 ? '' : 's';
  switch (term.unit) {
    case 'workingDay': return vi ? `${term.amount} ngày làm việc` : `${term.amount} working day${plural}`;
    case 'halfWorkingDay': return vi ? `${half(term.amount, 'vi')} ngày làm việc` : `${half(term.amount, 'en')} working days`;
    case 'workingHour': return vi ? `${term.amount} giờ làm việc` : `${term.amount} working hour${plural}`;
    case 'calendarDay': return vi ? `${term.amount} ngày` : `${term.amount} calendar day${plural}`;
  }
}
