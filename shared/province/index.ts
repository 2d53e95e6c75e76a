export { connectedWithin, desksSchema, deskLineSchema, type DeskLine, type Desks } from './desks.ts';
export { dossierEvidenceSchema, evidenceLineSchema, type DossierEvidence, type EvidenceLine } from './dossier-evidence.ts';
export {
  movedDossierSchema, resultCountsSchema, resultRowSchema, resultsRequestSchema, resultsSchema,
  type MovedDossier, type ResultCounts, type ResultRow, type Results, type ResultsRequest,
} from './results.ts';
export { officerSessionSchema, provincePaths, signInRequestSchema, type OfficerSession, type SignInRequest } from './session.ts';
