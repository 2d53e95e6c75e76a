import type Database from 'better-sqlite3';
import { noHash } from '#shared/log/index.ts';
import type { CarriedEntry } from '#shared/sync/index.ts';
import { openConnection } from './connection.ts';
import type { Identity } from './contract.ts';
import { entryTable, workingTimeOf } from './entries.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { ownLogTable } from './own-logs.ts';
import type { Salvage, SalvagedTable } from './salvage.ts';
import { writingTo } from './transaction.ts';

/** What came of a graft. */
export interface Grafted {
  /** Entries added to the ends of this installation's logs. */
  readonly added: number;
  /** Entries that verify but do not follow: something before them could not be read. By log, in order. */
  readonly behind: readonly { readonly log: string; readonly entries: readonly CarriedEntry[] }[];
}

/** Named where a body comes erased out of a damaged file: by what decision stood there alone. */
const erasedBefore = 'before the recovery';

/**
 * Adds to a store that is put back (a backup, or an empty file where there is none) what was salvaged of this installation's logs beyond it: of each
 * log what follows its end without a gap, logs the store does not know yet after those it knows. An empty one gets the side tables as well. Only for
 * files that nobody has open; the projections have to be built anew afterwards. Throws `DomainError` as `openConnection` does.
 */
export function graft(file: string, key: Uint8Array, { logs, tables }: Salvage): Grafted {
  const connection = openConnection(file, key);
  try {
    const { db } = connection;
    migrate(db, migrations);
    return writingTo(db).must(() => {
      const table = entryTable(db);
      const own = ownLogTable(db);
      const known = new Map(own.all().map(({ identity }) => [identity.log, identity]));
      // Half-filled forms are of no use to the log, but somebody typed them.
      for (const side of tables) if (known.size === 0 || side.name === 'draft') fill(db, side);
      const present = [...known.values()].at(-1);
      const behind: { log: string; entries: readonly CarriedEntry[] }[] = [];
      let added = 0;
      for (const { identity, entries } of logs) {
        if (present && identity.installation !== present.installation) continue;
        const before = known.get(identity.log);
        for (const one of entries) eraseAgain(table, one);
        const rest = entries.filter(({ entry }) => !table.holds(entry.hash));
        const count = follow(table, identity.log, rest, () => {
          if (!before) own.add(named(identity, present));
        });
        added += count;
        if (count < rest.length) behind.push({ log: identity.log, entries: rest.slice(count) });
      }
      return { added, behind };
    });
  } finally {
    connection.close();
  }
}

/** A log's desk has one name; the file may have lost it. */
function named(identity: Identity, present: Identity | undefined): Identity {
  return identity.desk === '' && present ? { ...identity, desk: present.desk } : identity;
}

/** What was erased by law since the backup must not come back with it. */
function eraseAgain(table: ReturnType<typeof entryTable>, { entry, body }: CarriedEntry): void {
  const held = body && 'erased' in body ? table.byHash(entry.hash) : undefined;
  if (held) table.eraseBody(held.id, erasedBefore);
}

/** Appends what follows the log's end; how many did. `begin` is called before the first. */
function follow(table: ReturnType<typeof entryTable>, log: string, entries: readonly CarriedEntry[], begin: () => void): number {
  const end = table.end(log);
  let seq = end?.seq ?? 0;
  let hash = end?.hash ?? noHash;
  let newest = end?.newest ?? undefined;
  let count = 0;
  for (const { entry, body } of entries) {
    if (entry.header.seq !== seq + 1 || entry.header.prev !== hash) break;
    if (count === 0) begin();
    const at = workingTimeOf(entry);
    if (at !== undefined) newest = Math.max(at, newest ?? at);
    const id = table.add(entry, newest);
    if (body) table.addBody(id, body, erasedBefore);
    seq = entry.header.seq;
    hash = entry.hash;
    count += 1;
  }
  return count;
}

function fill(db: Database.Database, { name, rows }: SalvagedTable): void {
  for (const row of rows) {
    const columns = Object.keys(row);
    db.prepare(`INSERT OR REPLACE INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(...Object.values(row));
  }
}
