import { scrypt, timingSafeEqual } from 'node:crypto';
import type { Staff } from '#shared/catalogue/index.ts';

/** Most memory one check of a PIN may take, bytes: a verifier that asks for more is refused, not obeyed. */
const mostMemory = 128 * 1024 * 1024;

/**
 * Whether a PIN (mã PIN) is the one a verifier was made from (scrypt, RFC 7914). Takes some tens of milliseconds on
 * purpose. False for a person without a verifier or with one whose cost is out of bounds.
 */
export async function pinFits(pin: string, verifier: Staff['pin']): Promise<boolean> {
  if (!verifier) return false;
  const { n, r, p, keyLength } = verifier.params;
  const expected = Buffer.from(verifier.hash, 'base64');
  if (expected.length !== keyLength || 128 * n * r > mostMemory || p > 16) return false;
  const found = await derive(pin.normalize('NFC'), Buffer.from(verifier.salt, 'base64'), keyLength, { N: n, r, p, maxmem: 2 * mostMemory });
  return found !== undefined && timingSafeEqual(found, expected);
}

function derive(pin: string, salt: Buffer, length: number, cost: { N: number; r: number; p: number; maxmem: number }): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    try {
      scrypt(pin, salt, length, cost, (error, key) => resolve(error ? undefined : key));
    } catch {
      // Parameters that scrypt itself refuses (N not a power of two): nobody can sign in with such a verifier.
      resolve(undefined);
    }
  });
}
