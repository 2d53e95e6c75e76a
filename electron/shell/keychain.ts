import { safeStorage } from 'electron';

/** The operating system's keychain (kho khóa) as the desk process reaches it through the shell. */
export interface Keychain {
  /** Its name: `dpapi`, `keychain`, `gnome_libsecret`, `kwallet6`, `basic_text`, `development`, … */
  readonly backend: string;
  /** False where it is missing or keeps keys in plain text. */
  readonly available: boolean;
  wrap(bytes: Uint8Array): Promise<Uint8Array>;
  /** Throws when the bytes were wrapped by another user, machine or profile. */
  unwrap(bytes: Uint8Array): Promise<Uint8Array>;
}

/**
 * Electron's `safeStorage`, by its asynchronous half from Electron 42 on and by the older one before. It takes texts, so
 * bytes travel as base64. Call it after `ready`: before that Linux does not know its backend.
 */
export async function openKeychain(): Promise<Keychain> {
  const backend = backendName();
  const half = typeof safeStorage.encryptStringAsync === 'function' ? asynchronous : synchronous;
  return {
    backend,
    available: backend !== 'basic_text' && backend !== 'unknown' && (await half.available()),
    wrap: async (bytes) => await half.encrypt(Buffer.from(bytes).toString('base64')),
    unwrap: async (bytes) => Buffer.from(await half.decrypt(Buffer.from(bytes)), 'base64'),
  };
}

function backendName(): string {
  if (process.platform === 'win32') return 'dpapi';
  if (process.platform === 'darwin') return 'keychain';
  return safeStorage.getSelectedStorageBackend();
}

interface Half {
  available(): Promise<boolean>;
  encrypt(text: string): Promise<Buffer>;
  decrypt(bytes: Buffer): Promise<string>;
}

const asynchronous: Half = {
  available: () => safeStorage.isAsyncEncryptionAvailable(),
  encrypt: (text) => safeStorage.encryptStringAsync(text),
  decrypt: async (bytes) => (await safeStorage.decryptStringAsync(bytes)).result,
};

/* oxlint-disable typescript/no-deprecated -- the fallback runtime of development has only these */
const synchronous: Half = {
  available: async () => safeStorage.isEncryptionAvailable(),
  encrypt: async (text) => safeStorage.encryptString(text),
  decrypt: async (bytes) => safeStorage.decryptString(bytes),
};
/* oxlint-enable typescript/no-deprecated */
