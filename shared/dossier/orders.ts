import type { z } from 'zod';
import type { Action } from '#shared/access/index.ts';
import { fail, type Outcome } from '#shared/errors/index.ts';
import * as commands from './commands.ts';
import * as decide from './decide/index.ts';
import type { DecisionContext, Draft } from './decide/index.ts';
import { dossierKinds, type DossierKind } from './kinds.ts';
import type { DossierState } from './state.ts';

/** One thing a person can order about a dossier: its command, who may, the kind of entry that answers it, and the decision. */
interface Order<Command extends z.ZodType> {
  readonly command: Command;
  readonly may: Action;
  readonly kind: DossierKind;
  decide(state: DossierState | undefined, command: z.output<Command>, context: DecisionContext): Outcome<Draft[]>;
}

type Decision<Command, State> = (state: State, command: Command, context: DecisionContext) => Outcome<Draft[]>;

/** An order that may begin a dossier. */
function beginning<Command extends z.ZodType>(
  may: Action, kind: DossierKind, command: Command, decision: Decision<z.output<Command>, DossierState | undefined>,
): Order<Command> {
  return { command, may, kind, decide: decision };
}

/** An order about a dossier that is there. Error: `dossier.unknown`. */
function order<Command extends z.ZodType>(may: Action, kind: DossierKind, command: Command, decision: Decision<z.output<Command>, DossierState>): Order<Command> {
  return { command, may, kind, decide: (state, ordered, context) => (state ? decision(state, ordered, context) : fail('dossier.unknown', { code: '' })) };
}

/** Everything that can be ordered about a dossier, in the order in which a dossier meets it. Data, so that it can be read and tested whole. */
export const orders = {
  submit: beginning('dossier.submit', dossierKinds.submitted, commands.submitCommandSchema, decide.decideSubmission),
  receive: beginning('dossier.receive', dossierKinds.received, commands.receiveCommandSchema, decide.decideReception),
  refuseReception: beginning('dossier.refuse', dossierKinds.notAccepted, commands.refuseReceptionCommandSchema, decide.decideRefusal),
  requestSupplement: beginning('dossier.request-supplement', dossierKinds.supplementRequested, commands.requestSupplementCommandSchema, decide.decideSupplementRequest),
  completeSupplement: order('dossier.complete-supplement', dossierKinds.supplementCompleted, commands.completeSupplementCommandSchema, decide.decideSupplementCompletion),
  forward: order('dossier.forward', dossierKinds.forwarded, commands.forwardCommandSchema, decide.decideForwarding),
  takeOver: order('dossier.take-over', dossierKinds.takenOver, commands.takeOverCommandSchema, decide.decideTakingOver),
  requestPayment: order('dossier.request-payment', dossierKinds.paymentRequested, commands.requestPaymentCommandSchema, decide.decidePaymentRequest),
  recordPayment: order('dossier.record-payment', dossierKinds.paid, commands.recordPaymentCommandSchema, decide.decidePayment),
  extend: order('dossier.extend', dossierKinds.extended, commands.extendCommandSchema, decide.decideExtension),
  apologise: order('dossier.apologise', dossierKinds.apologised, commands.apologiseCommandSchema, decide.decideApology),
  computeDueAgain: order('dossier.compute-due-again', dossierKinds.dueComputedAgain, commands.computeDueAgainCommandSchema, decide.decideDueAgain),
  requestStop: order('dossier.request-stop', dossierKinds.stopRequested, commands.requestStopCommandSchema, decide.decideStopRequest),
  stop: order('dossier.stop', dossierKinds.stopped, commands.stopCommandSchema, decide.decideStop),
  markReady: order('dossier.mark-ready', dossierKinds.resultReady, commands.resultReadyCommandSchema, decide.decideResultReady),
  notify: order('dossier.notify', dossierKinds.notified, commands.notifyCommandSchema, decide.decideNotice),
  handOver: order('dossier.hand-over', dossierKinds.handedOver, commands.handOverCommandSchema, decide.decideHandOver),
  correct: order('dossier.correct', dossierKinds.corrected, commands.correctCommandSchema, decide.decideCorrection),
  requestResultCorrection: order('dossier.request-result-correction', dossierKinds.resultCorrectionRequested, commands.requestResultCorrectionCommandSchema, decide.decideResultCorrectionRequest),
  recordResultCorrection: order('dossier.record-result-correction', dossierKinds.resultCorrected, commands.recordResultCorrectionCommandSchema, decide.decideResultCorrection),
  attach: order('dossier.attach', dossierKinds.attached, commands.attachCommandSchema, decide.decideAttachment),
  settleConflict: order('dossier.settle-conflict', dossierKinds.conflictSettled, commands.settleConflictCommandSchema, decide.decideSettlement),
} as const;

export type OrderName = keyof typeof orders;
