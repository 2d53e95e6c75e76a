import type { Procedure } from '#shared/catalogue/index.ts';
import { fold } from '#shared/vietnamese/index.ts';

/**
 * Procedures that fit what was typed, best first: by code or its beginning, else by words without accents that all stand,
 * perhaps unfinished, in the name or the field. A name that begins with the words comes before one that holds them, a name
 * before a field, then the shorter name. An empty text gives all, by name.
 */
export function searchProcedures(procedures: readonly Procedure[], text: string, limit: number): Procedure[] {
  const wanted = fold(text);
  const words = wanted.split(' ').filter((word) => word !== '');
  return procedures
    .flatMap((procedure) => {
      const score = scoreOf(procedure, wanted, words);
      return score === undefined ? [] : [{ procedure, score }];
    })
    .sort((a, b) => a.score - b.score || a.procedure.name.length - b.procedure.name.length || (a.procedure.code < b.procedure.code ? -1 : 1))
    .slice(0, limit)
    .map(({ procedure }) => procedure);
}

/** Smaller is better; undefined when it does not fit. */
function scoreOf(procedure: Procedure, wanted: string, words: readonly string[]): number | undefined {
  if (words.length === 0) return 9;
  const code = procedure.code.toLowerCase();
  if (code === wanted) return 0;
  if (code.startsWith(wanted)) return 1;
  const name = fold(procedure.name);
  if (name === wanted) return 2;
  if (name.startsWith(wanted)) return 3;
  if (` ${name}`.includes(` ${wanted}`)) return 4;
  const nameWords = name.split(' ');
  const begins = (list: readonly string[], word: string): boolean => list.some((one) => one.startsWith(word));
  if (words.every((word) => begins(nameWords, word))) return 5;
  const field = fold(procedure.field.name);
  if (` ${field}`.includes(` ${wanted}`)) return 6;
  const all = [...nameWords, ...field.split(' ')];
  if (words.every((word) => begins(all, word))) return 7;
  // The digits of a code without its point, as they are read out: "001193".
  return /^\d{4,}$/.test(wanted) && code.replaceAll('.', '').includes(wanted) ? 8 : undefined;
}
