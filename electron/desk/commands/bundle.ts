import { DomainError } from '#shared/errors/index.ts';
import { writeWhole } from '../whole-files.ts';
import { makeBundle } from '../sync/bundling.ts';
import { withStore, type DeskAsked } from './folder.ts';
import { printResult, type Output } from '#shared/command/index.ts';

/** `quay bundle export`: what waits at a desk whose program does not start, into a file for the centre. Nothing is marked as sent by it. */
export async function bundleExportCommand(asked: DeskAsked & { readonly file: string }, output: Output): Promise<void> {
  const { file, json } = asked;
  const made = await withStore(asked, (store, ports) => makeBundle(store, ports, asked.software));
  if (!made.ok) throw new DomainError(made.fault.code, made.fault.params);
  const { bytes, entries, left } = made.value;
  const written = writeWhole(file, bytes);
  if (!written.ok) throw new DomainError(written.fault.code, written.fault.params);
  printResult(output, json, { file, entries, left, bytes: bytes.length }, [
    `${entries} entries are in ${file} (${bytes.length} bytes)${left > 0 ? `; ${left} found no room and go with the next` : ''}.`,
    'They wait until the desk has read the centre’s receipt.',
  ]);
}
