import { existsSync, rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { DomainError, type Outcome } from '#shared/errors/index.ts';
import type { Hasher } from '#shared/ports.ts';
import { openConnection, type Connection } from './connection.ts';
import { diskFull, inOwnWords } from './failure.ts';
import { settle } from './settle.ts';
import { verifyDatabase } from './verify.ts';

/**
 * Writes an encrypted copy, puts it on the disk for good, opens it again with the key and verifies it. A copy that does
 * not verify is removed. Errors: `store.disk-full`, `store.damaged`, `log.bad-chain`.
 */
export function backupTo(db: Database.Database, target: string, key: Uint8Array, hasher: Hasher): Outcome<true> {
  if (existsSync(target)) throw new RangeError('a backup never replaces a file');
  try {
    // `VACUUM INTO` keeps the cipher and key; the online backup of SQLite cannot.
    db.prepare('VACUUM INTO ?').run(target);
  } catch (error) {
    rmSync(target, { force: true });
    const full = diskFull(error);
    if (full) return { ok: false, fault: full };
    throw inOwnWords(error);
  }
  settle(target);
  const verified = verifyCopy(target, key, hasher);
  if (!verified.ok) rmSync(target, { force: true });
  return verified;
}

function verifyCopy(file: string, key: Uint8Array, hasher: Hasher): Outcome<true> {
  let copy: Connection;
  try {
    copy = openConnection(file, key);
  } catch (error) {
    if (error instanceof DomainError) return { ok: false, fault: error.fault };
    throw error;
  }
  try {
    return verifyDatabase(copy.db, hasher);
  } finally {
    copy.close();
  }
}
