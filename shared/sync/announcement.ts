import { z } from 'zod';
import { canonicalText, hashSchema, uuidSchema } from '#shared/log/index.ts';
import { publicKeySchema, signatureSchema } from './wire.ts';

/** Bytes of an announcement that is never exceeded; it fits one datagram everywhere. */
export const announcementLimit = 512;

/**
 * What a desk says on its office's network about its own log (thông báo trong mạng nội bộ): a head that the centre has not acknowledged, signed by
 * the log's key. Nothing about dossiers or people. A sibling desk of the agency that hears it may write it down as a witness (`head.witnessed`).
 */
export const announcementSchema = z.strictObject({
  v: z.literal(1),
  /** Raw Ed25519 key of the installation, base64url. */
  key: publicKeySchema,
  log: uuidSchema,
  seq: z.int().positive(),
  hash: hashSchema,
  /** Of the head, as in a batch. */
  signature: signatureSchema,
});
export type Announcement = z.infer<typeof announcementSchema>;

/** The datagram of an announcement: canonical JSON in UTF-8. */
export function writeAnnouncement(announcement: Announcement): Uint8Array {
  return new TextEncoder().encode(canonicalText(announcement));
}

/** Undefined for whatever else comes over a network: another version, another program's, half of one. */
export function readAnnouncement(bytes: Uint8Array): Announcement | undefined {
  if (bytes.length > announcementLimit) return undefined;
  try {
    return announcementSchema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))).data;
  } catch {
    // Not UTF-8 or not JSON: not ours.
    return undefined;
  }
}
