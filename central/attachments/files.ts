import { createHash, hkdfSync } from 'node:crypto';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '#shared/errors/index.ts';
import type { Random } from '#shared/ports.ts';
import { growSealedFile, readSealedFile, SealedFileDamaged, type GrowingFile, type SealedFile } from '#shared/sealing/index.ts';
import { cipher } from '../keys/index.ts';

/** Whose content it is, and its SHA-256 in lower-case hexadecimal. Agencies with the same content each have their own. */
export interface ContentName {
  readonly agency: string;
  readonly sha256: string;
}

/** A content that is on its way: what it will be whole, and how much of it is here, bytes. */
export interface Arriving {
  readonly bytes: number;
  readonly here: number;
}

/**
 * The contents of digitised papers at the centre: encrypted files, whole or arriving. Several processes may work on one folder. Throws
 * `DomainError` `store.disk-full`.
 */
export interface CentreAttachmentFiles {
  /** Begins a content, or leaves what is there of it. */
  begin(name: ContentName, bytes: number): Promise<void>;
  arriving(name: ContentName): Promise<Arriving | undefined>;
  /** Adds a piece at the end of what is here; it is durable when this resolves. How much is here then. */
  add(name: ContentName, piece: Uint8Array): Promise<number>;
  /** Reads a content that is here in full back from the disk and keeps it if it is what its name says; else it begins anew. */
  finish(name: ContentName): Promise<boolean>;
  /** Bytes of a whole content; undefined where there is none, or one that cannot be read any more: it may be sent again. */
  held(name: ContentName): Promise<number | undefined>;
  /** Up to `length` bytes of a whole content from a place on; undefined where there is none. Throws `SealedFileDamaged`. */
  read(name: ContentName, from: number, length: number): Promise<Uint8Array | undefined>;
  /** Removes a content, whole or arriving, for good; false where there was none. */
  remove(name: ContentName): Promise<boolean>;
  /** How many contents of an agency are on their way, once those given up long ago are forgotten. */
  arrivingOf(agency: string): Promise<number>;
}

export interface CentreAttachmentOptions {
  readonly folder: string;
  /** Secret of 32 bytes; the key of each file is derived from it. */
  readonly secret: Uint8Array;
  readonly random: Random;
  /** The centre's time, milliseconds; only what was given up long ago is told by it. */
  readonly wall: () => number;
  /** Free bytes of the disk with a folder; the system's word unless given. */
  readonly freeSpace?: ((folder: string) => Promise<number>) | undefined;
}

/** What a disk keeps free for the log itself, bytes. */
const reserve = 1024 * 1024 * 1024;
/** After how long an arrival that nobody goes on with is given up, milliseconds. The desk still has the content. */
const givenUpAfter = 30 * 24 * 60 * 60_000;
/** How much is read back at once, bytes; other requests are answered in between. */
const pieceBytes = 512 * 1024;

