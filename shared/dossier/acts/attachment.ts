import { z } from 'zod';
import { attachmentLimits, mediaTypeSchema } from '#shared/attachment/index.ts';
import { hashSchema } from '#shared/log/index.ts';
import { noteSchema, recordedAt } from './time.ts';

/**
 * Facts of `dossier.attached`: a paper of the dossier, or its result, was digitised (số hóa; Decree 107/2021/NĐ-CP). The content itself does not
 * go through the log; `sha256` names it.
 */
export const attachedSchema = z.object({
  ...recordedAt,
  of: z.enum(['paper', 'result']),
  /** Code of the paper in the procedure's list, where it is one of them. */
  paper: z.string().min(1).max(64).optional(),
  sha256: hashSchema,
  bytes: z.int().min(1).max(attachmentLimits.bytes),
  media: mediaTypeSchema,
});
export type Attached = z.infer<typeof attachedSchema>;

/** Sealed body of `dossier.attached`: what the file was called says whose paper it is. */
export const attachedPersonalSchema = z.object({ name: z.string().trim().max(255).optional(), note: noteSchema.optional() });
export type AttachedPersonal = z.infer<typeof attachedPersonalSchema>;
