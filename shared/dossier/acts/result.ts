import { z } from 'zod';
import { claimable, instant, noteSchema, recordedAt } from './time.ts';

/** Facts of `dossier.result-ready`: the result (kết quả) is there and can be fetched. A refusal on the merits is a result (form 03). */
export const resultReadySchema = z.object({
  ...claimable,
  outcome: z.enum(['granted', 'refused']),
  resultCount: z.int().min(0).max(99),
});
export type ResultReady = z.infer<typeof resultReadySchema>;

/** Sealed body of `dossier.result-ready`, where there is a note; for a refusal the reason as form 03 prints it. */
export const resultReadyPersonalSchema = z.object({ note: noteSchema });

/** Facts of `dossier.notified`: the applicant was told that the result is there (thông báo). */
export const notifiedSchema = z.object({ ...recordedAt, means: z.enum(['phone', 'message', 'email', 'post', 'portal', 'in-person']) });
export type Notified = z.infer<typeof notifiedSchema>;

/** Facts of `dossier.handed-over`: the result was returned (trả kết quả). */
export const handedOverSchema = z.object({
  ...claimable,
  method: z.enum(['counter', 'post', 'online']),
  receiver: z.enum(['applicant', 'proxy']),
  /** Whether the paper receipt was handed back; without it the ID was checked. */
  receiptShown: z.boolean(),
  /** Satisfaction (mức độ hài lòng): very satisfied, satisfied, not satisfied. */
  rating: z.enum(['very', 'yes', 'no']).optional(),
});
export type HandedOver = z.infer<typeof handedOverSchema>;

/** Sealed body of `dossier.handed-over`; present for a proxy or where there is a note. */
export const handedOverPersonalSchema = z.object({
  receiverName: z.string().trim().min(1).max(200).optional(),
  receiverIdNumber: z.string().trim().max(20).optional(),
  authorisation: z.string().trim().max(300).optional(),
  /** Number of the postal item. */
  postalItem: z.string().trim().max(64).optional(),
  note: noteSchema.optional(),
});
export type HandedOverPersonal = z.infer<typeof handedOverPersonalSchema>;

/** Facts of `dossier.result-correction-requested`: a mistake in a result is to be corrected within 3 working days (Art. 20). */
export const resultCorrectionRequestedSchema = z.object({ ...recordedAt, by: instant, fault: z.enum(['agency', 'applicant']) });
export type ResultCorrectionRequested = z.infer<typeof resultCorrectionRequestedSchema>;

/** Facts of `dossier.result-corrected`: the corrected result is there. */
export const resultCorrectedSchema = z.object({ ...recordedAt });
export type ResultCorrected = z.infer<typeof resultCorrectedSchema>;
