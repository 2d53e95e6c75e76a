import { weekdayOf, type WorkingCalendar } from '#shared/deadline/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { issue, repeated, type CatalogueIssue, type IssueKind } from './issue.ts';

export function checkCalendars({ calendars }: Pick<Catalogue, 'calendars'>): readonly CatalogueIssue[] {
  if (calendars.length === 0) return [issue('calendar.none', 'calendars')];
  const twice = repeated(calendars, ({ id, version }) => `${id} ${version}`);
  return [
    ...twice.map(({ id, version }) => issue('calendar.duplicate', `calendars/${id} ${version}`, { id, version })),
    ...calendars.flatMap(oneCalendar),
  ];
}

function oneCalendar(calendar: WorkingCalendar): readonly CatalogueIssue[] {
  const { id, version, coversFrom, coversTo, weeklyRest, daysOff, workedInstead, halfDays, sources } = calendar;
  const found = (kind: IssueKind, day: string, more: Readonly<Record<string, string>> = {}): CatalogueIssue => issue(kind, `calendars/${id} ${version}/${day}`, { id, day, ...more });
  const off = new Map(daysOff.map((day) => [day.date, day]));
  const worked = new Set(workedInstead.map(({ date }) => date));
  const exchanged = new Set(workedInstead.map(({ insteadOf }) => insteadOf));
  const named = [...daysOff, ...workedInstead, ...halfDays];
  const twice = [daysOff, workedInstead, halfDays].flatMap((list: readonly { readonly date: string }[]) => repeated(list, ({ date }) => date));
  return [
    ...named.filter(({ date }) => date < coversFrom || date > coversTo).map(({ date }) => found('calendar.outside', date)),
    ...twice.map(({ date }) => found('calendar.day-twice', date)),
    ...daysOff.filter(({ date }) => worked.has(date)).map(({ date }) => found('calendar.off-and-worked', date)),
    ...halfDays.filter(({ date }) => off.has(date) && !worked.has(date)).map(({ date }) => found('calendar.off-and-half', date)),
    ...workedInstead.filter(({ date }) => !weeklyRest.includes(weekdayOf(date)) && !off.has(date)).map(({ date }) => found('calendar.worked-anyway', date)),
    ...workedInstead.filter(({ insteadOf }) => !off.has(insteadOf)).map(({ insteadOf }) => found('calendar.instead-not-off', insteadOf)),
    ...repeated(workedInstead, ({ insteadOf }) => insteadOf).map(({ insteadOf }) => found('calendar.instead-twice', insteadOf)),
    ...daysOff.filter(({ date, kind }) => kind === 'swapped' && !exchanged.has(date)).map(({ date }) => found('calendar.swap-open', date)),
    ...named.flatMap(({ date, source }) => source.filter((one) => !Object.hasOwn(sources, one)).map((one) => found('calendar.source-unknown', date, { source: one }))),
  ];
}
