import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { Random } from '#shared/ports.ts';

/** How long a nonce can be used, milliseconds. */
export const nonceLifetime = 10 * 60_000;

export interface Nonces {
  /** A nonce for the next request: 43 characters, base64url. */
  issue(): string;
  /** When a nonce of ours ends; undefined for one we did not issue or whose time is over. */
  endOf(nonce: string): number | undefined;
}

/**
 * Nonces that need no memory until they are used: their end, 10 random bytes and a MAC of both. So whoever asks for
 * nonces without end fills no disk, several processes of one centre share them by sharing the key, and only used ones are
 * kept. `wall` is real time in milliseconds.
 */
export function nonces(key: Uint8Array, random: Random, wall: () => number): Nonces {
  const secret = createSecretKey(key);
  const mac = (open: Uint8Array): Buffer => createHmac('sha256', secret).update(open).digest().subarray(0, 16);
  return {
    issue() {
      const open = Buffer.alloc(16);
      open.writeUIntBE(wall() + nonceLifetime, 0, 6);
      open.set(random.bytes(10), 6);
      return Buffer.concat([open, mac(open)]).toString('base64url');
    },
    endOf(nonce) {
      const bytes = Buffer.from(nonce, 'base64url');
      // The second test: base64url has several spellings of the same bytes, and each would count as unused.
      if (bytes.length !== 32 || bytes.toString('base64url') !== nonce) return undefined;
      const open = bytes.subarray(0, 16);
      if (!timingSafeEqual(bytes.subarray(16), mac(open))) return undefined;
      const end = open.readUIntBE(0, 6);
      return end < wall() ? undefined : end;
    },
  };
}
