import type { DayOff, WorkingCalendar } from './calendar.ts';
import { daysBetween } from './civil.ts';
import type { DueStep } from './due.ts';
import { daysFrom } from './schedule.ts';

interface Skipped {
  readonly name: string;
  readonly kind: DayOff['kind'];
  readonly from: string;
  to: string;
  days: number;
}

/** Days of one holiday are told apart in brackets: `Tết Bính Ngọ (mùng 1)` belongs to `Tết Bính Ngọ`. */
function holidayOf(name: string): string {
  return name.replace(/\s*\([^()]*\)$/, '');
}

/**
 * The unusual days from one civil date to another, both included: each holiday once with its span, weekly rest days all together,
 * then the days worked in exchange and the half days.
 */
export function passedDays(calendar: WorkingCalendar, from: string, to: string): DueStep[] {
  const skipped: Skipped[] = [];
  const weekly = { from: '', to: '', days: 0 };
  const worked: DueStep[] = [];
  if (daysBetween(from, to) < 0) return [];
  for (const plan of daysFrom(calendar, from)) {
    if (plan.date > to) break;
    if (plan.insteadOf !== undefined) worked.push({ code: 'workedInstead', date: plan.date, insteadOf: plan.insteadOf });
    if (plan.half) worked.push({ code: 'halfDay', date: plan.date, session: plan.half });
    if (plan.sessions.length > 0) continue;
    if (plan.off) {
      const name = holidayOf(plan.off.name);
      const group = skipped.at(-1);
      if (group && group.name === name && group.kind === plan.off.kind) {
        group.to = plan.date;
        group.days += 1;
      } else {
        skipped.push({ name, kind: plan.off.kind, from: plan.date, to: plan.date, days: 1 });
      }
    } else {
      if (weekly.days === 0) weekly.from = plan.date;
      weekly.to = plan.date;
      weekly.days += 1;
    }
  }
  return [
    ...(weekly.days > 0 ? [{ code: 'weeklyRestSkipped' as const, ...weekly }] : []),
    ...skipped.map((group) => ({ code: 'dayOffSkipped' as const, ...group })),
    ...worked,
  ];
}
