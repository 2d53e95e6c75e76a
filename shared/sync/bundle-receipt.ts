import { z } from 'zod';
import { fail, ok, type Fault, type Outcome } from '#shared/errors/index.ts';
import { canonicalText, hashSchema, headSchema, uuidSchema } from '#shared/log/index.ts';
import type { Hasher, Signer, Verifier } from '#shared/ports.ts';
import { bundleVersion } from './bundle.ts';
import { jsonLine } from './json-line.ts';
import { heardFault, heardFaultSchema } from './problem.ts';
import { signatureSchema } from './wire.ts';

/** Largest receipt, bytes. */
export const receiptLimit = 1024 * 1024;

const place = headSchema.omit({ log: true });

/** What the centre says of one log of a bundle: the same words as over the network. */
const logReceiptSchema = z.object({
  log: uuidSchema,
  /** Up to here it is held, read back after the commit; missing where nothing of the log was acknowledged. */
  ack: place.optional(),
  /** It is kept as a branch up to here, because the centre holds other entries from `leavesAt` on. */
  kept: place.extend({ leavesAt: z.int().positive() }).optional(),
  /** Entries kept but marked, as in the answer to a batch. */
  marked: z.array(z.int()).max(100_000).optional(),
  /** Why the rest was not taken, and the seq to send from where that is the remedy. */
  fault: heardFaultSchema.transform((heard): Fault => heardFault(heard)).optional(),
  need: z.int().positive().optional(),
});
export type LogReceipt = z.infer<typeof logReceiptSchema>;

/** The centre's answer to a bundle (giấy báo nhận), for the way back by USB. */
export const bundleReceiptSchema = z.object({
  kind: z.literal('quay.bundle-receipt'),
  v: z.literal(bundleVersion),
  /** Whose bundle it was. */
  installation: uuidSchema,
  /** SHA-256 of the bundle's file. */
  bundle: hashSchema,
  /** The centre's time and the bound on its error; `null` while it was not synchronised. */
  at: z.int(),
  rho: z.int().nonnegative().nullable(),
  logs: z.array(logReceiptSchema).max(200),
});
export type BundleReceipt = z.infer<typeof bundleReceiptSchema>;

const markSchema = z.object({ kind: z.literal('quay.bundle-receipt'), v: z.int() });
const trailerSchema = z.object({ signature: signatureSchema });
const encoder = new TextEncoder();

/** The bytes a receipt's signature covers; `digest` is the SHA-256 of its first line with the line feed. */
export function receiptBytes(digest: string): Uint8Array {
  return encoder.encode(`quay-bundle-receipt-v1\n${digest}\n`);
}

/** Writes a receipt: two lines of JSON, the second the signature by the centre's key. */
export function writeReceipt(about: Omit<BundleReceipt, 'kind' | 'v'>, hasher: Hasher, signer: Signer): string {
  const line = `${canonicalText({ kind: 'quay.bundle-receipt', v: bundleVersion, ...about })}\n`;
  return `${line}${canonicalText({ signature: signer.sign(receiptBytes(hasher.sha256(encoder.encode(line)))) })}\n`;
}

/**
 * Reads a receipt. `keys` are the centre's, raw Ed25519. Errors: `receipt.unreadable`, `receipt.bad-signature`, `receipt.other-desk`,
 * `bundle.newer-version`.
 */
export function readReceipt(text: string, about: { readonly keys: readonly string[]; readonly installation: string }, hasher: Hasher, verifier: Verifier): Outcome<BundleReceipt> {
  const [first = '', second = '', end, ...more] = text.split('\n');
  const value = jsonLine(first);
  const mark = markSchema.safeParse(value);
  if (!mark.success) return fail('receipt.unreadable');
  if (mark.data.v > bundleVersion) return fail('bundle.newer-version', { found: mark.data.v, known: bundleVersion });
  const trailer = trailerSchema.safeParse(jsonLine(second));
  if (!trailer.success || end !== '' || more.length > 0) return fail('receipt.unreadable');
  const bytes = receiptBytes(hasher.sha256(encoder.encode(`${first}\n`)));
  if (!about.keys.some((key) => verifier.verify(key, bytes, trailer.data.signature))) return fail('receipt.bad-signature');
  const receipt = bundleReceiptSchema.safeParse(value);
  if (!receipt.success) return fail('receipt.unreadable');
  return receipt.data.installation === about.installation ? ok(receipt.data) : fail('receipt.other-desk');
}
