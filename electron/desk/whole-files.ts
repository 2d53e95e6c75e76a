import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';

/**
 * Writes a file whole or not at all, and so that it is on the stick when this returns: people pull sticks out. Error: `bundle.cannot-write` with
 * what the system says.
 */
export function writeWhole(file: string, bytes: Uint8Array): Outcome<true> {
  const draft = `${file}.part`;
  try {
    const handle = openSync(draft, 'w', 0o644);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
    settleFolder(dirname(file));
    return ok(true);
  } catch (error) {
    const reason = systemCode(error);
    if (reason === undefined) throw error;
    removeDraft(draft);
    return fail('bundle.cannot-write', { reason });
  }
}

/** What stands there half written is of no use. Where it cannot be removed the stick is gone, and the first failure is the one to tell. */
function removeDraft(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

/** Reads a file that is no larger than `limit` bytes. Errors: `bundle.cannot-read` with what the system says, `bundle.too-large`. */
export function readAtMost(file: string, limit: number): Outcome<Uint8Array> {
  try {
    if (statSync(file).size > limit) return fail('bundle.too-large', { limit: Math.ceil(limit / 1024 / 1024) });
    return ok(readFileSync(file));
  } catch (error) {
    const reason = systemCode(error);
    if (reason === undefined) throw error;
    return fail('bundle.cannot-read', { reason });
  }
}

/** Windows cannot open a folder, and some file systems of sticks cannot sync one; the file itself is there. */
function settleFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } catch (error) {
    if (systemCode(error) !== 'EINVAL' && systemCode(error) !== 'ENOTSUP') throw error;
  } finally {
    closeSync(handle);
  }
}

function systemCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
