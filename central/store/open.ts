import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '#shared/errors/index.ts';
import type { CentreStore } from './port.ts';
import { openPostgresStore } from './postgres/index.ts';
import { openSqliteStore } from './sqlite.ts';

/** Stands in the folder of a centre whose data is in PostgreSQL. */
const mark = 'in-postgresql';
const file = 'centre.db';

/**
 * Opens the store of a centre: in the PostgreSQL database that `address` names, or in the file `centre.db` of its folder where there is
 * none. A centre stays where it began: with the address forgotten, or given too late, a second one would come to be under the same keys, and
 * desks would be told that it does not know them. Throws `DomainError` `store.elsewhere`, and those of the stores.
 */
export async function openStore(folder: string, address: string | undefined): Promise<CentreStore> {
  if (address === undefined) {
    if (existsSync(join(folder, mark))) throw new DomainError('store.elsewhere', { held: 'PostgreSQL' });
    return openSqliteStore(join(folder, file));
  }
  if (existsSync(join(folder, file))) throw new DomainError('store.elsewhere', { held: file });
  const store = await openPostgresStore(address);
  writeFileSync(join(folder, mark), 'The data of this centre is in the PostgreSQL database that DATABASE_URL names.\n', { mode: 0o600 });
  return store;
}
