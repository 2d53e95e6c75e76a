import { createCipheriv, createDecipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync } from 'node:crypto';
import type { Cipher, KeyAgreement } from '#shared/ports.ts';
import type { DeskPorts } from './ports.ts';

const tagBytes = 16;

/** A key agreement with a fresh X25519 key that lives as long as this object. */
export function ephemeralAgreement(): KeyAgreement {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  const { x } = publicKey.export({ format: 'jwk' });
  if (typeof x !== 'string') throw new TypeError('not an X25519 key');
  return {
    publicKey: x,
    agree(peer, salt, info) {
      if (!/^[A-Za-z0-9_-]{43}$/.test(peer)) return undefined;
      try {
        const other = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: peer }, format: 'jwk' });
        return new Uint8Array(hkdfSync('sha256', diffieHellman({ privateKey, publicKey: other }), salt, info, 32));
      } catch {
        // A point of low order: nobody's key.
        return undefined;
      }
    },
  };
}

/** AES-256-GCM by Node. */
export const nodeCipher: Cipher = {
  seal(key, nonce, plain) {
    const sealing = createCipheriv('aes-256-gcm', key, nonce);
    return Buffer.concat([sealing.update(plain), sealing.final(), sealing.getAuthTag()]);
  },
  open(key, nonce, sealed) {
    if (sealed.length < tagBytes) return undefined;
    const opening = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    opening.setAuthTag(sealed.subarray(-tagBytes));
    const plain = opening.update(sealed.subarray(0, -tagBytes));
    try {
      return Buffer.concat([plain, opening.final()]);
    } catch {
      // Changed on the way.
      return undefined;
    }
  },
};

/** What a desk seals bundles with. */
export const nodeSealing: DeskPorts['sealing'] = { ephemeral: ephemeralAgreement, cipher: nodeCipher };
