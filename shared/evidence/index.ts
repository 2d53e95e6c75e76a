export { anchorBytes, anchorSchema, openAnchor, signAnchor, signedAnchorSchema, type Anchor, type SignedAnchor } from './anchor.ts';
export {
  clockChange, clockConfirmedSchema, clockSteppedSchema, clockSuspendedSchema, linkLostSchema, linkRestoredSchema, samplerGap, stepTolerance, suspendTolerance,
  type ClockChange, type ClockConfirmed, type ClockStepped, type ClockSuspended, type LinkLost, type LinkRestored,
} from './readings.ts';
export { dayClosedSchema, type DayClosed } from './day-close.ts';
export { headWitnessedSchema, type HeadWitnessed } from './witness.ts';
export { workingTime, type AnchorSighting, type ConfirmedTime, type WorkingTime, type WorkingTimeInput } from './working-time.ts';
export type { DeskOff, DeskOutage, EvidencePorts, HeadClaim, LogEvidence, LogRecord, Receipt } from './log-record.ts';
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
export { explainVerdict, intervalText, verdictName, type Language } from './explain.ts';
export { gradeLimits } from './grade.ts';
export { judgeDossier } from './judge-dossier.ts';
export { awaitingLimit, type Device, type DossierCase, type TimedAct } from './judge-stretch.ts';
export { claimSlack, logEvidence } from './log-evidence.ts';
export { wallBackTolerance } from './machine-story.ts';
