import Database from 'better-sqlite3';
import { bodyFits, logKinds, logOpenedSchema, parseEntry, type Entry, type SealedBody } from '#shared/log/index.ts';
import type { Hasher } from '#shared/ports.ts';
import type { CarriedEntry } from '#shared/sync/index.ts';
import { unlock } from './connection.ts';
import type { Identity } from './contract.ts';
import { isSqlite } from './failure.ts';

/** One of this installation's logs as far as it can be read from a damaged file: entries that verify each for themselves, by their places. */
export interface SalvagedLog {
  readonly identity: Identity;
  readonly entries: readonly CarriedEntry[];
}

/** A table that is no log and no projection, row by row as it stands. */
export interface SalvagedTable {
  readonly name: string;
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
}

/** What can be read from a damaged file (tệp hỏng). */
export interface Salvage {
  /** False where not even its first page opens under the key. */
  readonly readable: boolean;
  /** In the order in which they were opened. */
  readonly logs: readonly SalvagedLog[];
  readonly tables: readonly SalvagedTable[];
}

interface Row {
  readonly id: number;
  readonly log: string;
  readonly hash: string;
  readonly text: string;
}

/** Tables that a store without a backup to begin with needs. */
const sideTables = ['memo', 'catalogue', 'anchor', 'draft', 'code_use'] as const;
/** Rows read at once while nothing is wrong. */
const stretch = 500;

/**
 * Reads from a damaged file what still verifies: every page is authenticated, so what can be read is what was written. `file` is a copy that may be
 * changed, with its write-ahead log beside it. Nothing is thrown for damage, however bad.
 */
export function salvage(file: string, key: Uint8Array, hasher: Hasher): Salvage {
  const db = new Database(file, { timeout: 300 });
  try {
    unlock(db, key);
    if (attempt(() => db.prepare('SELECT count(*) FROM sqlite_schema').get()) === undefined) return { readable: false, logs: [], tables: [] };
    const listed = attempt(() => db.prepare<[], Identity>('SELECT log, installation, agency, desk, public_key AS publicKey FROM own_log ORDER BY position').all());
    const entries = [...wholeEntries(db, listed && new Set(listed.map(({ log }) => log)), hasher)];
    return { readable: true, logs: byLog(identities(listed ?? [], entries), entries), tables: sideTables.map((name) => ({ name, rows: rowsOf(db, name) })) };
  } finally {
    attempt(() => db.close());
  }
}

/** The result, or undefined where the file is broken there. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!isSqlite(error)) throw error;
    return undefined;
  }
}

/** The logs this installation wrote: as the table says; where that cannot be read, as the logs' own first entries say (others' among them). */
function identities(listed: readonly Identity[], entries: readonly CarriedEntry[]): readonly Identity[] {
  const found = new Map(listed.map((identity) => [identity.log, identity]));
  if (listed.length === 0) for (const { entry: { header } } of entries) {
    const opened = header.kind === logKinds.opened ? logOpenedSchema.safeParse(header.facts) : undefined;
    if (!opened?.success || found.has(header.log)) continue;
    const { installation, publicKey } = opened.data;
    // Where the table cannot be read the desk's own name is not known; whoever goes on from a backup takes it from there.
    found.set(header.log, { installation, agency: header.agency, desk: '', log: header.log, publicKey });
  }
  return [...found.values()];
}

function byLog(found: readonly Identity[], entries: readonly CarriedEntry[]): SalvagedLog[] {
  const lists = new Map<string, CarriedEntry[]>(found.map(({ log }) => [log, []]));
  for (const one of entries) lists.get(one.entry.header.log)?.push(one);
  return found.map((identity) => ({ identity, entries: (lists.get(identity.log) ?? []).toSorted((a, b) => a.entry.header.seq - b.entry.header.seq) }));
}

/** Every entry on the line of these logs, or of any, that is whole, with its body. */
function* wholeEntries(db: Database.Database, logs: ReadonlySet<string> | undefined, hasher: Hasher): Generator<CarriedEntry> {
  const body = attempt(() => db.prepare<[number], { salt: string | null; body: string | null }>('SELECT salt, body FROM sealed_body WHERE entry = ?'));
  for (const row of entryRows(db)) {
    if (logs && !logs.has(row.log)) continue;
    const entry = parseEntry(row.text, hasher);
    if (!entry.ok || entry.value.hash !== row.hash || entry.value.header.log !== row.log) continue;
    const held = bodyFor(entry.value, () => body && attempt(() => body.get(row.id)));
    if (bodyFits(entry.value, held, hasher)) yield held ? { entry: entry.value, body: held } : { entry: entry.value };
  }
}

function bodyFor({ header }: Entry, get: () => { salt: string | null; body: string | null } | undefined): SealedBody | undefined {
  if (header.sealed === undefined) return undefined;
  const row = get();
  if (!row) return undefined;
  return row.salt === null || row.body === null ? { erased: true } : { salt: row.salt, body: row.body };
}

/** The rows of the log that can be read: many at once while nothing is wrong, one by one around what is. */
function* entryRows(db: Database.Database): Generator<Row> {
  const some = attempt(() => db.prepare<[number, number], Row>('SELECT id, log, hash, text FROM entry WHERE id > ? AND id <= ?'));
  if (!some) return;
  const last = lastId(db);
  for (let from = 0; from < last; from += stretch) {
    const rows = attempt(() => some.all(from, from + stretch));
    if (rows) yield* rows;
    else for (let id = from; id < from + stretch; id += 1) yield* attempt(() => some.all(id, id + 1)) ?? [];
  }
}

/** The greatest place in the table; where the end of the tree is broken, what any of its indexes still knows of. */
function lastId(db: Database.Database): number {
  const questions = ['SELECT max(id) AS id FROM entry', 'SELECT max(entry) AS id FROM sealed_body', 'SELECT max(rowid) AS id FROM entry INDEXED BY entry_act', 'SELECT max(rowid) AS id FROM entry INDEXED BY sqlite_autoindex_entry_1'];
  const answers = questions.flatMap((question) => attempt(() => db.prepare<[], { id: number | null }>(question).get())?.id ?? []);
  return Math.max(0, ...answers);
}

function rowsOf(db: Database.Database, table: (typeof sideTables)[number]): SalvagedTable['rows'] {
  const rows: Record<string, string | number | null>[] = [];
  attempt(() => {
    for (const row of db.prepare<[], Record<string, string | number | null>>(`SELECT * FROM ${table}`).iterate()) rows.push(row);
  });
  return rows;
}
