export { connectedWithin, desksSchema, deskLineSchema, type DeskLine, type Desks } from './desks.ts';
export {
  actKindSchema, actRefSchema, dossierEvidenceSchema, evidenceLineSchema, type ActKind, type ActRef, type DossierEvidence, type EvidenceLine,
} from './dossier-evidence.ts';
export {
  besideCountsSchema, conflictedDossierSchema, movedDossierSchema, resultCountsSchema, resultRowSchema, resultsRequestSchema, resultsSchema,
  type BesideCounts, type ConflictedDossier, type MovedDossier, type ResultCounts, type ResultRow, type Results, type ResultsRequest,
} from './results.ts';
export { officerSessionSchema, provincePaths, signInRequestSchema, type OfficerSession, type SignInRequest } from './session.ts';
