import { join } from 'node:path';
import { openDeskStore, settle, type DeskStore } from '#db/index.ts';
import { ok, type Outcome } from '#shared/errors/index.ts';
import { mintUuid, type Head } from '#shared/log/index.ts';
import { removeBackups } from '../backups/index.ts';
import { deskFiles } from '../desk-files.ts';
import type { DeskPorts } from '../ports.ts';
import { freeName, recoveredName, removeStore, swapIn, waitingRemainder } from '../recovery/index.ts';
import { keepInstallation, keepPinnedCentre, ownInstallation, ownSigner, pinnedCentre } from '../sync/installation.ts';
import { timeKeeper } from '../time.ts';
import { transferCatalogue, transferOrder } from './order.ts';

export interface MoveOptions {
  /** The desk's data folder. */
  readonly data: string;
  /** The store's key; the new store has the same. */
  readonly key: Uint8Array;
  readonly ports: DeskPorts;
}

/** A store for the new agency, made and on the disk beside the present one, which is still the desk's. */
export interface PreparedMove {
  /** The end of the log written so far, which the new one names as its parent. */
  readonly head: Head;
}

/** Whether all that this desk holds of its own is at the centre: entries, papers, and what a recovery still waits to join. */
function allSent(store: DeskStore): boolean {
  return store.ownLogs().every((log) => store.sent(log).seq === store.head(log).seq) && store.attachments.waiting().length === 0 && waitingRemainder(store) === 0;
}

/**
 * Makes the store with which this installation serves the agency it was ordered to: the same key, a new log that names the end of the present one, the
 * catalogue of that agency, and nothing of anybody's dossiers. Undefined while it cannot go: no order, no catalogue for it yet, or something is not at the
 * centre. Errors: the store's.
 */
export function prepareMove({ data, key, ports }: MoveOptions, store: DeskStore, software: string): Outcome<PreparedMove | undefined> {
  const order = transferOrder(store);
  const catalogue = transferCatalogue(store);
  const centre = pinnedCentre(store);
  const identity = store.identity();
  if (!order || !catalogue || !centre || !identity || !allSent(store)) return ok(undefined);
  const head = store.head();
  const target = join(data, recoveredName);
  const { hasher, random } = ports;
  removeStore(target);
  const made = openDeskStore({ file: target, key, hasher, random });
  try {
    const mint = (): string => mintUuid(ports.clock.read().wall, random);
    const log = mint();
    keepInstallation(made, { ...ownInstallation(store, ports), log });
    keepPinnedCentre(made, centre);
    // Time does not begin anew with a store: it carries over the last word of the centre that this machine has.
    const sighting = store.anchors.latest();
    if (sighting) made.anchors.add(sighting);
    const kept = made.catalogue.store(catalogue);
    if (!kept.ok) return kept;
    const opened = made.openLog({
      identity: { ...identity, agency: order.agency, desk: order.desk, log, publicKey: ownSigner(store, ports).publicKey }, software, why: 'transferred', parent: head, act: mint(),
      clock: timeKeeper(made, ports.clock).reading(),
    });
    if (!opened.ok) return opened;
    const whole = made.verify();
    if (!whole.ok) return whole;
  } finally {
    made.close();
  }
  settle(target);
  return ok({ head });
}

/**
 * Puts the prepared store in the place of the present one, which must be closed. The present one is set aside with its papers for some days (`removeFormerStores`), its backups go. A cut
 * at any point is gone on from at the next start. False if something was written since the preparation; then the present one stays. Throws `DomainError` where a store
 * cannot be touched.
 */
export function finishMove({ data, key, ports }: MoveOptions, { head }: PreparedMove): boolean {
  const { hasher, random } = ports;
  const store = openDeskStore({ file: join(data, deskFiles.database), key, hasher, random });
  let installation: string | undefined;
  try {
    const end = store.head();
    if (end.log !== head.log || end.hash !== head.hash || !allSent(store)) {
      removeStore(join(data, recoveredName));
      return false;
    }
    installation = store.identity()?.installation;
  } finally {
    store.close();
  }
  if (installation !== undefined) removeBackups(data, installation, ports.report);
  swapIn(data, freeName(data, 'former', ports.clock.read().wall));
  return true;
}
