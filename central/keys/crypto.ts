import { createPrivateKey, createPublicKey, hash, randomBytes, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Hasher, Random, Signer, Verifier } from '#shared/ports.ts';

/** SHA-256 by Node. */
export const hasher: Hasher = { sha256: (bytes) => hash('sha256', bytes, 'hex') };

/** Unpredictable bytes by Node. */
export const random: Random = { bytes: (count) => randomBytes(count) };

/** Raw public keys are wrapped in the fixed 12 bytes of their SubjectPublicKeyInfo (RFC 8410). */
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Ed25519 by Node. A key or signature of a wrong shape is a signature that does not verify. */
export const verifier: Verifier = {
  verify(publicKey, bytes, signature) {
    const mark = Buffer.from(signature, 'base64url');
    const key = mark.length === 64 ? publicKeyOf(publicKey) : undefined;
    return key !== undefined && verify(null, bytes, key, mark);
  },
};

/** Keys read before: reading one takes as long as half a verification, and few keys sign nearly everything. */
const readKeys = new Map<string, KeyObject>();
const keptKeys = 1000;

/** The key with these 32 raw bytes, base64url; undefined where they are not as many. */
export function publicKeyOf(publicKey: string): KeyObject | undefined {
  const known = readKeys.get(publicKey);
  if (known) return known;
  const raw = Buffer.from(publicKey, 'base64url');
  if (raw.length !== 32) return undefined;
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });
  if (readKeys.size >= keptKeys) readKeys.clear();
  readKeys.set(publicKey, key);
  return key;
}

/** The 32 raw bytes of an Ed25519 or X25519 public key, base64url; `key` may be the private one. */
export function rawPublicKey(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key.export({ format: 'pem', type: 'pkcs8' })) : key;
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64url');
}

/** A signer over an Ed25519 private key. */
export function signerOf(privateKey: KeyObject): Signer {
  const publicKey = rawPublicKey(privateKey);
  return {
    keyId: hasher.sha256(Buffer.from(publicKey, 'base64url')),
    publicKey,
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64url'),
  };
}

/** Reads a private key from its PEM text. */
export function privateKeyFrom(pem: string): KeyObject {
  return createPrivateKey(pem);
}
