import { z } from 'zod';
import { channelSchema } from '#shared/catalogue/index.ts';
import { civilDateSchema, termSchema, timeOfDaySchema } from '#shared/deadline/index.ts';
import { hashSchema, uuidSchema } from '#shared/log/index.ts';
import {
  apologisedSchema, attachedPersonalSchema, attachedSchema, handedOverPersonalSchema, handedOverSchema, notAcceptedSchema, noteSchema, notifiedSchema, receivedPaperSchema,
  receivedPersonalSchema, resultCorrectionRequestedSchema, resultReadySchema, stoppedSchema, supplementRequestedSchema, takenOverSchema,
} from './acts/index.ts';

/**
 * What a person can order. `act` is minted where the button is pressed: sending the same command twice changes nothing
 * and gives the same answer.
 */
const about = { act: uuidSchema, dossier: uuidSchema };

/** A reason that a form prints. */
const reason = noteSchema.min(1);
const note = noteSchema.optional();

/** Which procedure, whose, how: what a submission and a reception have in common. */
const handedIn = {
  procedure: z.string().min(1).max(64),
  personal: receivedPersonalSchema,
  channel: channelSchema,
  /** When it was handed in, if before this act (online, post); milliseconds. */
  submittedAt: z.int().optional(),
  /** Internal id of the agency that decides, where it is another than the desk's. */
  competentAgency: z.string().min(1).max(64).optional(),
  portalCode: z.string().trim().max(64).optional(),
};

/** A dossier is handed in and not yet accepted (online submissions above all). */
export const submitCommandSchema = z.object({ ...about, ...handedIn });
export type SubmitCommand = z.infer<typeof submitCommandSchema>;

/** Reception; with `immediate` received and returned in one act. */
export const receiveCommandSchema = z.object({
  ...about, ...handedIn,
  papers: z.array(receivedPaperSchema).max(100),
  sets: z.int().min(1).max(99),
  handlingUnit: z.string().min(1).max(64).optional(),
  immediate: z.object({
    outcome: resultReadySchema.shape.outcome, resultCount: resultReadySchema.shape.resultCount, rating: handedOverSchema.shape.rating,
  }).optional(),
});
export type ReceiveCommand = z.infer<typeof receiveCommandSchema>;

/** What a person at the counter brought, where the dossier is not in the log yet. */
const intake = z.object(handedIn).optional();

export const refuseReceptionCommandSchema = z.object({ ...about, reason: notAcceptedSchema.shape.reason, text: reason, intake });
export type RefuseReceptionCommand = z.infer<typeof refuseReceptionCommandSchema>;

export const requestSupplementCommandSchema = z.object({
  ...about, papers: supplementRequestedSchema.shape.papers, text: reason, contact: z.string().trim().max(200).optional(), intake,
});
export type RequestSupplementCommand = z.infer<typeof requestSupplementCommandSchema>;

export const completeSupplementCommandSchema = z.object({ ...about, papers: z.array(receivedPaperSchema).max(100), note });
export type CompleteSupplementCommand = z.infer<typeof completeSupplementCommandSchema>;

const place = { agency: z.string().min(1).max(64), unit: z.string().min(1).max(64).optional() };
export const forwardCommandSchema = z.object({ ...about, hop: uuidSchema, to: z.object(place), fromUnit: z.string().min(1).max(64).optional(), paper: z.boolean(), note });
export type ForwardCommand = z.infer<typeof forwardCommandSchema>;

/** `from` is asked for only where the giver's half is not known here. */
export const takeOverCommandSchema = z.object({
  ...about, hop: uuidSchema, from: z.object(place).optional(), toUnit: z.string().min(1).max(64).optional(),
  missingPapers: takenOverSchema.shape.missingPapers, note,
});
export type TakeOverCommand = z.infer<typeof takeOverCommandSchema>;

export const requestPaymentCommandSchema = z.object({ ...about, amount: z.int().min(0).max(1_000_000_000_000), payBy: z.int().optional(), note });
export type RequestPaymentCommand = z.infer<typeof requestPaymentCommandSchema>;
export const recordPaymentCommandSchema = z.object({ ...about, note });
export type RecordPaymentCommand = z.infer<typeof recordPaymentCommandSchema>;

export const extendCommandSchema = z.object({ ...about, by: termSchema, text: reason });
export type ExtendCommand = z.infer<typeof extendCommandSchema>;

export const apologiseCommandSchema = z.object({
  ...about, date: civilDateSchema, time: timeOfDaySchema.optional(), cause: apologisedSchema.shape.cause, text: reason,
  signatory: z.string().trim().max(200).optional(),
});
export type ApologiseCommand = z.infer<typeof apologiseCommandSchema>;

export const computeDueAgainCommandSchema = z.object(about);
export type ComputeDueAgainCommand = z.infer<typeof computeDueAgainCommandSchema>;

export const requestStopCommandSchema = z.object({ ...about, text: reason });
export type RequestStopCommand = z.infer<typeof requestStopCommandSchema>;
export const stopCommandSchema = z.object({ ...about, reason: stoppedSchema.shape.reason, refund: stoppedSchema.shape.refund, text: reason });
export type StopCommand = z.infer<typeof stopCommandSchema>;

export const resultReadyCommandSchema = z.object({
  ...about, outcome: resultReadySchema.shape.outcome, resultCount: resultReadySchema.shape.resultCount, claimedAt: z.int().optional(), note,
});
export type ResultReadyCommand = z.infer<typeof resultReadyCommandSchema>;

export const notifyCommandSchema = z.object({ ...about, means: notifiedSchema.shape.means, note });
export type NotifyCommand = z.infer<typeof notifyCommandSchema>;

export const handOverCommandSchema = z.object({
  ...about,
  method: handedOverSchema.shape.method,
  receiver: handedOverSchema.shape.receiver,
  receiptShown: z.boolean(),
  rating: handedOverSchema.shape.rating,
  claimedAt: z.int().optional(),
  personal: handedOverPersonalSchema.optional(),
});
export type HandOverCommand = z.infer<typeof handOverCommandSchema>;

/** The whole personal body as it is right; which fields changed is found out by comparing, not claimed. */
export const correctCommandSchema = z.object({
  ...about, personal: receivedPersonalSchema, papers: z.array(receivedPaperSchema).max(100).optional(), sets: z.int().min(1).max(99).optional(), text: reason,
});
export type CorrectCommand = z.infer<typeof correctCommandSchema>;

export const requestResultCorrectionCommandSchema = z.object({ ...about, fault: resultCorrectionRequestedSchema.shape.fault, text: reason });
export type RequestResultCorrectionCommand = z.infer<typeof requestResultCorrectionCommandSchema>;
export const recordResultCorrectionCommandSchema = z.object({ ...about, note });
export type RecordResultCorrectionCommand = z.infer<typeof recordResultCorrectionCommandSchema>;

/** The content is there already, and what it is was read off it: no page can say so. */
export const attachCommandSchema = z.object({
  ...about, of: attachedSchema.shape.of, paper: attachedSchema.shape.paper, sha256: hashSchema, bytes: attachedSchema.shape.bytes, media: attachedSchema.shape.media,
  name: attachedPersonalSchema.shape.name, note,
});
export type AttachCommand = z.infer<typeof attachCommandSchema>;

export const settleConflictCommandSchema = z.object({ ...about, keep: hashSchema, drop: hashSchema, text: reason });
export type SettleConflictCommand = z.infer<typeof settleConflictCommandSchema>;
