import { civil, timerEnd, transferBy, dueDate, ruleSetFor } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { HandedOver, NotAccepted, Received, ResultReady, Submitted } from '../acts/index.ts';
import type { ReceiveCommand, RefuseReceptionCommand, SubmitCommand } from '../commands.ts';
import { dossierKinds } from '../kinds.ts';
import type { DossierState } from '../state.ts';
import { at, draft, mayHappen, rulesOf, type DecisionContext, type Draft } from './context.ts';
import { competentAgency, reckoned, reckoningToday, timer, type Reckoning } from './reckon.ts';

type HandedIn = Omit<SubmitCommand, 'act' | 'dossier'>;

/** A dossier that no entry is about yet: its first entry follows nothing. */
const fresh = (dossier: string): { id: string; frontier: readonly string[] } => ({ id: dossier, frontier: [] });

/** Handed in before this act, never after it. */
function submittedAt(command: HandedIn, now: number): number {
  return Math.min(command.submittedAt ?? now, now);
}

/**
 * The entry of a submission (nộp hồ sơ). An online one is to be answered within 8 working hours from when it came in. Also used by acts
 * on what was brought to the counter and is not accepted. Errors: `procedure.*`, `calendar.missing`, `agency.not-competent`.
 */
export function submission(dossier: string, command: HandedIn, context: DecisionContext): Outcome<Draft> {
  const reckoning = reckoningToday(context, command.procedure);
  if (!reckoning.ok) return reckoning;
  const { procedure } = reckoning.value;
  const competent = competentAgency(context, procedure, command.competentAgency);
  if (!competent.ok) return competent;
  const since = submittedAt(command, context.now.at);
  const answerBy = command.channel === 'online' ? timer('onlineAnswer', since, reckoning.value) : undefined;
  if (answerBy && !answerBy.ok) return answerBy;
  const { text, provisional } = context.code(civil(context.now.at).date);
  const facts: Submitted = {
    ...at(context),
    code: text, provisional,
    procedure: procedure.code, procedureVersion: procedure.version, catalogueVersion: context.catalogue.version,
    submittedAt: since, channel: command.channel,
    ...(answerBy ? { answerBy: answerBy.value } : {}),
    ...(command.portalCode ? { portalCode: command.portalCode } : {}),
    receivingAgency: context.agency, competentAgency: competent.value.id, level: competent.value.level,
  };
  return ok(draft(dossierKinds.submitted, fresh(dossier), facts, command.personal));
}

/** A dossier is handed in, above all online, and waits for its answer. Errors as for {@link submission}; `dossier.already-received`. */
export function decideSubmission(state: DossierState | undefined, command: SubmitCommand, context: DecisionContext): Outcome<Draft[]> {
  if (state) return fail('dossier.already-received', { code: state.code });
  const made = submission(command.dossier, command, context);
  return made.ok ? ok([made.value]) : made;
}

/**
 * Reception (Art. 17, Decree 118/2025/NĐ-CP): the term starts with acceptance and its date chooses the rule set. What was submitted before keeps
 * its code. With `immediate` the result is ready and handed over in the same act.
 * Errors: `procedure.unknown`, `procedure.not-in-force`, `procedure.not-immediate`, `calendar.missing`, `agency.not-competent`,
 * `dossier.already-received`, `form.invalid` for a paper the procedure does not have or another procedure than the submission's.
 */
