import { scrypt, timingSafeEqual } from 'node:crypto';
import type { PinVerifier } from '#shared/catalogue/index.ts';
import type { Random } from '#shared/ports.ts';

/** Cost of scrypt (RFC 7914): 16 MB and some tens of milliseconds for one attempt. */
const params = { n: 16_384, r: 8, p: 1, keyLength: 32 };

/** What a password or PIN can be checked against later. The secret is taken in NFC, so that two keyboards give one password. */
export async function makeVerifier(secret: string, random: Random): Promise<PinVerifier> {
  const salt = random.bytes(16);
  const hash = await derive(secret, salt, params);
  return { salt: Buffer.from(salt).toString('base64'), hash: hash.toString('base64'), params };
}

/** Whether a password or PIN is the one its verifier was made from. */
export async function matchesVerifier(secret: string, verifier: PinVerifier): Promise<boolean> {
  const expected = Buffer.from(verifier.hash, 'base64');
  const found = await derive(secret, Buffer.from(verifier.salt, 'base64'), verifier.params);
  return found.length === expected.length && timingSafeEqual(found, expected);
}

function derive(secret: string, salt: Uint8Array, cost: PinVerifier['params']): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: cost.n, r: cost.r, p: cost.p, maxmem: 256 * cost.n * cost.r };
    scrypt(secret.normalize('NFC'), salt, cost.keyLength, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
