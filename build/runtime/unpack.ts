import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { openPromise } from 'yauzl';

/** The digest of a file, read in pieces. `encoding` is that of Node's `Hash.digest`. */
export async function digestFile(file: string, algorithm: 'sha256' | 'sha512', encoding: 'hex' | 'base64'): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest(encoding);
}

/**
 * Unpacks a zip archive entry by entry, keeping permissions and symbolic links. `place` maps an entry's path to its path
 * under `folder`; undefined leaves it out. Throws when an entry would land outside `folder`.
 */
export async function unpackZip(archive: string, folder: string, place: (path: string) => string | undefined): Promise<void> {
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const path = place(entry.fileName);
    if (path === undefined) continue;
    const target = inside(folder, path);
    const mode = entry.externalFileAttributes >>> 16;
    if (entry.fileName.endsWith('/')) {
      await mkdir(target, { recursive: true });
      continue;
    }
    await mkdir(dirname(target), { recursive: true });
    await write(await zip.openReadStreamPromise(entry), folder, target, mode);
  }
}

const typeMask = 0o170000;
const linkType = 0o120000;

async function write(content: Readable, folder: string, target: string, mode: number): Promise<void> {
  if ((mode & typeMask) === linkType) {
    const destination = (await buffer(content)).toString('utf8');
    inside(folder, relative(folder, resolve(dirname(target), destination)));
    await symlink(destination, target);
    return;
  }
  await pipeline(content, createWriteStream(target));
  if ((mode & 0o777) !== 0) await chmod(target, mode & 0o777);
}

function inside(folder: string, path: string): string {
  const target = resolve(folder, path);
  if (target !== resolve(folder) && !target.startsWith(`${resolve(folder)}${sep}`)) throw new Error(`The archive has an entry outside its folder: ${path}`);
  return target;
}
