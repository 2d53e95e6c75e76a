/** Letters by Vietnamese rules (a ă â b c d đ e ê …); capitals and small letters alike. */
const byLetters = new Intl.Collator('vi', { sensitivity: 'accent' });
/** As above, small letters before capitals. */
const byCase = new Intl.Collator('vi');

/** The tones in their order: none, huyền, hỏi, ngã, sắc, nặng. */
const tones = ['\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
const tone = new RegExp(`[${tones.join('')}]`, 'g');

/** Letters that stand for another in old data: Ð (U+00D0), and what converters of old fonts made of đ and ư. */
const lookAlikes: Readonly<Record<string, string>> = { Ð: 'Đ', ð: 'đ', Ɖ: 'Đ', ɖ: 'đ', Ƣ: 'Ư', ƣ: 'ư' };

/** NFC, look-alikes and characters without width gone, single spaces. */
function cleaned(text: string): string {
  return text.normalize('NFC').replace(/\p{Cf}+/gu, '').replace(/[ÐðƉɖƢƣ]/g, (letter) => lookAlikes[letter] ?? letter).replace(/\s+/g, ' ').trim();
}

/** Words by their letters and by their tones, so that it does not matter on which vowel a tone is written (Hoà, Hòa). */
interface Sorted {
  readonly letters: string;
  /** A digit for each word. */
  readonly tones: string;
}

function sorted(words: readonly string[]): Sorted {
  const apart = words.map((word) => word.normalize('NFD'));
  return {
    letters: apart.map((word) => word.replace(tone, '').normalize('NFC')).join(' '),
    tones: apart.map((word) => String(tones.indexOf(word.match(tone)?.[0] ?? '') + 1)).join(''),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Orders names as Vietnamese lists do: by given name (tên, the last word), then by family and middle names (họ, đệm) from the front;
 * in each by letters, then by tones. Composed and decomposed spellings are equal; names that differ in nothing but case, Ð for Đ or the
 * vowel that carries the tone stand side by side in a fixed order.
 */
export function compareNames(a: string, b: string): number {
  const left = cleaned(a);
  const right = cleaned(b);
  const [leftWords, rightWords] = [left.split(' '), right.split(' ')];
  const [leftGiven, rightGiven] = [sorted(leftWords.slice(-1)), sorted(rightWords.slice(-1))];
  const [leftRest, rightRest] = [sorted(leftWords.slice(0, -1)), sorted(rightWords.slice(0, -1))];
  return byLetters.compare(leftGiven.letters, rightGiven.letters) || compare(leftGiven.tones, rightGiven.tones)
    || byLetters.compare(leftRest.letters, rightRest.letters) || compare(leftRest.tones, rightRest.tones)
    || byCase.compare(left, right) || compare(left, right) || compare(a.normalize('NFC'), b.normalize('NFC'));
}

/**
 * A name as it is stored: NFC, the letter itself for a look-alike of old data (Đ for U+00D0, ư for ƣ), single spaces, nothing without width; a name all in
 * capitals, as printed on cards, gets a capital at the start of each word only. Other spellings are left as their owner writes them.
 */
export function normalizeName(text: string): string {
  const name = cleaned(text);
  if (name !== name.toLocaleUpperCase('vi') || name === name.toLocaleLowerCase('vi')) return name;
  return name.toLocaleLowerCase('vi').replace(/(?<![\p{L}\p{M}])\p{L}/gu, (letter) => letter.toLocaleUpperCase('vi'));
}
