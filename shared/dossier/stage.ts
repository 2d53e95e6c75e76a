import { z } from 'zod';
import { dossierKinds, type DossierKind } from './kinds.ts';

/**
 * Where a dossier stands. `incomplete`: a supplement was asked for at the counter and no term runs. `supplement` and `payment`: the term
 * stands still until the applicant has done their part.
 */
export const stageSchema = z.enum([
  'submitted', 'incomplete', 'not-accepted', 'processing', 'supplement', 'payment', 'stop-requested', 'ready', 'returned', 'stopped',
]);
export type Stage = z.infer<typeof stageSchema>;

/** Stages in which somebody still has to do something. */
export const openStages: readonly Stage[] = ['submitted', 'incomplete', 'processing', 'supplement', 'payment', 'stop-requested', 'ready'];

/** Stages in which the term runs. */
export const runningStages: readonly Stage[] = ['processing', 'stop-requested'];

/** Stages as lists of dossiers group them: handed in and not accepted; waiting for the applicant; ended without a result. */
export const stageGroups = {
  open: openStages,
  submitted: ['submitted', 'incomplete'],
  waiting: ['supplement', 'payment', 'stop-requested'],
  ready: ['ready'],
  returned: ['returned'],
  ended: ['stopped', 'not-accepted'],
} as const satisfies Record<string, readonly Stage[]>;

const { submitted, received, notAccepted, forwarded, takenOver, supplementRequested, supplementCompleted, paymentRequested, paid, extended, apologised,
  dueComputedAgain, stopRequested, stopped, resultReady, notified, handedOver, corrected, resultCorrectionRequested, resultCorrected, codeMapped,
  conflictSettled, attached, erased } = dossierKinds;

const accepted: readonly Stage[] = ['processing', 'supplement', 'payment', 'stop-requested', 'ready', 'returned', 'stopped'];
const everywhere: readonly Stage[] = stageSchema.options;

/**
 * In which stages an act is possible; `none` is before the first entry. The same table refuses an act at the desk and
 * makes a contradiction of an act from elsewhere that the fold meets too late.
 */
export const possibleIn: Readonly<Record<DossierKind, readonly (Stage | 'none')[]>> = {
  [submitted]: ['none'],
  [received]: ['none', 'submitted', 'incomplete'],
  [notAccepted]: ['submitted', 'incomplete'],
  [forwarded]: ['processing', 'supplement', 'payment', 'stop-requested', 'ready', 'stopped'],
  [takenOver]: accepted,
  [supplementRequested]: ['submitted', 'processing'],
  [supplementCompleted]: ['supplement'],
  [paymentRequested]: ['processing'],
  [paid]: ['payment'],
  [extended]: ['processing'],
  [apologised]: ['processing'],
  [dueComputedAgain]: ['processing', 'stop-requested'],
  [stopRequested]: ['submitted', 'incomplete', 'processing', 'supplement', 'payment'],
  [stopped]: ['incomplete', 'supplement', 'payment', 'stop-requested'],
  // A hand-over implies a result; its "ready" may arrive after it.
  [resultReady]: ['processing', 'stop-requested', 'returned'],
  [notified]: ['ready'],
  [handedOver]: ['processing', 'ready'],
  [corrected]: ['submitted', 'incomplete', ...accepted],
  [resultCorrectionRequested]: ['ready', 'returned'],
  [resultCorrected]: ['ready', 'returned'],
  [codeMapped]: everywhere,
  [conflictSettled]: everywhere,
  // Results are digitised after their return as well, and papers when there is time; what was not taken in is given back.
  [attached]: ['submitted', 'incomplete', ...accepted],
  // No desk's act; read before the fold.
  [erased]: [],
};

/** The national portal's status number (trạng thái hồ sơ). `handled` tells whether an accepted dossier has gone to a unit. */
export type PortalStatus = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

export function statusOf(stage: Stage, handled: boolean): PortalStatus {
  switch (stage) {
    case 'submitted': return 1;
    case 'not-accepted': return 3;
    case 'processing': return handled ? 4 : 2;
    case 'incomplete': case 'supplement': return 5;
    case 'payment': return 6;
    case 'stop-requested': return 7;
    case 'stopped': return 8;
    case 'ready': return 9;
    case 'returned': return 10;
  }
}
