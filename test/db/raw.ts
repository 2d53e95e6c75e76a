import { copyFileSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { unlock } from '#db/index.ts';
import { key } from './sample.ts';

/** Opens a store's file past its door, as its encryption allows; the store itself must be closed. */
export function openRaw(file: string, secret: Uint8Array = key): Database.Database {
  const db = new Database(file);
  unlock(db, secret);
  return db;
}

/** Every byte of a store's file, free pages and index pages included, as the key shows them. */
export function plainBytes(file: string): Buffer {
  const copy = `${file}.plain`;
  copyFileSync(file, copy);
  const db = openRaw(copy);
  db.pragma('journal_mode = DELETE');
  db.pragma("rekey = ''");
  db.close();
  return readFileSync(copy);
}
