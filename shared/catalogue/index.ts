export { agenciesInForce, agencyIdentifierOn, competentFor, staffOn, successorsOn } from './agencies.ts';
export {
  agencyIdentifierSchema, agencySchema, pinVerifierSchema, staffSchema, unitSchema, type Agency, type PinVerifier, type Staff, type Unit,
} from './agency.ts';
export { agencyById, calendarFor, catalogueSchema, channelsOf, procedureInForce, settingsFor, type Catalogue } from './catalogue.ts';
export { checkCatalogue, checkChange, issueSentences, type CatalogueIssue, type IssueKind } from './check/index.ts';
export {
  leaseSchema, leasedCode, logTag, officialCode, parseDossierCode, provisionalCode, type CodeLease, type DossierCode,
} from './codes.ts';
export {
  channelSchema, levelSchema, paperSchema, procedureCodeSchema, procedureSchema, settingsOverridesSchema,
  type Channel, type Level, type Paper, type Procedure, type SettingsOverrides,
} from './procedure.ts';
// The calendar is the due date's to define; it is published with the rest.
export { settingsSchema, workingCalendarSchema, type Settings, type WorkingCalendar } from '#shared/deadline/index.ts';
export { inheritedAgencies } from './succession.ts';
