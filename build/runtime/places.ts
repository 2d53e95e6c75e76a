import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** The user's cache folder for this product: `$XDG_CACHE_HOME/quay-mot-cua`, by default under `~/.cache`. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(xdg(env['XDG_CACHE_HOME'], '.cache'), 'quay-mot-cua');
}

/** The folder for data of the development build: `$XDG_DATA_HOME/quay-mot-cua-dev`, by default under `~/.local/share`. */
export function developmentDataFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(xdg(env['XDG_DATA_HOME'], '.local/share'), 'quay-mot-cua-dev');
}

/** The specification of base directories tells to ignore a relative value. */
function xdg(value: string | undefined, byDefault: string): string {
  return value !== undefined && isAbsolute(value) ? value : join(homedir(), byDefault);
}

/** A short stable name for one checkout of the project. */
export function checkoutKey(projectRoot: string): string {
  return createHash('sha256').update(projectRoot).digest('hex').slice(0, 16);
}

/**
 * Runs `work` while no other process of this user holds the lock `folder`. The lock of a process that is gone is taken
 * over. What `work` makes must still appear by one rename: the lock saves double work, the rename keeps it whole.
 */
export async function withLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const owner = join(folder, 'pid');
  for (;;) {
    try {
      await mkdir(folder);
      break;
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    if (await isAbandoned(owner)) await rm(folder, { recursive: true, force: true });
    else await wait(200);
  }
  await writeFile(owner, String(process.pid));
  try {
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function isAbandoned(owner: string): Promise<boolean> {
  // A lock without its owner's number is one that was made this instant, or by a process that died in that instant.
  const first = await readOwner(owner);
  if (first === undefined) {
    await wait(2_000);
    return (await readOwner(owner)) === undefined;
  }
  return !isRunning(first);
}

async function readOwner(file: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/** Whether `error` is a system error with this code, such as `ENOENT`. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