export function centreAttachmentFiles({ folder, secret, random, wall, freeSpace = freeBytes }: CentreAttachmentOptions): CentreAttachmentFiles {
  const sealing = { cipher, keyOf: (salt: Uint8Array): Uint8Array => new Uint8Array(hkdfSync('sha256', secret, salt, 'quay attachment 1', 32)) };
  // An agency's id is not made for file names; its hash is.
  const homeOf = (agency: string): string => join(folder, createHash('sha256').update(agency).digest('hex').slice(0, 32));
  const arrivals = (agency: string): string => join(homeOf(agency), 'arriving');
  const placeOf = ({ agency, sha256 }: ContentName): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('not the name of a content');
    return join(homeOf(agency), sha256);
  };

  async function findArrival(name: ContentName): Promise<{ readonly file: string; readonly bytes: number } | undefined> {
    placeOf(name);
    const found = (await namesIn(arrivals(name.agency))).find((file) => file.startsWith(`${name.sha256}-`));
    return found === undefined ? undefined : { file: join(arrivals(name.agency), found), bytes: Number(found.slice(65)) };
  }

  async function onArrival<T>(file: string, work: (sealed: GrowingFile) => Promise<T>): Promise<T> {
    const handle = await open(file, 'r+', 0o600);
    try {
      return await work(await growSealedFile(handle, { ...sealing, random }));
    } catch (error) {
      throw codeOf(error) === 'ENOSPC' ? new DomainError('store.disk-full', {}, error) : error;
    } finally {
      await handle.close();
    }
  }

  async function onWhole<T>(name: ContentName, work: (sealed: SealedFile) => Promise<T>): Promise<T | undefined> {
    const handle = await openIfThere(placeOf(name));
    if (!handle) return undefined;
    try {
      return await work(await readSealedFile(handle, sealing));
    } finally {
      await handle.close();
    }
  }

  return {
    async begin(name, bytes) {
      if (await findArrival(name)) return;
      await mkdir(arrivals(name.agency), { recursive: true, mode: 0o700 });
      if ((await freeSpace(folder)) - bytes < reserve) throw new DomainError('store.disk-full');
      await (await open(join(arrivals(name.agency), `${name.sha256}-${bytes}`), 'a', 0o600)).close();
    },
    async arriving(name) {
      const found = await findArrival(name);
      if (!found) return undefined;
      try {
        return { bytes: found.bytes, here: await onArrival(found.file, async (sealed) => sealed.size()) };
      } catch (error) {
        if (!(error instanceof SealedFileDamaged)) throw error;
        // What is here cannot be read back: it begins anew.
        await rm(found.file, { force: true });
        return undefined;
      }
    },
    async add(name, piece) {
      const found = await findArrival(name);
      if (!found) throw new RangeError('nothing is on its way under this name');
      return onArrival(found.file, async (sealed) => {
        await sealed.append(piece);
        return sealed.size();
      });
    },
    async finish(name) {
      const found = await findArrival(name);
      if (!found) return false;
      const { sha256, bytes } = await onArrival(found.file, digest);
      if (sha256 !== name.sha256 || bytes !== found.bytes) {
        await rm(found.file, { force: true });
        return false;
      }
      await rename(found.file, placeOf(name));
      settleFolder(homeOf(name.agency));
      return true;
    },
    async held(name) {
      try {
        return await onWhole(name, async (sealed) => sealed.size());
      } catch (error) {
        if (error instanceof SealedFileDamaged) return undefined;
        throw error;
      }
    },
    read: (name, from, length) => onWhole(name, (sealed) => sealed.read(from, length)),
    async remove(name) {
      const arriving = await findArrival(name);
      const here = [placeOf(name), ...(arriving ? [arriving.file] : [])];
      let removed = false;
      for (const file of here) {
        const there = await openIfThere(file);
        await there?.close();
        await rm(file, { force: true });
        removed ||= there !== undefined;
      }
      if (removed) settleFolder(homeOf(name.agency));
      return removed;
    },
    async arrivingOf(agency) {
      for (const name of await namesIn(arrivals(agency))) {
        const file = join(arrivals(agency), name);
        if (wall() - (await stat(file)).mtimeMs > givenUpAfter) await rm(file, { force: true });
      }
      return (await namesIn(arrivals(agency))).length;
    },
  };
}

async function digest(sealed: SealedFile): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256');
  try {
    for (let at = 0; at < sealed.size(); at += pieceBytes) hash.update(await sealed.read(at, pieceBytes));
  } catch (error) {
    if (!(error instanceof SealedFileDamaged)) throw error;
    // Two requests wrote into each other, or the disk lost something: the hash then fits nothing.
    return { sha256: '', bytes: sealed.size() };
  }
  return { sha256: hash.digest('hex'), bytes: sealed.size() };
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** The folder's own entry for a name is on the disk. Windows cannot open a folder. */
function settleFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
