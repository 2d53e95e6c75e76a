import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { openSqliteStore } from '#central/store/index.ts';
import { storeSuite } from './suite.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'quay-store-'));

storeSuite('SQLite', async () => {
  const folder = newFolder();
  const file = join(folder, 'centre.db');
  return {
    open: async () => openSqliteStore(file),
    makeNewer: async () => {
      const db = new Database(file);
      db.pragma('user_version = 99');
      db.close();
    },
    end: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

describe('the embedded store', () => {
  it('writes ahead into a log', async () => {
    const folder = newFolder();
    const file = join(folder, 'c.db');
    const store = openSqliteStore(file);
    const other = new Database(file, { readonly: true });
    expect(other.pragma('journal_mode', { simple: true })).toBe('wal');
    other.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('refuses a file that is no database', () => {
    const folder = newFolder();
    const none = join(folder, 'e.db');
    writeFileSync(none, 'không phải cơ sở dữ liệu '.repeat(100));
    expect(() => openSqliteStore(none)).toThrow('store.damaged');
    rmSync(folder, { recursive: true, force: true });
  });
});
