import type { Cipher, Random } from '#shared/ports.ts';

/** An open file, as Node's `FileHandle` is one. */
export interface OpenFile {
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  write(bytes: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesWritten: number }>;
  truncate(length: number): Promise<void>;
  stat(): Promise<{ readonly size: number }>;
  sync(): Promise<void>;
}

/** The sealed file cannot be opened: it was changed, or sealed under another key. */
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
 * An encrypted file that grows by frames: each is its content's length (4 bytes, big-endian) and the sealed content (AES-256-GCM; the nonce is
 * the frame's number). What a crash left half written at the end is cut off when the file is opened. Nobody can tell from the file alone
 * that whole frames are missing at its end; whoever keeps one knows its size or its hash.
 */
export interface SealedFile {
  /** Bytes of content. */
  size(): number;
  /** Adds content at the end; it is on the disk when this resolves. */
  append(content: Uint8Array): Promise<void>;
  /** Up to `length` bytes of content from a place on. Throws {@link SealedFileDamaged}. */
  read(from: number, length: number): Promise<Uint8Array>;
}

export interface SealedFileOptions {
  readonly cipher: Cipher;
  readonly random: Random;
  /** The key of this file, 32 bytes, from its salt; it must be used for nothing else. */
  readonly keyOf: (salt: Uint8Array) => Uint8Array;
}

/** Opens a sealed file, or begins one in an empty file. Throws {@link SealedFileDamaged} where it is none. */
export async function openSealedFile(file: OpenFile, { cipher, random, keyOf }: SealedFileOptions): Promise<SealedFile> {
  const { size: length } = await file.stat();
  const fresh = length < headBytes;
  // A head that a crash cut has nothing behind it.
  const salt = fresh ? random.bytes(saltBytes) : await saltOf(file);
  if (fresh) {
    await file.truncate(0);
    await writeAll(file, joined([mark, salt]), 0);
    await file.sync();
  }
  const key = keyOf(salt);
  const frames: Frame[] = [];
  let end = headBytes;
  let size = 0;
  if (!fresh) await walk();

  async function walk(): Promise<void> {
    const head = new Uint8Array(lengthBytes);
    while (end < length) {
      const whole = end + lengthBytes <= length && (await readAll(file, head, end));
      const content = whole ? new DataView(head.buffer).getUint32(0) : 0;
      if (content > frameLimit) throw new SealedFileDamaged();
      const next = end + lengthBytes + content + tagBytes;
      if (!whole || next > length) {
        await file.truncate(end);
        await file.sync();
        return;
      }
      frames.push({ at: end + lengthBytes, sealed: content + tagBytes, from: size });
      size += content;
      end = next;
    }
  }

  async function open(index: number): Promise<Uint8Array> {
    const frame = frames[index];
    if (!frame) throw new RangeError('no such frame');
    const sealed = new Uint8Array(frame.sealed);
    const plain = (await readAll(file, sealed, frame.at)) ? cipher.open(key, nonceOf(index), sealed) : undefined;
    if (!plain) throw new SealedFileDamaged();
    return plain;
  }

  return {
    size: () => size,
    async append(content) {
      for (let at = 0; at < content.length; at += frameLimit) {
        const part = content.subarray(at, at + frameLimit);
        const sealed = cipher.seal(key, nonceOf(frames.length), part);
        const head = new Uint8Array(lengthBytes);
        new DataView(head.buffer).setUint32(0, part.length);
        await writeAll(file, joined([head, sealed]), end);
        frames.push({ at: end + lengthBytes, sealed: sealed.length, from: size });
        size += part.length;
        end += lengthBytes + sealed.length;
      }
      await file.sync();
    },
    async read(from, count) {
      const parts: Uint8Array[] = [];
      const until = Math.min(size, from + count);
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

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
