import type { Op } from './writes.ts';

/** The recorder's name for the folder itself. */
export const folderName = 'disk';

/** What a disk keeps of a write at a power cut is told by sectors of this size. */
const sector = 512;

/** A disk at the moment of a power cut, and what had been promised by then. */
export interface CrashImage {
  readonly files: ReadonlyMap<string, Buffer>;
  /** Whole lines that were said before the cut. */
  readonly promised: readonly string[];
}

type Change = Extract<Op, { readonly file: string }>;

/** A file on the disk: what is surely there, and what was done since the last sync of it. */
interface OnDisk {
  durable: Buffer;
  exists: boolean;
  readonly pending: Change[];
}

/**
 * Power cuts at random moments of a recording, in the order of time. What was synced is there; of what was done since, each write is there, or is not, or only
 * some of its sectors are, whatever came before or after it: a disk promises no more. `random` gives numbers in [0, 1).
 */
export function* powerCuts(ops: readonly Op[], count: number, random: () => number): Generator<CrashImage> {
  const cuts = Array.from({ length: count }, () => Math.floor(random() * (ops.length + 1))).sort((a, b) => a - b);
  const disk = new Map<string, OnDisk>();
  let said = '';
  let at = 0;
  for (const cut of cuts) {
    for (; at < cut; at += 1) {
      const op = ops[at];
      if (!op) break;
      if (op.op === 'said') said += op.text;
      else happen(disk, op);
    }
    const files = new Map<string, Buffer>();
    for (const [name, file] of disk) {
      const left = crashed(file, random);
      if (left) files.set(name, left);
    }
    yield { files, promised: said.split('\n').slice(0, -1) };
  }
}

function happen(disk: Map<string, OnDisk>, change: Change): void {
  if (change.op === 'sync' && change.file === folderName) {
    // A synced folder knows which of its files are gone.
    for (const file of disk.values()) {
      const gone = file.pending.findLastIndex(({ op }) => op === 'unlink');
      for (const done of file.pending.splice(0, gone + 1)) apply(file, done);
    }
    return;
  }
  const file = disk.get(change.file) ?? { durable: Buffer.alloc(0), exists: false, pending: [] };
  disk.set(change.file, file);
  if (change.op !== 'sync') {
    file.pending.push(change);
    return;
  }
  file.exists = true;
  for (const done of file.pending.splice(0)) apply(file, done);
}

function apply(file: { durable: Buffer; exists: boolean }, change: Change): void {
  if (change.op === 'unlink') {
    file.exists = false;
    file.durable = Buffer.alloc(0);
  } else if (change.op === 'truncate') file.durable = resized(file.durable, change.length);
  else if (change.op === 'write') {
    if (change.offset + change.bytes.length > file.durable.length) file.durable = resized(file.durable, change.offset + change.bytes.length);
    change.bytes.copy(file.durable, change.offset);
  }
}

function resized(buffer: Buffer, length: number): Buffer {
  const next = Buffer.alloc(length);
  buffer.copy(next, 0, 0, Math.min(length, buffer.length));
  return next;
}

function crashed(file: OnDisk, random: () => number): Buffer | undefined {
  const left = { durable: Buffer.from(file.durable), exists: file.exists };
  for (const [index, change] of file.pending.entries()) {
    const fate = random();
    // Under the name of a removed file a new one was made: nothing of the old one can be in it.
    const madeAnew = change.op === 'unlink' && index < file.pending.length - 1;
    if (fate < 0.3 && !madeAnew) continue;
    if (change.op === 'write') left.exists = true;
    if (change.op !== 'write' || fate < 0.75) apply(left, change);
    else torn(change, random).forEach((part) => apply(left, part));
  }
  return left.exists ? left.durable : undefined;
}

/** Some of a write's sectors. */
function torn(write: Extract<Change, { readonly op: 'write' }>, random: () => number): Change[] {
  const parts: Change[] = [];
  for (let from = write.offset; from < write.offset + write.bytes.length;) {
    const to = Math.min(write.offset + write.bytes.length, (Math.floor(from / sector) + 1) * sector);
    if (random() < 0.5) parts.push({ ...write, offset: from, bytes: write.bytes.subarray(from - write.offset, to - write.offset) });
    from = to;
  }
  return parts;
}
