import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { entryHeaderSchema, entryLimit, entryVersion, makeEntry, seal, type ClockReading, type Entry, type Head, type SealedBody } from '#shared/log/index.ts';
import type { Hasher, Random } from '#shared/ports.ts';
import type { EntryDraft } from './contract.ts';
import { workingTimeOf, type EntryTable } from './entries.ts';

/** Where the writer stands: the end of the present log, the greatest tick seen and the newest working time. */
export interface Position {
  readonly head: Head;
  readonly tick: number;
  readonly newest: number | undefined;
}

/** What all entries of one act share. */
export interface ActFrame {
  readonly act: string;
  readonly actor: string;
  readonly agency: string;
  readonly clock: ClockReading;
}

/** Entries just written, with the position after them. */
export interface Appended {
  readonly entries: readonly Entry[];
  /** Bytes of texts and sealed bodies. */
  readonly bytes: number;
  readonly position: Position;
}

/**
 * Chains drafts to the end of a log and writes them. Must run inside a transaction; the position it returns holds only
 * once that is committed. Errors: `message.too-large`.
 */
export function append(
  table: EntryTable, from: Position, frame: ActFrame, drafts: readonly EntryDraft[], ports: { readonly hasher: Hasher; readonly random: Random },
): Outcome<Appended> {
  const entries: Entry[] = [];
  let bytes = 0;
  let { head, tick, newest } = from;
  // Entries of one act on one dossier follow one another.
  const within = new Map<string, string>();
  for (const draft of drafts) {
    const follows = draft.dossier === undefined ? undefined : within.get(draft.dossier);
    const sealed = draft.personal === undefined ? undefined : seal(draft.personal, ports.random, ports.hasher);
    if (sealed && bodyBytes(sealed.body) > entryLimit) return fail('message.too-large', { limit: entryLimit });
    tick += 1;
    const made = makeEntry({
      v: entryVersion,
      log: head.log,
      seq: head.seq + 1,
      prev: head.hash,
      tick,
      kind: draft.kind,
      agency: frame.agency,
      ...(draft.dossier === undefined ? {} : { dossier: draft.dossier }),
      ...(draft.after === undefined ? {} : { after: follows === undefined ? [...draft.after] : [follows] }),
      act: frame.act,
      actor: frame.actor,
      clock: frame.clock,
      facts: { ...draft.facts },
      ...(sealed ? { sealed: sealed.sealed } : {}),
    }, ports.hasher);
    if (Buffer.byteLength(made.text) > entryLimit) return fail('message.too-large', { limit: entryLimit });
    // Read back what will be stored: an entry that nobody could read must not get into the log.
    const entry: Entry = { ...made, header: entryHeaderSchema.parse(JSON.parse(made.text)) };
    const at = workingTimeOf(entry);
    if (at !== undefined) newest = Math.max(at, newest ?? at);
    const id = table.add(entry, newest);
    if (sealed) table.addBody(id, sealed.body, '');
    bytes += Buffer.byteLength(made.text) + (sealed ? bodyBytes(sealed.body) : 0);
    head = { log: head.log, seq: head.seq + 1, hash: made.hash };
    entries.push(entry);
    if (draft.dossier !== undefined) within.set(draft.dossier, made.hash);
  }
  return ok({ entries, bytes, position: { head, tick, newest } });
}

/** Bytes of a body's text; nothing is left of an erased one. */
export function bodyBytes(body: SealedBody): number {
  return 'erased' in body ? 0 : Buffer.byteLength(body.body);
}
