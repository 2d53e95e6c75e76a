import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DomainError } from '#shared/errors/index.ts';
import { attachmentsFolder, deskFiles } from '../desk-files.ts';
import { writeWhole } from '../whole-files.ts';

/** The store put back, while it is not yet in its place. */
export const recoveredName = `${deskFiles.database}.recovered`;
const journalName = 'recovery.json';
const journalSchema = z.strictObject({ v: z.literal(1), aside: z.string().regex(/^(?:damaged|left)-[0-9-]+$/) });
/** The write-ahead log goes first: beside another database it would be played into that one. */
const storeFiles = [`${deskFiles.database}-wal`, `${deskFiles.database}-shm`, deskFiles.database] as const;

/** A folder that nothing was set aside in before: what stands there is never written over. */
export function freeName(data: string, prefix: 'damaged' | 'left', wall: number): string {
  const name = `${prefix}-${new Date(wall).toISOString().slice(0, 19).replaceAll(/[:T]/g, '-')}`;
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${name}-${count}`;
    if (!existsSync(join(data, free))) return free;
  }
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
    for (const name of aside.startsWith('left-') ? [...storeFiles, attachmentsFolder] : storeFiles) if (existsSync(join(data, name))) renameSync(join(data, name), join(data, aside, name));
    renameSync(recovered, join(data, deskFiles.database));
  }
  rmSync(journal);
}
