import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { DomainError } from '#shared/errors/index.ts';
import { guarded } from './failure.ts';

/** SQLite's name for `synchronous=FULL`. */
const full = 2;
/** The write-ahead log is moved into the file when idle; this many pages (64 MiB) at the latest. */
const walPages = 16_384;
const walBytes = 64 * 1024 * 1024;

/** Throws `store.not-durable` unless every commit is on the disk before it is answered. */
export function assertDurable(db: Database.Database): void {
  const mode = db.pragma('journal_mode', { simple: true });
  const synchronous = db.pragma('synchronous', { simple: true });
  if (mode !== 'wal' || synchronous !== full) throw new DomainError('store.not-durable', { found: `${String(synchronous)}/${String(mode)}` });
}

/** Throws `store.not-encrypted` if the file can be read without its key. Nothing to say about a file that is not there yet. */
function assertEncrypted(file: string): void {
  if (!existsSync(file)) return;
  const head = Buffer.alloc(16);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, 16, 0);
  } finally {
    closeSync(handle);
  }
  if (head.toString('latin1').startsWith('SQLite format 3')) throw new DomainError('store.not-encrypted');
}

/**
 * Chooses the cipher and gives the raw key, 32 bytes. AEGIS-256 seals and authenticates each page with the processor's own AES:
 * the bench `commit` shows what SQLCipher's format costs beside it (docs/decisions/0009).
 */
export function unlock(db: Database.Database, key: Uint8Array): void {
  // The cipher comes first: a key given before it is chosen may be taken for another format.
  db.pragma("cipher = 'aegis'");
  db.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`);
}

function configure(db: Database.Database, key: Uint8Array): void {
  unlock(db, key);
  // One writer: the lock is taken now and kept, so a second process learns it here and not in the middle of an act.
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('mmap_size = 0');
  db.pragma('temp_store = MEMORY');
  db.pragma('journal_mode = WAL');
  // The build's default in WAL is NORMAL, which loses acknowledged rows in a power cut.
  db.pragma('synchronous = FULL');
  db.pragma('fullfsync = ON');
  db.pragma('checkpoint_fullfsync = ON');
  db.pragma('foreign_keys = ON');
  // Deleted rows are overwritten: an erased body must not live on in a free page.
  db.pragma('secure_delete = ON');
  db.pragma('cache_size = -65536');
  db.pragma(`wal_autocheckpoint = ${walPages}`);
  db.pragma(`journal_size_limit = ${walBytes}`);
  db.exec('BEGIN EXCLUSIVE; COMMIT');
}

function connect(file: string, key: Uint8Array): Database.Database {
  const db = guarded(() => new Database(file, { timeout: 300 }));
  try {
    guarded(() => configure(db, key));
    assertDurable(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Files this process has open. */
const openFiles = new Set<string>();

/** An open database and the way to let go of it. */
export interface Connection {
  readonly db: Database.Database;
  close(): void;
}

/**
 * Opens the encrypted file for one writer: AEGIS-256 with a raw key, write-ahead log with FULL sync.
 * Throws `store.wrong-key`, `store.in-use`, `store.damaged`, `store.not-durable`, `store.not-encrypted`.
 *
 * While it is open this process must not open the file in any other way: POSIX drops all locks of a process on a file as
 * soon as the process closes any handle of it, and a second desk process could then write into the same file.
 */
export function openConnection(file: string, key: Uint8Array): Connection {
  if (key.length !== 32) throw new RangeError('the key has 32 bytes');
  const name = resolve(file);
  if (openFiles.has(name)) throw new DomainError('store.in-use');
  // A new file is made first and looked at while nobody has it open.
  if (!existsSync(file)) connect(file, key).close();
  assertEncrypted(file);
  const db = connect(file, key);
  openFiles.add(name);
  return {
    db,
    close() {
      db.close();
      openFiles.delete(name);
    },
  };
}
