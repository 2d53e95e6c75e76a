export {
  agencyIdentifierSchema, agencySchema, pinVerifierSchema, staffSchema, type Agency, type PinVerifier, type Staff,
} from './agency.ts';
export { agencyById, calendarFor, catalogueSchema, procedureInForce, type Catalogue } from './catalogue.ts';
export { leaseSchema, leasedCode, logTag, parseDossierCode, provisionalCode, type CodeLease, type DossierCode } from './codes.ts';
export {
  levelSchema, paperSchema, procedureCodeSchema, procedureSchema, type Level, type Paper, type Procedure,
} from './procedure.ts';
// The calendar is the due date's to define; it is published with the rest.
export { settingsSchema, workingCalendarSchema, type Settings, type WorkingCalendar } from '#shared/deadline/index.ts';
export { inheritedAgencies } from './succession.ts';
