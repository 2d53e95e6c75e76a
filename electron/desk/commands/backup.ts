import { DomainError } from '#shared/errors/index.ts';
import { backupFolders, listBackups, openBackupKeeper } from '../backups/index.ts';
import { recoverStore } from '../recovery/index.ts';
import { timeKeeper } from '../time.ts';
import { commandPorts, recoveredKey, withStore, type DeskAsked } from './folder.ts';
import { printResult, type Output } from '#shared/command/index.ts';

/** `quay backup`: makes a backup in the desk's own backup folder or another, verifies it and thins the others out. */
export async function backupCommand(asked: DeskAsked & { readonly to?: string | undefined }, output: Output): Promise<void> {
  const made = await withStore(asked, (store, ports) => {
    const keeper = openBackupKeeper({ store, key: recoveredKey(asked), ports, time: timeKeeper(store, ports.clock), software: asked.software, automatic: false, quietFor: () => Infinity, damaged: () => undefined, changed: () => undefined });
    return keeper.now(asked.to);
  });
  if (!made.ok) throw new DomainError(made.fault.code, made.fault.params);
  const { file, seq, unsent, bytes } = made.value;
  printResult(output, asked.json, made.value, [`${file}: up to entry ${seq}, ${unsent} of the desk’s entries not acknowledged by then, ${bytes} bytes, verified.`]);
}

/** `quay backup list`: what the manifests of a desk's backups say; none is opened. */
export function backupListCommand({ folder, json }: Pick<DeskAsked, 'folder' | 'json'>, output: Output): void {
  const all = backupFolders(folder).flatMap((place) => listBackups(place));
  printResult(output, json, all, all.length === 0 ? ['No backups.'] : all.map(({ file, at, seq, unsent }) => `${new Date(at).toISOString()}  entry ${seq}  ${unsent} unsent  ${file}`));
}

/**
 * `quay restore`: puts a damaged store back from its newest good backup, or from the one named, with what still verifies in the damaged file. That file is set aside.
 * A store that is whole is left alone unless a backup is named.
 */
export function restoreCommand(asked: DeskAsked & { readonly from?: string | undefined }, output: Output): void {
  const { clock, hasher, random } = commandPorts();
  const done = recoverStore({ data: asked.folder, key: recoveredKey(asked), hasher, random, wall: Math.round(clock.read().wall), backup: asked.from });
  if (!done.ok) throw new DomainError(done.fault.code, done.fault.params);
  if (done.value.kind === 'intact') return printResult(output, asked.json, done.value, ['The store is whole; nothing was done.']);
  const { backup, rescued, behind, aside } = done.value;
  printResult(output, asked.json, done.value, [
    backup ? `Put back from ${backup.file}, and ${rescued} entries beyond it from the file that was there.` : `Put back; ${rescued} entries from the file that was there.`,
    ...(behind > 0 ? [`${behind} entries were read but what comes before them is missing; they are kept and join when the centre gives that back.`] : []),
    ...(aside === undefined ? [] : [`The file that was there is in ${aside}.`]),
    'The desk opens a new log at its next start and gets the rest from the centre.',
  ]);
}
