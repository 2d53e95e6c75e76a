import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isCode, withLock } from '../disk.ts';
import { fingerprint } from './fingerprint.ts';
import { make } from './make.ts';
import { targets } from './targets.ts';
import type { Target } from './targets.ts';

export { targets } from './targets.ts';
export type { Target } from './targets.ts';

export interface BundleOptions {
  readonly root: string;
  /** The folder all bundles go to: `out` for development, another for a package. */
  readonly outFolder: string;
  /** What `__DEVELOPMENT__` becomes. */
  readonly development: boolean;
  /** Names of targets; all by default. */
  readonly only?: readonly string[];
}

/** A bundle cannot be made; the message says which and why. */
export class BundleFailed extends Error {
  override name = 'BundleFailed';
}

export interface Bundled {
  readonly built: readonly string[];
  /** Targets whose inputs had not changed. */
  readonly fresh: readonly string[];
}

/**
 * Builds what is out of date. Each bundle is made aside and then put in its place, and one build runs at a time, so that
 * a window that starts meanwhile sees the old bundle or the new one. Throws BundleFailed.
 */
export async function bundle(options: BundleOptions): Promise<Bundled> {
  const chosen = targets.filter((target) => options.only === undefined || options.only.includes(target.name));
  const unknown = options.only?.find((name) => !targets.some((target) => target.name === name));
  if (unknown !== undefined) throw new BundleFailed(`There is no bundle "${unknown}"; there are ${targets.map((target) => target.name).join(', ')}.`);

  const state = join(options.outFolder, '.bundles');
  await mkdir(state, { recursive: true });
  return await withLock(join(state, 'lock'), async () => {
    const built: string[] = [];
    const fresh: string[] = [];
    for (const target of chosen) {
      const done = await refresh(target, options, state);
      (done ? built : fresh).push(target.name);
    }
    return { built, fresh };
  });
}

async function refresh(target: Target, options: BundleOptions, state: string): Promise<boolean> {
  const entry = target.kind === 'page' ? join(target.entry, 'index.html') : target.entry;
  if (!existsSync(join(options.root, entry))) throw new BundleFailed(`The bundle "${target.name}" starts at ${entry}, and that file is not there.`);

  const print = await fingerprint(options.root, target, options.development);
  const record = join(state, target.name);
  const place = join(options.outFolder, target.output);
  if (existsSync(place) && (await readRecord(record)) === print) return false;

  const work = await mkdtemp(join(state, 'making-'));
  try {
    await make(target, { root: options.root, folder: join(work, 'bundle'), development: options.development });
    await rm(record, { force: true });
    await put(target, join(work, 'bundle'), place);
    await writeFile(record, print);
  } catch (error) {
    throw new BundleFailed(`The bundle "${target.name}" failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return true;
}

async function readRecord(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function put(target: Target, from: string, place: string): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  if (target.kind === 'page') {
    await rm(place, { recursive: true, force: true });
    await rename(from, place);
    return;
  }
  const file = basename(target.output);
  for (const name of [`${file}.map`, file]) {
    if (existsSync(join(from, name))) await rename(join(from, name), join(dirname(place), name));
  }
}
