import { calendarFor, type Catalogue } from '#shared/catalogue/index.ts';
import { addDays, civil, instantOf, planOf } from '#shared/deadline/index.ts';

/** Longer stretches are not looked through: with that many days nobody's holidays explain them. Days. */
const longest = 60;

/** How much of the time between two instants were whole days off by the newest published calendar, milliseconds; zero without one, or past what it covers. */
export function daysOffBy(catalogue: Catalogue | undefined): (from: number, to: number) => number {
  const calendar = catalogue && calendarFor(catalogue);
  return (from, to) => {
    if (!calendar) return 0;
    let off = 0;
    let { date } = civil(from);
    for (let count = 0; count < longest; count += 1) {
      const start = instantOf(date);
      if (start >= to) break;
      const next = addDays(date, 1);
      const known = date >= calendar.coversFrom && date <= calendar.coversTo;
      if (known && planOf(calendar, date).sessions.length === 0) off += Math.min(to, instantOf(next)) - Math.max(from, start);
      date = next;
    }
    return off;
  };
}
