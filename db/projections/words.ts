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

/** Most words that one beginning is spelled out to. */
export const mostSpellings = 64;
/** Whether the vocabulary keeps a word; numbers of codes are too many to be kept and too few dossiers each to need it. */
export function isKept(word: string): boolean {
  return !/^\d+$/.test(word);
}

/** Beginnings up to this length have lists of their own in the index. */
const listedBeginning = 3;

/**
 * The question put to the full-text index: all words, the last one as a beginning. `spellings` gives the words of the
 * vocabulary that start with a text, at most {@link mostSpellings} + 1 of them.
 */
export function question(words: readonly string[], spellings: (beginning: string) => readonly string[]): string {
  return words.map((word, index) => (index < words.length - 1 ? quoted(word) : beginning(word, spellings))).join(' AND ');
}

function quoted(word: string): string {
  return `"${word}"`;
}

function beginning(word: string, spellings: (beginning: string) => readonly string[]): string {
  if (word.length <= listedBeginning || !isKept(word)) return `${quoted(word)}*`;
  const found = spellings(word);
  if (found.length > mostSpellings) return `${quoted(word)}*`;
  if (found.length === 0) return quoted(word);
  return `(${found.map(quoted).join(' OR ')})`;
}

/** The digits of a text that is nothing but a number with its usual spaces, dots and dashes, if there are at least six. */
export function numberIn(text: string): string | undefined {
  const digits = text.replaceAll(/[\s.\-–]/g, '');
  return /^\d{6,20}$/.test(digits) ? digits : undefined;
}
