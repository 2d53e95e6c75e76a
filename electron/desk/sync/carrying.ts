import { basename, dirname } from 'node:path';
import type { DeskStore } from '#db/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ReadReceiptView, WrittenBundle } from '#shared/ipc/index.ts';
import { readReceipt, receiptLimit, type BundleReceipt, type LogReceipt } from '#shared/sync/index.ts';
import { readAtMost, writeWhole } from '../whole-files.ts';
import type { DeskPorts } from '../ports.ts';
import { makeBundle } from './bundling.ts';
import { ownInstallation, pinnedCentre } from './installation.ts';
import { keepResend } from './resend.ts';
import type { SyncStatus } from './status.ts';

/** The way to the centre and back by USB (gói dữ liệu và giấy báo nhận), for days without a line. */
export interface Carrying {
  /** Writes all that waits into a file. Nothing is marked as sent by that. Errors: those of `makeBundle`, `bundle.cannot-write`. */
  write(file: string): Promise<Outcome<WrittenBundle>>;
  /**
   * Reads the centre's receipt and marks what it acknowledges, exactly as if it had come over the network: every hash is compared with this desk's own
   * entry before anything is marked. Read again it changes nothing. Errors: `enrol.required`, `bundle.cannot-read`, `receipt.*`, `bundle.newer-version`,
   * `log.fork` where a hash is not the one held here, the store's.
   */
  read(file: string): Outcome<ReadReceiptView>;
}

export interface CarryingOptions {
  readonly store: DeskStore;
  readonly ports: DeskPorts;
  readonly status: SyncStatus;
  readonly software: string;
  /** Working time. */
  readonly now: () => number;
  /** Something was marked. */
  readonly moved: () => void;
  /** The log written now is kept as a branch: the work has to go on in another. */
  readonly forked: () => void;
}

export function openCarrying({ store, ports, status, software, now, moved, forked }: CarryingOptions): Carrying {
  /** What the centre says of a place, if it can be compared; a disk that was put back may lack the entry, and then the pull brings it. */
  function comparable(log: string, place: { readonly seq: number; readonly hash: string } | undefined): Outcome<boolean> {
    if (!place || place.seq === 0 || place.seq > store.head(log).seq) return ok(false);
    const held = store.pending(place.seq - 1, { entries: 1, bytes: 1 }, log)[0]?.entry.hash;
    return held === place.hash ? ok(true) : fail('log.fork', { seq: place.seq });
  }

  function check(logs: readonly LogReceipt[]): Outcome<true> {
    for (const { log, ack, kept } of logs) {
      for (const place of [ack, kept]) {
        const compared = comparable(log, place);
        if (!compared.ok) return compared;
      }
    }
    return ok(true);
  }

  function mark({ log, ack, kept, fault, need }: LogReceipt): Outcome<true> {
    if (ack && ack.seq <= store.head(log).seq) {
      const marked = store.markAcknowledged({ log, ...ack });
      if (!marked.ok) return marked;
    }
    if (kept && kept.seq <= store.head(log).seq) {
      const marked = store.markKept({ log, ...kept });
      if (!marked.ok) return marked;
      if (store.identity()?.log === log) forked();
    }
    keepResend(store, log, need);
    if (fault) status.refused(`log ${log}`, now(), fault, log);
    else status.accepted(`log ${log}`);
    return ok(true);
  }

  function take({ at, logs }: BundleReceipt): Outcome<ReadReceiptView> {
    const own = new Set(store.ownLogs());
    // A log that was lost with a disk is not here to be marked; the centre gives it back over the line.
    const mine = logs.filter(({ log }) => own.has(log));
    const checked = check(mine);
    if (!checked.ok) return checked;
    const before = store.pendingSummary().entries;
    for (const one of mine) {
      const marked = mark(one);
      if (!marked.ok) return marked;
    }
    const waiting = store.pendingSummary().entries;
    if (waiting === 0) status.allAcknowledged(now());
    moved();
    return ok({
      chosen: true, at, marked: Math.max(0, before - waiting), waiting,
      refusals: mine.flatMap(({ log, fault }) => (fault ? [{ log, fault }] : [])),
    });
  }

  return {
    async write(file) {
      const made = await makeBundle(store, ports, software);
      if (!made.ok) return made;
      const { bytes, entries, left } = made.value;
      const written = writeWhole(file, bytes);
      return written.ok ? ok({ chosen: true, name: basename(file), folder: dirname(file), entries, bytes: bytes.length, left }) : written;
    },
    read(file) {
      const keys = pinnedCentre(store)?.keys;
      if (!store.identity() || !keys) return fail('enrol.required');
      const bytes = readAtMost(file, receiptLimit);
      if (!bytes.ok) return bytes;
      const receipt = readReceipt(Buffer.from(bytes.value).toString('utf8'), { keys, installation: ownInstallation(store, ports).installation }, ports.hasher, ports.verifier);
      return receipt.ok ? take(receipt.value) : receipt;
    },
  };
}
