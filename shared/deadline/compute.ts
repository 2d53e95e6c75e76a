import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { WorkingCalendar } from './calendar.ts';
import { addDays, civil, instantOf, minute } from './civil.ts';
import type { DueDate, DueStep } from './due.ts';
import { afterMinutes, lastDay, worthOf } from './move.ts';
import { closeOf, daysFrom, nextWorkedDay, openFrom, planOf, type DayPlan } from './schedule.ts';
import { ruleSetFor, type RuleSet, type Settings } from './settings.ts';
import { passedDays } from './steps.ts';
import type { Term } from './term.ts';

export interface DueDateInput {
  /** Instant of acceptance (tiếp nhận), milliseconds. */
  readonly acceptedAt: number;
  readonly term: Term;
  readonly calendar: WorkingCalendar;
  readonly settings: Settings;
  /** The set the dossier was received under; chosen by `acceptedAt` when left out. */
  readonly ruleSet?: RuleSet;
}

/** Where a term ends, and the steps only the kind of term knows. */
interface End {
  readonly at: number;
  readonly start: number;
  readonly steps: readonly DueStep[];
}

type Walk = (start: number, calendar: WorkingCalendar, settings: Settings) => End;

/** Whether a start lies after the cut-off, by the hh:mm that the receipt shows: 15:00 itself is in time. */
function afterCutOff(start: number, settings: Settings): boolean {
  return civil(start).time > settings.transferCutOff;
}

/** The step for an end that coincides with the close of the office or of a session. */
function endStep(at: number, calendar: WorkingCalendar): DueStep[] {
  const plan = planOf(calendar, civil(at).date);
  if (at === closeOf(calendar, plan)) return [{ code: 'endsAtClose', at }];
  return plan.sessions.some((session) => session.to === at) ? [{ code: 'endsWithSession', at }] : [];
}

/** Where a term in working days ends on its last day: at its close, or at the time of day the term started, moved into its sessions. */
function endOfDay(plan: DayPlan, start: number, calendar: WorkingCalendar, settings: Settings): number {
  const close = closeOf(calendar, plan);
  if (settings.dayTermEnds === 'closeOfOffice') return close;
  const sameTime = instantOf(plan.date, civil(start).time);
  const session = plan.sessions.find(({ to }) => sameTime <= to);
  return session ? Math.max(sameTime, session.from) : close;
}

/** Whether the office has closed for the day: such a day cannot carry a term any more. */
function closedForTheDay(start: number, calendar: WorkingCalendar): boolean {
  return start > closeOf(calendar, planOf(calendar, civil(start).date));
}

/** The day of receipt as a step, and the day the count begins with. */
function firstDay(start: number, calendar: WorkingCalendar, settings: Settings): { readonly date: string; readonly step: DueStep } {
  const { date } = civil(start);
  return settings.dayOfReceiptCounts && !closedForTheDay(start, calendar)
    ? { date, step: { code: 'receiptDayCounted', date } }
    : { date: addDays(date, 1), step: { code: 'receiptDayNotCounted', date } };
}

/** `cutOffMovesTerm`: what comes after the cut-off starts when the next working day opens. */
function movedByCutOff(start: number, calendar: WorkingCalendar, settings: Settings): { readonly start: number; readonly steps: DueStep[] } {
  if (!settings.cutOffMovesTerm || !afterCutOff(start, settings)) return { start, steps: [] };
  const next = nextWorkedDay(calendar, addDays(civil(start).date, 1));
  return { start: next.sessions[0]?.from ?? start, steps: [{ code: 'afterCutOff', cutOff: settings.transferCutOff, nextDay: next.date }] };
}

const sameDay: Walk = (start, calendar, settings) => {
  const { date } = civil(start);
  const late = afterCutOff(start, settings);
  const last = nextWorkedDay(calendar, late || closedForTheDay(start, calendar) ? addDays(date, 1) : date);
  return { at: closeOf(calendar, last), start, steps: late ? [{ code: 'afterCutOff', cutOff: settings.transferCutOff, nextDay: last.date }] : [] };
};

