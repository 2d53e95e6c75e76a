import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Head } from '#shared/log/index.ts';
import type { Signer } from '#shared/ports.ts';
import { batchLimits, writeBatch, type CarriedEntry } from '#shared/sync/index.ts';

const compress = promisify(gzip);

/** Text of a batch before compression that is never exceeded, bytes; JSON shrinks to about a quarter. */
export const rawLimit = 4 * batchLimits.compressedBytes;

/** A batch as it leaves: its bytes, how many entries it holds, and the length of its text. */
export interface Packed {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly inflated: number;
}

/** The longest beginning of `carried` that fits the limit of compressed bytes; one entry always does. */
export async function packed(log: string, carried: readonly CarriedEntry[], signer: Signer): Promise<Packed> {
  let part = carried;
  for (;;) {
    const first = part[0];
    if (!first) throw new RangeError('a batch has at least one entry');
    const from: Head = { log, seq: first.entry.header.seq - 1, hash: first.entry.header.prev };
    const text = writeBatch(from, part, signer);
    const bytes = await compress(text, { level: 6 });
    if (bytes.length <= batchLimits.compressedBytes || part.length === 1) return { bytes, count: part.length, inflated: text.length };
    part = part.slice(0, Math.floor(part.length / 2));
  }
}
