import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { DomainError } from '#shared/errors/index.ts';
import { hashSchema } from '#shared/log/index.ts';
import { nodeHasher } from './crypto.ts';

/** The operating system's keychain (kho khóa), as the shell gives it. */
export interface KeychainPort {
  /** Name of what holds the keys: `dpapi`, `keychain`, `gnome_libsecret`, `kwallet6`, `basic_text`, … */
  backend(): Promise<string>;
  available(): Promise<boolean>;
  wrap(bytes: Uint8Array): Promise<Uint8Array>;
  unwrap(bytes: Uint8Array): Promise<Uint8Array>;
}

const base64 = z.base64();
const base64Key = z.base64url().length(43);

/** A key wrapped to the province's recovery key: X25519 (RFC 7748), HKDF-SHA256 (RFC 5869), AES-256-GCM (SP 800-38D). */
export const recoveryWrapSchema = z.strictObject({
  /** SHA-256 of the recipient's raw public key. */
  keyId: hashSchema,
  /** Raw X25519 public key made for this one wrapping, base64url. */
  ephemeral: base64Key,
  /** 12 bytes. */
  nonce: z.base64().length(16),
  /** Ciphertext and its 16-byte tag. */
  blob: base64,
});
export type RecoveryWrap = z.infer<typeof recoveryWrapSchema>;

/** The file beside the database that holds its key, wrapped (phong bì khóa). Never the key itself. */
export const keyEnvelopeSchema = z.strictObject({
  v: z.literal(1),
  wrapped: z.strictObject({ backend: z.string().min(1).max(64), blob: base64 }),
  /** Missing until the desk is enrolled. */
  recovery: recoveryWrapSchema.optional(),
});
export type KeyEnvelope = z.infer<typeof keyEnvelopeSchema>;

export interface LoadKeyOptions {
  /** The envelope's file. */
  readonly file: string;
  /** The database the key is for: while it exists, no new key is ever made. */
  readonly database: string;
  readonly keychain: KeychainPort;
  /** Bytes of the secret to make: the database key and, behind it, other seeds kept with it. */
  readonly bytes?: number;
  /** Raw X25519 public key of the province, base64url; when given, the envelope is made to hold a copy for it. */
  readonly recoveryPublicKey?: string;
  /** Development only: take a keychain that protects nothing. The product shows a banner. */
  readonly allowDevelopmentKeychain?: boolean;
}

export interface LoadedKey {
  readonly key: Uint8Array;
  readonly backend: string;
  readonly created: boolean;
  /** Whether the keychain protects nothing and was let through. */
  readonly development: boolean;
}

const recoveryInfo = 'quay-key-recovery-v1';
/** ASN.1 heads of raw X25519 keys (RFC 8410), which Node's key objects want. */
const spkiHead = Buffer.from('302a300506032b656e032100', 'hex');
const pkcs8Head = Buffer.from('302e020100300506032b656e04220420', 'hex');

function publicKeyOf(raw: Uint8Array): ReturnType<typeof createPublicKey> {
  return createPublicKey({ key: Buffer.concat([spkiHead, raw]), format: 'der', type: 'spki' });
}

function wrappingKey(shared: Uint8Array, ephemeral: Uint8Array, recipient: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', shared, Buffer.concat([ephemeral, recipient]), recoveryInfo, 32));
}

/** Wraps a key so that only the holder of the province's recovery key can open it. `recoveryPublicKey`: raw X25519, base64url. */
export function wrapToRecoveryKey(key: Uint8Array, recoveryPublicKey: string): RecoveryWrap {
  const recipient = Buffer.from(recoveryPublicKey, 'base64url');
  const pair = generateKeyPairSync('x25519');
  const ephemeral = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(spkiHead.length);
  const shared = diffieHellman({ privateKey: pair.privateKey, publicKey: publicKeyOf(recipient) });
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(shared, ephemeral, recipient), nonce);
  const blob = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  return {
    keyId: nodeHasher.sha256(recipient),
    ephemeral: ephemeral.toString('base64url'),
    nonce: nonce.toString('base64'),
    blob: blob.toString('base64'),
  };
}

/** Opens a key wrapped by {@link wrapToRecoveryKey}. `recoveryPrivateKey`: raw X25519, 32 bytes. Throws `key.unreadable`. */
export function unwrapWithRecoveryKey(wrap: RecoveryWrap, recoveryPrivateKey: Uint8Array): Uint8Array {
  try {
    const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Head, recoveryPrivateKey]), format: 'der', type: 'pkcs8' });
    const recipient = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(spkiHead.length);
    const ephemeral = Buffer.from(wrap.ephemeral, 'base64url');
    const shared = diffieHellman({ privateKey, publicKey: publicKeyOf(ephemeral) });
    const blob = Buffer.from(wrap.blob, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey(shared, ephemeral, recipient), Buffer.from(wrap.nonce, 'base64'), { authTagLength: 16 });
    decipher.setAuthTag(blob.subarray(-16));
    return new Uint8Array(Buffer.concat([decipher.update(blob.subarray(0, -16)), decipher.final()]));
  } catch (cause) {
    throw new DomainError('key.unreadable', {}, cause);
  }
}

/** Replaces a file so that after a power cut it is either the old one or the new one, whole. */
export function writeDurably(file: string, text: string): void {
  const temporary = `${file}.new`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
  // Windows cannot open a folder; its rename is journaled.
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function readEnvelope(file: string): KeyEnvelope | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return keyEnvelopeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new DomainError('key.unreadable', {}, cause);
  }
}

/**
 * The database's key: opened from its envelope, or made and wrapped when there is neither an envelope nor a database.
 * Throws `key.keychain-missing` where the keychain is missing or keeps keys in plain text, `key.unreadable` where the
 * envelope is lost or cannot be opened; never makes a new key over an existing database.
 */
export async function loadOrCreateKey(options: LoadKeyOptions): Promise<LoadedKey> {
  const { file, keychain, bytes = 32 } = options;
  const backend = await keychain.backend();
  const development = backend === 'basic_text' || !(await keychain.available());
  if (development && options.allowDevelopmentKeychain !== true) throw new DomainError('key.keychain-missing', { backend });

  const held = readEnvelope(file);
  if (!held) {
    if (existsSync(options.database)) throw new DomainError('key.unreadable');
    const key = new Uint8Array(randomBytes(bytes));
    await writeEnvelope(options, backend, key);
    return { key, backend, created: true, development };
  }
  let key: Uint8Array;
  try {
    key = await keychain.unwrap(Buffer.from(held.wrapped.blob, 'base64'));
  } catch (cause) {
    throw new DomainError('key.unreadable', {}, cause);
  }
  if (key.length !== bytes) throw new DomainError('key.unreadable');
  const recipient = options.recoveryPublicKey;
  if (recipient !== undefined && held.recovery?.keyId !== nodeHasher.sha256(Buffer.from(recipient, 'base64url'))) {
    await writeEnvelope(options, backend, key);
  }
  return { key, backend, created: false, development };
}

async function writeEnvelope(options: LoadKeyOptions, backend: string, key: Uint8Array): Promise<void> {
  const blob = Buffer.from(await options.keychain.wrap(key)).toString('base64');
  const envelope: KeyEnvelope = {
    v: 1,
    wrapped: { backend, blob },
    ...(options.recoveryPublicKey === undefined ? {} : { recovery: wrapToRecoveryKey(key, options.recoveryPublicKey) }),
  };
  writeDurably(options.file, `${JSON.stringify(envelope)}\n`);
}
