import { z } from 'zod';
import { hashSchema } from '#shared/log/index.ts';
import { receivedPaperSchema, receivedPersonalSchema } from './reception.ts';
import { noteSchema, recordedAt } from './time.ts';

/** What a correction of a dossier's data can change; codes, procedure and times stand as they were recorded. */
export const correctedFieldSchema = z.enum([
  'applicant.kind', 'applicant.fullName', 'applicant.idNumber', 'applicant.birth', 'applicant.sex', 'applicant.address', 'applicant.phone', 'applicant.email',
  'submitter', 'note', 'papers', 'sets',
]);
export type CorrectedField = z.infer<typeof correctedFieldSchema>;

/** Facts of `dossier.corrected`: data taken in wrongly is set right (sửa thông tin hồ sơ); what stood before stays in the log. */
export const correctedSchema = z.object({
  ...recordedAt,
  fields: z.array(correctedFieldSchema).min(1).max(20),
  papers: z.array(receivedPaperSchema).max(100).optional(),
  sets: z.int().min(1).max(99).optional(),
});
export type Corrected = z.infer<typeof correctedSchema>;

/** Sealed body of `dossier.corrected`: the whole personal body as it is right, and why it was changed. */
export const correctedPersonalSchema = z.object({ ...receivedPersonalSchema.shape, reason: noteSchema.min(1) });
export type CorrectedPersonal = z.infer<typeof correctedPersonalSchema>;

/** Facts of `dossier.code-mapped`: the official code that the centre gave for a provisional one. */
export const codeMappedSchema = z.object({ code: z.string().min(1).max(64), provisional: z.string().min(1).max(64) });
export type CodeMapped = z.infer<typeof codeMappedSchema>;

/**
 * Facts of `dossier.conflict-settled`: people decided which of two contradicting acts counts. `dropped` are entries that from
 * now on count for nothing; they stay in the log and in the history.
 */
export const conflictSettledSchema = z.object({ ...recordedAt, kept: hashSchema, dropped: z.array(hashSchema).min(1).max(20) });
export type ConflictSettled = z.infer<typeof conflictSettledSchema>;
