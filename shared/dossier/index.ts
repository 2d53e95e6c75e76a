export {
  applicantSchema, channelSchema, dossierKinds, handedOverPersonalSchema, handedOverSchema, receivedPaperSchema, receivedPersonalSchema,
  receivedSchema, resultReadyPersonalSchema, resultReadySchema, timeSourceSchema,
  type Applicant, type HandedOver, type HandedOverPersonal, type Received, type ReceivedPaper, type ReceivedPersonal, type ResultReady, type TimeSource,
} from './acts.ts';
export {
  handOverCommandSchema, receiveCommandSchema, resultReadyCommandSchema,
  type HandOverCommand, type ReceiveCommand, type ResultReadyCommand,
} from './commands.ts';
export { decideHandOver, decideReception, decideResultReady, type DecisionContext, type Draft } from './decide.ts';
export { foldDossier, inFoldOrder } from './fold.ts';
export { agenciesOfEntry, closesDossier, codeInEntry, partiesOf, type PartHeader } from './parts.ts';
export { portalStatus, type Conflict, type DossierState, type Origin, type Recorded, type Stage } from './state.ts';
