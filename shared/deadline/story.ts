import { z } from 'zod';
import { ok, type Outcome } from '#shared/errors/index.ts';
import type { WorkingCalendar } from './calendar.ts';
import { civil } from './civil.ts';
import { conclude, minuteOf, startTerm, type Reckoning } from './compute.ts';
import type { DueDate } from './due.ts';
import { lengthOf, moveBy, pauseOf } from './move.ts';
import { openFrom } from './schedule.ts';
import { ruleSetFor, type RuleSet, type Settings } from './settings.ts';
import { termSchema, type Term } from './term.ts';

const instant = z.int();

/** Something that moves a due date after acceptance. Instants in milliseconds. */
export const dueChangeSchema = z.discriminatedUnion('kind', [
  /** The supplement is complete and the term runs from zero from `at` (Art. 19.5 of Decree 118/2025/NĐ-CP). */
  z.object({ kind: z.literal('restart'), at: instant }),
  /** The term stood still from the request until the dossier was complete (Decree 61/2018/NĐ-CP, or the procedure says so). */
  z.object({ kind: z.literal('pause'), from: instant, to: instant }).refine(({ from, to }) => from <= to, 'a pause ends after it starts'),
  /** The authority's extension (gia hạn), from the due date as it stood. */
  z.object({ kind: z.literal('extension'), by: termSchema.refine((term): boolean => term.unit !== 'sameDay', 'an extension has a length') }),
  /** A new appointment (hẹn lại) at a chosen time. */
  z.object({ kind: z.literal('appointment'), at: instant }),
]);
export type DueChange = z.infer<typeof dueChangeSchema>;

/** What decides a due date: the acceptance (milliseconds), the term, and what happened to it since, in order. */
export interface DueStory {
  readonly acceptedAt: number;
  readonly term: Term;
  /** The set the dossier was received under; chosen by `acceptedAt` when left out. */
  readonly ruleSet?: RuleSet;
  readonly changes: readonly DueChange[];
}

/** The later of an appointment and nothing: one that the due date has reached means nothing any more. */
function stillAhead(appointment: number | undefined, due: number): { appointment?: number } {
  return appointment !== undefined && appointment > due ? { appointment } : {};
}

function paused(before: Reckoning, change: Extract<DueChange, { kind: 'pause' }>, term: Term, calendar: WorkingCalendar, settings: Settings): Reckoning {
  const [from, to] = [minuteOf(change.from), minuteOf(change.to)];
  const by = pauseOf(term, from, to, calendar, settings);
  const moved = moveBy(before.at, by, calendar, settings);
  const appointment = before.appointment === undefined ? undefined : moveBy(before.appointment, by, calendar, settings).at;
  return {
    at: moved.at,
    start: before.start,
    ...stillAhead(appointment, moved.at),
    reached: [before.reached, civil(moved.at).date, civil(to).date].reduce((a, b) => (a > b ? a : b)),
    steps: [...before.steps, { code: 'paused', from, to, by, was: before.at, now: moved.at }, ...moved.steps],
  };
}

function extended(before: Reckoning, by: Term, calendar: WorkingCalendar, settings: Settings): Reckoning {
  const moved = moveBy(before.at, lengthOf(by), calendar, settings);
  const last = civil(moved.at).date;
  return {
    at: moved.at,
    start: before.start,
    ...stillAhead(before.appointment, moved.at),
    reached: last > before.reached ? last : before.reached,
    steps: [...before.steps, { code: 'extended', by, was: before.at, now: moved.at }, ...moved.steps],
  };
}

/**
 * A chosen time on which the office does not work is moved to the next opening and not refused: a calendar published later can make any
 * chosen time a day off, and the dossier still needs a date. The step names both, for the clerk to see before it is confirmed.
 */
function appointed(before: Reckoning, chosen: number, calendar: WorkingCalendar, settings: Settings): Reckoning {
  const asked = minuteOf(chosen);
  const at = openFrom(calendar, asked);
  const due = settings.appointmentMovesDue ? at : before.at;
  const last = civil(at).date;
  return {
    at: due,
    start: before.start,
    ...stillAhead(at, due),
    reached: last > before.reached ? last : before.reached,
    steps: [...before.steps, { code: 'newAppointment', asked, at, due }],
  };
}

/**
 * The due date of a story: acceptance, term, and the changes in order. A restart runs the procedure's own term anew, so that extensions and
 * appointments before it are gone. A new appointment moves `at` only where {@link Settings.appointmentMovesDue} says so; else it
 * stands in `appointment` and lateness is judged by `at` as before. Error: `calendar.missing` for an acceptance or a restart
 * before the calendar begins.
 */
export function dueOf(story: DueStory, calendar: WorkingCalendar, settings: Settings): Outcome<DueDate> {
  const { term } = story;
  let reckoning = startTerm(story.acceptedAt, term, calendar, settings);
  for (const change of story.changes) {
    if (!reckoning.ok) return reckoning;
    const before = reckoning.value;
    switch (change.kind) {
      case 'restart': {
        const fresh = startTerm(change.at, term, calendar, settings);
        reckoning = fresh.ok ? ok({ ...fresh.value, steps: [{ code: 'restarted', at: minuteOf(change.at) }, ...fresh.value.steps] }) : fresh;
        break;
      }
      case 'pause': reckoning = ok(paused(before, change, term, calendar, settings)); break;
      case 'extension': reckoning = ok(extended(before, change.by, calendar, settings)); break;
      case 'appointment': reckoning = ok(appointed(before, change.at, calendar, settings)); break;
    }
  }
  if (!reckoning.ok) return reckoning;
  return ok(conclude(reckoning.value, story.ruleSet ?? ruleSetFor(story.acceptedAt, settings), calendar));
}

/** What a calendar published later says of a due date. */
export interface DueUnder {
  readonly due: DueDate;
  /** Whether the date is another one. */
  readonly moves: boolean;
  /** Whether the new date replaces the printed one: only a provisional one is replaced. */
  readonly binding: boolean;
}

/**
 * The due date of a story under another calendar than the one it was printed with. A dossier keeps the calendar it was received under, and so
 * its printed date, for ever; only a date that was printed as provisional is replaced. Errors as of {@link dueOf}.
 */
export function dueUnder(story: DueStory, printed: DueDate, calendar: WorkingCalendar, settings: Settings): Outcome<DueUnder> {
  const again = dueOf({ ...story, ruleSet: story.ruleSet ?? printed.ruleSet }, calendar, settings);
  if (!again.ok) return again;
  const due: DueDate = { ...again.value, steps: [...again.value.steps, { code: 'computedAgain', was: printed.at, calendar: printed.calendar }] };
  return ok({ due, moves: due.at !== printed.at, binding: printed.provisional });
}
