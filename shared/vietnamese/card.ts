import { z } from 'zod';
import { civilDateSchema } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { keyboardFault } from './keyboard.ts';
import { lostMarks, lostMarksOfSex, type LostMarks } from './marks.ts';
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
type Reason = 'ký tự điều khiển' | 'số trường dữ liệu' | 'số định danh' | 'số giấy tờ cũ' | 'họ và tên' | 'ngày sinh' | 'giới tính' | 'địa chỉ' | 'ngày cấp' | 'ngày hết hạn';

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

/** A card's number and what has to follow it, up to the birth. Found twice, two cards were scanned into one field. */
const head = /\d{12}\|(?:(?:\d{9}|\d{12})?\|)?[^|\d]+\|(?:\d{8}|\d{4})\|/g;

/** Whether a second scan of a card or a receipt started before the field was emptied. */
export function isRunTogether(text: string): boolean {
  return (text.match(head)?.length ?? 0) + (text.match(/QUAY:/gi)?.length ?? 0) > 1;
}

const lost = (how: LostMarks): Outcome<never> => fail(how === 'code page' ? 'scan.wrong-code-page' : 'scan.broken-diacritics');

/** The fields of a card, cleaned of what is around them and of characters without width, or why there are none. */
function fieldsOf(text: string): Outcome<readonly string[]> {
  // Some scanners name the kind of code before its text (AIM: `]Q1`), and frame it with control characters.
  const inner = text.normalize('NFC').replace(/^[\s\p{Cc}\p{Cf}]+|[\s\p{Cc}\p{Cf}]+$/gu, '').replace(/^\]Q\d/, '');
  const keyboard = keyboardFault(inner);
  if (keyboard) return fail(keyboard === 'layout' ? 'scan.wrong-keyboard' : 'scan.caps-lock');
  if (isRunTogether(inner)) return fail('scan.run-together');
  // Inside a card there are none: taking one for a space would cut a name in two. Those from 80 on come of a wrong code page, and are told as that.
  if (/[^\P{Cc}\u0080-\u009F]/u.test(inner)) return malformed('ký tự điều khiển');
  const fields = inner.split('|');
  if (fields.length < 6 || fields.length > 11) return malformed('số trường dữ liệu');
  return ok(fields.map((field) => field.replace(/\p{Cf}+/gu, '').replace(/\s+/g, ' ').trim()));
}

/**
 * Reads the text of a citizen card's QR code: `number|old number|full name|ddMMyyyy|Nam or Nữ|address|ddMMyyyy issued`, with 6 to 11
 * fields: the old number may be missing, an expiry and further fields may follow. The day of issue may be empty, but its field must be there:
 * a text that ends with the address may have been cut off in it.
 * Errors: `scan.broken-diacritics`, `scan.wrong-code-page`, `scan.wrong-keyboard`, `scan.caps-lock`, `scan.run-together`, and
 * `scan.malformed-card` with a reason; none holds personal data.
 */
export function parseCitizenCard(text: string): Outcome<CitizenCard> {
  const read = fieldsOf(text);
  if (!read.ok) return read;
  const fields = read.value;
  const number = fields[0] ?? '';
  if (!/^\d{12}$/.test(number)) return malformed('số định danh');
  // The old number is a field of its own exactly when the birth does not stand third.
  const shift = /^(?:\d{4}|\d{8})$/.test(fields[2] ?? '') ? 0 : 1;
  const oldNumber = shift === 1 ? fields[1] ?? '' : '';
  const [name = '', born = '', sexText = '', address = '', issued, ...later] = fields.slice(1 + shift);
  if (oldNumber !== '' && !/^\d{9}(?:\d{3})?$/.test(oldNumber)) return malformed('số giấy tờ cũ');
  const sex = sexOf(sexText);
  const how = lostMarks(name, address) ?? (sex === undefined ? lostMarksOfSex(sexText) : undefined);
  if (how) return lost(how);
  if (!/^[\p{L}\p{M}' ’.-]+$/u.test(name) || !/\p{L}/u.test(name)) return malformed('họ và tên');
  const birth = birthOf(born);
  if (!birth) return malformed('ngày sinh');
  if (!sex) return malformed('giới tính');
  if (!/\p{L}/u.test(address)) return malformed('địa chỉ');
  const issuedOn = dateOf(issued ?? '');
  if (issued === undefined || (issued !== '' && issuedOn === undefined) || (issuedOn !== undefined && issuedOn < (birth.date ?? String(birth.year)))) return malformed('ngày cấp');
  const expiresOn = dateOf(later[0] ?? '');
  if (expiresOn !== undefined && issuedOn !== undefined && expiresOn <= issuedOn) return malformed('ngày hết hạn');
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
