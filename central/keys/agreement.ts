import { createCipheriv, createDecipheriv, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Cipher, KeyAgreement } from '#shared/ports.ts';
import { rawPublicKey } from './crypto.ts';

/** Raw X25519 public keys are wrapped in the fixed 12 bytes of their SubjectPublicKeyInfo (RFC 8410). */
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex');
const tagBytes = 16;

/** The centre's side of an agreement, over its X25519 private key. */
export function agreementOf(privateKey: KeyObject): KeyAgreement {
  return {
    publicKey: rawPublicKey(privateKey),
    agree(peer, salt, info) {
      const raw = Buffer.from(peer, 'base64url');
      if (raw.length !== 32) return undefined;
      try {
        const publicKey = createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });
        return new Uint8Array(hkdfSync('sha256', diffieHellman({ privateKey, publicKey }), salt, info, 32));
      } catch {
        // A point of low order: nobody's key.
        return undefined;
      }
    },
  };
}

/** AES-256-GCM by Node. */
export const cipher: Cipher = {
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
