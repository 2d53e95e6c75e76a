import { z } from 'zod';
import { fail, type Outcome } from '#shared/errors/index.ts';

/** What the QR code of a citizen card (căn cước công dân, thẻ căn cước) says. */
export const citizenCardSchema = z.object({
  /** Personal identification number (số định danh cá nhân), 12 digits. */
  number: z.string(),
  /** Number of the old identity card (chứng minh nhân dân). */
  oldNumber: z.string().optional(),
  fullName: z.string(),
  /** Some cards know only a year of birth. */
  birth: z.object({ date: z.string().optional(), year: z.int() }),
  sex: z.enum(['male', 'female']),
  address: z.string(),
  issuedOn: z.string().optional(),
  expiresOn: z.string().optional(),
  /** Fields of later cards that are not known here, as they came. */
  extra: z.array(z.string()),
  /** What contradicts the number. Shown, not refused: numbers were reissued, old papers were not. */
  contradictions: z.array(z.enum(['sex', 'birthYear', 'province'])),
});
export type CitizenCard = z.infer<typeof citizenCardSchema>;
export type Contradiction = CitizenCard['contradictions'][number];

/** Reads the text of a citizen card's QR code. Errors: `scan.broken-diacritics`, `scan.malformed-card`. */
export function parseCitizenCard(_text: string): Outcome<CitizenCard> {
  return fail('scan.malformed-card', { reason: '' });
}
