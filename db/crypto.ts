import { createHash, randomBytes } from 'node:crypto';
import type { Hasher, Random } from '#shared/ports.ts';

/** SHA-256 by Node. */
export const nodeHasher: Hasher = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
};

/** Random bytes of the operating system. */
export const nodeRandom: Random = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
};
