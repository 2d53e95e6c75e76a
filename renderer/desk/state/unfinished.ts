import { z } from 'zod';
import { create } from 'zustand';
import { uuidSchema } from '#shared/log/index.ts';
import { loadDraft } from './drafts.ts';

/** What was typed for one act and is not saved yet. `act` and `second` are its ids, minted once, so that a retry cannot record it twice. */
const unfinishedSchema = z.object({ act: uuidSchema, second: uuidSchema, values: z.unknown() });
export type Unfinished = z.infer<typeof unfinishedSchema>;
const keptSchema = z.object({ v: z.literal(1), acts: z.array(z.tuple([z.string(), unfinishedSchema])) });

/** More than this many begun acts of one person are not kept; the oldest goes first. */
const most = 20;

interface UnfinishedStore {
  /** Whose they are; somebody else's are never shown. */
  owner: string | undefined;
  acts: ReadonlyMap<string, Unfinished>;
}

/** Acts begun and not saved, by what they are about: a step back, another screen, a lock or another user in between loses none. */
export const useUnfinished = create<UnfinishedStore>()(() => ({ owner: undefined, acts: new Map() }));

/** Whose acts stand here from now on; what they had begun comes back from the desk's store. */
export async function ownUnfinished(person: string): Promise<void> {
  if (useUnfinished.getState().owner === person) return;
  useUnfinished.setState({ owner: person, acts: new Map() });
  const text = await loadDraft(draftKey(person));
  const kept = text === undefined ? undefined : keptSchema.safeParse(asJson(text));
  if (!kept?.success || useUnfinished.getState().owner !== person) return;
  useUnfinished.setState(({ acts }) => ({ acts: new Map([...kept.data.acts, ...acts]) }));
}

export function keepUnfinished(key: string, unfinished: Unfinished): void {
  useUnfinished.setState(({ acts }) => ({ acts: new Map([...[...acts].filter(([one]) => one !== key), [key, unfinished] as const].slice(-most)) }));
}

export function dropUnfinished(key: string): void {
  useUnfinished.setState(({ acts }) => ({ acts: new Map([...acts].filter(([one]) => one !== key)) }));
}

/** The desk's store keeps them under this key, as {@link unfinishedText}. */
export function draftKey(person: string): string {
  return `acts.${person}`;
}

export function unfinishedText(acts: ReadonlyMap<string, Unfinished>): string {
  return JSON.stringify({ v: 1, acts: [...acts] });
}

/** A draft's text as data; undefined where it is no JSON, which the schema then refuses. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
