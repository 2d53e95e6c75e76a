export {
  centreActor, centreAgency, centreCataloguePublishedSchema, centreEnrolledSchema, centreForkSeenSchema, centreHeartbeatGapSchema, centreKinds,
  centreLeaseIssuedSchema, centreLogOpenedSchema, centreOpenedSchema, centreReceiptSchema, centreStateSchema, codeMappedSchema, type CentreReceipt,
} from './kinds.ts';
export { openOwnLog, type Note, type OwnLog } from './own-log.ts';
