import { z } from 'zod';

/** What a digitised paper may be: what scanners give and every computer shows. */
export const mediaTypeSchema = z.enum(['application/pdf', 'image/jpeg', 'image/png']);
export type MediaType = z.infer<typeof mediaTypeSchema>;

/** Largest attachment, bytes; smallest and largest piece of one in a request, and the largest answer of a fetch. */
export const attachmentLimits = { bytes: 50 * 1024 * 1024, leastPiece: 256 * 1024, mostPiece: 1024 * 1024 } as const;

/** Bytes of a file's beginning that {@link mediaTypeOf} needs. */
export const mediaHead = 1024;

const pdf = [0x25, 0x50, 0x44, 0x46, 0x2d];
const signatures: readonly (readonly [MediaType, readonly number[]])[] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
];

function standsAt(bytes: Uint8Array, at: number, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[at + index] === byte);
}

/**
 * The type by the content, whatever the file is called; undefined for any other. `head` is the beginning of the file. A PDF may have other
 * bytes before its header, within the first 1024 (ISO 32000-1, implementation notes); scanners' drivers write such.
 */
export function mediaTypeOf(head: Uint8Array): MediaType | undefined {
  const image = signatures.find(([, signature]) => standsAt(head, 0, signature));
  if (image) return image[0];
  const last = Math.min(head.length, mediaHead) - pdf.length;
  for (let at = 0; at <= last; at += 1) if (standsAt(head, at, pdf)) return 'application/pdf';
  return undefined;
}
