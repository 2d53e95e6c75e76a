import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import type { Signer, Verifier } from '#shared/ports.ts';
import type { Keys } from './ports.ts';

function rawPublicKey(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (typeof x !== 'string') throw new TypeError('not an Ed25519 key');
  return x;
}

/** Ed25519 keys on node:crypto; a private key travels as base64url of its PKCS #8 form. */
export const nodeKeys: Keys = {
  generate() {
    return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');
  },
  signer(privateKey): Signer {
    const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), format: 'der', type: 'pkcs8' });
    const publicKey = rawPublicKey(key);
    return {
      publicKey,
      keyId: createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex'),
      sign: (bytes) => sign(null, bytes, key).toString('base64url'),
    };
  },
};

/** Keys read before: reading one takes as long as half a verification, and the centre's sign nearly everything. */
const readKeys = new Map<string, KeyObject>();
const keptKeys = 100;

function publicKeyOf(raw: string): KeyObject {
  const known = readKeys.get(raw);
  if (known) return known;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' });
  if (readKeys.size >= keptKeys) readKeys.clear();
  readKeys.set(raw, key);
  return key;
}

/** Verifies Ed25519 signatures with node:crypto; false for anything malformed. */
export const nodeVerifier: Verifier = {
  verify(publicKey, bytes, signature) {
    if (!/^[A-Za-z0-9_-]{43}$/.test(publicKey) || !/^[A-Za-z0-9_-]{86}$/.test(signature)) return false;
    try {
      return verify(null, bytes, publicKeyOf(publicKey), Buffer.from(signature, 'base64url'));
    } catch {
      // A point that is not on the curve: not a signature by anyone.
      return false;
    }
  },
};
