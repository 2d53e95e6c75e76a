import { z } from 'zod';
import { fault, isFault, type Fault } from '#shared/errors/index.ts';
import { problemSchema, type Problem } from './wire.ts';

/** Longest sentence that is taken over from the other side, characters. */
const longestSentence = 400;

/** A fault as the other side names it, of whatever version it is. */
export const heardFaultSchema = z.object({ code: z.string().min(1).max(64), params: z.record(z.string(), z.unknown()).optional() });

/**
 * A fault in this program's words. A code of a later version is `centre.newer-version`, with the sentences that came with it, or with the code
 * itself, so that people learn why all the same.
 */
export function heardFault({ code, params }: z.infer<typeof heardFaultSchema>, said: { readonly vi?: string | undefined; readonly en?: string | undefined } = {}): Fault {
  const known = { code, params: Object.fromEntries(Object.entries(params ?? {}).filter(isPlain)) };
  if (isFault(known)) return known;
  const sentence = (text: string | undefined): string => (text === undefined ? `${code}.` : `${text.slice(0, longestSentence)} (${code})`);
  return fault('centre.newer-version', { vi: sentence(said.vi), en: sentence(said.en) });
}

function isPlain(field: readonly [string, unknown]): field is [string, string | number] {
  return typeof field[1] === 'string' || typeof field[1] === 'number';
}

/** That the centre answered in a later form: which, and of what. */
export function laterForm(what: string, version: number): Fault {
  const said = `${what} v${version}.`;
  return fault('centre.newer-version', { vi: said, en: said });
}

/** Every field beside the fault may be missing, or be one of a later version. */
const heardProblemSchema = z.object({
  fault: heardFaultSchema,
  need: problemSchema.shape.need.catch(undefined),
  kept: problemSchema.shape.kept.catch(undefined),
  vi: z.string().optional().catch(undefined),
  en: z.string().optional().catch(undefined),
});

/** What a refusing centre said, of whatever version it is; undefined for what is no problem at all. */
export function readProblem(value: unknown): Pick<Problem, 'fault' | 'need' | 'kept'> | undefined {
  const heard = heardProblemSchema.safeParse(value);
  if (!heard.success) return undefined;
  const { fault: named, need, kept, vi, en } = heard.data;
  return { fault: heardFault(named, { vi, en }), ...(need === undefined ? {} : { need }), ...(kept === undefined ? {} : { kept }) };
}
