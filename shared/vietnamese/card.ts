import { z } from 'zod';
import { civilDateSchema } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { brokenMarks } from './marks.ts';
import { normalizeName } from './names.ts';
import { knownOrigin } from './provinces.ts';

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

/** Why a card could not be read, in words that hold nothing of the card. */
type Reason = 'số trường dữ liệu' | 'số định danh' | 'số giấy tờ cũ' | 'họ và tên' | 'ngày sinh' | 'giới tính' | 'địa chỉ' | 'ngày cấp';

const malformed = (reason: Reason): Outcome<never> => fail('scan.malformed-card', { reason });

/** `ddMMyyyy` as a civil date; undefined when there is no such day. */
function dateOf(text: string): string | undefined {
  const parts = /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (!parts) return undefined;
  const date = civilDateSchema.safeParse(`${parts[3] ?? ''}-${parts[2] ?? ''}-${parts[1] ?? ''}`);
  return date.success ? date.data : undefined;
}

/** A full date of birth, or the year alone: `1960`, `00001960`. */
function birthOf(text: string): CitizenCard['birth'] | undefined {
  const date = dateOf(text);
  const year = Number((date ?? '').slice(0, 4) || (/^(?:00(?:0\d|1[0-2]))?(\d{4})$/.exec(text)?.[1] ?? '0'));
  // Cards are issued to the living: outside these years a digit was misread.
  if (year < 1880 || year > 2199) return undefined;
  return date === undefined ? { year } : { date, year };
}

function sexOf(text: string): CitizenCard['sex'] | undefined {
  const word = text.toLowerCase();
  if (word === 'nam') return 'male';
  return word === 'nữ' ? 'female' : undefined;
}

/** The fourth digit gives century and sex (0 and 1: 19xx, 2 and 3: 20xx, …; odd for women), the next two the year. Decree 137/2015/NĐ-CP, Art. 13. */
function contradictionsOf(number: string, sex: CitizenCard['sex'], year: number): Contradiction[] {
  const digit = Number(number[3]);
  const inNumber = 1900 + Math.floor(digit / 2) * 100 + Number(number.slice(4, 6));
  return [
    ...((digit % 2 === 1) === (sex === 'female') ? [] : ['sex' as const]),
    ...(inNumber === year ? [] : ['birthYear' as const]),
    ...(knownOrigin(number) ? [] : ['province' as const]),
  ];
}

/**
 * Reads the text of a citizen card's QR code: `number|old number|full name|ddMMyyyy|Nam or Nữ|address|ddMMyyyy issued`, with 6 to 11
 * fields: the old number may be missing, an expiry and further fields may follow.
 * Errors: `scan.broken-diacritics`, `scan.malformed-card` with a reason that holds no personal data.
 */
export function parseCitizenCard(text: string): Outcome<CitizenCard> {
  const fields = text.normalize('NFC').split('|').map((field) => field.replace(/\s+/g, ' ').trim());
  if (fields.length < 6 || fields.length > 11) return malformed('số trường dữ liệu');
  const number = fields[0] ?? '';
  if (!/^\d{12}$/.test(number)) return malformed('số định danh');
  // The old number is a field of its own exactly when the date stands fourth.
  const shift = /^\d+$/.test(fields[2] ?? '') ? 0 : 1;
  const oldNumber = shift === 1 ? fields[1] ?? '' : '';
  const [name = '', born = '', sexText = '', address = '', issued = '', ...later] = fields.slice(1 + shift);
  if (brokenMarks(name, address) || (/^n/i.test(sexText) && sexOf(sexText) === undefined)) return fail('scan.broken-diacritics');
  if (oldNumber !== '' && !/^\d{9}(?:\d{3})?$/.test(oldNumber)) return malformed('số giấy tờ cũ');
  if (!/^[\p{L}\p{M}' ’.-]+$/u.test(name) || !/\p{L}/u.test(name)) return malformed('họ và tên');
  const birth = birthOf(born);
  if (!birth) return malformed('ngày sinh');
  const sex = sexOf(sexText);
  if (!sex) return malformed('giới tính');
  if (!/\p{L}/u.test(address)) return malformed('địa chỉ');
  const issuedOn = dateOf(issued);
  if (issued !== '' && issuedOn === undefined) return malformed('ngày cấp');
  const expiresOn = dateOf(later[0] ?? '');
  return ok({
    number,
    ...(oldNumber === '' ? {} : { oldNumber }),
    fullName: normalizeName(name),
    birth,
    sex,
    address,
    ...(issuedOn === undefined ? {} : { issuedOn }),
    ...(expiresOn === undefined ? {} : { expiresOn }),
    extra: expiresOn === undefined ? later : later.slice(1),
    contradictions: contradictionsOf(number, sex, birth.year),
  });
}
