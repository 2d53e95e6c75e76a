import type { NotedAnchor } from './noted-anchors.ts';
import type { LogRecord } from './log-record.ts';
import type { Derivation } from './verdict.ts';

/** What holds whatever the desk's clock did, for one entry. Infinite where nothing bounds it. */
export interface HardBound {
  readonly min: number;
  readonly max: number;
  /** The anchor in the chain before the entry (or in it) that gives the lower bound. */
  readonly after: NotedAnchor | undefined;
  readonly receipt: Derivation['receipt'];
  /** The first of the centre's own words that covers the entry: a receipt, or an anchor for the head in its request. */
  readonly centre: Derivation['receipt'];
}

/**
 * Gives the hard bound of the entry with a seq, `t_i − ρ_i ≤ T ≤ R + ρ`:
 *
 * - an entry whose chain holds anchor *i* was made after the centre had signed *i*; an anchor cannot be foreseen;
 * - *R* is the first independent receipt of a head that covers the entry: the centre's acknowledgement, or an anchor, but
 *   only of the head in its *request* (what was appended after the request was not seen by the centre); or a sibling desk that
 *   wrote the head down as a witness, no earlier than the latest its own entry can be.
 *
 * Both follow the log's order by themselves. A receipt whose head is not this chain's (another branch) covers nothing.
 */
export function hardBounds(record: LogRecord, anchors: readonly NotedAnchor[]): (seq: number) => HardBound {
  const count = record.entries.length;
  const receipts: Derivation['receipt'][] = Array.from({ length: count });
  const witnessed: Derivation['receipt'][] = Array.from({ length: count });
  const offer = (list: Derivation['receipt'][], seq: number, receipt: NonNullable<Derivation['receipt']>): void => {
    const index = Math.min(seq, count) - 1;
    if (index >= 0) list[index] = earlier(list[index], receipt);
  };
  for (const { seq, hash, proof } of record.receipts) {
    if (proof && record.entries[seq - 1]?.hash === hash) offer(receipts, seq, { by: 'centre', seq, at: proof.at, rho: proof.rho });
  }
  for (const { anchor, inherited } of anchors) {
    if (!inherited) offer(receipts, anchor.seq, { by: 'anchor', seq: anchor.seq, at: anchor.t, rho: anchor.rho });
  }
  for (const { seq, hash, at } of record.witnesses ?? []) {
    if (record.entries[seq - 1]?.hash === hash) offer(witnessed, seq, { by: 'witness', seq, at, rho: 0 });
  }

  const notedAt = new Map(anchors.map((anchor) => [anchor.seq, anchor]));
  const lower: { min: number; after: NotedAnchor | undefined }[] = [];
  let running: { min: number; after: NotedAnchor | undefined } = { min: record.parentMin ?? -Infinity, after: undefined };
  for (let seq = 1; seq <= count; seq += 1) {
    const noted = notedAt.get(seq);
    if (noted && noted.anchor.t - noted.anchor.rho > running.min) running = { min: noted.anchor.t - noted.anchor.rho, after: noted };
    lower.push(running);
  }

  for (let index = count - 2; index >= 0; index -= 1) {
    receipts[index] = earlier(receipts[index + 1], receipts[index]);
    witnessed[index] = earlier(witnessed[index + 1], witnessed[index]);
  }
  return (seq) => {
    const centre = receipts[seq - 1];
    const first = earlier(centre, witnessed[seq - 1]);
    const { min, after } = lower[seq - 1] ?? running;
    return { min, max: first ? first.at + first.rho : Infinity, after, receipt: first, centre };
  };
}

function earlier(one: Derivation['receipt'], other: Derivation['receipt']): Derivation['receipt'] {
  return one && (!other || one.at + one.rho <= other.at + other.rho) ? one : other;
}
