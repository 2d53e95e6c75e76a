import type { Cipher, Random } from '#shared/ports.ts';
import { joined } from './joined.ts';

/** An open file, as Node's `FileHandle` is one. */
export interface OpenFile {
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  write(bytes: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesWritten: number }>;
  truncate(length: number): Promise<void>;
  stat(): Promise<{ readonly size: number }>;
  sync(): Promise<void>;
}

/** The sealed file cannot be opened: it was changed, cut, or sealed under another key. */
export class SealedFileDamaged extends Error {
  constructor() {
    super('sealed file damaged');
    this.name = 'SealedFileDamaged';
  }
}

/** `QSF1`, then 16 bytes of salt: no two files share a key, whatever their content. */
const mark = Uint8Array.of(0x51, 0x53, 0x46, 0x31);
const saltBytes = 16;
const headBytes = mark.length + saltBytes;
const lengthBytes = 4;
const tagBytes = 16;

/** Largest frame, bytes of its content; whoever appends more makes several. */
export const frameLimit = 1024 * 1024;

interface Frame {
  /** Where its sealed bytes begin in the file, and how many they are. */
  readonly at: number;
  readonly sealed: number;
  /** Where its content begins in the whole. */
  readonly from: number;
}

/**
 * An encrypted file in frames: each is its content's length (4 bytes, big-endian) and the sealed content (AES-256-GCM; the nonce is the frame's
 * number). Nobody can tell from the file alone that whole frames are missing at its end; whoever keeps one knows its size or its hash.
 */
export interface SealedFile {
  /** Bytes of content. */
  size(): number;
  /** Up to `length` bytes of content from a place on. Throws {@link SealedFileDamaged}. */
  read(from: number, length: number): Promise<Uint8Array>;
}

/**
 * One that still grows. A frame that a crash left half written is written again under the same nonce, so only the same content may follow at a place: it is
 * for contents that are named before they come.
 */
export interface GrowingFile extends SealedFile {
  /** Adds content at the end; it is on the disk when this resolves. */
  append(content: Uint8Array): Promise<void>;
}

export interface SealingOptions {
  readonly cipher: Cipher;
  /** The key of this file, 32 bytes, from its salt; it must be used for nothing else. */
  readonly keyOf: (salt: Uint8Array) => Uint8Array;
}

/** The frames of a file, and where the last whole one ends. */
interface Frames {
  readonly frames: Frame[];
  readonly end: number;
}

/** Opens a whole sealed file; nothing of it is changed. Throws {@link SealedFileDamaged} where it is none, or cut. */
export async function readSealedFile(file: OpenFile, options: SealingOptions): Promise<SealedFile> {
  const { size } = await file.stat();
  const key = options.keyOf(await saltOf(file));
  const { frames, end } = await framesOf(file, size);
  if (end !== size) throw new SealedFileDamaged();
  return sealedFile(file, options.cipher, key, frames);
}

/**
 * Opens a sealed file to go on with it, or begins one in an empty file. What a crash left half written at its end is cut off. Throws {@link SealedFileDamaged}
 * where it is none.
 */
export async function growSealedFile(file: OpenFile, { cipher, random, keyOf }: SealingOptions & { readonly random: Random }): Promise<GrowingFile> {
  const { size } = await file.stat();
  // A head that a crash cut has nothing behind it.
  const fresh = size < headBytes;
  const salt = fresh ? random.bytes(saltBytes) : await saltOf(file);
  if (fresh) {
    await file.truncate(0);
    await writeAll(file, joined([mark, salt]), 0);
    await file.sync();
  }
  const { frames, end: whole } = fresh ? { frames: [], end: headBytes } : await framesOf(file, size);
  if (!fresh && whole < size) {
    await file.truncate(whole);
    await file.sync();
  }
  const key = keyOf(salt);
  const sealed = sealedFile(file, cipher, key, frames);
  let end = whole;
  return {
    ...sealed,
    async append(content) {
      for (let at = 0; at < content.length; at += frameLimit) {
        const part = content.subarray(at, at + frameLimit);
        const bytes = cipher.seal(key, nonceOf(frames.length), part);
        const head = new Uint8Array(lengthBytes);
        new DataView(head.buffer).setUint32(0, part.length);
        await writeAll(file, joined([head, bytes]), end);
        frames.push({ at: end + lengthBytes, sealed: bytes.length, from: sealed.size() });
        end += lengthBytes + bytes.length;
      }
      await file.sync();
    },
  };
}

function sealedFile(file: OpenFile, cipher: Cipher, key: Uint8Array, frames: readonly Frame[]): SealedFile {
  const size = (): number => {
    const last = frames.at(-1);
    return last ? last.from + last.sealed - tagBytes : 0;
  };

  async function open(index: number): Promise<Uint8Array> {
    const frame = frames[index];
    if (!frame) throw new RangeError('no such frame');
    const sealed = new Uint8Array(frame.sealed);
    const plain = (await readAll(file, sealed, frame.at)) ? cipher.open(key, nonceOf(index), sealed) : undefined;
    if (!plain) throw new SealedFileDamaged();
    return plain;
  }

  return {
    size,
    async read(from, count) {
      const parts: Uint8Array[] = [];
      const until = Math.min(size(), from + count);
      let at = from;
      for (let index = frames.findLastIndex((frame) => frame.from <= from); at < until; index += 1) {
        const begin = frames[index]?.from ?? 0;
        const plain = await open(index);
        parts.push(plain.subarray(at - begin, until - begin));
        at = begin + plain.length;
      }
      return joined(parts);
    },
  };
}

async function framesOf(file: OpenFile, size: number): Promise<Frames> {
  const frames: Frame[] = [];
  const head = new Uint8Array(lengthBytes);
  let end = headBytes;
  let from = 0;
  while (await readAll(file, head, end)) {
    const content = new DataView(head.buffer).getUint32(0);
    if (content > frameLimit) throw new SealedFileDamaged();
    const next = end + lengthBytes + content + tagBytes;
    if (next > size) break;
    frames.push({ at: end + lengthBytes, sealed: content + tagBytes, from });
    from += content;
    end = next;
  }
  return { frames, end };
}

async function saltOf(file: OpenFile): Promise<Uint8Array> {
  const head = new Uint8Array(headBytes);
  if (!(await readAll(file, head, 0)) || mark.some((byte, index) => head[index] !== byte)) throw new SealedFileDamaged();
  return head.subarray(mark.length);
}

function nonceOf(index: number): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(8, index);
  return nonce;
}

/** False where the file ends before. */
async function readAll(file: OpenFile, into: Uint8Array, position: number): Promise<boolean> {
  for (let at = 0; at < into.length; ) {
    const { bytesRead } = await file.read(into, at, into.length - at, position + at);
    if (bytesRead === 0) return false;
    at += bytesRead;
  }
  return true;
}

async function writeAll(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
}
