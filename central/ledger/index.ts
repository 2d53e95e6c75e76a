export {
  centreActor, centreCataloguePublishedSchema, centreEnrolledSchema, centreForkSeenSchema, centreHeartbeatGapSchema, centreKinds,
  centreLeaseIssuedSchema, centreLogOpenedSchema, centreOpenedSchema, centreReceiptSchema, centreStateSchema, codeMappedSchema,
  centreAuditedSchema, centreBranchKeptSchema, centreDecisionClosedSchema, centreDecisionProposedSchema, centreHeardSchema, centreSilenceSchema, centreTicketSchema,
  centreTicketWithdrawnSchema, centreTransferOrderedSchema, decisionBasisSchema, decisionOutcomes, decisionPersonalSchema, reasonPersonalSchema,
  centreCodeIssuedSchema, centreOfficerSetSchema, saidByOfficers,
  type CentreAudited, type CentreBranchKept, type CentreDecisionProposed, type CentreHeard, type CentreReceipt, type CentreSilence, type CentreTicket, type DecisionPersonal, type ReasonPersonal,
} from './kinds.ts';
export { centreAgency } from '#shared/log/index.ts';
export { orderFollowed } from './followed.ts';
export { openOwnLog, type Note, type OwnLog } from './own-log.ts';
export { readOwnLog, saidSince } from './read.ts';
