import { DomainError } from '#shared/errors/index.ts';
import { centreAgency, clockReading, emptyHead, entryHeaderSchema, makeEntry, mintUuid, seal, signHead, type Entry, type SealedBody } from '#shared/log/index.ts';
import type { Hasher, Random, Signer } from '#shared/ports.ts';
import type { CentreReader, CentreStore, CentreWriter } from '../store/index.ts';
import type { CentreReading } from '../time/index.ts';
import { centreActor, centreKinds, centreOpenedSchema } from './kinds.ts';

/** What the centre notes in its own log: a kind and its facts. */
export interface Note {
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** The dossier it is about, where the agencies with a part in that have to be told: then it is among what they are shown. */
  readonly dossier?: string | undefined;
  /** What may name people: sealed beside the entry, and can be erased without breaking the chain. */
  readonly personal?: Readonly<Record<string, unknown>> | undefined;
}

/** The centre's own log (nhật ký của trung tâm). */
export interface OwnLog {
  readonly log: string;
  /** Appends notes inside a transaction and signs the new head. `actor` is who caused it: the centre itself, or an officer. */
  append(writer: CentreWriter, reading: CentreReading, notes: readonly Note[], actor?: string): Promise<void>;
}

interface OwnLogPorts {
  readonly signer: Signer;
  readonly hasher: Hasher;
  readonly random: Random;
}

const logNote = 'centre.log';

/**
 * Opens the centre's own log; the first time with the entry `centre.opened`. With other keys than it was opened with nobody writes into it: the
 * folder is then another centre's, or lost its keys. Throws `DomainError` `centre.other-keys`.
 */
export async function openOwnLog(store: CentreStore, ports: OwnLogPorts, reading: CentreReading, about: { readonly recoveryKey: string; readonly software: string }): Promise<OwnLog> {
  const { publicKey } = ports.signer;
  const log = await store.transaction(async (writer) => {
    const held = await writer.note(logNote);
    if (held !== undefined) {
      await proveKeys(writer, held, publicKey, about.recoveryKey);
      return held;
    }
    const made = mintUuid(reading.now, ports.random);
    await writer.setNote(logNote, made);
    await writer.addLog({ log: made, installation: undefined, agency: undefined, publicKey, parent: undefined, openedAt: reading.now });
    const facts = { publicKey, recoveryKey: about.recoveryKey, software: about.software, at: reading.now, rho: reading.rho ?? null };
    await appendNotes(writer, ports, made, reading, [{ kind: centreKinds.opened, facts }], centreActor);
    return made;
  });
  return {
    log,
    append: (writer, now, notes, actor = centreActor) => appendNotes(writer, ports, log, now, notes, actor),
  };
}

async function proveKeys(reader: CentreReader, log: string, publicKey: string, recoveryKey: string): Promise<void> {
  const [first] = await reader.entries(log, 1, 1);
  const opened = first && centreOpenedSchema.parse(entryHeaderSchema.parse(JSON.parse(first.text)).facts);
  if (opened && (opened.publicKey !== publicKey || opened.recoveryKey !== recoveryKey)) throw new DomainError('centre.other-keys');
}

async function appendNotes(writer: CentreWriter, ports: OwnLogPorts, log: string, reading: CentreReading, notes: readonly Note[], actor: string): Promise<void> {
  if (notes.length === 0) return;
  const held = await writer.findLog(log);
  let head = held?.head ?? emptyHead(log);
  const act = mintUuid(reading.now, ports.random);
  const clock = clockReading(reading.sample, null);
  const entries: { readonly entry: Entry; readonly body: SealedBody | undefined }[] = [];
  for (const { kind, facts, personal, dossier } of notes) {
    const seq = head.seq + 1;
    const closed = personal === undefined ? undefined : seal(personal, ports.random, ports.hasher);
    // Nothing the centre says of a dossier is ordered among the desks' acts, so its ticks count its own entries.
    const entry = makeEntry({ v: 1, log, seq, prev: head.hash, tick: seq, kind, agency: centreAgency, act, actor, clock, facts: { ...facts }, ...(dossier === undefined ? {} : { dossier }), ...(closed ? { sealed: closed.sealed } : {}) }, ports.hasher);
    entries.push({ entry, body: closed?.body });
    head = { log, seq, hash: entry.hash };
  }
  await writer.append(entries, reading.now, reading.rho);
  await writer.setSignedHead(signHead(head, ports.signer));
}
