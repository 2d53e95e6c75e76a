import type { DayOff, WorkingCalendar } from './calendar.ts';
import { addDays, civil, dateOf, dayOf, daysBetween, instantOf, minute, weekdayOf } from './civil.ts';

/** A worked session (buổi) of a day: from its opening to its close, both belonging to it, milliseconds. */
export interface Session {
  readonly from: number;
  readonly to: number;
}

/** What a calendar says of one day. */
export interface DayPlan {
  readonly date: string;
  /** Worked sessions in order; none on a day off. */
  readonly sessions: readonly Session[];
  /** Why it is not worked, where the calendar names it; a plain weekly rest day has none. */
  readonly off?: DayOff;
  /** The day whose rest this one is worked for. */
  readonly insteadOf?: string;
  /** The one session worked on a half day. */
  readonly half?: 'morning' | 'afternoon';
  /** Past the published calendar: only the weekly rest is known. */
  readonly beyond: boolean;
}

interface Index {
  readonly off: ReadonlyMap<string, DayOff>;
  readonly insteadOf: ReadonlyMap<string, string>;
  readonly half: ReadonlyMap<string, 'morning' | 'afternoon'>;
  /** Covered days as numbers, both included. */
  readonly first: number;
  readonly last: number;
  /** Plans worked out so far, by days after `first`. */
  readonly plans: (DayPlan | undefined)[];
}

/**
 * Calendars are published once, never changed, and asked for every day of every term: a day is worked out once and kept as
 * long as its calendar.
 */
const indexes = new WeakMap<WorkingCalendar, Index>();

function indexOf(calendar: WorkingCalendar): Index {
  const known = indexes.get(calendar);
  if (known) return known;
  const index: Index = {
    off: new Map(calendar.daysOff.map((day) => [day.date, day])),
    insteadOf: new Map(calendar.workedInstead.map((day) => [day.date, day.insteadOf])),
    half: new Map(calendar.halfDays.map((day) => [day.date, day.session])),
    first: dayOf(calendar.coversFrom),
    last: dayOf(calendar.coversTo),
    plans: [],
  };
  indexes.set(calendar, index);
  return index;
}

/** How the day is worked that is so many days after 1970-01-01. */
function planAt(calendar: WorkingCalendar, index: Index, day: number): DayPlan {
  if (day < index.first || day > index.last) return workOut(calendar, dateOf(day));
  return (index.plans[day - index.first] ??= workOut(calendar, dateOf(day)));
}

/** How a day is worked. */
export function planOf(calendar: WorkingCalendar, date: string): DayPlan {
  return planAt(calendar, indexOf(calendar), dayOf(date));
}

/**
 * A half day is stated last by the office and wins; then a day worked in exchange; then a day off; then the weekly rest.
 */
function workOut(calendar: WorkingCalendar, date: string): DayPlan {
  const [morning, afternoon] = calendar.sessions.map(([from, to]) => ({ from: instantOf(date, from), to: instantOf(date, to) }));
  const whole = [morning, afternoon].filter((session) => session !== undefined);
  const rest = calendar.weeklyRest.includes(weekdayOf(date));
  if (date > calendar.coversTo) return { date, sessions: rest ? [] : whole, beyond: true };
  const { off, insteadOf, half } = indexOf(calendar);
  const replaced = insteadOf.get(date);
  const exchange = replaced === undefined ? {} : { insteadOf: replaced };
  const session = half.get(date);
  if (session) return { date, sessions: whole.slice(session === 'morning' ? 0 : 1, session === 'morning' ? 1 : 2), half: session, beyond: false, ...exchange };
  if (replaced !== undefined) return { date, sessions: whole, beyond: false, ...exchange };
  const named = off.get(date);
  if (named) return { date, sessions: [], off: named, beyond: false };
  return { date, sessions: rest ? [] : whole, beyond: false };
}

/** The days from a date on, without end. */
export function* daysFrom(calendar: WorkingCalendar, date: string): Generator<DayPlan, never> {
  const index = indexOf(calendar);
  for (let day = dayOf(date); ; day += 1) yield planAt(calendar, index, day);
}

/** The first worked day on or after a date. */
export function nextWorkedDay(calendar: WorkingCalendar, date: string): DayPlan {
  for (const plan of daysFrom(calendar, date)) if (plan.sessions.length > 0) return plan;
  throw new RangeError('days have no end');
}

/** The last worked day on or before a date. */
export function lastWorkedDay(calendar: WorkingCalendar, date: string): DayPlan {
  let plan = planOf(calendar, date);
  while (plan.sessions.length === 0) plan = planOf(calendar, addDays(plan.date, -1));
  return plan;
}

/** The close of office hours of a day; of a usual day where this one is not worked. */
export function closeOf(calendar: WorkingCalendar, plan: DayPlan): number {
  return plan.sessions.at(-1)?.to ?? instantOf(plan.date, calendar.sessions[1][1]);
}

/** The instant itself inside a session (its close included), else the opening of the next one. */
export function openFrom(calendar: WorkingCalendar, instant: number): number {
  for (const plan of daysFrom(calendar, civil(instant).date)) {
    for (const session of plan.sessions) if (instant <= session.to) return Math.max(instant, session.from);
  }
  throw new RangeError('days have no end');
}

/** Whole minutes of office hours between two instants; negative when `b` is before `a`. Days past the calendar go by the weekly rest. */
export function workingMinutesBetween(a: number, b: number, calendar: WorkingCalendar): number {
  if (b < a) return 0 - workingMinutesBetween(b, a, calendar);
  let worked = 0;
  const last = civil(b).date;
  for (const plan of daysFrom(calendar, civil(a).date)) {
    if (plan.date > last) break;
    for (const session of plan.sessions) worked += Math.max(0, Math.min(b, session.to) - Math.max(a, session.from));
  }
  return Math.floor(worked / minute);
}

/**
 * Working days after the day of `a` up to and including the day of `b`; a half day worked is 0.5; 0 when `b` is not on a later day.
 */
export function workingDaysBetween(a: number, b: number, calendar: WorkingCalendar): number {
  const first = addDays(civil(a).date, 1);
  let halves = 0;
  for (let left = daysBetween(first, civil(b).date) + 1, date = first; left > 0; left -= 1, date = addDays(date, 1)) {
    halves += planOf(calendar, date).sessions.length;
  }
  return halves / 2;
}
