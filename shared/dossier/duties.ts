import { instantOf } from '#shared/deadline/index.ts';
import { unmatchedHops } from './hops.ts';
import { dossierKinds } from './kinds.ts';
import { haltedAt } from './lateness.ts';
import { possibleIn } from './stage.ts';
import { isAccepted, openResultCorrection, openSupplement, type DossierState } from './state.ts';

/** What somebody has to do about a dossier. */
export type DutyName =
  | 'answer' | 'transfer' | 'send-paper' | 'take-over' | 'hand-on' | 'await-supplement' | 'await-payment' | 'decide-stop' | 'apologise' | 'finish'
  | 'notify' | 'correct-result' | 'settle-conflict' | 'replace-provisional-due';

/** A duty (việc cần làm) with its instant: until when it is to be done. Milliseconds. */
export interface Duty {
  readonly duty: DutyName;
  readonly by: number;
  /** From when it is shown; before that it is nobody's concern. */
  readonly from: number;
  /** Until when it is shown: past that it cannot be done any more. */
  readonly until: number;
}

type Add = (duty: DutyName, by: number, from?: number, until?: number) => void;

/**
 * All duties that a dossier's state holds, whoever's they are. Their times were fixed by the acts that brought them about, so no calendar
 * is needed to read them.
 */
export function dutiesOf(state: DossierState): readonly Duty[] {
  const duties: Duty[] = [];
  const add: Add = (duty, by, from = 0, until = Number.MAX_SAFE_INTEGER) => void duties.push({ duty, by, from, until });
  const { submitted, received, stage, hops } = state;
  if (stage === 'submitted' && submitted) add('answer', submitted.answerBy ?? submitted.at);
  if (isAccepted(state)) inProcessing(state, add);
  const supplement = openSupplement(state);
  if (supplement) add('await-supplement', supplement.requested.completeBy);
  const payment = state.payments.at(-1);
  if (stage === 'payment' && payment) add('await-payment', payment.requested.payBy ?? payment.requested.at);
  if (stage === 'stop-requested' && state.stopRequested) add('decide-stop', state.stopRequested.at);
  for (const { given, taken } of unmatchedHops(hops)) {
    if (given) add('take-over', given.at);
    else if (taken) add('hand-on', taken.at);
  }
  if (stage === 'ready' && state.ready && state.notified.length === 0) add('notify', state.ready.at);
  const correction = openResultCorrection(state);
  if (correction) add('correct-result', correction.requested.by);
  if (state.conflicts.length > 0) add('settle-conflict', received?.acceptedAt ?? submitted?.at ?? 0);
  return duties;
}

function inProcessing(state: DossierState, add: Add): void {
  const { received, stage, hops, due, apology } = state;
  if (!received || !due) return;
  const open = stage === 'processing' || stage === 'supplement' || stage === 'payment' || stage === 'stop-requested';
  if (!open) return;
  if (received.paperBy !== undefined && !hops.some((hop) => hop.toAgency === state.competentAgency && hop.given)) add('send-paper', received.paperBy);
  else if (received.transferBy !== undefined && hops.length === 0) add('transfer', received.transferBy);
  // While the term stands still nobody here is late.
  if (haltedAt(state) !== undefined) return;
  add('finish', due.at);
  if (due.provisional && possibleIn[dossierKinds.dueComputedAgain].includes(stage)) add('replace-provisional-due', due.at);
  if (apology && !state.apologised && possibleIn[dossierKinds.apologised].includes(stage)) {
    // After its last moment an apology is refused, so it is nobody's duty any more.
    add('apologise', apology.latest, instantOf(apology.alertOn), apology.latest);
  }
}

/** The duties that are shown at an instant, each with whether its time is over. */
export function dutiesAt(state: DossierState, now: number): readonly { readonly duty: DutyName; readonly by: number; readonly past: boolean }[] {
  return dutiesOf(state).filter(({ from, until }) => from <= now && now <= until).map(({ duty, by }) => ({ duty, by, past: by < now }));
}