export function decideReception(state: DossierState | undefined, command: ReceiveCommand, context: DecisionContext): Outcome<Draft[]> {
  const { now, catalogue } = context;
  const reckoning = reckoningToday(context, command.procedure);
  if (!reckoning.ok) return reckoning;
  const { procedure, calendar, settings } = reckoning.value;
  if (state) {
    if (state.received) return fail('dossier.already-received', { code: state.code });
    const may = mayHappen(state, dossierKinds.received, 'reception', ruleSetFor(now.at, settings));
    if (!may.ok) return may;
    if (state.procedure !== procedure.code) return fail('form.invalid', { fields: 'procedure' });
  }
  const listed = new Set(procedure.papers.map(({ code }) => code));
  if (command.papers.some(({ code }) => !listed.has(code))) return fail('form.invalid', { fields: 'papers' });
  if (command.immediate && !mayBeImmediate(reckoning.value)) return fail('procedure.not-immediate', { procedure: procedure.code });
  const competent = competentAgency(context, procedure, command.competentAgency ?? state?.competentAgency);
  if (!competent.ok) return competent;
  const due = dueDate({ acceptedAt: now.at, term: procedure.term, calendar, settings });
  if (!due.ok) return due;
  const elsewhere = competent.value.id !== context.agency;
  const noticeBy = timer('supplementNotice', now.at, reckoning.value);
  const paperBy = elsewhere ? timerEnd(now.at, 'paperTransfer', calendar, settings) : undefined;
  if (!noticeBy.ok) return noticeBy;
  if (paperBy && !paperBy.ok) return paperBy;
  const code = state ? { text: state.code, provisional: state.provisional } : context.code(civil(now.at).date);
  const facts: Received = {
    code: code.text, provisional: code.provisional,
    procedure: procedure.code, procedureVersion: procedure.version, catalogueVersion: catalogue.version,
    term: procedure.term,
    submittedAt: state?.submitted?.submittedAt ?? submittedAt(command, now.at),
    acceptedAt: now.at, timeSource: now.source,
    ...reckoned(due.value, reckoning.value),
    ...(command.immediate ? { immediate: true } : { transferBy: transferBy(now.at, calendar, settings), noticeBy: noticeBy.value }),
    ...(paperBy ? { paperBy: paperBy.value } : {}),
    papers: command.papers, sets: command.sets, channel: command.channel,
    receivingAgency: context.agency, competentAgency: competent.value.id, level: competent.value.level,
    ...(command.handlingUnit === undefined ? {} : { handlingUnit: command.handlingUnit }),
    fee: procedure.fee.amount,
  };
  const about = state ?? fresh(command.dossier);
  const received = draft(dossierKinds.received, about, facts, command.personal);
  return ok(command.immediate ? [received, ...immediately(command, command.immediate, context)] : [received]);
}

/** A result at once is for procedures that say so; where they say nothing, for those whose term is the same day. */
function mayBeImmediate({ procedure }: Reckoning): boolean {
  return procedure.immediate ?? procedure.term.unit === 'sameDay';
}

/** Result and hand-over of an immediate result; each follows the entry before it. */
function immediately(command: ReceiveCommand, result: NonNullable<ReceiveCommand['immediate']>, context: DecisionContext): Draft[] {
  const about = fresh(command.dossier);
  const ready: ResultReady = { ...at(context), outcome: result.outcome, resultCount: result.resultCount };
  const { submitter } = command.personal;
  const handedOver: HandedOver = {
    ...at(context), method: 'counter', receiver: submitter ? 'proxy' : 'applicant', receiptShown: false,
    ...(result.rating === undefined ? {} : { rating: result.rating }),
  };
  const receiver = submitter ? { receiverName: submitter.fullName, receiverIdNumber: submitter.idNumber, authorisation: submitter.authorisation } : {};
  return [draft(dossierKinds.resultReady, about, ready), draft(dossierKinds.handedOver, about, handedOver, receiver)];
}

/**
 * Reception is refused with its reason (form 03): of what was submitted, or of what was brought to the counter. Errors: those of
 * {@link submission}, `dossier.unknown`, and where the dossier stands.
 */
export function decideRefusal(state: DossierState | undefined, command: RefuseReceptionCommand, context: DecisionContext): Outcome<Draft[]> {
  const ruleSet = ruleSetFor(context.now.at, context.catalogue.settings);
  const facts: NotAccepted = { ...at(context), reason: command.reason, ruleSet };
  if (!state) {
    if (!command.intake) return fail('dossier.unknown', { code: '' });
    const made = submission(command.dossier, command.intake, context);
    return made.ok ? ok([made.value, draft(dossierKinds.notAccepted, fresh(command.dossier), facts, { reason: command.text })]) : made;
  }
  const may = mayHappen(state, dossierKinds.notAccepted, 'reception', rulesOf(state, ruleSet));
  return may.ok ? ok([draft(dossierKinds.notAccepted, state, facts, { reason: command.text })]) : may;
}
