import { formatDateTime, ruleSetFor, supplementEffect } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { SupplementCompleted, SupplementRequested } from '../acts/index.ts';
import type { CompleteSupplementCommand, RequestSupplementCommand } from '../commands.ts';
import { dossierKinds } from '../kinds.ts';
import { isAccepted, openSupplement, type AcceptedDossier, type DossierState } from '../state.ts';
import { article } from './articles.ts';
import { at, draft, mayHappen, type DecisionContext, type Draft } from './context.ts';
import { dueAfter, reckoned, reckoningOf, reckoningToday, timer } from './reckon.ts';
import { submission } from './reception.ts';

/**
 * A supplement is asked for (form 02). At the counter once, before any term runs; at the examination within 3 working days of the reception
 * and before the due date, because it stops the term. Errors: `dossier.incomplete` for a second one at the counter,
 * `dossier.supplement-notice-late`, those of a submission, and where the dossier stands.
 */
export function decideSupplementRequest(state: DossierState | undefined, command: RequestSupplementCommand, context: DecisionContext): Outcome<Draft[]> {
  if (state && isAccepted(state)) return atExamination(state, command, context);
  const ruleSet = ruleSetFor(context.now.at, context.catalogue.settings);
  const before: Draft[] = [];
  if (state) {
    const may = mayHappen(state, dossierKinds.supplementRequested, 'supplement-at-counter', ruleSet);
    if (!may.ok) return may;
  } else {
    if (!command.intake) return fail('dossier.unknown', { code: '' });
    const made = submission(command.dossier, command.intake, context);
    if (!made.ok) return made;
    before.push(made.value);
  }
  const procedure = state?.procedure ?? command.intake?.procedure ?? '';
  const reckoning = state ? reckoningOf(state, context) : reckoningToday(context, procedure);
  if (!reckoning.ok) return reckoning;
  const completeBy = timer('supplementCompletion', context.now.at, reckoning.value);
  if (!completeBy.ok) return completeBy;
  const facts: SupplementRequested = { ...at(context), stage: 'counter', effect: 'none', papers: command.papers, completeBy: completeBy.value, ruleSet };
  const about = state ?? { id: command.dossier, frontier: [] };
  return ok([...before, draft(dossierKinds.supplementRequested, about, facts, { reason: command.text, contact: command.contact })]);
}

function atExamination(state: AcceptedDossier, command: RequestSupplementCommand, context: DecisionContext): Outcome<Draft[]> {
  const { ruleSet } = state.received.due;
  const may = mayHappen(state, dossierKinds.supplementRequested, 'supplement', ruleSet);
  if (!may.ok) return may;
  const reckoning = reckoningOf(state, context);
  if (!reckoning.ok) return reckoning;
  const { noticeBy } = state.received;
  // A term that is over cannot be stopped any more: lateness would be hidden.
  const latest = Math.min(noticeBy ?? Infinity, state.due.at);
  if (context.now.at > latest) {
    return fail('dossier.supplement-notice-late', { code: state.code, until: formatDateTime(latest), article: article('supplement', ruleSet) });
  }
  const completeBy = timer('supplementCompletion', context.now.at, reckoning.value);
  if (!completeBy.ok) return completeBy;
  const facts: SupplementRequested = {
    ...at(context), stage: 'examination', effect: supplementEffect(ruleSet, reckoning.value.procedure.supplement), papers: command.papers,
    completeBy: completeBy.value, ...(noticeBy === undefined ? {} : { noticeBy }), ruleSet,
  };
  return ok([draft(dossierKinds.supplementRequested, state, facts, { reason: command.text, contact: command.contact })]);
}

/**
 * What an examination asked for has come: the term starts anew, or goes on where it stood, and a new due date is told. A
 * counter's supplement is completed by the reception. Errors: `dossier.supplement-expired` after its 15 days, and where the dossier stands.
 */
export function decideSupplementCompletion(state: DossierState, command: CompleteSupplementCommand, context: DecisionContext): Outcome<Draft[]> {
  const ruleSet = state.received?.due.ruleSet ?? ruleSetFor(context.now.at, context.catalogue.settings);
  const may = mayHappen(state, dossierKinds.supplementCompleted, 'supplement', ruleSet);
  if (!may.ok) return may;
  const open = openSupplement(state)?.requested;
  if (!isAccepted(state) || !open) return fail('dossier.still-processing', { code: state.code, at: '', article: article('supplement', ruleSet) });
  if (context.now.at > open.completeBy) {
    return fail('dossier.supplement-expired', { code: state.code, until: formatDateTime(open.completeBy), article: article('supplement', ruleSet) });
  }
  const reckoning = reckoningOf(state, context);
  if (!reckoning.ok) return reckoning;
  const change = open.effect === 'pause' ? { kind: 'pause' as const, from: open.at, to: context.now.at } : { kind: 'restart' as const, at: context.now.at };
  const due = dueAfter(state, change, reckoning.value);
  if (!due.ok) return due;
  const facts: SupplementCompleted = { ...at(context), papers: command.papers, ...reckoned(due.value, reckoning.value) };
  return ok([draft(dossierKinds.supplementCompleted, state, facts, { note: command.note })]);
}
