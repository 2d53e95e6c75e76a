import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode } from '../disk.ts';
import type { Target } from './targets.ts';

/** Files that decide how every bundle is made. */
const recipe = ['package.json', 'package-lock.json', 'build/bundle'];

/**
 * A digest of everything a target is made from: two equal ones give equal bundles. Contents, not times, because a fresh
 * clone or a change of branch touches every file.
 */
export async function fingerprint(root: string, target: Target, development: boolean): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify({ target, development }));
  for (const input of [...recipe, ...target.inputs]) {
    for (const file of await listFiles(root, input)) {
      hash.update(`\0${file}\0`).update(await readFile(join(root, file)));
    }
  }
  return hash.digest('hex');
}

/** Relative paths of the files under `path`, sorted; the path itself when it is a file; none when it is not there. */
async function listFiles(root: string, path: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .toSorted();
  } catch (error) {
    if (isCode(error, 'ENOTDIR')) return [path];
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
}
