/** How the desk's store and the centre's find what they are asked for: a log grows for years, and nothing that is asked every few minutes may walk all of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { openSqliteStore } from '#central/store/index.ts';
import { nodeHasher, nodeRandom, openDeskStore } from '#db/index.ts';

const folders: string[] = [];
afterEach(() => {
  jest.restoreAllMocks();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'quay-plans-'));
  folders.push(folder);
  return folder;
}

const planRows = z.array(z.object({ detail: z.string() }));

/** The statements, in one line each, that a store prepares and that read one of the tables from end to end. */
function walking(tables: readonly string[], open: () => { close(): unknown }): string[] {
  const statements = new Map<string, Database.Database>();
  const prepare = Database.prototype.prepare;
  jest.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, sql: string) {
    statements.set(sql, this);
    return prepare.call(this, sql);
  });
  const store = open();
  const walked: string[] = [];
  for (const [sql, db] of statements) {
    // Those of migrations name tables that are gone, and run once.
    if (!/^\s*(SELECT|INSERT|UPDATE|DELETE)/.test(sql)) continue;
    const names = [...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, null]);
    const values: readonly unknown[] = names.length > 0 ? [Object.fromEntries(names)] : [...sql.matchAll(/\?/g)].map(() => null);
    let plan: unknown;
    try {
      const explained: Database.Statement<unknown[]> = prepare.call(db, `EXPLAIN QUERY PLAN ${sql}`);
      plan = explained.all(...values);
    } catch (error) {
      if (String(error).includes('no such table')) continue;
      throw error;
    }
    const aliases = new Map([...sql.matchAll(/\b(?:FROM|JOIN)\s+(\w+)\s+(?:AS\s+)?(\w+)/g)].map(([, table, alias]) => [alias, table]));
    const ends = planRows.parse(plan).some(({ detail }) => {
      const [, name] = /^SCAN (\w+)/.exec(detail) ?? [];
      // That index holds the few erasures alone.
      return name !== undefined && tables.includes(aliases.get(name) ?? name) && !detail.includes('INDEX entry_erasure');
    });
    if (ends) walked.push(sql.replaceAll(/\s+/g, ' ').trim());
  }
  store.close();
  expect(statements.size).toBeGreaterThan(30);
  return walked;
}

describe('a statement that reads all of a log', () => {
  it('is asked for by the desk only where everything is wanted', () => {
    const file = join(newFolder(), 'desk.db');
    const found = walking(['entry', 'sealed_body', 'dossier', 'lookup'], () => openDeskStore({ file, key: new Uint8Array(32).fill(7), hasher: nodeHasher, random: nodeRandom }));
    // The hash of the whole state.
    expect(found).toEqual(['SELECT state FROM dossier ORDER BY dossier']);
  });

  it('is asked for by the centre only where a person is looked for in every text, at an erasure', () => {
    const file = join(newFolder(), 'centre.db');
    let closing: Promise<void> | undefined;
    const found = walking(['entries', 'feed', 'dossiers', 'parts', 'dossier_codes'], () => {
      const store = openSqliteStore(file);
      return { close: () => (closing = store.close()) };
    });
    expect(found.filter((sql) => !sql.startsWith('INSERT INTO dossiers'))).toEqual(['SELECT 1 FROM entries WHERE instr(text, ?) > 0 AND dossier IS NOT ? LIMIT 1']);
    return closing;
  });
});
