import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode } from '../disk.ts';
import { ensurePackages } from './system.ts';

/** The Debian package of the library that gives a program a wall clock of its own (libfaketime). */
const clockPackage = 'libfaketime';

/**
 * The library with which a test gives a real program a wrong wall clock, or one that jumps; the other clocks stay the machine's. Undefined where it is
 * not installed.
 */
export async function findClockShifter(): Promise<string | undefined> {
  for (const folder of await entriesOf('/usr/lib')) {
    const place = join('/usr/lib', folder, 'faketime');
    if ((await entriesOf(place)).includes('libfaketimeMT.so.1')) return join(place, 'libfaketimeMT.so.1');
  }
  return undefined;
}

/** Installs it where that is allowed. Throws SystemIncomplete with the one line to copy. */
export async function ensureClockShifter(say: (line: string) => void): Promise<void> {
  if (process.platform !== 'linux' || (await findClockShifter()) !== undefined) return;
  await ensurePackages([clockPackage], 'libfaketime', say);
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return [];
    throw error;
  }
}
