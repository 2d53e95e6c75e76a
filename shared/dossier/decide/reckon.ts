import { agencyById, calendarFor, competentFor, procedureInForce, settingsFor, type Agency, type Procedure } from '#shared/catalogue/index.ts';
import {
  apologyLimit, civil, dueOf, timerEnd, type DueChange, type DueDate, type DueStory, type Settings, type TimerName, type WorkingCalendar,
} from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { toldAt } from '../lateness.ts';
import type { AcceptedDossier, DossierState } from '../state.ts';
import type { DecisionContext } from './context.ts';

/** What dates of one dossier are reckoned with. */
export interface Reckoning {
  readonly procedure: Procedure;
  readonly calendar: WorkingCalendar;
  readonly settings: Settings;
}

/** For a dossier that comes in now. Errors: `procedure.unknown`, `procedure.not-in-force`, `calendar.missing`. */
export function reckoningToday({ catalogue, now }: Pick<DecisionContext, 'catalogue' | 'now'>, code: string): Outcome<Reckoning> {
  const { date } = civil(now.at);
  const procedure = procedureInForce(catalogue, code, date);
  if (!procedure.ok) return procedure;
  const calendar = calendarFor(catalogue);
  return calendar ? ok({ procedure: procedure.value, calendar, settings: settingsFor(catalogue, procedure.value) }) : fail('calendar.missing', { date });
}

/**
 * For a dossier that is under way: it keeps procedure version, rule set and calendar version for ever. Where the calendar's version is no
 * longer in the catalogue its newest one is taken.
 */
export function reckoningOf(state: DossierState, { catalogue, now }: Pick<DecisionContext, 'catalogue' | 'now'>): Outcome<Reckoning> {
  const { date } = civil(now.at);
  const versions = catalogue.procedures.filter(({ code }) => code === state.procedure);
  const procedure = versions.find(({ version }) => version === state.procedureVersion) ?? versions.at(-1);
  if (!procedure) return fail('procedure.unknown', { procedure: state.procedure });
  const kept = state.received?.due.calendar;
  const calendar = catalogue.calendars.find(({ id, version }) => id === kept?.id && version === kept.version) ?? calendarFor(catalogue, kept?.id) ?? calendarFor(catalogue);
  if (!calendar) return fail('calendar.missing', { date });
  const settings = settingsFor(catalogue, procedure);
  // Whether a new appointment moves the due date was settled when it was given.
  const appointmentMovesDue = state.apologised?.movesDue ?? settings.appointmentMovesDue;
  return ok({ procedure, calendar, settings: { ...settings, appointmentMovesDue } });
}

/** The due date with its limit for an apology, as acts carry it. */
export function reckoned(due: DueDate, { calendar, settings }: Reckoning): { due: DueDate; apology: { latest: number; alertOn: string } } {
  return { due, apology: apologyLimit(due, calendar, settings) };
}

/** End of a timer from an instant on. */
export function timer(name: TimerName, from: number, { calendar, settings }: Reckoning): Outcome<number> {
  return timerEnd(from, name, calendar, settings);
}

/** What moved the due date so far, in the order in which it happened. */
export function changesOf(state: AcceptedDossier): readonly DueChange[] {
  const changes: { readonly tick: number; readonly change: DueChange }[] = [];
  for (const { requested, completed } of state.supplements) {
    if (!completed || requested.effect === 'none') continue;
    const change: DueChange = requested.effect === 'restart' ? { kind: 'restart', at: completed.at } : { kind: 'pause', from: requested.at, to: completed.at };
    changes.push({ tick: completed.origin.tick, change });
  }
  for (const { requested, paid } of state.payments) {
    if (paid && requested.pauses) changes.push({ tick: paid.origin.tick, change: { kind: 'pause', from: requested.at, to: paid.at } });
  }
  for (const { by, origin } of state.extensions) changes.push({ tick: origin.tick, change: { kind: 'extension', by } });
  const { apologised } = state;
  if (apologised) changes.push({ tick: apologised.origin.tick, change: { kind: 'appointment', at: toldAt(apologised.appointment) } });
  return changes.sort((a, b) => a.tick - b.tick).map(({ change }) => change);
}

/** What the due date of an accepted dossier rests on. */
export function dueStoryOf(state: AcceptedDossier): DueStory {
  const { acceptedAt, term, due } = state.received;
  return { acceptedAt, term, ruleSet: due.ruleSet, changes: changesOf(state) };
}

/** The due date after one more change. */
export function dueAfter(state: AcceptedDossier, change: DueChange, { calendar, settings }: Reckoning): Outcome<DueDate> {
  const story = dueStoryOf(state);
  // Whether an appointment moves the due date was settled when it was given.
  const appointmentMovesDue = state.apologised?.movesDue ?? settings.appointmentMovesDue;
  return dueOf({ ...story, changes: [...story.changes, change] }, calendar, { ...settings, appointmentMovesDue });
}

/**
 * The agency that decides: the desk's own, or another of the province that decides the procedure's dossiers today. Error: `agency.not-competent`.
 */
export function competentAgency(context: DecisionContext, procedure: Procedure, asked: string | undefined): Outcome<Agency> {
  const { catalogue, now } = context;
  const own = agencyById(catalogue, context.agency);
  if (!own) return fail('enrol.unknown-agency', { agency: context.agency });
  const candidates = competentFor(catalogue, procedure, context.agency, civil(now.at).date);
  // Where nothing is asked for, the desk takes in for itself: whoever handed it over may be right and the catalogue behind.
  if (asked === undefined || asked === own.id) return ok(own);
  const found = candidates.find(({ id }) => id === asked);
  return found ? ok(found) : fail('agency.not-competent', { agency: agencyById(catalogue, asked)?.name ?? asked });
}
