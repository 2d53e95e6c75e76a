import type { DeskStore } from '#db/index.ts';
import { calendarFor } from '#shared/catalogue/index.ts';
import { civil, officeClose, planOf } from '#shared/deadline/index.ts';
import { closeOf } from './day-close.ts';

/** How long before the office closes a close is asked for while the line is down: whoever can make it is still there. Milliseconds. */
const beforeLeaving = 15 * 60_000;

/** Whether acts of today stand behind no close though office hours are over. */
export function closeIsDue(store: DeskStore, now: number): boolean {
  return hoursEnd(store, now) <= now && hasOpenActs(store, civil(now).date);
}

/**
 * Whether the close has to be asked for wherever the clerk is: the line is down, people are about to leave, and acts of today stand behind no close. If the machine is switched off
 * before the line is back, the centre has nothing but that close to believe their time by. Only where the agency has somebody who may make one.
 */
export function closeIsNeeded(store: DeskStore, now: number): boolean {
  return hoursEnd(store, now) - beforeLeaving <= now && hasSupervisor(store) && hasOpenActs(store, civil(now).date);
}

function hasOpenActs(store: DeskStore, date: string): boolean {
  const closed = closeOf(store, date)?.view;
  return closed ? closed.actsSince : store.read.recordedHere(date).acts > 0;
}

function hasSupervisor(store: DeskStore): boolean {
  const agency = store.identity()?.agency;
  return store.catalogue.current()?.staff.some((one) => one.agency === agency && one.roles.includes('supervisor')) ?? false;
}

/** When the office hours of the civil day of `now` end, by the newest calendar: on a day off at once, outside the calendar never. */
function hoursEnd(store: DeskStore, now: number): number {
  const { date } = civil(now);
  const catalogue = store.catalogue.current();
  const calendar = catalogue && calendarFor(catalogue);
  if (!calendar || date < calendar.coversFrom || date > calendar.coversTo) return Infinity;
  const plan = planOf(calendar, date);
  return plan.sessions.length === 0 ? -Infinity : officeClose(calendar, plan);
}
