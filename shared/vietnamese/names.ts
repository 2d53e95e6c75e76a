/** Letters by Vietnamese rules (a ă â b c d đ e ê …); capitals and small letters alike. */
const byLetters = new Intl.Collator('vi', { sensitivity: 'accent' });
/** As above, small letters before capitals. */
const byCase = new Intl.Collator('vi');

/** The tones in their order, by their place here: none, huyền, hỏi, ngã, sắc, nặng. */
const tones = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];

/** Letters that stand for another in old data: Ð (U+00D0), and what converters of old fonts made of đ and ư. */
const lookAlikes: Readonly<Record<string, string>> = { Ð: 'Đ', ð: 'đ', Ɖ: 'Đ', ɖ: 'đ', Ƣ: 'Ư', ƣ: 'ư' };

/** What {@link cleaned} changes. */
const unclean = /[ÐðƉɖƢƣ\p{Cf}]|^\s|\s$|\s\s|[^\S ]/u;

/** NFC, look-alikes and characters without width gone, single spaces. */
function cleaned(text: string): string {
  const name = text.normalize('NFC');
  if (!unclean.test(name)) return name;
  return name.replace(/\p{Cf}+/gu, '').replace(/[ÐðƉɖƢƣ]/g, (letter) => lookAlikes[letter] ?? letter).replace(/\s+/g, ' ').trim();
}

interface Letter {
  readonly plain: string;
  readonly tone: number;
}

/** Letters taken apart once: `ộ` is `ô` with the tone nặng. No more are kept than an alphabet has. */
const letters = new Map<string, Letter>();

function apart(letter: string): Letter {
  const known = letters.get(letter);
  if (known) return known;
  const marks = letter.normalize('NFD');
  const tone = tones.findIndex((mark, index) => index > 0 && marks.includes(mark));
  const taken = tone < 0 ? { plain: letter, tone: 0 } : { plain: marks.replace(tones[tone] ?? '', '').normalize('NFC'), tone };
  if (letters.size < 1000) letters.set(letter, taken);
  return taken;
}

/** A word by its letters and by its tone, so that it does not matter on which vowel the tone is written (Hoà, Hòa). */
function sorted(words: string): { readonly letters: string; readonly tones: string } {
  let plain = '';
  let toned = '';
  let tone = 0;
  for (const letter of words) {
    const taken = apart(letter);
    plain += taken.plain;
    tone ||= taken.tone;
    if (letter === ' ') {
      toned += tone;
      tone = 0;
    }
  }
  return { letters: plain, tones: toned + tone };
}

/** Orders words by their letters, then by their tones. */
function compareWords(a: string, b: string): number {
  if (a === b) return 0;
  const left = sorted(a);
  const right = sorted(b);
  return byLetters.compare(left.letters, right.letters) || compare(left.tones, right.tones);
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
  const [leftEnd, rightEnd] = [left.lastIndexOf(' '), right.lastIndexOf(' ')];
  return compareWords(left.slice(leftEnd + 1), right.slice(rightEnd + 1))
    || compareWords(left.slice(0, Math.max(0, leftEnd)), right.slice(0, Math.max(0, rightEnd)))
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
