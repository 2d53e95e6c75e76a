import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadOrCreateKey, openDeskStore, type DeskStore, type KeychainPort, type StoreOptions } from '#db/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import type { OpenMessage } from '#shared/ipc/index.ts';
import { openDesk, type Desk } from './desk.ts';
import { deskFiles } from './desk-files.ts';
import { nodePorts } from './node-ports.ts';
import { finishSwap, firstPageDamaged, recoverStore } from './recovery/index.ts';
import { finishMove, removeFormerStores } from './transfer/index.ts';

/**
 * Opens the desk a shell asked for: its key from the envelope, its store, itself. Throws `DomainError` with the reason
 * (`key.*`, `store.*`); then nothing was changed or deleted. `moved`: the installation serves another agency now and this desk is closed; it is to be opened again.
 */
export async function openFrom(message: OpenMessage, keychain: Pick<KeychainPort, 'wrap' | 'unwrap'>, moved: () => void): Promise<Desk> {
  mkdirSync(message.folder, { recursive: true, mode: 0o700 });
  finishSwap(message.folder);
  const file = join(message.folder, deskFiles.database);
  const development = globalThis.__DEVELOPMENT__ === true;
  const load = {
    file: join(message.folder, deskFiles.key), database: file,
    keychain: {
      backend: () => Promise.resolve(message.keychain.backend), available: () => Promise.resolve(message.keychain.available),
      wrap: keychain.wrap, unwrap: keychain.unwrap,
    },
    allowDevelopmentKeychain: development && message.keychain.allowDevelopment,
  };
  const { key } = await loadOrCreateKey(load);
  const ports = nodePorts(message.folder, message.clockFile, async (recoveryKey) => {
    await loadOrCreateKey({ ...load, recoveryPublicKey: recoveryKey });
  });
  removeFormerStores(message.folder, ports.clock.read().wall);
  const recovery = { data: message.folder, key, hasher: ports.hasher, random: ports.random };
  if (message.recover) {
    const done = recoverStore({ ...recovery, wall: Math.round(ports.clock.read().wall) });
    if (!done.ok) throw new DomainError(done.fault.code, done.fault.params);
  }
  const store = openStore({ file, key, hasher: ports.hasher, random: ports.random }, () => firstPageDamaged(recovery));
  try {
    const desk = openDesk({
      folder: message.folder, store, key, software: message.software, banners: message.banners, centre: message.centre, fonts: message.fonts, run: message.run,
      checkAnswers: development,
      onMove: (prepared) => void desk.close().then(() => {
        if (!finishMove({ data: message.folder, key, ports }, prepared)) ports.report('The installation did not go to the other agency yet: something was written meanwhile.');
      }).catch((error: unknown) => {
        ports.report(`The installation did not go to the other agency: ${error instanceof DomainError ? error.fault.code : 'unknown reason'}.`);
      }).finally(moved),
    }, ports);
    return desk;
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Opens the store; a wrong key is told from a damaged first page, which looks the same and can be recovered from. */
function openStore(options: StoreOptions, firstPage: () => boolean): DeskStore {
  try {
    return openDeskStore(options);
  } catch (error) {
    if (error instanceof DomainError && error.fault.code === 'store.wrong-key' && firstPage()) throw new DomainError('store.damaged', {}, error);
    throw error;
  }
}
