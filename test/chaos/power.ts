import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { centreKinds, centreReceiptSchema, readOwnLog } from '#central/ledger/index.ts';
import { openSqliteStore } from '#central/store/index.ts';
import { openConnection } from '#db/connection.ts';
import { openDeskStore, nodeHasher, nodeRandom, type DeskStore } from '#db/index.ts';
import { ok } from '#shared/errors/index.ts';
import { emptyHead, followChain, mintUuid } from '#shared/log/index.ts';
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

/** Which writer is cut off: the desk's store, the centre's embedded one, or a table under the desk's own connection with the sync mode given. */
export type Writer = 'desk' | 'centre' | 'FULL' | 'NORMAL';

interface Cut {
  readonly script: string;
  readonly args: readonly string[];
  /** How many of the acts told before the cut an image does not have. Throws where it is not whole. */
  missing(place: string, image: CrashImage): number | Promise<number>;
}

const writers: Readonly<Record<Writer, (disk: string) => Cut>> = {
  desk: (disk) => ({ script: '../db/writer.ts', args: [join(disk, 'desk.db'), mintUuid(clock.wall, nodeRandom)], missing: missingActs }),
  centre: (disk) => ({ script: 'centre-writer.ts', args: [join(disk, 'centre.db')], missing: missingAcknowledged }),
  FULL: (disk) => ({ script: 'plain-writer.ts', args: [join(disk, 'desk.db'), 'FULL'], missing: missingRows }),
  NORMAL: (disk) => ({ script: 'plain-writer.ts', args: [join(disk, 'desk.db'), 'NORMAL'], missing: missingRows }),
};

/** Records a writer that commits so many acts, and opens so many images of its disk as a power cut may leave them. `folder` is empty and is left so. */
export async function cutPower(writer: Writer, options: { readonly folder: string; readonly acts: number; readonly images: number; readonly seed: number }): Promise<Cuts> {
  const { folder, acts, images, seed } = options;
  const library = makeRecorder(folder);
  const disk = join(folder, folderName);
  const { script, args, missing } = writers[writer](disk);
  const { ops } = await recordWriter(library, disk, join(import.meta.dirname, script), args, acts + 1);
  let [lost, losing, opened] = [0, 0, 0];
  const broken = new Map<string, number>();
  const place = join(folder, 'image');
  for (const image of powerCuts(ops, images, randomFrom(seed))) {
    opened += 1;
    writeImage(place, image);
    try {
      const gone = await missing(place, image);
      lost += gone;
      if (gone > 0) losing += 1;
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

/** Acknowledged entries that the centre does not hold, or has no receipt of. Throws where a log, or the centre's own, is not one chain. */
async function missingAcknowledged(place: string, { promised }: CrashImage): Promise<number> {
  if (promised.length === 0) return 0;
  const store = openSqliteStore(join(place, 'centre.db'));
  try {
    const logs = await store.logs();
    for (const { log, head, signed } of logs) {
      const entries = await readOwnLog(store, log);
      const followed = followChain(emptyHead(log), entries);
      if (!followed.ok || followed.value.hash !== head.hash || (signed && signed.hash !== head.hash)) throw new Error('a log is not one chain up to its signed head');
    }
    const own = logs.find(({ installation }) => installation === undefined)?.log ?? '';
    const receipts = (await readOwnLog(store, own)).filter(({ header }) => header.kind === centreKinds.receipt).map(({ header }) => centreReceiptSchema.parse(header.facts));
    let missing = 0;
    for (const line of promised.slice(1)) {
      const [log = '', seq = '', hash = ''] = line.split(' ');
      const held = (await store.hashAt(log, Number(seq))) === hash;
      if (!held || !receipts.some((one) => one.log === log && one.seq === Number(seq) && one.hash === hash)) missing += 1;
    }
    return missing;
  } finally {
    await store.close();
  }
}
