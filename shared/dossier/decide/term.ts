import { calendarFor } from '#shared/catalogue/index.ts';
import { civil, dueUnder, formatDateTime, instantOf, type DueDate, type Term } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { Apologised, DueComputedAgain, Extended, Paid, PaymentRequested, Stopped, StopRequested } from '../acts/index.ts';
import type { ApologiseCommand, ComputeDueAgainCommand, ExtendCommand, RecordPaymentCommand, RequestPaymentCommand, RequestStopCommand, StopCommand } from '../commands.ts';
import { dossierKinds } from '../kinds.ts';
import { toldAt } from '../lateness.ts';
import { isAccepted, openSupplement, type AcceptedDossier, type DossierState } from '../state.ts';
import type { DossierKind } from '../kinds.ts';
import { article, type Rule } from './articles.ts';
import { at, draft, mayHappen, rulesOf, type DecisionContext, type Draft } from './context.ts';
import { dueAfter, dueStoryOf, reckoned, reckoningOf, type Reckoning } from './reckon.ts';

interface Ready {
  readonly state: AcceptedDossier;
  readonly reckoning: Reckoning;
}

/** An accepted dossier in a stage in which the act is possible, with what its dates are reckoned with. */
function underWay(state: DossierState, kind: DossierKind, rule: Rule, context: DecisionContext): Outcome<Ready> {
  const ruleSet = rulesOf(state, 'nd118');
  const may = mayHappen(state, kind, rule, ruleSet);
  if (!may.ok) return may;
  if (!isAccepted(state)) return fail('dossier.not-accepted-yet', { code: state.code, at: '', article: article(rule, ruleSet) });
  const reckoning = reckoningOf(state, context);
  return reckoning.ok ? ok({ state, reckoning: reckoning.value }) : reckoning;
}

/** A financial obligation (nghĩa vụ tài chính) is notified; by default the term stands still until it is met. */
export function decidePaymentRequest(state: DossierState, command: RequestPaymentCommand, context: DecisionContext): Outcome<Draft[]> {
  const ready = underWay(state, dossierKinds.paymentRequested, 'examination', context);
  if (!ready.ok) return ready;
  const facts: PaymentRequested = {
    ...at(context), amount: command.amount, pauses: ready.value.reckoning.settings.paymentPauses, ...(command.payBy === undefined ? {} : { payBy: command.payBy }),
  };
  return ok([draft(dossierKinds.paymentRequested, state, facts, { note: command.note })]);
}

/** The obligation is met; where the term stood still it goes on, with a new due date. */
export function decidePayment(state: DossierState, command: RecordPaymentCommand, context: DecisionContext): Outcome<Draft[]> {
  const ready = underWay(state, dossierKinds.paid, 'examination', context);
  if (!ready.ok) return ready;
  const requested = state.payments.at(-1)?.requested;
  let due: Outcome<DueDate> | undefined;
  if (requested?.pauses) due = dueAfter(ready.value.state, { kind: 'pause', from: requested.at, to: context.now.at }, ready.value.reckoning);
  if (due && !due.ok) return due;
  const facts: Paid = { ...at(context), ...(due ? reckoned(due.value, ready.value.reckoning) : {}) };
  return ok([draft(dossierKinds.paid, state, facts, { note: command.note })]);
}

/** Whether an extension stays within what the procedure allows: the same unit, no more of it. */
function within(by: Term, allowed: Term | undefined): boolean {
  if (!allowed || allowed.unit !== by.unit) return false;
  return by.unit === 'sameDay' || allowed.unit === 'sameDay' || by.amount <= allowed.amount;
}

/** The term is extended (gia hạn), once, where the procedure allows it. Errors: `dossier.extension-not-allowed`, and where the dossier stands. */
export function decideExtension(state: DossierState, command: ExtendCommand, context: DecisionContext): Outcome<Draft[]> {
  const ready = underWay(state, dossierKinds.extended, 'examination', context);
  if (!ready.ok) return ready;
  const { reckoning } = ready.value;
  if (state.extensions.length > 0 || !within(command.by, reckoning.procedure.extension)) return fail('dossier.extension-not-allowed', { code: state.code, procedure: state.procedure });
  // A term that is over cannot be made longer any more.
  if (context.now.at > ready.value.state.due.at) return fail('dossier.term-over', { code: state.code, at: formatDateTime(ready.value.state.due.at) });
  const due = dueAfter(ready.value.state, { kind: 'extension', by: command.by }, reckoning);
  if (!due.ok) return due;
  const facts: Extended = { ...at(context), by: command.by, ...reckoned(due.value, reckoning) };
  return ok([draft(dossierKinds.extended, state, facts, { reason: command.text })]);
}

