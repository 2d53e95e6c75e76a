import { ruleSetFor } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { HandedOver, Notified, ResultCorrected, ResultCorrectionRequested, ResultReady } from '../acts/index.ts';
import type { HandOverCommand, NotifyCommand, RecordResultCorrectionCommand, RequestResultCorrectionCommand, ResultReadyCommand } from '../commands.ts';
import { dossierKinds } from '../kinds.ts';
import { openResultCorrection, type DossierState } from '../state.ts';
import type { Rule } from './articles.ts';
import { at, draft, mayHappen, mayNot, rulesOf, wasAccepted, type DecisionContext, type Draft } from './context.ts';
import { reckoningOf, timer } from './reckon.ts';
import { formatDateTime } from '#shared/deadline/index.ts';
import type { DossierKind } from '../kinds.ts';

function may(state: DossierState, kind: DossierKind, rule: Rule, context: DecisionContext): Outcome<true> {
  return mayHappen(state, kind, rule, rulesOf(state, ruleSetFor(context.now.at, context.catalogue.settings)));
}

/** A claimed time lies between the reception and now. A claim is recorded as such and judged by people. */
function credibleClaim(state: DossierState, claimedAt: number | undefined, now: number): Outcome<true> {
  if (claimedAt === undefined) return ok(true);
  if (claimedAt > now) return fail('dossier.claimed-time-in-future');
  if (claimedAt < (state.received?.acceptedAt ?? now)) return fail('dossier.claimed-time-before-reception');
  return ok(true);
}

/** The result is ready. Errors: a bad claim, and where the dossier stands. */
export function decideResultReady(state: DossierState, command: ResultReadyCommand, context: DecisionContext): Outcome<Draft[]> {
  const possible = may(state, dossierKinds.resultReady, 'examination', context);
  if (!possible.ok) return possible;
  // The fold takes a "ready" that comes late from elsewhere; here the hand-over is known and implies it.
  if (state.stage === 'returned') return mayNot(state, 'examination', rulesOf(state, 'nd118'));
  const accepted = wasAccepted(state, 'examination', context.catalogue.settings);
  if (!accepted.ok) return accepted;
  const claim = credibleClaim(state, command.claimedAt, context.now.at);
  if (!claim.ok) return claim;
  const facts: ResultReady = {
    ...at(context), outcome: command.outcome, resultCount: command.resultCount, ...(command.claimedAt === undefined ? {} : { claimedAt: command.claimedAt }),
  };
  return ok([draft(dossierKinds.resultReady, state, facts, { note: command.note })]);
}

/** The applicant is told that the result is there. Errors: where the dossier stands. */
export function decideNotice(state: DossierState, command: NotifyCommand, context: DecisionContext): Outcome<Draft[]> {
  const possible = may(state, dossierKinds.notified, 'return', context);
  if (!possible.ok) return possible;
  const facts: Notified = { ...at(context), means: command.means };
  return ok([draft(dossierKinds.notified, state, facts, { note: command.note })]);
}

/**
 * The result is handed over. A hand-over without "ready" implies ready no later than it. Errors: `dossier.proxy-unauthorised` for a
 * proxy without a name and an authorisation, a bad claim, and where the dossier stands.
 */
export function decideHandOver(state: DossierState, command: HandOverCommand, context: DecisionContext): Outcome<Draft[]> {
  const possible = may(state, dossierKinds.handedOver, 'return', context);
  if (!possible.ok) return possible;
  const claim = credibleClaim(state, command.claimedAt, context.now.at);
  if (!claim.ok) return claim;
  const { receiverName, authorisation } = command.personal ?? {};
  if (command.receiver === 'proxy' && (!receiverName || !authorisation)) return fail('dossier.proxy-unauthorised');
  const facts: HandedOver = {
    ...at(context), method: command.method, receiver: command.receiver, receiptShown: command.receiptShown,
    ...(command.claimedAt === undefined ? {} : { claimedAt: command.claimedAt }),
    ...(command.rating === undefined ? {} : { rating: command.rating }),
  };
  return ok([draft(dossierKinds.handedOver, state, facts, command.personal)]);
}

/** A mistake in a result is reported; it is to be corrected within 3 working days. Errors: `dossier.result-correction-open`, and where the dossier stands. */
export function decideResultCorrectionRequest(state: DossierState, command: RequestResultCorrectionCommand, context: DecisionContext): Outcome<Draft[]> {
  const possible = may(state, dossierKinds.resultCorrectionRequested, 'result-correction', context);
  if (!possible.ok) return possible;
  const open = openResultCorrection(state);
  if (open) return fail('dossier.result-correction-open', { code: state.code, until: formatDateTime(open.requested.by) });
  const reckoning = reckoningOf(state, context);
  if (!reckoning.ok) return reckoning;
  const by = timer('resultCorrection', context.now.at, reckoning.value);
  if (!by.ok) return by;
  const facts: ResultCorrectionRequested = { ...at(context), by: by.value, fault: command.fault };
  return ok([draft(dossierKinds.resultCorrectionRequested, state, facts, { reason: command.text })]);
}

/** The corrected result is there. Errors: `dossier.no-result-correction`, and where the dossier stands. */
export function decideResultCorrection(state: DossierState, command: RecordResultCorrectionCommand, context: DecisionContext): Outcome<Draft[]> {
  const possible = may(state, dossierKinds.resultCorrected, 'result-correction', context);
  if (!possible.ok) return possible;
  if (!openResultCorrection(state)) return fail('dossier.no-result-correction', { code: state.code });
  const facts: ResultCorrected = at(context);
  return ok([draft(dossierKinds.resultCorrected, state, facts, { note: command.note })]);
}
