import { openConnection } from './connection.ts';
import type { DeskStore, StoreOptions } from './contract.ts';
import { guarded } from './failure.ts';
import { migrate, type Migration } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { deskStore } from './store.ts';

/**
 * Opens the desk's store, or makes a new one. `steps` are the schema's migrations; only tests give their own.
 * Throws `DomainError`: `store.wrong-key` (also where the very first page is damaged), `store.newer-version`,
 * `store.damaged`, `store.not-durable`, `store.not-encrypted`, `store.in-use`, `store.disk-full`.
 */
export function openDeskStore(options: StoreOptions, steps: readonly Migration[] = migrations): DeskStore {
  const connection = openConnection(options.file, options.key);
  try {
    migrate(connection.db, steps);
    return guarded(() => deskStore(connection, options));
  } catch (error) {
    connection.close();
    throw error;
  }
}
