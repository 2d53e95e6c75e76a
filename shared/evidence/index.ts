export {
  anchorBytes, anchorSaid, anchorSchema, laterAnchor, openAnchor, readAnchor, signAnchor, signedAnchorSchema, type Anchor, type SignedAnchor,
} from './anchor.ts';
export {
  clockChange, clockConfirmedSchema, clockSteppedSchema, clockSuspendedSchema, linkLostSchema, linkRestoredSchema, samplerGap, stepTolerance, suspendTolerance,
  type ClockChange, type ClockConfirmed, type ClockStepped, type ClockSuspended, type LinkLost, type LinkRestored,
} from './readings.ts';
export { dayClosedSchema, type DayClosed } from './day-close.ts';
export { headWitnessedSchema, type HeadWitnessed } from './witness.ts';
export { workingTime, type AnchorSighting, type ConfirmedTime, type WorkingTime, type WorkingTimeInput } from './working-time.ts';
export { evidenceOf, type DeskOff, type DeskOutage, type EvidencePorts, type HeadClaim, type LogEvidence, type LogRecord, type Receipt } from './log-record.ts';
export {
  anchorBoundSchema, credibleIntervalSchema, delayCauseSchema, derivationSchema, endingKindSchema, gradeSchema, ignoredAnchorSchema, oldWaySchema, reasonSchema, spanSchema,
  verdictKindSchema, verdictSchema, weaknessSchema,
  type AnchorBound, type CredibleInterval, type DelayCause, type Derivation, type EndingKind, type Grade, type IgnoredAnchor, type OldWay, type Reason, type Span, type Verdict,
  type VerdictKind, type Weakness,
} from './verdict.ts';
export { completingActs, completion, haltingActs, type Completion, type EndingAct } from './completion.ts';
export { credibleTime, toldTime, type ToldTime } from './credible-time.ts';
export { delayCause, transitLimit, type CentreSide, type Stretch } from './delay-cause.ts';
export { anchorsAgree, aroundAnchor, driftDivisor, leastElapsed, mostElapsed, readingError, type Bounds } from './drift.ts';
export { auditRates, drawnForAudit } from './audit.ts';
export { explainVerdict, gradeName, intervalText, verdictName, type Language } from './explain.ts';
export { gradeLimits } from './grade.ts';
export { judgeDossier } from './judge-dossier.ts';
export { awaitingLimit, type Decision, type Device, type DossierCase, type TimedAct } from './judge-stretch.ts';
export { claimSlack, logEvidence, weighing } from './log-evidence.ts';
export { closesOf, lineStretches, outsideSlack, supportedFromOutside, supportSchema, type LineWitness, type OutsideStretch, type Support } from './support.ts';
export { wallBound, type WallBound } from './wall-bound.ts';
export { wallBackTolerance, wallsOf, type Walls } from './walls.ts';
