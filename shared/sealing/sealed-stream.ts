import type { Cipher } from '#shared/ports.ts';
import { joined } from './joined.ts';

/** Bytes of plain text in each chunk but the last, and of the tag each chunk gets. */
export const chunkBytes = 64 * 1024;
const tagBytes = 16;

/**
 * The nonce says which chunk it is and whether it is the last, so that chunks can be neither left out at the end, nor doubled, nor put in
 * another order (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). A key seals one stream.
 */
function nonceOf(index: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(7, index);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Seals bytes in chunks under a key that is used for nothing else. */
export function sealStream(plain: Uint8Array, key: Uint8Array, cipher: Cipher): Uint8Array {
  const count = Math.max(1, Math.ceil(plain.length / chunkBytes));
  return joined(Array.from({ length: count }, (_, index) => (
    cipher.seal(key, nonceOf(index, index === count - 1), plain.subarray(index * chunkBytes, (index + 1) * chunkBytes))
  )));
}

/** Opens what {@link sealStream} made; undefined where it is cut, changed, doubled or in another order. */
export function openStream(sealed: Uint8Array, key: Uint8Array, cipher: Cipher): Uint8Array | undefined {
  const size = chunkBytes + tagBytes;
  const count = Math.max(1, Math.ceil(sealed.length / size));
  const parts: Uint8Array[] = [];
  for (let index = 0; index < count; index += 1) {
    const part = cipher.open(key, nonceOf(index, index === count - 1), sealed.subarray(index * size, (index + 1) * size));
    if (part === undefined) return undefined;
    parts.push(part);
  }
  // One content has one form: only an empty stream has an empty chunk.
  return count > 1 && parts.at(-1)?.length === 0 ? undefined : joined(parts);
}
