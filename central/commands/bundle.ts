import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { DomainError, sentence } from '#shared/errors/index.ts';
import { bundleLimits } from '#shared/sync/index.ts';
import { takeBundle } from '../bundles/index.ts';
import { cipher, hasher, verifier } from '../keys/index.ts';
import { withFolder, type Asked } from './acting.ts';
import { printResult, type Output } from '#shared/command/index.ts';

/**
 * `quay bundle import`: takes a bundle in and writes the receipt for the way back. True if nothing of it was refused. An earlier receipt is not written
 * over. Throws `DomainError`: `bundle.cannot-read`, `bundle.cannot-write`, those of `takeBundle`.
 */
export async function bundleImportCommand(asked: Asked & { readonly file: string; readonly receipt: string }, output: Output): Promise<boolean> {
  const { file, receipt } = asked;
  if (existsSync(receipt)) throw new DomainError('bundle.cannot-write', { reason: 'EEXIST' });
  const bytes = readBundle(file);
  return withFolder(asked, 'centre.take-bundle', async ({ store, own, time, keys }) => {
    const taken = await takeBundle({ store, own, time, hasher, verifier, cipher, agreement: keys.bundle, signer: keys.signer }, bytes);
    if (!taken.ok) throw new DomainError(taken.fault.code, taken.fault.params);
    const { receipt: text, installation, entries, fresh, logs } = taken.value;
    writeWhole(receipt, text);
    printResult(output, asked.json, { file, receipt, installation: installation.id, agency: installation.agency, desk: installation.desk, entries, fresh, logs }, [
      `${entries} entries of ${installation.desk} of ${installation.agency}, ${fresh} of them new.`,
      ...logs.flatMap(({ log, fault }) => (fault ? [`Log ${log}: ${sentence(fault, 'en')} [${fault.code}]`] : [])),
      `The receipt for the desk is in ${receipt}.`,
    ]);
    return logs.every(({ fault }) => fault === undefined);
  });
}

function readBundle(file: string): Uint8Array {
  try {
    if (statSync(file).size > bundleLimits.bytes) throw new DomainError('bundle.too-large', { limit: bundleLimits.bytes / 1024 / 1024 });
    return readFileSync(file);
  } catch (error) {
    throw inWords(error, 'bundle.cannot-read');
  }
}

/** Writes a file whole or not at all. */
function writeWhole(file: string, text: string): void {
  try {
    const handle = openSync(`${file}.part`, 'w', 0o644);
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(`${file}.part`, file);
  } catch (error) {
    throw inWords(error, 'bundle.cannot-write');
  }
}

/** What the system says of a file, without its path. */
function inWords(error: unknown, code: 'bundle.cannot-read' | 'bundle.cannot-write'): unknown {
  const reason = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return reason === undefined ? error : new DomainError(code, { reason }, error);
}
