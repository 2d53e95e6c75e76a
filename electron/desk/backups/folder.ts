import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hashSchema, uuidSchema } from '#shared/log/index.ts';
import { deskFiles } from '../desk-files.ts';
import { writeWhole } from '../whole-files.ts';
import { kept } from './ladder.ts';

/** What stands beside each backup, so that the list can be shown without opening any. Nothing personal. */
const manifestSchema = z.strictObject({
  v: z.literal(1),
  number: z.int().positive(),
  /** Working time when it was made, milliseconds. */
  at: z.int(),
  bytes: z.int().positive(),
  installation: uuidSchema,
  /** The log written then, and its end. */
  log: uuidSchema,
  seq: z.int().nonnegative(),
  hash: hashSchema,
  /** Entries the centre had not acknowledged then. */
  unsent: z.int().nonnegative(),
  software: z.string().max(64),
  /** How many erasures by the centre were known when it was made, or were applied to it since. */
  erasures: z.int().nonnegative().optional(),
  /** A cleaned copy is about to take its place: which of the two stands there is told by the size. */
  next: z.strictObject({ bytes: z.int().positive(), erasures: z.int().nonnegative() }).optional(),
});
export type BackupManifest = z.infer<typeof manifestSchema>;

/** A backup that is there, with its file. */
export interface Backup extends Omit<BackupManifest, 'next'> {
  readonly file: string;
}

/** Room that stays free on the disk, beyond the backup itself, bytes. */
const reserve = 64 * 1024 * 1024;

/** The backups of a folder, newest first. A file without its manifest, or the other way round, is an attempt that was cut off. */
export function listBackups(folder: string): readonly Backup[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => /^quay-\d{6,}\.json$/.test(name)).flatMap((name): Backup[] => {
    const file = join(folder, `${name.slice(0, -5)}.db`);
    const manifest = existsSync(file) ? readManifest(join(folder, name)) : undefined;
    if (!manifest) return [];
    const { next, ...before } = manifest;
    const { size } = statSync(file);
    return size === before.bytes ? [{ ...before, file }] : size === next?.bytes ? [{ ...before, ...next, file }] : [];
  }).toSorted((a, b) => b.number - a.number);
}

function readManifest(file: string): BackupManifest | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    // Half written: the backup beside it does not count.
    return undefined;
  }
}

/** The next number of a folder: above all that ever stood there, whole or not. */
export function nextNumber(folder: string): number {
  const numbers = existsSync(folder) ? readdirSync(folder).map((name) => Number(/^quay-(\d{6,})\./.exec(name)?.[1] ?? 0)) : [];
  return Math.max(0, ...numbers) + 1;
}

/**
 * Makes room for an attempt: what earlier ones left half done goes. Gives where the backup is to be written first. A folder that somebody chose is not
 * made anew: where its disk is not plugged in, it would come to stand on this one.
 */
export function beginBackup(folder: string, makeFolder: boolean): string {
  if (makeFolder) mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) if (/^quay-\d{6,}\.db\.part/.test(name)) rmSync(join(folder, name), { force: true });
  return join(folder, `quay-${String(nextNumber(folder)).padStart(6, '0')}.db.part`);
}

/** Gives a backup that verifies its name and its manifest; from then on it counts. */
export function finishBackup(part: string, manifest: Omit<BackupManifest, 'v' | 'bytes' | 'number'>): Backup {
  const file = part.slice(0, -'.part'.length);
  const number = Number(/quay-(\d{6,})\.db$/.exec(file)?.[1]);
  const whole: BackupManifest = { v: 1, number, bytes: statSync(part).size, ...manifest };
  renameSync(part, file);
  writeManifest(file, whole);
  return { ...whole, file };
}

/** Where a backup is copied to, to be worked on; what a cut leaves of it goes with the next attempt. */
export function workingCopy({ file }: Backup): { readonly old: string; readonly cleaned: string } {
  const copy = { old: `${file}.part-old`, cleaned: `${file}.part` };
  for (const name of [copy.old, `${copy.old}-wal`, `${copy.old}-shm`, copy.cleaned]) rmSync(name, { force: true });
  copyFileSync(file, copy.old);
  return copy;
}

/** Puts a cleaned copy in the place of a backup. Its manifest tells of both while they change places, so that a cut at any point leaves one that counts. */
export function replaceBackup(backup: Backup, cleaned: string, erasures: number): void {
  const { file, ...manifest } = backup;
  const next = { bytes: statSync(cleaned).size, erasures };
  writeManifest(file, { ...manifest, next });
  renameSync(cleaned, file);
  writeManifest(file, { ...manifest, ...next });
}

function writeManifest(file: string, manifest: BackupManifest): void {
  const written = writeWhole(`${file.slice(0, -3)}.json`, Buffer.from(`${JSON.stringify(manifest)}\n`));
  if (!written.ok) throw Object.assign(new Error('the manifest was not written'), { code: written.fault.params['reason'] });
}

/**
 * Keeps the store's wrapped key beside the backups: without it a backup on another disk is of no use once this one is gone. The key in it is wrapped
 * by this computer's keychain and to the province's recovery key; neither is here.
 */
export function keepKeyBeside(data: string, folder: string): void {
  const envelope = join(data, deskFiles.key);
  if (existsSync(envelope)) copyFileSync(envelope, join(folder, deskFiles.key));
}

/** Removes what the ladder does not keep. */
export function thinOut(folder: string): void {
  const all = listBackups(folder);
  const keep = new Set(kept(all));
  for (const backup of all) if (!keep.has(backup)) removeBackup(backup);
}

/** Removes every backup of an installation from a folder. */
export function removeAllBackups(folder: string, installation: string): void {
  for (const backup of listBackups(folder)) if (backup.installation === installation) removeBackup(backup);
}

function removeBackup({ file }: Backup): void {
  // The manifest first: without it the file counts for nothing, whatever happens next.
  rmSync(`${file.slice(0, -3)}.json`, { force: true });
  rmSync(file, { force: true });
}

/** Whether a folder has room for a backup of about so many bytes. */
export function hasRoom(folder: string, bytes: number): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > bytes + reserve;
}

/** Whether two places are on the same disk: then one failure takes both. */
export function sameDisk(one: string, other: string): boolean {
  return statSync(one).dev === statSync(other).dev;
}
