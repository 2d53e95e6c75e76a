import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { openSqliteStore } from '#central/store/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'quay-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the centre's store", () => {
  it('keeps nothing of a transaction that fails, and goes on', async () => {
    const store = openSqliteStore(join(folder, 'a.db'));
    await expect(store.transaction(async (writer) => {
      await writer.setNote('a', '1');
      throw new Error('stop');
    })).rejects.toThrow('stop');
    expect(await store.note('a')).toBeUndefined();
    await store.transaction((writer) => writer.setNote('a', '2'));
    expect(await store.note('a')).toBe('2');
    await store.close();
  });

  it('runs transactions one after the other, and shows only what is committed', async () => {
    const store = openSqliteStore(join(folder, 'b.db'));
    const add = () => store.transaction(async (writer) => {
      const before = Number((await writer.note('count')) ?? '0');
      expect(Number((await store.note('count')) ?? '0')).toBe(before);
      await writer.setNote('count', String(before + 1));
    });
    await Promise.all(Array.from({ length: 50 }, add));
    expect(await store.note('count')).toBe('50');
    await store.close();
  });

  it('writes ahead into a log', async () => {
    const file = join(folder, 'c.db');
    const store = openSqliteStore(file);
    const other = new Database(file, { readonly: true });
    expect(other.pragma('journal_mode', { simple: true })).toBe('wal');
    other.close();
    await store.close();
  });

  it('refuses a newer database and a file that is none', () => {
    const newer = join(folder, 'd.db');
    const db = new Database(newer);
    db.pragma('user_version = 99');
    db.close();
    expect(() => openSqliteStore(newer)).toThrow('store.newer-version');
    const none = join(folder, 'e.db');
    writeFileSync(none, 'không phải cơ sở dữ liệu '.repeat(100));
    expect(() => openSqliteStore(none)).toThrow('store.damaged');
  });
});
