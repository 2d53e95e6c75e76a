import { z } from 'zod';
import { ruleSetSchema, termSchema } from '#shared/deadline/index.ts';
import { receivedPaperSchema } from './reception.ts';
import { instant, noteSchema, recordedAt, reckonedDue } from './time.ts';

/** A paper asked for: one of the procedure's, or another (named in the sealed body). */
const askedPaper = z.object({ code: z.string().max(64), kind: z.enum(['original', 'certifiedCopy', 'copy']), quantity: z.int().min(1).max(99) });

/**
 * Facts of `dossier.supplement-requested` (yêu cầu bổ sung, form 02). At the counter no term runs yet; at the examination the term
 * stops until completion and then starts anew (`restart`: Decree 118/2025/NĐ-CP, Art. 19.5) or goes on (`pause`).
 */
export const supplementRequestedSchema = z.object({
  ...recordedAt,
  stage: z.enum(['counter', 'examination']),
  effect: z.enum(['none', 'restart', 'pause']),
  papers: z.array(askedPaper).max(100),
  /** Until when it must be completed; after it the dossier is closed (15 days). */
  completeBy: instant,
  /** Until when the notice had to go out (3 working days after the reception); examination only. */
  noticeBy: instant.optional(),
  ruleSet: ruleSetSchema,
});
export type SupplementRequested = z.infer<typeof supplementRequestedSchema>;
/** Sealed body: what is missing and why, as form 02 prints it. */
export const supplementPersonalSchema = z.object({ reason: noteSchema.min(1), contact: z.string().trim().max(200).optional() });
export type SupplementPersonal = z.infer<typeof supplementPersonalSchema>;

/** Facts of `dossier.supplement-completed` (đã bổ sung) of an examination's supplement, with the due date it gives. */
export const supplementCompletedSchema = z.object({ ...recordedAt, papers: z.array(receivedPaperSchema).max(100), ...reckonedDue });
export type SupplementCompleted = z.infer<typeof supplementCompletedSchema>;

/** Facts of `dossier.payment-requested`: a financial obligation (nghĩa vụ tài chính) was notified to the applicant. */
export const paymentRequestedSchema = z.object({
  ...recordedAt,
  /** Đồng. */
  amount: z.int().min(0),
  /** Whether the term stands still until it is met. */
  pauses: z.boolean(),
  payBy: instant.optional(),
});
export type PaymentRequested = z.infer<typeof paymentRequestedSchema>;

/** Facts of `dossier.paid`: the obligation is met; with the due date it gives where the term stood still. */
export const paidSchema = z.object({ ...recordedAt, due: reckonedDue.due.optional(), apology: reckonedDue.apology });
export type Paid = z.infer<typeof paidSchema>;

/** Facts of `dossier.extended`: the term is extended (gia hạn) as its procedure allows. */
export const extendedSchema = z.object({ ...recordedAt, by: termSchema, ...reckonedDue });
export type Extended = z.infer<typeof extendedSchema>;

/**
 * Facts of `dossier.apologised`: an apology and one new appointment (xin lỗi và hẹn lại, form 04), at least one day before the due date.
 * `movesDue` says whether lateness is judged by the new appointment (a setting of the province at the time).
 */
export const apologisedSchema = z.object({
  ...recordedAt,
  previous: instant,
  appointment: reckonedDue.due,
  movesDue: z.boolean(),
  cause: z.enum(['agency', 'other-agency', 'applicant', 'technical', 'force-majeure']),
  /** Whether the centre could be asked whether another desk has the result already; missing where an earlier program wrote it. */
  othersAsked: z.boolean().exactOptional(),
});
export type Apologised = z.infer<typeof apologisedSchema>;
/** Sealed body: the reason as form 04 prints it, and who signs. */
export const apologyPersonalSchema = z.object({ reason: noteSchema.min(1), signatory: z.string().trim().max(200).optional() });

/** Facts of `dossier.due-computed-again`: a provisional due date, computed under the calendar published since. */
export const dueComputedAgainSchema = z.object({ ...recordedAt, ...reckonedDue });
export type DueComputedAgain = z.infer<typeof dueComputedAgainSchema>;

/** Facts of `dossier.stop-requested`: the applicant withdraws before the decision (rút hồ sơ, form 05). */
export const stopRequestedSchema = z.object({ ...recordedAt });
export type StopRequested = z.infer<typeof stopRequestedSchema>;

/** Facts of `dossier.stopped`: the handling ends without a result (dừng giải quyết, form 05), the papers are given back. */
export const stoppedSchema = z.object({
  ...recordedAt,
  reason: z.enum(['applicant-request', 'supplement-not-completed', 'payment-not-made', 'other']),
  /** Fees given back, đồng. */
  refund: z.int().min(0),
});
export type Stopped = z.infer<typeof stoppedSchema>;
