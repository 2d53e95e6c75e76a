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

/** Above all Latin letters and their marks, and so above all of Vietnamese. */
const beyond = 0x1f00;
/** Latin letters and their marks. Among them a unit folds alone to what it folds to in a text. */
const isLatin = (unit: number): boolean => unit < 0x0250 || (unit >= 0x0300 && unit < 0x0370) || (unit >= 0x1e00 && unit < beyond);

const unseen = 0;
const dropped = 1;
/** Only the whole text can tell what it becomes. */
const untold = 2;
const space = 32;
/** What one UTF-16 unit becomes: the unit of a letter or digit, a space, or one of the words above; learnt as units come by. */
const units = new Uint16Array(beyond);

function learn(unit: number): number {
  const letter = String.fromCharCode(unit);
  const folded = foldAny(letter);
  // What is dropped joins its neighbours, what is a space parts them.
  const alone = folded.length === 1 ? folded.charCodeAt(0) : folded !== '' ? untold : foldAny(`a${letter}a`) === 'aa' ? dropped : space;
  const known = isLatin(unit) ? alone : untold;
  units[unit] = known;
  return known;
}

const dot = 0x2e;
const dash = 0x2d;
/** Where a text is folded; a letter may bring the space before it. */
const room = new Uint16Array(512);

/**
 * Folds a text for search: `Hòa`, `Hoà`, `HOA` and `hoa` are all `hoa`. Accepts composed and decomposed letters and full-width
 * ones alike. đ, Đ, the Ð (U+00D0) of old data and the ƣ of old fonts become d and u, tone and vowel marks are dropped, letters
 * lowered, spaces collapsed and trimmed, soft hyphens and zero-width characters removed. Punctuation becomes a space, but dots and dashes between
 * letters or digits stay, because codes have them: `1.001193`, `H37.01-261124-0001`.
 */
export function fold(text: string): string {
  // Names and addresses are short; a long text need not be fast.
  if (text.length > room.length / 2) return foldAny(text);
  let length = 0;
  /** What stands between the last letter and the next one: nothing, a space, or a dot or dash that a letter has to follow. */
  let between = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === dot || unit === dash) {
      between = between === 0 && length > 0 ? unit : space;
      continue;
    }
    let plain = unit < beyond ? units[unit] ?? untold : untold;
    if (plain === unseen) plain = learn(unit);
    if (plain === untold) return foldAny(text);
    if (plain === space) between = space;
    else if (plain !== dropped) {
      if (between !== 0 && length > 0) room[length++] = between;
      room[length++] = plain;
      between = 0;
    }
  }
  // Spreading the units would walk them one by one: it costs more than all before.
  const folded: string = Reflect.apply(String.fromCharCode, String, room.subarray(0, length));
  return folded;
}
