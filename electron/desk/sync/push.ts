import type { DeskStore } from '#db/index.ts';
import { fault, type Fault } from '#shared/errors/index.ts';
import type { Signer } from '#shared/ports.ts';
import { batchLimits, batchResponseSchema } from '#shared/sync/index.ts';
import type { Centre } from './centre.ts';
import { packAhead } from './packing.ts';
import { LineError } from './transport.ts';

/** How many entries the next batch carries: halved when one does not get through, grown when it does. */
export interface BatchSize {
  entries: number;
}
export const firstBatchSize = 200;

/** How a log's push ended. */
export type Pushed =
  | { readonly kind: 'all-sent'; readonly moved: boolean }
  /** The centre asks to come back later. */
  | { readonly kind: 'wait'; readonly delay: number | undefined; readonly fault: Fault; readonly moved: boolean }
  /** The centre has all of it, as a branch of the log it holds: the disk was cloned, or put back. */
  | { readonly kind: 'kept'; readonly fault: Fault; readonly moved: boolean }
  /** The same, said by a centre of an earlier version, which keeps no more of it. */
  | { readonly kind: 'forked'; readonly fault: Fault; readonly moved: boolean }
  /** The centre will not take this log as it is; people have to see it. */
  | { readonly kind: 'refused'; readonly fault: Fault; readonly moved: boolean };

export interface PushOptions {
  readonly store: DeskStore;
  readonly centre: Centre;
  readonly signer: Signer;
  readonly log: string;
  readonly size: BatchSize;
  /** Told after each acknowledgement that was compared and marked. */
  readonly acknowledged: () => void;
  /** Told as soon as the centre says that this log is a branch of the one it holds, before the rest of it is sent. */
  readonly branched: () => void;
  readonly pause: (delay: number) => Promise<void>;
}

/** Statuses that ask to come again later. */
const busy: ReadonlySet<number> = new Set([429, 503]);

/** How often in a row the centre may ask for earlier entries before it is taken for a refusal. */
const mostRewinds = 8;

/**
 * Sends what the centre has not acknowledged of one log, batch by batch. Nothing is marked sent before the acknowledgement
 * names the hash this desk holds. A log that the centre holds with other entries is sent to its end all the same: it is kept as a
 * branch, and the answers say how far. Throws `LineError` when the line fails; whatever was sent may then have arrived, and
 * is sent again: the centre answers the same.
 */
export async function pushLog({ store, centre, signer, log, size, acknowledged, branched, pause }: PushOptions): Promise<Pushed> {
  let after = store.sent(log).seq;
  let moved = false;
  let rewinds = 0;
  let fork: Fault | undefined;
  /** The last entry before one whose form the centre is too old for: so far it goes. */
  let until = 0;
  const packing = packAhead(store, log, signer);
  for (;;) {
    const batch = await packing.next(after, until > after ? Math.min(size.entries, until - after) : size.entries);
    if (!batch) return fork ? { kind: 'kept', fault: fork, moved } : { kind: 'all-sent', moved };
    const { bytes, count } = batch;
    // While the centre works on this one the next is made, as if all went well.
    packing.expect(after + count, grown(size, count));
    const answer = await centre.signed({
      method: 'POST', path: `/v1/logs/${log}/batches`, body: bytes, contentType: 'application/x-ndjson', contentEncoding: 'gzip', response: batchResponseSchema, timeout: 60_000,
    }, signer).catch((error: unknown) => {
      // A batch that did not get through in time is too large for this line.
      if (error instanceof LineError && (error.failure === 'timed-out' || error.failure === 'cut')) shrink(size, count);
      throw error;
    });
    if (answer.kind === 'given') {
      const { ack, pace } = answer.value;
      const marked = store.markAcknowledged({ log, ...ack });
      if (!marked.ok) return { kind: 'refused', fault: marked.fault, moved };
      if (ack.seq <= after) return { kind: 'refused', fault: fault('message.malformed', { where: 'batch.ack' }), moved };
      after = ack.seq;
      moved = true;
      rewinds = 0;
      size.entries = grown(size, count);
      acknowledged();
      if (pace > 0) await pause(pace);
      continue;
    }
    if (answer.kept && answer.fault.code === 'log.fork') {
      const { kept, fault: reason } = answer;
      const marked = store.markKept({ log, ...kept, leavesAt: Number(reason.params['seq'] ?? kept.seq) });
      if (!marked.ok) return { kind: 'refused', fault: marked.fault, moved };
      if (kept.seq <= after) return { kind: 'refused', fault: fault('message.malformed', { where: 'batch.kept' }), moved };
      after = kept.seq;
      moved = true;
      rewinds = 0;
      size.entries = grown(size, count);
      if (!fork) branched();
      fork = reason;
      acknowledged();
      continue;
    }
    if (answer.need !== undefined && answer.fault.code === 'log.gap' && rewinds < mostRewinds && answer.need <= after + 1) {
      // The centre holds less than it once had (it was restored), or another entry there: it gets the missing part again.
      rewinds += 1;
      after = Math.max(0, answer.need - 1);
      continue;
    }
    // By the status as well: a later centre may have other words for it.
    if (busy.has(answer.status) || answer.fault.code === 'centre.busy' || answer.fault.code === 'request.rate-limited') return { kind: 'wait', delay: answer.retryAfter, fault: answer.fault, moved };
    const tooNew = answer.fault.code === 'message.newer-version' ? Number(answer.fault.params['seq'] ?? 0) : 0;
    if (tooNew > after + 1 && tooNew <= after + count) {
      until = tooNew - 1;
      continue;
    }
    const tooLarge = answer.fault.code === 'request.too-large' || answer.fault.code === 'message.too-large' || answer.status === 413;
    if (tooLarge && count > 1) {
      shrink(size, count);
      continue;
    }
    return { kind: answer.fault.code === 'log.fork' ? 'forked' : 'refused', fault: answer.fault, moved };
  }
}

/** How many entries the next batch carries after one of `count` got through. */
function grown(size: BatchSize, count: number): number {
  return Math.min(batchLimits.entries, Math.max(size.entries, count * 2));
}

function shrink(size: BatchSize, count: number): void {
  size.entries = Math.max(1, Math.floor(Math.min(size.entries, count) / 2));
}
