import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const lineFeed = 10;
const gzipMark = [0x1f, 0x8b];

/** The compressed data is cut off or broken; what came before was given out. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
  /** Whether the file just ends, rather than being broken inside. */
  readonly cut: boolean;
  constructor(cut: boolean, cause?: unknown) {
    super(cut ? 'the file ends early' : 'the compressed data is broken', { cause });
    this.cut = cut;
  }
}

/** A line longer than any can be. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/** A file's bytes as they stand in it, inflated where they are gzip's. */
async function bytesOf(file: string): Promise<Readable> {
  const handle = await open(file);
  const start = new Uint8Array(gzipMark.length);
  try {
    await handle.read(start, 0, start.length, 0);
  } finally {
    await handle.close();
  }
  const stored = createReadStream(file, { highWaterMark: 256 * 1024 });
  if (!gzipMark.every((byte, index) => start[index] === byte)) return stored;
  const inflated = createGunzip({ chunkSize: 1024 * 1024 });
  stored.on('error', (error) => inflated.destroy(error));
  return stored.pipe(inflated);
}

/**
 * Gives a file's lines in pieces of whole lines, each piece ending with a line feed; memory holds one piece and the beginning of the next line. Throws
 * {@link DamagedFile} after the last whole line where the file goes on but not to the end of a line, or cannot be inflated; {@link LineTooLong};
 * and what the system says of a file that cannot be read.
 */
export async function* wholeLines(file: string, longest: number): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of await bytesOf(file)) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('a file is read as bytes');
      const end = chunk.lastIndexOf(lineFeed) + 1;
      if (end === 0) {
        begun.push(chunk);
        length += chunk.length;
        if (length > longest) throw new LineTooLong();
        continue;
      }
      yield begun.length === 0 ? chunk.subarray(0, end) : Buffer.concat([...begun, chunk.subarray(0, end)]);
      begun = end < chunk.length ? [chunk.subarray(end)] : [];
      length = chunk.length - end;
    }
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    if (!code.startsWith('Z_')) throw error;
    throw new DamagedFile(code === 'Z_BUF_ERROR', error);
  }
  if (begun.length > 0) throw new DamagedFile(true);
}
