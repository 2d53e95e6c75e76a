import { access, constants, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { run } from '../child.ts';
import { isCode } from '../disk.ts';

/** What Electron's window needs from Debian or Ubuntu. Newer releases carry some of them under a name ending in `t64`. */
const libraryPackages = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libxtst6', 'libdrm2', 'libxkbcommon0', 'libatk-bridge2.0-0', 'libcups2'];
/** What a machine without a display needs to have a window all the same. */
const displayPackages = ['xvfb', 'xauth'];

export interface Needs {
  /** The Electron whose libraries are looked for. */
  readonly executable: string;
  /** True when windows are to be drawn on a display in memory. */
  readonly virtualDisplay: boolean;
}

/** A thing the operating system lacks; the message is one line with the command that installs it. */
export class SystemIncomplete extends Error {
  override name = 'SystemIncomplete';
}

/** Names of what is missing: shared libraries of the executable, `Xvfb`, `xauth`. Empty when all is there. */
export async function findMissing(needs: Needs, env: NodeJS.ProcessEnv = process.env): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const programs = needs.virtualDisplay ? ['Xvfb', 'xauth'] : [];
  const absent = await Promise.all(programs.map(async (program) => ((await isOnPath(program, env)) ? [] : [program])));
  return [...(await missingLibraries(needs.executable)), ...absent.flat()];
}

/** The shared libraries that the loader would not find, from what `ldd` prints. */
export function parseMissingLibraries(printed: string): readonly string[] {
  return [...new Set([...printed.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? ''))];
}

async function missingLibraries(executable: string): Promise<readonly string[]> {
  const result = await run('ldd', [executable]);
  return result.code === 127 ? [] : parseMissingLibraries(result.output);
}

async function isOnPath(program: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = await Promise.all(folders.map((folder) => isExecutable(join(folder, program))));
  return found.includes(true);
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].some((code) => isCode(error, code))) return false;
    throw error;
  }
}

/**
 * Installs what is missing where that is allowed (root on Debian or Ubuntu). Elsewhere it throws SystemIncomplete, whose
 * message is the one line to copy.
 */
export async function ensureSystem(needs: Needs, say: (line: string) => void): Promise<void> {
  const missing = await findMissing(needs);
  if (missing.length === 0) return;

  const wanted = [...(needs.virtualDisplay ? displayPackages : []), ...libraryPackages];
  await ensurePackages(wanted, missing.join(', '), say);

  const still = await findMissing(needs);
  if (still.length > 0) throw new SystemIncomplete(`Still missing after installing ${wanted.join(' ')}: ${still.join(', ')}.`);
}

/**
 * Installs Debian packages where that is allowed (root on Debian or Ubuntu); `missing` says for want of what. Elsewhere it throws
 * SystemIncomplete, whose message is the one line to copy.
 */
export async function ensurePackages(wanted: readonly string[], missing: string, say: (line: string) => void): Promise<void> {
  if (!(await isDebianLike())) throw new SystemIncomplete(`Missing on this machine: ${missing}. Install it with your system's package manager (on Debian: ${wanted.join(' ')}).`);
  if (process.getuid?.() !== 0) {
    throw new SystemIncomplete(`Missing on this machine: ${missing}. Run: sudo apt-get update && sudo apt-get install -y ${(await knownNames(wanted)).join(' ')}`);
  }
  say(`Installing system packages, because these are missing: ${missing}`);
  await apt(['update']);
  await apt(['install', '-y', '--no-install-recommends', ...(await knownNames(wanted))]);
}

async function isDebianLike(): Promise<boolean> {
  try {
    const release = await readFile('/etc/os-release', 'utf8');
    return /^ID(?:_LIKE)?=.*\b(?:debian|ubuntu)\b/m.test(release);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/** The names this release uses for the packages. */
async function knownNames(names: readonly string[]): Promise<readonly string[]> {
  return await Promise.all(
    names.map(async (name) => {
      const renamed = `${name}t64`;
      const known = await run('apt-cache', ['pkgnames', renamed]);
      return known.output.split('\n').includes(renamed) ? renamed : name;
    }),
  );
}

async function apt(args: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = await run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { env });
  if (result.code !== 0) throw new SystemIncomplete(`apt-get ${args.join(' ')} failed: ${result.output.trim().split('\n').slice(-3).join(' ')}`);
}
