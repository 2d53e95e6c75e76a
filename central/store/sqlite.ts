import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { DomainError } from '#shared/errors/index.ts';
import { migrations } from './migrations.ts';
import type { CentreStore } from './port.ts';
import { sqliteReader } from './sqlite-reader.ts';
import { guarded, turnsOver } from './sqlite-turns.ts';
import { sqliteWriter } from './sqlite-writer.ts';

const checkpointRows = z.tuple([z.object({ busy: z.int() })]);

/**
 * Opens the embedded store, or makes a new one. One connection writes, one transaction after the other; another one
 * reads what is committed. Throws `DomainError`: `store.newer-version`, `store.damaged`, `store.not-durable`,
 * `store.disk-full`.
 */
export function openSqliteStore(file: string): CentreStore {
  const db = guarded(() => open(file));
  const readable = guarded(() => new Database(file, { readonly: true, fileMustExist: true }));
  const reader = sqliteReader(readable);
  const writer = sqliteWriter(db, sqliteReader(db));
  const { done, ...turns } = turnsOver(db, writer);

  return {
    ...reader, ...turns,
    cleanse: async () => {
      await done();
      // The old pages stand in the write-ahead log until it is moved over and cut off.
      const [row] = checkpointRows.parse(guarded(() => db.pragma('wal_checkpoint(TRUNCATE)')));
      return row.busy === 0;
    },
    close: async () => {
      await done();
      readable.close();
      db.close();
    },
  };
}

function open(file: string): Database.Database {
  // Made by hand so that only the owner can read it; SQLite gives its other files the same mode.
  closeSync(openSync(file, 'a', 0o600));
  const db = new Database(file);
  try {
    db.pragma('journal_mode = WAL');
    // In WAL this build's default is NORMAL, which loses acknowledged rows in a power cut.
    db.pragma('synchronous = FULL');
    // While tables are made anew; inside a transaction the switch does nothing.
    db.pragma('foreign_keys = OFF');
    db.pragma('busy_timeout = 10000');
    db.pragma('journal_size_limit = 67108864');
    // 32 MB of pages, and 16 MB of log before they go into the file: one batch touches more than the defaults hold, and would write its pages twice.
    db.pragma('cache_size = -32768');
    db.pragma('wal_autocheckpoint = 4096');
    const synchronous = Number(db.pragma('synchronous', { simple: true }));
    if (synchronous < 2 || db.pragma('journal_mode', { simple: true }) !== 'wal') throw new DomainError('store.not-durable', { found: `synchronous=${synchronous}` });
    migrate(db);
    db.pragma('foreign_keys = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: Database.Database): void {
  const step = db.transaction(() => {
    const found = Number(db.pragma('user_version', { simple: true }));
    if (found > migrations.length) throw new DomainError('store.newer-version', { found, known: migrations.length });
    for (const migration of migrations.slice(found)) {
      if (typeof migration === 'string') db.exec(migration);
      else migration(db);
    }
    if (found === migrations.length) return;
    const broken = db.pragma('foreign_key_check');
    if (Array.isArray(broken) && broken.length > 0) throw new DomainError('store.damaged', {});
    db.pragma(`user_version = ${migrations.length}`);
  });
  step.immediate();
}