/** A whole number of days ends on the day that completes it; a number with a half ends with the session that completes it. */
function halfDays(halves: number): Walk {
  return (accepted, calendar, settings) => {
    const { start, steps } = movedByCutOff(accepted, calendar, settings);
    const first = firstDay(start, calendar, settings);
    let counted = 0;
    for (const plan of daysFrom(calendar, first.date)) {
      const worth = worthOf(plan, settings);
      for (const session of plan.sessions) {
        // Only a count of halves looks inside the day of receipt: a session that is over cannot carry it.
        if (halves % 2 === 1 && session.to < start) continue;
        counted += worth;
        if (counted < halves) continue;
        const at = halves % 2 === 1 ? session.to : endOfDay(plan, start, calendar, settings);
        return { at, start, steps: [...steps, first.step] };
      }
    }
    throw new RangeError('days have no end');
  };
}

function workingHours(amount: number): Walk {
  return (start, calendar, settings) => ({ at: afterMinutes(start, amount * 60, calendar, settings), start, steps: [] });
}

function calendarDays(amount: number): Walk {
  return (accepted, calendar, settings) => {
    const { start, steps } = movedByCutOff(accepted, calendar, settings);
    const first = firstDay(start, calendar, settings);
    const end = lastDay(addDays(first.date, amount - 1), calendar, settings);
    return { at: end.at, start, steps: [...steps, first.step, ...end.steps] };
  };
}

function walkOf(term: Term): Walk {
  switch (term.unit) {
    case 'sameDay': return sameDay;
    case 'workingDay': return halfDays(term.amount * 2);
    case 'halfWorkingDay': return halfDays(term.amount);
    case 'workingHour': return workingHours(term.amount);
    case 'calendarDay': return calendarDays(term.amount);
  }
}

/** How far the reckoning of a due date has come: everything but the steps that only its end has. */
export interface Reckoning {
  readonly at: number;
  readonly start: number;
  readonly appointment?: number;
  /** The last civil date the reckoning rests on. */
  readonly reached: string;
  readonly steps: readonly DueStep[];
}

/** The whole minute an instant lies in: everybody computes from the hh:mm on the receipt. */
export function minuteOf(instant: number): number {
  return Math.floor(instant / minute) * minute;
}

/** A term that starts to run with an acceptance. Error: `calendar.missing` for an acceptance before the calendar begins. */
export function startTerm(acceptedAt: number, term: Term, calendar: WorkingCalendar, settings: Settings): Outcome<Reckoning> {
  const accepted = minuteOf(acceptedAt);
  const { date } = civil(accepted);
  if (date < calendar.coversFrom) return fail('calendar.missing', { date });
  const opened = settings.outsideHoursWaitForOpening ? openFrom(calendar, accepted) : accepted;
  const end = walkOf(term)(opened, calendar, settings);
  const last = civil(end.at).date;
  const outside: DueStep[] = opened === accepted ? [] : [{ code: 'outsideHours', opensAt: opened }];
  // A calendar term runs through days off; only those that delayed its start are passed over.
  const passedUntil = term.unit === 'calendarDay' ? addDays(civil(end.start).date, -1) : last;
  return ok({
    at: end.at,
    start: end.start,
    reached: last,
    steps: [{ code: 'term', term }, ...outside, ...end.steps, ...passedDays(calendar, date, passedUntil)],
  });
}

/** The due date of a reckoning that is at its end. */
export function conclude({ reached, steps, ...reckoning }: Reckoning, ruleSet: RuleSet, calendar: WorkingCalendar): DueDate {
  const provisional = reached > calendar.coversTo;
  const beyond: DueStep[] = provisional ? [{ code: 'beyondCalendar', from: addDays(calendar.coversTo, 1) }] : [];
  return {
    ...reckoning,
    provisional,
    ruleSet,
    calendar: { id: calendar.id, version: calendar.version },
    steps: [...steps, ...endStep(reckoning.at, calendar), ...beyond],
  };
}

/**
 * The due date (ngày hẹn trả kết quả) of a dossier, with its reasons. Art. 17 to 19 of Decree 118/2025/NĐ-CP (Decree 61/2018/NĐ-CP before
 * 01/07/2025), and Art. 145, 147 and 148 of the Civil Code 2015 where they are silent; where they leave room, {@link Settings}
 * decides. Seconds of the acceptance are cut off, because everybody computes from the hh:mm on the receipt. Past the published
 * calendar only the weekly rest is known and the answer is marked provisional. Error: `calendar.missing` for an acceptance
 * before the calendar begins.
 */
export function dueDate({ acceptedAt, term, calendar, settings, ruleSet }: DueDateInput): Outcome<DueDate> {
  const reckoning = startTerm(acceptedAt, term, calendar, settings);
  if (!reckoning.ok) return reckoning;
  return ok(conclude(reckoning.value, ruleSet ?? ruleSetFor(acceptedAt, settings), calendar));
}