/**
 * An apology and one new appointment (form 04), at least one day before the due date. Errors: `dossier.apology-once`,
 * `dossier.apology-too-late`, `dossier.appointment-too-early`, those of the date, and where the dossier stands.
 */
export function decideApology(state: DossierState, command: ApologiseCommand, context: DecisionContext): Outcome<Draft[]> {
  const ready = underWay(state, dossierKinds.apologised, 'apology', context);
  if (!ready.ok) return ready;
  const { state: accepted, reckoning } = ready.value;
  const rule = article('apology', accepted.received.due.ruleSet);
  if (state.apologised) return fail('dossier.apology-once', { code: state.code, at: formatDateTime(state.apologised.at), article: rule });
  const latest = state.apology?.latest ?? reckoned(accepted.due, reckoning).apology.latest;
  if (context.now.at > latest) return fail('dossier.apology-too-late', { code: state.code, until: formatDateTime(latest), article: rule });
  const close = reckoning.calendar.sessions[1][1];
  const appointment = dueAfter(accepted, { kind: 'appointment', at: instantOf(command.date, command.time ?? close) }, reckoning);
  if (!appointment.ok) return appointment;
  if (toldAt(appointment.value) <= toldAt(accepted.due)) return fail('dossier.appointment-too-early', { code: state.code, due: formatDateTime(toldAt(accepted.due)) });
  const facts: Apologised = {
    ...at(context), previous: accepted.due.at, appointment: appointment.value, movesDue: reckoning.settings.appointmentMovesDue, cause: command.cause,
    ...(context.othersAsked === undefined ? {} : { othersAsked: context.othersAsked }),
  };
  return ok([draft(dossierKinds.apologised, state, facts, { reason: command.text, signatory: command.signatory })]);
}

/**
 * A provisional due date is computed again under the calendar published since. Errors: `dossier.due-final` for one that is not provisional,
 * `calendar.missing` while the calendar still ends before it.
 */
export function decideDueAgain(state: DossierState, _command: ComputeDueAgainCommand, context: DecisionContext): Outcome<Draft[]> {
  const ready = underWay(state, dossierKinds.dueComputedAgain, 'record', context);
  if (!ready.ok) return ready;
  const { state: accepted, reckoning } = ready.value;
  if (!accepted.due.provisional) return fail('dossier.due-final', { code: state.code });
  const calendar = calendarFor(context.catalogue, accepted.due.calendar.id) ?? reckoning.calendar;
  const again = dueUnder(dueStoryOf(accepted), accepted.due, calendar, reckoning.settings);
  if (!again.ok) return again;
  if (again.value.due.provisional) return fail('calendar.missing', { date: civil(accepted.due.at).date });
  const facts: DueComputedAgain = { ...at(context), ...reckoned(again.value.due, { ...reckoning, calendar }) };
  return ok([draft(dossierKinds.dueComputedAgain, state, facts)]);
}

/** The applicant asks to stop (form 05), before the decision is made. Errors: where the dossier stands. */
export function decideStopRequest(state: DossierState, command: RequestStopCommand, context: DecisionContext): Outcome<Draft[]> {
  const may = mayHappen(state, dossierKinds.stopRequested, 'stop', rulesOf(state, 'nd118'));
  if (!may.ok) return may;
  const facts: StopRequested = at(context);
  return ok([draft(dossierKinds.stopRequested, state, facts, { reason: command.text })]);
}

/**
 * The handling is stopped: at the applicant's request, or because the supplement (15 days) or the payment was not made in time.
 * Errors: `dossier.stop-too-early`, `form.invalid` for a reason that does not fit, and where the dossier stands.
 */
export function decideStop(state: DossierState, command: StopCommand, context: DecisionContext): Outcome<Draft[]> {
  const ruleSet = rulesOf(state, 'nd118');
  const may = mayHappen(state, dossierKinds.stopped, 'stop', ruleSet);
  if (!may.ok) return may;
  const { reason } = command;
  const waits = state.stage === 'payment' ? state.payments.at(-1)?.requested.payBy : openSupplement(state)?.requested.completeBy;
  const fitting: readonly StopCommand['reason'][] =
    state.stage === 'stop-requested' ? ['applicant-request', 'other'] : state.stage === 'payment' ? ['payment-not-made', 'other'] : ['supplement-not-completed'];
  if (!fitting.includes(reason)) return fail('form.invalid', { fields: 'reason' });
  if (reason !== 'other' && waits !== undefined && context.now.at <= waits && state.stage !== 'stop-requested') {
    return fail('dossier.stop-too-early', { code: state.code, until: formatDateTime(waits), article: article('stop', ruleSet) });
  }
  const facts: Stopped = { ...at(context), reason, refund: command.refund };
  return ok([draft(dossierKinds.stopped, state, facts, { reason: command.text })]);
}
