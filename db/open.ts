import type { DeskStore, StoreOptions } from './contract.ts';

/**
 * Opens the desk's store, or makes a new one.
 * Throws `DomainError`: `store.wrong-key`, `store.newer-version`, `store.damaged`, `store.not-durable`, `store.in-use`,
 * `store.disk-full`.
 */
export function openDeskStore(options: StoreOptions): DeskStore {
  throw new Error(`not there yet: ${options.file}`);
}
