import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection } from '#db/connection.ts';
import { openDeskStore, nodeHasher, nodeRandom, type DeskStore } from '#db/index.ts';
import { ok } from '#shared/errors/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import { clock } from '../shared/dossier/sample.ts';
import { key } from '../db/sample.ts';
import { folderName, powerCuts, type CrashImage } from './power-cut.ts';
import { makeRecorder, recordWriter } from './writes.ts';

/** What came of many power cuts. */
export interface Cuts {
  readonly images: number;
  /** Acts told to somebody that an image did not have, counted over all images. */
  readonly lost: number;
  /** Images with at least one. */
  readonly losing: number;
  /** Images that could not be opened, or whose chain did not hold, by reason. */
  readonly broken: ReadonlyMap<string, number>;
}

/** A number in [0, 1) after the other from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Which writer is cut off: the desk's store, or a table under the store's own connection with the sync mode given. */
export type Writer = 'desk' | 'FULL' | 'NORMAL';

/** Records a writer that commits so many acts, and opens so many images of its disk as a power cut may leave them. `folder` is empty and is left so. */
export async function cutPower(writer: Writer, options: { readonly folder: string; readonly acts: number; readonly images: number; readonly seed: number }): Promise<Cuts> {
  const { folder, acts, images, seed } = options;
  const library = makeRecorder(folder);
  const disk = join(folder, folderName);
  const file = join(disk, 'desk.db');
  const script = writer === 'desk' ? '../db/writer.ts' : 'plain-writer.ts';
  const args = writer === 'desk' ? [file, mintUuid(clock.wall, nodeRandom)] : [file, writer];
  const { ops } = await recordWriter(library, disk, join(import.meta.dirname, script), args, acts + 1);
  let [lost, losing, opened] = [0, 0, 0];
  const broken = new Map<string, number>();
  const place = join(folder, 'image');
  for (const image of powerCuts(ops, images, randomFrom(seed))) {
    opened += 1;
    writeImage(place, image);
    try {
      const missing = writer === 'desk' ? missingActs(place, image) : missingRows(place, image);
      lost += missing;
      if (missing > 0) losing += 1;
    } catch (error) {
      const why = error instanceof Error ? error.message.slice(0, 80) : 'unknown';
      broken.set(why, (broken.get(why) ?? 0) + 1);
    }
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return { images: opened, lost, losing, broken };
}

function writeImage(place: string, { files }: CrashImage): void {
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(join(place, name), bytes);
}

/** Acts that were told and are not there. The last ones are asked for by name; the chain and the number of entries answer for those before. */
function missingActs(place: string, { promised }: CrashImage): number {
  const told = promised.slice(1);
  if (promised.length === 0) return 0;
  const store = openDeskStore({ file: join(place, 'desk.db'), key, hasher: nodeHasher, random: nodeRandom });
  try {
    const verified = store.verify();
    if (!verified.ok) throw new Error(verified.fault.code);
    const seq = store.identity() ? store.head().seq : 0;
    const byCount = Math.max(0, told.length - Math.floor((seq - 1) / 2));
    return Math.max(byCount, told.slice(-20).filter((line) => !isThere(store, line)).length);
  } finally {
    store.close();
  }
}

function isThere(store: DeskStore, line: string): boolean {
  const [act = '', dossier = ''] = line.split(' ');
  const again = store.commit({ act, actor: 's-1', clock, decide: () => ok([]) });
  return again.ok && again.value.repeated && again.value.entries.length === 2 && store.read.history(dossier).length === 1;
}

function missingRows(place: string, { promised }: CrashImage): number {
  if (promised.length === 0) return 0;
  const { db, close } = openConnection(join(place, 'desk.db'), new Uint8Array(32).fill(7));
  try {
    const row = db.prepare<[], { most: number | null }>('SELECT max(id) AS most FROM act').get();
    return Math.max(0, promised.length - 1 - (row?.most ?? 0));
  } finally {
    close();
  }
}
