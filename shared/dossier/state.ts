import { z } from 'zod';
import { dueDateSchema } from '#shared/deadline/index.ts';
import { hashSchema, uuidSchema } from '#shared/log/index.ts';
import * as acts from './acts/index.ts';
import { stageSchema, statusOf, type PortalStatus } from './stage.ts';

/** Where and by whom an act was recorded; `entry` is the entry's hash. */
export const originSchema = z.object({ entry: hashSchema, log: uuidSchema, seq: z.int(), tick: z.int(), agency: z.string(), actor: z.string() });
export type Origin = z.infer<typeof originSchema>;

/** An act with its facts and origin. */
export type Recorded<Facts> = Facts & { readonly origin: Origin };

const recorded = { origin: originSchema };

/**
 * An act that contradicts another it did not know, or that came too late to be possible. Both are kept; `kept` counts for the
 * time being, because it is the first in the fold's order; people settle it.
 */
export const conflictSchema = z.object({ kind: z.string(), kept: hashSchema, other: hashSchema });
export type Conflict = z.infer<typeof conflictSchema>;

/**
 * One stretch in which the term ran towards one due date: begun by the reception, a completed supplement, a payment or an extension,
 * and ended (`haltedBy`) where the term stopped. Each due date had to be kept for as long as it stood.
 */
export const stretchSchema = z.object({ due: dueDateSchema, begunBy: hashSchema, haltedBy: hashSchema.exactOptional() });
export type Stretch = z.infer<typeof stretchSchema>;

/** One hop of form 06: the giver's and the receiver's half, matched. A half alone is shown until the other is there. */
export const hopSchema = z.object({
  hop: uuidSchema,
  fromAgency: z.string(), fromUnit: z.string().exactOptional(), toAgency: z.string(), toUnit: z.string().exactOptional(),
  given: acts.forwardedSchema.extend(recorded).exactOptional(),
  taken: acts.takenOverSchema.extend(recorded).exactOptional(),
});
export type Hop = z.infer<typeof hopSchema>;

/** A supplement asked for, and how it ended. */
export const supplementSchema = z.object({
  requested: acts.supplementRequestedSchema.extend(recorded),
  completed: acts.supplementCompletedSchema.extend(recorded).exactOptional(),
});
export type Supplement = z.infer<typeof supplementSchema>;

/** A mistake in a result, and when it was set right. */
export const resultCorrectionSchema = z.object({
  requested: acts.resultCorrectionRequestedSchema.extend(recorded),
  corrected: acts.resultCorrectedSchema.extend(recorded).exactOptional(),
});
export type ResultCorrection = z.infer<typeof resultCorrectionSchema>;

/**
 * The state of one dossier: a function of the *set* of its entries alone. Facts only, no personal data, so it is the
 * same before and after an erasure.
 */
export const dossierStateSchema = z.object({
  id: uuidSchema,
  stage: stageSchema,
  /** The code it goes by: the official one as soon as there is one. */
  code: z.string(),
  provisional: z.boolean(),
  /** The desk's own code that was mapped; it still finds the dossier. */
  formerCode: z.string().exactOptional(),
  procedure: z.string(),
  procedureVersion: z.int(),
  receivingAgency: z.string(),
  competentAgency: z.string(),
  submitted: acts.submittedSchema.extend(recorded).exactOptional(),
  received: acts.receivedSchema.extend(recorded).exactOptional(),
  /** The due instant D that counts for lateness, as it stands; missing before acceptance. */
  due: dueDateSchema.exactOptional(),
  apology: acts.apologyLimitSchema.exactOptional(),
  /** What the applicant was last told: `due`, or the new appointment of form 04. */
  appointment: dueDateSchema.exactOptional(),
  stretches: z.array(stretchSchema),
  papers: z.array(acts.receivedPaperSchema),
  sets: z.int(),
  supplements: z.array(supplementSchema),
  payments: z.array(z.object({ requested: acts.paymentRequestedSchema.extend(recorded), paid: acts.paidSchema.extend(recorded).exactOptional() })),
  extensions: z.array(acts.extendedSchema.extend(recorded)),
  apologised: acts.apologisedSchema.extend(recorded).exactOptional(),
  hops: z.array(hopSchema),
  notAccepted: acts.notAcceptedSchema.extend(recorded).exactOptional(),
  stopRequested: acts.stopRequestedSchema.extend(recorded).exactOptional(),
  stopped: acts.stoppedSchema.extend(recorded).exactOptional(),
  ready: acts.resultReadySchema.extend(recorded).exactOptional(),
  notified: z.array(acts.notifiedSchema.extend(recorded)),
  handedOver: acts.handedOverSchema.extend(recorded).exactOptional(),
  corrections: z.array(acts.correctedSchema.extend(recorded)),
  resultCorrections: z.array(resultCorrectionSchema),
  /** Digitised papers and results; two may have the same content. */
  attachments: z.array(acts.attachedSchema.extend(recorded)),
  /** Hash of the entry whose sealed body says who the dossier is about, as last corrected. */
  personalEntry: hashSchema,
  conflicts: z.array(conflictSchema),
  /** Entries that people decided count for nothing. */
  dropped: z.array(hashSchema),
  /** Entries of kinds or shapes this program does not know; while there are any the dossier is read-only here. */
  unknown: z.array(hashSchema),
  /** Hashes of the entries no other entry names in `after`, sorted: what the next act has to name. */
  frontier: z.array(hashSchema),
  entryCount: z.int(),
  /** By which decision its personal data was erased, and when (the centre's time); nothing more is done on it then. */
  erased: z.object({ at: z.int(), authority: z.string() }).exactOptional(),
});
export type DossierState = z.infer<typeof dossierStateSchema>;

/** A dossier that was accepted: it has a reception, a term and a due date. */
export type AcceptedDossier = DossierState & Required<Pick<DossierState, 'received' | 'due' | 'appointment'>>;

export function isAccepted(state: DossierState): state is AcceptedDossier {
  return state.received !== undefined && state.due !== undefined && state.appointment !== undefined;
}

/** The national portal's status number of a dossier. */
export function portalStatus(state: DossierState): PortalStatus {
  return statusOf(state.stage, state.hops.length > 0);
}

/** The supplement, payment or correction of a result that is still open. */
export function openSupplement(state: DossierState): Supplement | undefined {
  return state.stage === 'supplement' || state.stage === 'incomplete' ? state.supplements.findLast(({ completed }) => !completed) : undefined;
}

export function openResultCorrection(state: DossierState): ResultCorrection | undefined {
  return state.resultCorrections.findLast(({ corrected }) => !corrected);
}
