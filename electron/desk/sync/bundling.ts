import type { DeskStore } from '#db/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { bundleLimits, writeBundle, type BundleHeader } from '#shared/sync/index.ts';
import type { DeskPorts } from '../ports.ts';
import { ownInstallation, ownSigner, pinnedCentre } from './installation.ts';
import { packed, rawLimit } from './packing.ts';
import { sendFrom } from './resend.ts';

/** Bytes kept free for the first line, the tags and the signature. */
const reserve = 256 * 1024;

/** A bundle in memory, and what it holds. */
export interface MadeBundle {
  readonly bytes: Uint8Array;
  readonly entries: number;
  /** Entries that found no room. */
  readonly left: number;
}

/**
 * Packs all that the centre has not acknowledged, of all own logs in the order in which they were opened, as far as one bundle goes: `most` bytes of batches. Errors: `enrol.required`,
 * `bundle.no-key` while the centre never announced one, `bundle.nothing-waits`.
 */
export async function makeBundle(store: DeskStore, ports: DeskPorts, software: string, most = bundleLimits.bytes - reserve): Promise<Outcome<MadeBundle>> {
  if (!store.identity()) return fail('enrol.required');
  const recipient = pinnedCentre(store)?.bundleKey;
  if (recipient === undefined) return fail('bundle.no-key');
  const signer = ownSigner(store, ports);
  const logs: BundleHeader['logs'] = [];
  const batches: Uint8Array[] = [];
  let room = most;
  let inflated = 0;
  let entries = 0;
  let left = 0;
  // What is recorded while it is packed goes with the next one.
  for (const { log, seq: end } of store.ownLogs().map((one) => store.head(one))) {
    const from = sendFrom(store, log);
    let after = from;
    let headHash = '';
    while (after < end && room > 0 && batches.length < bundleLimits.batches && logs.length < 200) {
      const carried = store.pending(after, { entries: Math.min(1000, end - after), bytes: rawLimit }, log);
      const batch = await packed(log, carried, signer);
      room -= batch.bytes.length + 4;
      inflated += batch.inflated;
      if (room < 0 || inflated > bundleLimits.inflatedBytes) {
        room = 0;
        break;
      }
      batches.push(batch.bytes);
      after += batch.count;
      headHash = carried[batch.count - 1]?.entry.hash ?? '';
    }
    if (after > from) logs.push({ log, first: from + 1, last: after, headHash });
    entries += after - from;
    left += end - after;
  }
  if (batches.length === 0) return fail('bundle.nothing-waits');
  const { installation } = ownInstallation(store, ports);
  const bytes = writeBundle({ installation, software: software.slice(0, 64), writtenAt: Math.round(ports.clock.read().wall), entries, logs }, batches, recipient, {
    hasher: ports.hasher, cipher: ports.sealing.cipher, ephemeral: ports.sealing.ephemeral(), signer,
  });
  return ok({ bytes, entries, left });
}
