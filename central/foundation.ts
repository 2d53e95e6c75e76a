import { join } from 'node:path';
import { centreAttachmentFiles, type CentreAttachmentFiles } from './attachments/index.ts';
import { hasher, openKeys, random, type CentreKeys } from './keys/index.ts';
import { openOwnLog, type OwnLog } from './ledger/index.ts';
import { openStore, type CentreStore } from './store/index.ts';
import type { CentreTime } from './time/index.ts';

/** What every program of the centre works on: its keys, its store, its own log, its time. */
export interface Foundation {
  readonly keys: CentreKeys;
  readonly store: CentreStore;
  readonly own: OwnLog;
  readonly time: CentreTime;
  /** The contents of digitised papers. */
  readonly attachments: CentreAttachmentFiles;
  close(): Promise<void>;
}

/**
 * Opens the folder of a centre (trung tâm), or makes a new one: keys, and `centre.db` unless `database` is the address of a PostgreSQL database; and the
 * first entry of its own log. Several processes may be open over one database, each with the same keys
 * and the same folder of `attachments`, by default one in the centre's. Throws `DomainError` as `openStore` and `openOwnLog` do.
 */
export async function openFoundation(folder: string, time: CentreTime, software: string, database?: string, attachments?: string): Promise<Foundation> {
  const keys = openKeys(folder);
  const store = await openStore(folder, database);
  const own = await openOwnLog(store, { signer: keys.signer, hasher, random }, time.read(), { recoveryKey: keys.recoveryKey, software }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  return {
    keys, store, own, time,
    attachments: centreAttachmentFiles({ folder: attachments ?? join(folder, 'attachments'), secret: keys.attachments, random, wall: () => time.read().now }),
    close: async () => {
      time.stop();
      await store.close();
    },
  };
}
