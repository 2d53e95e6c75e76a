import { z } from 'zod';
import { uuidSchema } from '#shared/log/index.ts';
import { instant, noteSchema, recordedAt } from './time.ts';

const agency = z.string().min(1).max(64);
const unit = z.string().min(1).max(64).optional();

/** From where to where, flat so that whoever has a part can be read off the facts. */
const between = { fromAgency: agency, fromUnit: unit, toAgency: agency, toUnit: unit };

/**
 * Facts of `dossier.forwarded`: the giver's half of one hop of form 06 (phiếu kiểm soát quá trình giải quyết hồ sơ). `hop` names
 * the hop; the receiver's half names the same.
 */
export const forwardedSchema = z.object({
  ...recordedAt,
  hop: uuidSchema,
  ...between,
  /** Until when it had to go on (Art. 18, Decree 118/2025/NĐ-CP); only the first hop after the reception has one. */
  by: instant.optional(),
  /** The electronic part goes at once; whether paper travels too. */
  paper: z.boolean(),
});
export type Forwarded = z.infer<typeof forwardedSchema>;

/** Facts of `dossier.taken-over`: the receiver's half. Without knowing the giver's half the receiver mints `hop`. */
export const takenOverSchema = z.object({
  ...recordedAt,
  hop: uuidSchema,
  ...between,
  /** Papers that did not come although form 06 lists them. */
  missingPapers: z.array(z.string().max(64)).max(100),
});
export type TakenOver = z.infer<typeof takenOverSchema>;

/** Sealed body of both halves, where there is a note. */
export const notePersonalSchema = z.object({ note: noteSchema });
export type NotePersonal = z.infer<typeof notePersonalSchema>;
