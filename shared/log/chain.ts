import { z } from 'zod';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { Hasher, Signer, Verifier } from '#shared/ports.ts';
import { isCanonical } from './canonical.ts';
import { entryHeaderSchema, entryLimit, entryVersion, noHash, sealHash, type Entry, type EntryHeader, type ReadEntry, type SealedBody } from './entry.ts';
import { hashSchema, uuidSchema } from './ids.ts';
import { quickHeader } from './quick-header.ts';

/**
 * The end of a log, or of a part of it: everything before is fixed by `hash`. What a later version says beside it is passed over: a signature is
 * over these three alone.
 */
export const headSchema = z.object({ log: uuidSchema, seq: z.int().nonnegative(), hash: hashSchema });
export type Head = z.infer<typeof headSchema>;

/** A head with the signature of the log's key; the chain carries its authority to all before it. */
export interface SignedHead extends Head {
  readonly signature: string;
}

const encoder = new TextEncoder();

/** The bytes a head's signature covers. */
export function headBytes(head: Head): Uint8Array {
  return encoder.encode(`quay-head-v1\n${head.log}\n${head.seq}\n${head.hash}\n`);
}

export function signHead(head: Head, signer: Signer): SignedHead {
  return { log: head.log, seq: head.seq, hash: head.hash, signature: signer.sign(headBytes(head)) };
}

export function headIsSigned(head: SignedHead, publicKey: string, verifier: Verifier): boolean {
  return verifier.verify(publicKey, headBytes(head), head.signature);
}

/** The head of a log that has no entries yet. */
export function emptyHead(log: string): Head {
  return { log, seq: 0, hash: noHash };
}

/**
 * Reads the exact text of an entry. Refuses what is too large, not JSON, not a header, or not in canonical form (two
 * texts for one act would be two truths). What a later version wrote is told apart from what is broken: it is `message.newer-version`, with its seq
 * where it names one.
 */
export function parseEntry(text: string, hasher: Hasher): Outcome<Entry> {
  const bytes = encoder.encode(text);
  if (bytes.length > entryLimit) return fail('message.too-large', { limit: entryLimit });
  const plain = quickHeader(text);
  const header = plain ? ok(plain) : canonicalHeader(text);
  return header.ok ? ok({ header: header.value, text, hash: hasher.sha256(bytes) }) : header;
}

function canonicalHeader(text: string): Outcome<EntryHeader> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('log.malformed-entry', { seq: 0 });
  }
  const mark = markSchema.safeParse(value);
  if (mark.success && mark.data.v > entryVersion) return fail('message.newer-version', { found: mark.data.v, known: entryVersion, seq: seqOf(value) });
  const header = entryHeaderSchema.safeParse(value);
  return header.success && isCanonical(text, value) ? ok(header.data) : fail('log.malformed-entry', { seq: seqOf(value) });
}

/** What any version of a header has. */
const markSchema = z.object({ v: z.int() });

function seqOf(value: unknown): number {
  return typeof value === 'object' && value !== null && 'seq' in value && typeof value.seq === 'number' ? value.seq : 0;
}

/**
 * Checks that entries follow a head without gap and that each names the hash of the one before. Returns the new head.
 * Errors: `log.bad-chain` with the first seq that does not fit.
 */
export function followChain(from: Head, entries: readonly Entry[]): Outcome<Head> {
  let head = from;
  for (const { header, hash } of entries) {
    if (header.log !== head.log || header.seq !== head.seq + 1 || header.prev !== head.hash) {
      return fail('log.bad-chain', { seq: header.seq });
    }
    head = { log: head.log, seq: header.seq, hash };
  }
  return ok(head);
}

/** Whether a sealed body is the one its entry was made with; an erased body is accepted under the same hash. */
export function bodyFits(entry: ReadEntry, body: SealedBody | undefined, hasher: Hasher): boolean {
  if (entry.header.sealed === undefined) return body === undefined;
  if (body === undefined) return false;
  return 'erased' in body || sealHash(body.salt, body.body, hasher) === entry.header.sealed;
}
