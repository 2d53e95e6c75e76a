import { readFile, stat, writeFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../child.ts';
import { isCode } from '../disk.ts';
import { cacheFolder } from './places.ts';

/** An Electron on this disk. */
export interface Binary {
  readonly executable: string;
  readonly version: string;
}

const executableName = process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';

/** How long the download server may take to answer at all. A closed network must not cost more than this. */
const answerLimit = 3_000;
/** How long the whole download may take once the server has answered. */
const downloadLimit = 240_000;
/** After a failed attempt it is not tried again for this long. */
const patience = 60 * 60 * 1_000;

/** The Electron in `folder`, as unpacked from an official archive; undefined when there is none. */
export async function findBinary(folder: string): Promise<Binary | undefined> {
  const executable = join(folder, executableName);
  try {
    await stat(executable);
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
  return { executable, version: await readVersion(folder) };
}

async function readVersion(folder: string): Promise<string> {
  try {
    return (await readFile(join(folder, 'version'), 'utf8')).trim().replace(/^v/, '');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return 'of unknown version';
    throw error;
  }
}

/** Where `electron`'s own installer puts its binary. */
export function officialFolder(projectRoot: string): string {
  return join(projectRoot, 'node_modules/electron/dist');
}

/**
 * Has electron's own installer fetch the binary, if its server answers within a few seconds. Resolves to the reason why
 * not, or to undefined when the binary is there.
 */
export async function fetchOfficial(projectRoot: string, env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const refused = join(cacheFolder(env), 'official-unreachable');
  if (await isRecent(refused)) return 'its download server did not answer within the last hour';

  const mirror = env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'] ?? 'https://github.com/electron/electron/releases/download/';
  if (!(await answers(mirror))) {
    await remember(refused);
    return `its download server ${new URL(mirror).host} does not answer`;
  }
  const installer = join(projectRoot, 'node_modules/electron/install.js');
  const result = await run(process.execPath, [installer], { cwd: projectRoot, env, limit: downloadLimit });
  if (result.code === 0) return undefined;
  await remember(refused);
  return result.code === null ? 'its download took too long' : `its installer failed (${lastLine(result.output)})`;
}

async function answers(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(answerLimit) });
    return true;
  } catch {
    // Whatever went wrong (no name, no route, time-out), the server cannot be used now, and the caller says so.
    return false;
  }
}

async function isRecent(file: string): Promise<boolean> {
  try {
    const age = Date.now() - (await stat(file)).mtimeMs;
    return age >= 0 && age < patience;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function remember(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, '');
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
