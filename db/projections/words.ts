import { fold } from '#shared/vietnamese/index.ts';

/** The words of a text as the index knows them: folded, cut at everything that is neither letter nor digit. */
export function wordsOf(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * The words of a dossier's code: day and number, or the tag and number of a provisional one. The agency's part stands in
 * every code of the desk and would be found by everything; a whole code is looked up as it is.
 */
export function wordsOfCode(code: string): readonly string[] {
  const parts = code.split('-');
  return wordsOf((parts.length > 1 ? parts.slice(1) : parts).join(' '));
}

/** Most words that one beginning is spelled out to, alone and together with each other word. */
export const mostSpellings = 64;
const mostPairedSpellings = 16;

/** Whether the vocabulary keeps a word; numbers of codes are too many to be kept and too few dossiers each to need it. */
export function isKept(word: string): boolean {
  return !/^\d+$/.test(word);
}

/** Beginnings up to this length have lists of their own in the index. */
const listedBeginning = 3;
/** Numbers of persons are found from this length on; their beginnings of just this length have lists of their own. */
const numberBeginning = 6;

// What a term of the index is, by a sign that no folded word holds and that FTS5 takes for a letter (private use).
const beginningSign = '\uE000';
const pairSign = '\uE001';
const joint = '\uE002';
const numberSign = '\uE003';

/** Two words that stand in one dossier, in either order. */
function pair(a: string, b: string): string {
  return a < b ? `${pairSign}${a}${joint}${b}` : `${pairSign}${b}${joint}${a}`;
}

/**
 * The terms under which the index lists a dossier: its words; their short beginnings; every two of them, because two lists of
 * hundreds of thousands (`thi`, `nguyen`) may have next to nothing in common and would be read to their ends for it; and the
 * beginnings of its numbers, which are as many as the births of a year.
 */
export function termsOf(words: string, numbers: readonly (string | null)[]): string {
  const all = words.split(' ');
  const kept = all.filter(isKept);
  const terms = new Set(all);
  for (const word of all) {
    for (let length = 1; length <= Math.min(listedBeginning, word.length); length += 1) terms.add(beginningSign + word.slice(0, length));
  }
  kept.forEach((word, index) => kept.slice(index + 1).forEach((other) => terms.add(pair(word, other))));
  for (const number of numbers) if (number !== null) terms.add(numberSign + number.slice(0, numberBeginning));
  return [...terms].join(' ');
}

/**
 * The question put to the full-text index: all words, the last one as a beginning. `spellings` gives the words of the
 * vocabulary that start with a text, at most {@link mostSpellings} + 1 of them.
 */
export function question(words: readonly string[], spellings: (beginning: string) => readonly string[]): string {
  const last = words.at(-1) ?? '';
  const whole = [...new Set(words.slice(0, -1))];
  const kept = whole.filter(isKept);
  const found = isKept(last) ? spellings(last) : [];
  const pairs = kept.flatMap((word, index) => kept.slice(index + 1).map((other) => quoted(pair(word, other))));
  const paired = kept.length > 0 && found.length > 0 && found.length <= mostPairedSpellings;
  const single = whole.filter((word) => !isKept(word) || (kept.length === 1 && !paired)).map(quoted);
  // A dossier that has a word and one of the spellings, for each of the words, has all the words and a spelling.
  const end = paired ? kept.map((word) => anyOf(found.map((spelling) => (spelling === word ? word : pair(word, spelling))))) : [beginning(last, found)];
  return [...new Set([...pairs, ...single, ...end])].join(' AND ');
}

/** The same for the beginning of a number that {@link numberIn} found; undefined where it is longer than the lists go. */
export function questionForNumber(number: string): string | undefined {
  return number.length === numberBeginning ? quoted(numberSign + number) : undefined;
}

function quoted(term: string): string {
  return `"${term}"`;
}

function anyOf(terms: readonly string[]): string {
  return `(${terms.map(quoted).join(' OR ')})`;
}

function beginning(word: string, found: readonly string[]): string {
  if (word.length <= listedBeginning) return quoted(beginningSign + word);
  if (!isKept(word) || found.length > mostSpellings) return `${quoted(word)}*`;
  return found.length === 0 ? quoted(word) : anyOf(found);
}

/** The digits of a text that is nothing but a number with its usual spaces, dots and dashes, if there are at least six. */
export function numberIn(text: string): string | undefined {
  const digits = text.replaceAll(/[\s.\-–]/g, '');
  return /^\d{6,20}$/.test(digits) ? digits : undefined;
}
