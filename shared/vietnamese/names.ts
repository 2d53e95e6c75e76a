/** Letters by Vietnamese rules (a ă â b c d đ e ê …), tones in their order: none, huyền, hỏi, ngã, sắc, nặng. */
const collator = new Intl.Collator('vi');

function split(name: string): { readonly given: string; readonly rest: string } {
  const words = name.normalize('NFC').replace(/[Ðð]/g, 'Đ').trim().split(/\s+/);
  return { given: words.at(-1) ?? '', rest: words.slice(0, -1).join(' ') };
}

/**
 * Orders names as Vietnamese lists do: by given name (tên, the last word), then by family and middle names (họ, đệm) from the front.
 * Names that differ in nothing but spelling of the same letters keep a fixed order.
 */
export function compareNames(a: string, b: string): number {
  const left = split(a);
  const right = split(b);
  const order = collator.compare(left.given, right.given) || collator.compare(left.rest, right.rest);
  if (order !== 0) return order;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A name as it is stored: NFC, Đ for the look-alike U+00D0 of old data (and đ for U+00F0), single spaces; a name all in capitals, as printed
 * on cards, gets a capital at the start of each word only. Other spellings are left as their owner writes them.
 */
export function normalizeName(text: string): string {
  const name = text.normalize('NFC').replaceAll('\u00D0', 'Đ').replaceAll('\u00F0', 'đ').replace(/\s+/g, ' ').trim();
  if (name !== name.toLocaleUpperCase('vi') || name === name.toLocaleLowerCase('vi')) return name;
  return name.toLocaleLowerCase('vi').replace(/(?<![\p{L}\p{M}])\p{L}/gu, (letter) => letter.toLocaleUpperCase('vi'));
}
