import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { bodyFits, canonicalText, followChain, headIsSigned, parseEntry, readSealedBody, signHead, type Entry, type Head, type SealedBody } from '#shared/log/index.ts';
import type { Hasher, Signer, Verifier } from '#shared/ports.ts';
import { jsonLine } from './json-line.ts';
import { batchHeaderSchema, batchLimits, laterVersion, protocolVersion, type BatchHeader } from './wire.ts';

/** An entry with what stands beside it. */
export interface CarriedEntry {
  readonly entry: Entry;
  readonly body?: SealedBody | undefined;
}

/** Writes a batch as NDJSON: header, then each entry's exact text, its sealed body (if any) on the next line. */
export function writeBatch(from: Head, carried: readonly CarriedEntry[], signer: Signer): string {
  const first = carried[0];
  const last = carried.at(-1);
  if (!first || !last) throw new RangeError('a batch has at least one entry');
  const head: Head = { log: from.log, seq: last.entry.header.seq, hash: last.entry.hash };
  const header: BatchHeader = {
    v: protocolVersion,
    log: from.log,
    first: first.entry.header.seq,
    last: head.seq,
    prevHash: from.hash,
    headHash: head.hash,
    count: carried.length,
    headSig: signHead(head, signer).signature,
  };
  const lines = [canonicalText(header)];
  for (const { entry, body } of carried) {
    lines.push(entry.text);
    if (body) lines.push(canonicalText(body));
  }
  return `${lines.join('\n')}\n`;
}

/** A batch that was read and whose chain, bodies and head signature fit. */
export interface ReadBatch {
  readonly header: BatchHeader;
  readonly carried: readonly CarriedEntry[];
  /** Seqs whose sealed body is missing or does not fit its hash: stored, marked and shown, because the chain must not break. */
  readonly misfits: readonly number[];
}

/**
 * Reads a batch. Errors: `message.malformed`, `message.newer-version` (with the `seq` of the first such entry, where it is one),
 * `message.too-large`, `log.malformed-entry`, `log.bad-chain`, `log.bad-signature`; on any of them nothing of the batch may be stored.
 */
export function readBatch(text: string, publicKey: string, hasher: Hasher, verifier: Verifier): Outcome<ReadBatch> {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const value = jsonLine(lines[0] ?? '');
  const later = laterVersion(value);
  if (later !== undefined) return fail('message.newer-version', { found: later, known: protocolVersion });
  const header = batchHeaderSchema.safeParse(value);
  if (!header.success) return fail('message.malformed', { where: 'batch.header' });
  if (lines.length > 1 + 2 * batchLimits.entries) return fail('message.too-large', { limit: batchLimits.inflatedBytes });

  const carried: CarriedEntry[] = [];
  const misfits: number[] = [];
  for (let index = 1; index < lines.length; ) {
    const entry = parseEntry(lines[index] ?? '', hasher);
    if (!entry.ok) return entry;
    index += 1;
    if (entry.value.header.sealed === undefined) {
      carried.push({ entry: entry.value });
      continue;
    }
    const body = readSealedBody(jsonLine(lines[index] ?? ''));
    if (!body) return fail('log.malformed-entry', { seq: entry.value.header.seq });
    index += 1;
    carried.push({ entry: entry.value, body });
  }
  const { log, first, last, prevHash, headHash, count, headSig } = header.data;
  const chain = followChain({ log, seq: first - 1, hash: prevHash }, carried.map(({ entry }) => entry));
  if (!chain.ok) return chain;
  if (count !== carried.length || chain.value.seq !== last || chain.value.hash !== headHash) return fail('log.bad-chain', { seq: last });
  if (!headIsSigned({ log, seq: last, hash: headHash, signature: headSig }, publicKey, verifier)) return fail('log.bad-signature');
  for (const { entry, body } of carried) {
    if (!bodyFits(entry, body, hasher)) misfits.push(entry.header.seq);
  }
  return ok({ header: header.data, carried, misfits });
}
