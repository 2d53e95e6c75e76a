import { join } from 'node:path';
import { hasher, openKeys, random, type CentreKeys } from './keys/index.ts';
import { openOwnLog, type OwnLog } from './ledger/index.ts';
import { openSqliteStore, type CentreStore } from './store/index.ts';
import type { CentreTime } from './time/index.ts';

/** What every program of the centre works on: its keys, its store, its own log, its time. */
export interface Foundation {
  readonly keys: CentreKeys;
  readonly store: CentreStore;
  readonly own: OwnLog;
  readonly time: CentreTime;
  close(): Promise<void>;
}

/**
 * Opens the folder of a centre (trung tâm), or makes a new one: keys, `centre.db`, and the first entry of its own log.
 * Throws `DomainError` as `openSqliteStore` does.
 */
export async function openFoundation(folder: string, time: CentreTime, software: string): Promise<Foundation> {
  const keys = openKeys(folder);
  const store = openSqliteStore(join(folder, 'centre.db'));
  const own = await openOwnLog(store, { signer: keys.signer, hasher, random }, time.read(), { recoveryKey: keys.recoveryKey, software });
  return {
    keys, store, own, time,
    close: async () => {
      time.stop();
      await store.close();
    },
  };
}
