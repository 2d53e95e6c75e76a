import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

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

/** Fills a folder beside its `place`, in `folder`, and moves it there in one step. */
export async function appear(folder: string, place: string, fill: (work: string) => Promise<void>): Promise<void> {
  const work = await mkdtemp(join(folder, 'making-'));
  try {
    await fill(work);
    await rename(work, place);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    // Somebody else was faster, and what appears here is always whole.
    if (!isCode(error, 'ENOTEMPTY') && !isCode(error, 'EEXIST')) throw error;
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

/**
 * Whether `error` is a system error with this code, such as `ENOENT`. It does not ask for `instanceof Error`: under jest
 * Node's own errors are of another realm.
 */
export function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
