/** Whether it is an identification number: 12 digits, or 9 of the old identity card. */
export function validIdNumber(text: string): boolean {
  return /^(?:\d{12}|\d{9})$/.test(text);
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
