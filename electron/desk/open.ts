import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadOrCreateKey, openDeskStore, type KeychainPort } from '#db/index.ts';
import type { OpenMessage } from '#shared/ipc/index.ts';
import { openDesk, type Desk } from './desk.ts';
import { nodePorts } from './node-ports.ts';

/** Names of the desk's files in its folder. */
export const deskFiles = { database: 'desk.db', key: 'desk.key.json' } as const;

/**
 * Opens the desk a shell asked for: its key from the envelope, its store, itself. Throws `DomainError` with the reason
 * (`key.*`, `store.*`); then nothing was changed or deleted.
 */
export async function openFrom(message: OpenMessage, keychain: Pick<KeychainPort, 'wrap' | 'unwrap'>): Promise<Desk> {
  mkdirSync(message.folder, { recursive: true, mode: 0o700 });
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
  const store = openDeskStore({ file, key, hasher: ports.hasher, random: ports.random });
  try {
    return openDesk({
      folder: message.folder, store, software: message.software, banners: message.banners, centre: message.centre, fonts: message.fonts, run: message.run,
      checkAnswers: development,
    }, ports);
  } catch (error) {
    store.close();
    throw error;
  }
}
