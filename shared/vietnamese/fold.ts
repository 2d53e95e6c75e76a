/** Letters that stand for another: đ itself, the Ð of old data, and what converters of old fonts left of đ (ɖ) and ư (ƣ). */
const lookAlikes: Readonly<Record<string, string>> = { đ: 'd', Đ: 'd', ð: 'd', Ð: 'd', ɖ: 'd', Ɖ: 'd', ƣ: 'u', Ƣ: 'u' };

/** The folding itself, for any text. */
function foldAny(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]+/gu, '')
    .replace(/[đĐðÐɖƉƣƢ]/g, (letter) => lookAlikes[letter] ?? letter)
    .toLowerCase()
    // Lowering can bring marks of its own (İ).
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/(?<![\p{L}\p{N}])[.-]|[.-](?![\p{L}\p{N}])|[^\p{L}\p{N}.-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * What one UTF-16 unit of a Vietnamese text becomes, learnt as units come by: a letter or digit, a space, or nothing. `undefined`
 * for units that are not yet seen, `null` for those that only the whole text can tell.
 */
const units: (string | null | undefined)[] = [];
/** Latin letters and their marks: all of Vietnamese. Among them a unit folds alone to what it folds to in a text. */
const isLatin = (unit: number): boolean => unit < 0x0250 || (unit >= 0x0300 && unit < 0x0370) || (unit >= 0x1e00 && unit < 0x1f00);

function learn(unit: number): string | null {
  const letter = String.fromCharCode(unit);
  const folded = foldAny(letter);
  // What is dropped joins its neighbours, what is a space parts them.
  const alone = folded !== '' ? folded : foldAny(`a${letter}a`) === 'aa' ? '' : ' ';
  const known = isLatin(unit) && alone.length <= 1 ? alone : null;
  units[unit] = known;
  return known;
}

/**
 * Folds a text for search: `Hòa`, `Hoà`, `HOA` and `hoa` are all `hoa`. Accepts composed and decomposed letters and full-width
 * ones alike. đ, Đ, the Ð (U+00D0) of old data and the ƣ of old fonts become d and u, tone and vowel marks are dropped, letters
 * lowered, spaces collapsed and trimmed, soft hyphens and zero-width characters removed. Punctuation becomes a space, but dots and dashes between
 * letters or digits stay, because codes have them: `1.001193`, `H37.01-261124-0001`.
 */
export function fold(text: string): string {
  let folded = '';
  /** What stands between the last letter and the next one: nothing, a space, or a dot or dash that a letter has to follow. */
  let between = '';
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === 0x2e || unit === 0x2d) {
      between = between === '' && folded !== '' ? (unit === 0x2e ? '.' : '-') : ' ';
      continue;
    }
    let plain = units[unit];
    if (plain === undefined) plain = learn(unit);
    if (plain === null) return foldAny(text);
    if (plain === ' ') between = ' ';
    else if (plain !== '') {
      folded += folded === '' ? plain : between + plain;
      between = '';
    }
  }
  return folded;
}
