import { z } from 'zod';
import { instantOf, parseDate, timeOfDaySchema } from '#shared/deadline/index.ts';
import { handedOverSchema, type HandOverCommand } from '#shared/dossier/index.ts';
import { normalizeIdNumber, validIdNumber } from '#shared/vietnamese/index.ts';
import type { TextKey } from '#renderer/i18n/index.ts';

/** An earlier time than now, as typed: people will judge it. */
export const claimSchema = z.object({ made: z.boolean(), date: z.string(), time: z.string() });
export type Claim = z.infer<typeof claimSchema>;
export const noClaim: Claim = { made: false, date: '', time: '' };

/** The instant of a claim; undefined where none is made, null where it is not a date and a time. */
export function claimedInstant(claim: Claim): number | undefined | null {
  if (!claim.made) return undefined;
  const date = parseDate(claim.date);
  const time = timeOfDaySchema.safeParse(claim.time.trim().replace(/^(\d):/, '0$1:'));
  return date.ok && time.success ? instantOf(date.value, time.data) : null;
}

/** What stands in the fields of a return. */
export const returnValuesSchema = z.object({
  handed: z.array(z.boolean()),
  receiver: handedOverSchema.shape.receiver,
  receiverName: z.string(),
  receiverNumber: z.string(),
  authorisation: z.string(),
  proof: z.enum(['receipt', 'id']),
  method: handedOverSchema.shape.method,
  rating: z.enum(['very', 'yes', 'no', 'none']),
  note: z.string(),
  claim: claimSchema,
});
export type ReturnValues = z.infer<typeof returnValuesSchema>;

export type ReturnErrors = Partial<Record<'handed' | 'receiverName' | 'receiverNumber' | 'authorisation' | 'claim', Extract<TextKey, `return.${string}Error` | 'return.claimNeeded'>>>;

/** A return as it usually goes: everything handed to the applicant, at the counter, against the receipt. */
export function usualReturn(results: number): ReturnValues {
  return {
    handed: Array.from({ length: results }, () => true), receiver: 'applicant', receiverName: '', receiverNumber: '', authorisation: '',
    proof: 'receipt', method: 'counter', rating: 'none', note: '', claim: noClaim,
  };
}

/** What keeps a return from being saved, by field; empty when nothing does. */
export function returnErrors(values: ReturnValues): ReturnErrors {
  const proxy = values.receiver === 'proxy';
  return {
    ...(values.handed.every(Boolean) ? {} : { handed: 'return.resultsError' }),
    ...(proxy && values.receiverName.trim() === '' ? { receiverName: 'return.receiverNameError' } : {}),
    ...(proxy && !validIdNumber(values.receiverNumber.trim()) ? { receiverNumber: 'return.receiverNumberError' } : {}),
    ...(proxy && values.authorisation.trim() === '' ? { authorisation: 'return.authorisationError' } : {}),
    ...(claimedInstant(values.claim) === null ? { claim: 'return.claimNeeded' } : {}),
  };
}

/** The command of values without errors. */
export function handOverOf(values: ReturnValues, ids: { act: string; dossier: string }): HandOverCommand {
  const claimedAt = claimedInstant(values.claim);
  const note = values.note.trim().normalize('NFC');
  const personal = {
    ...(values.receiver === 'proxy'
      ? { receiverName: values.receiverName.trim().normalize('NFC'), receiverIdNumber: normalizeIdNumber(values.receiverNumber) ?? values.receiverNumber.trim(), authorisation: values.authorisation.trim().normalize('NFC') }
      : {}),
    ...(note === '' ? {} : { note }),
  };
  return {
    ...ids,
    method: values.method,
    receiver: values.receiver,
    receiptShown: values.proof === 'receipt',
    ...(values.rating === 'none' ? {} : { rating: values.rating }),
    ...(typeof claimedAt === 'number' ? { claimedAt } : {}),
    ...(Object.keys(personal).length > 0 ? { personal } : {}),
  };
}
