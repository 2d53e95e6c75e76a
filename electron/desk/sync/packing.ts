import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DeskStore } from '#db/index.ts';
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

/** Makes the batches of one log, the next one ahead of time. */
export interface Packing {
  /** The batch after a seq, of at most so many entries; undefined where nothing waits there. */
  next(after: number, entries: number): Promise<Packed | undefined>;
  /** Begins a batch that will probably be asked for. */
  expect(after: number, entries: number): void;
}

export function packAhead(store: Pick<DeskStore, 'pending'>, log: string, signer: Signer): Packing {
  let ahead: { readonly after: number; readonly entries: number; readonly made: Promise<Packed | undefined> } | undefined;

  async function make(after: number, entries: number): Promise<Packed | undefined> {
    const carried = store.pending(after, { entries, bytes: rawLimit }, log);
    return carried.length === 0 ? undefined : packed(log, carried, signer);
  }

  async function makeLater(after: number, entries: number): Promise<Packed | undefined> {
    // Reading takes a while in which nothing else is done: what is being sent has to leave first.
    for (let turns = 0; turns < 2; turns += 1) await new Promise<void>((resolve) => void setImmediate(resolve));
    // Where it fails it is nobody's yet: whoever asks for this batch makes it, and hears why not.
    return make(after, entries).catch(() => undefined);
  }

  return {
    async next(after, entries) {
      const begun = ahead?.after === after && ahead.entries === entries ? ahead.made : undefined;
      ahead = undefined;
      return (await begun) ?? make(after, entries);
    },
    expect(after, entries) {
      ahead = { after, entries, made: makeLater(after, entries) };
    },
  };
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
