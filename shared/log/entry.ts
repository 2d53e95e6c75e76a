import { z } from 'zod';
import type { ClockSample, Hasher, Random } from '#shared/ports.ts';
import { canonicalText } from './canonical.ts';
import { hashSchema, uuidSchema } from './ids.ts';

/** Version of the entry's header. */
export const entryVersion = 1;

/** The `prev` of the first entry of a log. */
export const noHash = '0'.repeat(64);

/** Largest entry and largest sealed body, bytes of UTF-8. A bigger one is refused before it is written. */
export const entryLimit = 64 * 1024;

/**
 * What the machine's clocks said when the entry was made, all in whole milliseconds but `hrtime` in microseconds.
 * `anchor` is the number of the latest anchor this boot had received, or null.
 */
export const clockReadingSchema = z.strictObject({
  wall: z.int(),
  uptime: z.int(),
  hrtime: z.int(),
  boot: z.string().min(1).max(64),
  anchor: z.int().nonnegative().nullable(),
});
export type ClockReading = z.infer<typeof clockReadingSchema>;

/** A clock sample rounded to what an entry carries. */
export function clockReading(sample: ClockSample, anchor: number | null): ClockReading {
  return {
    wall: Math.round(sample.wall),
    uptime: Math.round(sample.uptime),
    hrtime: Math.round(sample.hrtime * 1000),
    boot: sample.boot,
    anchor,
  };
}

/**
 * The chained header of one entry (mục nhật ký). Unknown kinds are legal: they are kept, chained and passed over by
 * programs that do not know them.
 */
export const entryHeaderSchema = z.strictObject({
  v: z.literal(entryVersion),
  /** The append-only log the entry belongs to; one installation writes it. */
  log: uuidSchema,
  /** Place in the log, from 1, without gaps. */
  seq: z.int().positive(),
  /** Hash of the entry before it; {@link noHash} for the first. */
  prev: hashSchema,
  /** 1 + the greatest tick the desk had seen (Lamport 1978). */
  tick: z.int().positive(),
  /** What happened, as `subject.event`. */
  kind: z.string().regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/).max(64),
  /** Internal id of the agency that acted. */
  agency: z.string().min(1).max(64),
  dossier: uuidSchema.optional(),
  /** Hashes of this dossier's latest entries that the desk knew; acts that do not know each other can be told by it. */
  after: z.array(hashSchema).max(64).optional(),
  /** The clerk's one act (UUIDv7, minted where the button was pressed): equal for all entries of one transaction; makes a repeated command harmless. */
  act: uuidSchema,
  /** Staff id of who acted, or `desk` where the program noted something by itself, or `centre`. */
  actor: z.string().min(1).max(64),
  clock: clockReadingSchema,
  /** The body without personal data; its shape is the kind's. Never erased. */
  facts: z.record(z.string(), z.unknown()),
  /** SHA-256 of `salt ‖ sealed body`, where there is one. */
  sealed: hashSchema.optional(),
});
export type EntryHeader = z.infer<typeof entryHeaderSchema>;

/** What an entry says, for whoever does not pass it on. */
export interface ReadEntry {
  readonly header: EntryHeader;
  /** SHA-256 of the entry's exact text in UTF-8. It is the entry's id. */
  readonly hash: string;
}

/** An entry as stored and sent: its exact bytes as text, and what follows from them. */
export interface Entry extends ReadEntry {
  /** The exact canonical text; hashed, stored and sent as it is. */
  readonly text: string;
}

/**
 * The personal body that stands beside an entry: exact text and its salt, or the note that it was erased by law
 * (Law 91/2025/QH15 on personal data). The chain verifies either way.
 */
export const sealedBodySchema = z.union([
  z.strictObject({ salt: z.base64url().length(22), body: z.string().max(entryLimit) }),
  z.strictObject({ erased: z.literal(true) }),
]);
export type SealedBody = z.infer<typeof sealedBodySchema>;

const encoder = new TextEncoder();

/** Hash that binds an entry to its sealed body. `salt` is 16 bytes in base64url. */
export function sealHash(salt: string, body: string, hasher: Hasher): string {
  return hasher.sha256(encoder.encode(`${salt}${body}`));
}

/** Seals a personal body: its canonical text, a fresh salt, and the hash for the header. */
export function seal(personal: unknown, random: Random, hasher: Hasher): { sealed: string; body: SealedBody } {
  const salt = base64url(random.bytes(16));
  const body = canonicalText(personal);
  return { sealed: sealHash(salt, body, hasher), body: { salt, body } };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url without padding (RFC 4648 §5). */
export function base64url(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(index, index + 3);
    const group = (a << 16) | (b << 8) | c;
    const count = Math.min(3, bytes.length - index) + 1;
    for (let place = 0; place < count; place += 1) text += alphabet[(group >> (18 - 6 * place)) & 63];
  }
  return text;
}

/** Makes an entry out of its header: canonical text and hash. */
export function makeEntry(header: EntryHeader, hasher: Hasher): Entry {
  const text = canonicalText(header);
  return { header, text, hash: hasher.sha256(encoder.encode(text)) };
}
