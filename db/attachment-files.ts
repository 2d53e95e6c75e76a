import { createHash, hkdfSync } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, statfs, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { attachmentLimits, mediaHead, mediaTypeOf, type MediaType } from '#shared/attachment/index.ts';
import { DomainError, fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { Cipher, Random } from '#shared/ports.ts';
import { growSealedFile, readSealedFile, SealedFileDamaged, type SealedFile } from '#shared/sealing/index.ts';
import { settle } from './settle.ts';

/** A content that was taken in. */
export interface KeptFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly media: MediaType;
}

/** A content open for reading. */
export interface OpenContent {
  readonly bytes: number;
  /** Throws `DomainError` `attachment.damaged`. */
  read(from: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * The contents of digitised papers (bản số hóa): encrypted files beside the store, each named by the SHA-256 of its content. A content is there
 * whole or not at all. Errors of the disk that are not named here are thrown.
 */
export interface AttachmentFiles {
  /**
   * Takes in a file that a person chose; it is durable when this resolves. Errors: `attachment.cannot-read`, `attachment.empty`,
   * `attachment.too-large`, `attachment.bad-type`, `attachment.no-room`.
   */
  take(file: string): Promise<Outcome<KeptFile>>;
  /**
   * Takes in a content that comes in pieces, `next` from a place on, an empty one at the end; what came before a cut is kept and gone on with.
   * Errors: those of `next`, `attachment.wrong-hash`, `attachment.no-room`.
   */
  fetch(sha256: string, next: (from: number) => Promise<Outcome<Uint8Array>>): Promise<Outcome<true>>;
  /** Undefined where it is not here. Throws `DomainError` `attachment.damaged`. */
  open(sha256: string): Promise<OpenContent | undefined>;
  remove(sha256: string): Promise<void>;
  /** All contents that are here. */
  list(): Promise<readonly string[]>;
  /**
   * Removes what broken attempts left, and contents that nothing has named for a quarter: after an older backup was put back, the entry that
   * names a content may still be on its way from the centre. To be called while nothing is taken in; `wall` is the wall clock.
   */
  sweep(named: (sha256: string) => boolean, wall: number): Promise<void>;
  /** Whether the disk has so little room left that nothing more is taken in, and how much it has, bytes. */
  room(): Promise<{ readonly free: number; readonly low: boolean }>;
}

export interface AttachmentFilesOptions {
  readonly folder: string;
  /** The key of the store, 32 bytes; the key of each file is derived from it. */
  readonly key: Uint8Array;
  readonly cipher: Cipher;
  readonly random: Random;
  /** Free bytes of the disk with a folder; the system's word unless given. */
  readonly freeSpace?: (folder: string) => Promise<number>;
}

/** What a disk keeps free for the log itself, bytes: attachments never take the room of receptions and returns. */
const reserve = 512 * 1024 * 1024;

/** How long a content that nothing names is kept, milliseconds. */
const orphanAge = 92 * 24 * 60 * 60_000;

const contentName = /^[0-9a-f]{64}$/;
const draftEnd = '.part';

export function openAttachmentFiles({ folder, key, cipher, random, freeSpace = freeBytes }: AttachmentFilesOptions): AttachmentFiles {
  let drafts = 0;
  const sealing = { cipher, keyOf: (salt: Uint8Array): Uint8Array => new Uint8Array(hkdfSync('sha256', key, salt, 'quay attachment 1', 32)) };
  const place = (sha256: string): string => {
    if (!contentName.test(sha256)) throw new RangeError('not the name of a content');
    return join(folder, sha256);
  };

  async function room(): Promise<{ readonly free: number; readonly low: boolean }> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const free = await freeSpace(folder);
    return { free, low: free < reserve };
  }

  async function hasRoom(bytes: number): Promise<Outcome<true>> {
    const { free } = await room();
    return free - bytes < reserve ? fail('attachment.no-room', { free: Math.floor(free / 1024 / 1024) }) : ok(true);
  }

  /** The draft becomes the content, in place of the same one that was there and may be damaged. */
  async function finish(draft: string, sha256: string): Promise<void> {
    await rename(draft, place(sha256));
    settle(place(sha256));
  }

  async function takeFrom(source: FileHandle, bytes: number, draft: string): Promise<Outcome<KeptFile>> {
    const head = await readUpTo(source, 0, Math.min(bytes, mediaHead));
    const media = mediaTypeOf(head);
    if (media === undefined) return fail('attachment.bad-type');
    const file = await open(draft, 'wx+', 0o600);
    const hash = createHash('sha256');
    let at = 0;
    try {
      const sealed = await growSealedFile(file, { ...sealing, random });
      for (let piece = await readUpTo(source, 0, pieceBytes); piece.length > 0; piece = await readUpTo(source, at, pieceBytes)) {
        at += piece.length;
        if (at > attachmentLimits.bytes) return tooLarge();
        hash.update(piece);
        await sealed.append(piece);
      }
    } finally {
      await file.close();
    }
    if (at === 0) return fail('attachment.empty');
    const sha256 = hash.digest('hex');
    await finish(draft, sha256);
    return ok({ sha256, bytes: at, media });
  }

  async function openContent(sha256: string): Promise<OpenContent | undefined> {
    const file = await openIfThere(place(sha256));
    if (!file) return undefined;
    try {
      const sealed = await readSealedFile(file, sealing);
      return { bytes: sealed.size(), read: (from, length) => sealed.read(from, length).catch(inOwnWords), close: () => file.close() };
    } catch (error) {
      await file.close();
      return inOwnWords(error);
    }
  }

  return {
    async take(chosen) {
      let source: FileHandle;
      try {
        source = await open(chosen, 'r');
      } catch (error) {
        return cannotRead(error);
      }
      const draft = join(folder, `${process.pid}-${(drafts += 1)}${draftEnd}`);
      try {
        const { size } = await source.stat();
        if (size === 0) return fail('attachment.empty');
        if (size > attachmentLimits.bytes) return tooLarge();
        const possible = await hasRoom(size);
        if (!possible.ok) return possible;
        return await takeFrom(source, size, draft);
      } catch (error) {
        if (codeOf(error) === 'ENOSPC') return fail('attachment.no-room', { free: 0 });
        if (codeOf(error) === 'EISDIR') return cannotRead(error);
        throw error;
      } finally {
        await source.close();
        await rm(draft, { force: true });
      }
    },
    async fetch(sha256, next) {
      const possible = await hasRoom(attachmentLimits.bytes);
      if (!possible.ok) return possible;
      const draft = `${place(sha256)}${draftEnd}`;
      const file = (await openIfThere(draft, 'r+')) ?? (await open(draft, 'wx+', 0o600));
      try {
        const sealed = await growSealedFile(file, { ...sealing, random });
        for (;;) {
          const piece = await next(sealed.size());
          if (!piece.ok) return piece;
          if (piece.value.length === 0) break;
          if (sealed.size() + piece.value.length > attachmentLimits.bytes) return await notIt(draft);
          await sealed.append(piece.value);
        }
        if ((await hashOf(sealed)) !== sha256) return await notIt(draft);
      } catch (error) {
        if (codeOf(error) === 'ENOSPC') return fail('attachment.no-room', { free: 0 });
        if (error instanceof SealedFileDamaged) return await notIt(draft);
        throw error;
      } finally {
        await file.close();
      }
      await finish(draft, sha256);
      return ok(true);
    },
    open: openContent,
    remove: async (sha256) => rm(place(sha256), { force: true }),
    list: async () => (await names(folder)).filter((name) => contentName.test(name)),
    async sweep(named, wall) {
      for (const name of await names(folder)) {
        const file = join(folder, name);
        const unnamed = contentName.test(name) && !named(name) && wall - (await stat(file)).mtimeMs > orphanAge;
        if (name.endsWith(draftEnd) || unnamed) await rm(file, { force: true });
      }
    },
    room,
  };
}

/** How much is read and sealed at once, bytes: the desk answers its clerks in between. */
const pieceBytes = 512 * 1024;

/** What came is not what was asked for: a next attempt begins anew. */
async function notIt(draft: string): Promise<Outcome<never>> {
  await rm(draft, { force: true });
  return fail('attachment.wrong-hash');
}

async function hashOf(sealed: SealedFile): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < sealed.size(); at += pieceBytes) hash.update(await sealed.read(at, pieceBytes));
  return hash.digest('hex');
}

async function readUpTo(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const into = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await file.read(into, at, length - at, position + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return into.subarray(0, at);
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function names(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // Nothing was ever taken in.
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function openIfThere(file: string, flags = 'r'): Promise<FileHandle | undefined> {
  try {
    return await open(file, flags);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function tooLarge(): Outcome<never> {
  return fail('attachment.too-large', { limit: attachmentLimits.bytes / 1024 / 1024 });
}

function cannotRead(error: unknown): Outcome<never> {
  const reason = codeOf(error);
  if (reason === undefined) throw error;
  return fail('attachment.cannot-read', { reason });
}

function inOwnWords(error: unknown): never {
  if (error instanceof SealedFileDamaged) throw new DomainError('attachment.damaged', {}, error);
  throw error;
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
