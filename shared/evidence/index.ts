export { anchorBytes, anchorSchema, openAnchor, signAnchor, signedAnchorSchema, type Anchor, type SignedAnchor } from './anchor.ts';
export {
  clockChange, clockConfirmedSchema, clockSteppedSchema, clockSuspendedSchema, linkLostSchema, linkRestoredSchema, samplerGap, stepTolerance, suspendTolerance,
  type ClockChange, type ClockConfirmed, type ClockStepped, type ClockSuspended, type LinkLost, type LinkRestored,
} from './readings.ts';
export { workingTime, type AnchorSighting, type ConfirmedTime, type WorkingTime, type WorkingTimeInput } from './working-time.ts';
