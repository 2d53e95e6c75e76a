import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { openDeskStore, type DeskStore, type Erasure } from '#db/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { Hasher, Random } from '#shared/ports.ts';
import { hasRoom, listBackups, replaceBackup, workingCopy, type Backup } from './folder.ts';

interface ErasingPorts {
  readonly key: Uint8Array;
  readonly hasher: Hasher;
  readonly random: Random;
}

/** The newest backup of the first of these folders with one that was made before the centre erased something and still holds it; none of those that are `spoilt`. */
export function backupToErase(folders: readonly string[], erasures: readonly Erasure[], spoilt: ReadonlySet<string> = new Set()): Backup | undefined {
  return erasures.length === 0 ? undefined : folders.flatMap(listBackups).find(({ file, erasures: known = 0 }) => known < erasures.length && !spoilt.has(file));
}

/**
 * Erases in a backup what the centre erased since it was made: on a copy, which is written anew and verified before it takes the backup's place. Errors:
 * `store.disk-full`, `store.damaged`, `log.bad-chain`. Throws `DomainError` for a backup that cannot be opened, and the system's errors.
 */
export function eraseInBackup(backup: Backup, erasures: readonly Erasure[], { key, hasher, random }: ErasingPorts): Outcome<true> {
  if (!hasRoom(dirname(backup.file), backup.bytes * 2)) return fail('store.disk-full');
  const { old, cleaned } = workingCopy(backup);
  let copy: DeskStore | undefined;
  try {
    copy = openDeskStore({ file: old, key, hasher, random });
    const erased = copy.eraseDossiers(erasures);
    if (!erased.ok) return erased;
    const written = copy.backup(cleaned);
    if (!written.ok) return written;
    replaceBackup(backup, cleaned, erasures.length);
    return ok(true);
  } finally {
    copy?.close();
    for (const name of [old, `${old}-wal`, `${old}-shm`, cleaned]) rmSync(name, { force: true });
  }
}
