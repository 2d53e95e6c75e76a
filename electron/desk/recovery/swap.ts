import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DomainError } from '#shared/errors/index.ts';
import { attachmentsFolder, deskFiles } from '../desk-files.ts';
import { writeWhole } from '../whole-files.ts';

/** The store put back, while it is not yet in its place. */
export const recoveredName = `${deskFiles.database}.recovered`;
const journalName = 'recovery.json';
const journalSchema = z.strictObject({ v: z.literal(1), aside: z.string().regex(/^(?:damaged|former)-[0-9-]+$/) });
/** The write-ahead log goes first: beside another database it would be played into that one. */
const storeFiles = [`${deskFiles.database}-wal`, `${deskFiles.database}-shm`, deskFiles.database] as const;

/** Why a store is set aside: it is damaged, or of an agency that the installation has left. The folder's name begins with it. */
export type Aside = 'damaged' | 'former';

/** A folder that nothing was set aside in before: what stands there is never written over. */
export function freeName(data: string, why: Aside, wall: number): string {
  const name = `${why}-${new Date(wall).toISOString().slice(0, 19).replaceAll(/[:T]/g, '-')}`;
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${name}-${count}`;
    if (!existsSync(join(data, free))) return free;
  }
}

/** By the wall clock when a store was set aside in a folder of this name, milliseconds; undefined for any other folder. */
export function asideSince(why: Aside, name: string): number | undefined {
  const [, of, date, hour, minute, second] = /^([a-z]+)-(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)-(\d\d)(?:-\d+)?$/.exec(name) ?? [];
  return of === why ? Date.parse(`${date}T${hour}:${minute}:${second}Z`) : undefined;
}

/** Removes a store's files. */
export function removeStore(file: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
}

/**
 * Puts a store that is whole, and on the disk, into the place of another, which is set aside in a folder of its own, with the papers beside it where the desk goes to another agency. A journal says
 * that this is under way, so that a crash at any point is gone on from at the next start; there is never a moment without a store.
 */
export function swapIn(data: string, aside: string): void {
  const written = writeWhole(join(data, journalName), Buffer.from(JSON.stringify({ v: 1, aside })));
  if (!written.ok) throw new DomainError('store.disk-full');
  finishSwap(data);
}

/** Whether a swap was begun and is not finished: the store put back must stay where it is until it is. */
export function swapUnderWay(data: string): boolean {
  return existsSync(join(data, journalName));
}

/** Finishes a swap that was cut off; to be called before the store is looked at. */
export function finishSwap(data: string): void {
  if (!swapUnderWay(data)) return;
  const journal = join(data, journalName);
  const { aside } = journalSchema.parse(JSON.parse(readFileSync(journal, 'utf8')));
  const recovered = join(data, recoveredName);
  if (existsSync(recovered)) {
    mkdirSync(join(data, aside), { recursive: true, mode: 0o700 });
    for (const name of asideSince('former', aside) !== undefined ? [...storeFiles, attachmentsFolder] : storeFiles) if (existsSync(join(data, name))) renameSync(join(data, name), join(data, aside, name));
    renameSync(recovered, join(data, deskFiles.database));
  }
  rmSync(journal);
}
