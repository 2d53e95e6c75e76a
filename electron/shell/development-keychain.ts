import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Keychain } from './keychain.ts';

/** Name of the development keychain in the key envelope; the desk process lets it through only when told to. */
export const developmentBackend = 'development';

/**
 * A stand-in for the keychain on a developer's machine: an AES-256-GCM key in a file beside the data. It protects nothing,
 * which is why it says that it is not available and why a banner stands over everything done with it.
 */
export function openDevelopmentKeychain(file: string): Keychain {
  if (!existsSync(file)) writeFileSync(file, Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64'), { mode: 0o600 });
  const key = Buffer.from(readFileSync(file, 'utf8'), 'base64');
  return {
    backend: developmentBackend,
    available: false,
    async wrap(bytes) {
      const { createCipheriv, randomBytes } = await import('node:crypto');
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    },
    async unwrap(bytes) {
      const { createDecipheriv } = await import('node:crypto');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    },
  };
}

/**
 * Which keychain this start uses. A data folder once opened with the development keychain stays with it, because its key
 * is wrapped there; `folder` is the installation's. Without the developer's explicit word it is never used.
 */
export function chooseKeychain(real: Keychain, folder: string, withoutKeychain: boolean): { keychain: Keychain; development: boolean } {
  if (globalThis.__DEVELOPMENT__ !== true) return { keychain: real, development: false };
  const file = join(folder, 'development.key');
  if (!withoutKeychain || (real.available && !existsSync(file))) return { keychain: real, development: false };
  return { keychain: openDevelopmentKeychain(file), development: true };
}
