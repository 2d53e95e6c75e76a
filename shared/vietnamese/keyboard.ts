/** What the keyboard did to a scan whose keys it translated: Caps Lock turned the case round, or the layout is another than the scanner types for. */
export type KeyboardFault = 'caps lock' | 'layout';

/** A card's number with its digits typed as the Vietnamese layout of Windows has them (ă â ê ô, the five tones, đ), or with Shift held. */
const otherDigits = /^(?:(?:[aeo]\u0302|a\u0306|đ|[\u0300\u0301\u0303\u0309\u0323]){12}|[)!@#$%^&*(]{12})(?!\d)/i;

/** The sign that stands in the bar's place behind a card's number: `\` where Shift was lost, another where the layout is another. */
const otherBar = /^\d{12}([^\p{L}\p{N}| .,-])/u;

/**
 * Tells whether a text is a citizen card's QR code that the keyboard spoilt; undefined when it is not. A scanner types keys, not
 * letters: Caps Lock makes `nAM` of `Nam`, a foreign layout or a lost Shift makes another sign of the bar between the fields.
 */
export function keyboardFault(text: string): KeyboardFault | undefined {
  if (otherDigits.test(text.normalize('NFD'))) return 'layout';
  const bar = otherBar.exec(text)?.[1];
  // A card has six fields at least; a number with something typed behind it has not.
  if (bar !== undefined && text.split(bar).length >= 6) return 'layout';
  return /\|\s*n(?:AM|Ữ)\s*\|/u.test(text.normalize('NFC')) ? 'caps lock' : undefined;
}
