export {
  auditFindingSchema, auditRequestSchema, basisOfVerdict, decisionOutcomeSchema, dossierDecisionsSchema, personSchema, proposalSchema, proposeRequestSchema, sameBasis, verdictBasisSchema,
  withdrawRequestSchema,
  type AuditRequest, type DecisionOutcome, type DossierDecisions, type Grounds, type Person, type ProposalLine, type ProposeRequest, type VerdictBasis, type WithdrawRequest,
} from './decisions.ts';
export { takenBundleSchema, type TakenBundleView } from './bundle.ts';
export { connectedWithin, desksSchema, deskLineSchema, type DeskLine, type Desks } from './desks.ts';
export {
  actKindSchema, actRefSchema, dossierEvidenceSchema, evidenceLineSchema, type ActKind, type ActRef, type DossierEvidence, type EvidenceLine,
} from './dossier-evidence.ts';
export {
  besideCountsSchema, conflictedDossierSchema, movedDossierSchema, resultCountsSchema, resultRowSchema, resultsRequestSchema, resultsSchema,
  type BesideCounts, type ConflictedDossier, type MovedDossier, type ResultCounts, type ResultRow, type Results, type ResultsRequest,
} from './results.ts';
export { queueCountsSchema, queueLineSchema, queueReasonSchema, queueSchema, type Queue, type QueueCounts, type QueueLine, type QueueReason } from './queue.ts';
export { officerSessionSchema, provincePaths, signInRequestSchema, type OfficerSession, type SignInRequest } from './session.ts';
export { longestTicket, ticketLineSchema, ticketRequestSchema, ticketsSchema, type TicketLine, type TicketRequest, type Tickets } from './tickets.ts';
