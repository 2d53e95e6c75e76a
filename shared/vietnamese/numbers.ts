/** The number without what is written around and between its parts, letters as capitals. */
function bare(text: string): string {
  return text.replace(/[\s.\-–]/g, '').toUpperCase();
}

/** A passport's number (hộ chiếu): up to nine letters and digits (ICAO Doc 9303), a letter first; one of digits alone cannot be told from an identity card's. */
function isPassport(number: string): boolean {
  return /^[A-Z][A-Z0-9]{5,8}$/.test(number) && /(?:\d\D*){5}/.test(number);
}

/**
 * The number of a person's paper in the one form it is stored and compared in, without spaces, dots and dashes: 12 digits of a citizen
 * card, 9 of the old identity card, or a passport's. Undefined if it is none.
 */
export function normalizeIdNumber(text: string): string | undefined {
  const number = bare(text);
  return /^(?:\d{12}|\d{9})$/.test(number) || isPassport(number) ? number : undefined;
}

/** Whether it is the number of a citizen card, an old identity card or a passport, as {@link normalizeIdNumber} reads them. */
export function validIdNumber(text: string): boolean {
  return normalizeIdNumber(text) !== undefined;
}

/** What the first nine digits of a business code are multiplied by; the tenth is 10 less the remainder by 11. */
const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];

function checkDigitFits(code: string): boolean {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(code[index]), 0);
  return 10 - (sum % 11) === Number(code[9]);
}

/**
 * A business code (mã số doanh nghiệp), which is the tax code too, in its one form: 10 digits with a check digit, or those with a dash and
 * the 3 digits of a branch (Law on Enterprises 2020, Art. 29; Circular 86/2024/TT-BTC, Art. 5). Undefined if it is none.
 */
export function normalizeBusinessCode(text: string): string | undefined {
  const parts = /^(\d{10})(\d{3})?$/.exec(bare(text));
  const [, code = '', branch] = parts ?? [];
  if (!parts || !checkDigitFits(code) || branch === '000') return undefined;
  return branch === undefined ? code : `${code}-${branch}`;
}

/** The number in the one form it is stored and searched in: digits, a leading 0, no country code; undefined if it is no Vietnamese telephone number. */
export function normalizePhone(text: string): string | undefined {
  const digits = text.replace(/[\s.()-]/g, '').replace(/^(?:\+84|0084)(?=[235789])/, '0').replace(/^84(?=[235789]\d{8}$)/, '0');
  // Mobile numbers have 10 digits (03, 05, 07, 08, 09), fixed lines 11 (02).
  return /^0(?:[35789]\d{8}|2\d{9})$/.test(digits) ? digits : undefined;
}

/** Whether it is a Vietnamese telephone number, spaces, dots and +84 allowed. */
export function validPhone(text: string): boolean {
  return normalizePhone(text) !== undefined;
}
