import { civil } from '#shared/deadline/index.ts';

/** What the ladder needs to know of a backup. */
export interface Rung {
  /** Counts a desk's backups from 1; the order in which they were made, whatever the clock said. */
  readonly number: number;
  /** Working time, milliseconds. */
  readonly at: number;
}

/** How many are kept: the last ones whatever their age, and the newest of so many days, weeks and months that have one. */
export const ladder = { last: 3, days: 7, weeks: 4, months: 12 } as const;

/** Which backups the ladder keeps (bậc thang sao lưu); the others may go. The newest is always kept. */
export function kept<T extends Rung>(backups: readonly T[]): readonly T[] {
  const newestFirst = backups.toSorted((a, b) => b.number - a.number);
  const keep = new Set<T>(newestFirst.slice(0, ladder.last));
  for (const [count, periodOf] of [[ladder.days, dayOf], [ladder.weeks, weekOf], [ladder.months, monthOf]] as const) {
    const seen = new Set<string>();
    for (const backup of newestFirst) {
      const period = periodOf(backup.at);
      if (seen.has(period)) continue;
      if (seen.size === count) break;
      seen.add(period);
      keep.add(backup);
    }
  }
  return newestFirst.filter((backup) => keep.has(backup));
}

function dayOf(at: number): string {
  return civil(at).date;
}

/** Weeks from Monday to Sunday, named by their Monday. */
function weekOf(at: number): string {
  const day = Date.parse(`${dayOf(at)}T00:00:00Z`);
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  return new Date(day - sinceMonday * 86_400_000).toISOString().slice(0, 10);
}

function monthOf(at: number): string {
  return dayOf(at).slice(0, 7);
}
