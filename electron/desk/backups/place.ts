import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Outcome } from '#shared/errors/index.ts';
import { writeWhole } from '../whole-files.ts';

/** Where the backups of a desk go. Beside the store and not in it: whoever needs them cannot open the store. */
const placeSchema = z.object({ v: z.literal(1), folder: z.string().min(1).max(4096) });
const fileName = 'backups.json';

/** The folder an administrator chose; by default one beside the store. */
export function backupFolder(data: string): string {
  return readPlace(data) ?? defaultBackupFolder(data);
}

export function defaultBackupFolder(data: string): string {
  return join(data, 'backups');
}

/** All folders in which this desk's backups may stand, the chosen one first. */
export function backupFolders(data: string): readonly string[] {
  return [...new Set([backupFolder(data), defaultBackupFolder(data)])];
}

function readPlace(data: string): string | undefined {
  try {
    return placeSchema.safeParse(JSON.parse(readFileSync(join(data, fileName), 'utf8'))).data?.folder;
  } catch {
    // None was chosen, or it cannot be read: the default is a place that is there.
    return undefined;
  }
}

/** Forgets the chosen folder: backups go beside the store again. */
export function forgetBackupFolder(data: string): void {
  rmSync(join(data, fileName), { force: true });
}

/** Keeps the chosen folder. Error: `bundle.cannot-write`. */
export function chooseBackupFolder(data: string, folder: string): Outcome<true> {
  return writeWhole(join(data, fileName), Buffer.from(`${JSON.stringify({ v: 1, folder })}\n`));
}
