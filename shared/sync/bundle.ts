import { z } from 'zod';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { canonicalText, hashSchema, uuidSchema } from '#shared/log/index.ts';
import { openStream, sealStream } from '#shared/sealing/index.ts';
import type { Cipher, Hasher, KeyAgreement, Signer, Verifier } from '#shared/ports.ts';
import { batchLimits, publicKeySchema, signatureSchema } from './wire.ts';

/** Version of the bundle's form. */
export const bundleVersion = 1;

/** Limits of a bundle: of the file, of its first line, of all its batches inflated (bytes), and of their number. */
export const bundleLimits = { bytes: 32 * 1024 * 1024, header: 64 * 1024, inflatedBytes: 512 * 1024 * 1024, batches: 20_000 } as const;

const stretchSchema = z.object({
  log: uuidSchema,
  /** Which entries of it. */
  first: z.int().positive(),
  last: z.int().positive(),
  /** Hash of entry `last`. */
  headHash: hashSchema,
});

/**
 * First line of a bundle (gói dữ liệu): who wrote it and what it holds. The only part that is not encrypted; nothing personal stands in it. The
 * stream's key hangs on its exact bytes; what a later desk says beside these fields is passed over.
 */
export const bundleHeaderSchema = z.object({
  kind: z.literal('quay.bundle'),
  v: z.literal(bundleVersion),
  installation: uuidSchema,
  /** Raw X25519 key of the centre it is encrypted to. */
  recipient: publicKeySchema,
  /** Raw X25519 public key made for this one bundle. */
  ephemeral: publicKeySchema,
  software: z.string().max(64),
  /** Wall clock of the desk when it was written, milliseconds; informative. */
  writtenAt: z.int(),
  entries: z.int().positive(),
  batches: z.int().positive().max(bundleLimits.batches),
  /** The stretches it carries, in the order in which their batches follow. */
  logs: z.array(stretchSchema).min(1).max(200),
});
export type BundleHeader = z.infer<typeof bundleHeaderSchema>;

/** What any version of the first line has. */
const markSchema = z.object({ kind: z.literal('quay.bundle'), v: z.int() });

const encoder = new TextEncoder();
const lineFeed = 10;
/** Bytes of the last line: the signature and a line feed. */
const trailerBytes = 87;

/** The bytes a bundle's signature covers; `digest` is the SHA-256 of all before its last line. */
export function bundleBytes(digest: string): Uint8Array {
  return encoder.encode(`quay-bundle-v1\n${digest}\n`);
}

/** The bytes by which the centre announces the X25519 key to which bundles are encrypted, signed with its Ed25519 key. */
export function bundleKeyBytes(key: string): Uint8Array {
  return encoder.encode(`quay-bundle-key-v1\n${key}\n`);
}

/** The key of a bundle's stream. It hangs on the whole first line, so a changed one opens nothing. */
function streamKey(own: KeyAgreement, peer: string, ephemeral: string, recipient: string, headerLine: Uint8Array, hasher: Hasher): Uint8Array | undefined {
  return own.agree(peer, encoder.encode(`${ephemeral}\n${recipient}\n`), encoder.encode(`quay-bundle-v1\n${hasher.sha256(headerLine)}\n`));
}

export interface WritePorts {
  readonly hasher: Hasher;
  readonly cipher: Cipher;
  /** Made for this one bundle. */
  readonly ephemeral: KeyAgreement;
  /** The installation's key. */
  readonly signer: Signer;
}

/**
 * Writes a bundle: the header's line, then the batches exactly as the network would carry them (gzip), each behind its length (4 bytes, most
 * significant first), sealed to the centre's X25519 key `recipient` (raw, base64url) in chunks; then the signature of all that by the installation's key.
 */
export function writeBundle(about: Omit<BundleHeader, 'kind' | 'v' | 'recipient' | 'ephemeral' | 'batches'>, batches: readonly Uint8Array[], recipient: string, ports: WritePorts): Uint8Array {
  const { hasher, cipher, ephemeral, signer } = ports;
  const header: BundleHeader = { kind: 'quay.bundle', v: bundleVersion, ...about, recipient, ephemeral: ephemeral.publicKey, batches: batches.length };
  const line = encoder.encode(`${canonicalText(header)}\n`);
  const key = streamKey(ephemeral, recipient, ephemeral.publicKey, recipient, line, hasher);
  if (!key) throw new RangeError('not an X25519 key');
  const sealed = sealStream(framed(batches), key, cipher);
  const file = new Uint8Array(line.length + sealed.length + trailerBytes);
  file.set(line);
  file.set(sealed, line.length);
  const signed = file.subarray(0, line.length + sealed.length);
  file.set(encoder.encode(`${signer.sign(bundleBytes(hasher.sha256(signed)))}\n`), signed.length);
  return file;
}

function framed(batches: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(batches.reduce((sum, batch) => sum + 4 + batch.length, 0));
  const view = new DataView(whole.buffer);
  let at = 0;
  for (const batch of batches) {
    view.setUint32(at, batch.length);
    whole.set(batch, at + 4);
    at += 4 + batch.length;
  }
  return whole;
}

function unframed(plain: Uint8Array, count: number): Uint8Array[] | undefined {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const batches: Uint8Array[] = [];
  let at = 0;
  while (at < plain.length) {
    if (batches.length === count || at + 4 > plain.length) return undefined;
    const length = view.getUint32(at);
    if (length === 0 || length > batchLimits.compressedBytes || at + 4 + length > plain.length) return undefined;
    batches.push(plain.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return batches.length === count ? batches : undefined;
}

/** A bundle whose first line was read; nothing else of it is known yet. */
export interface BundleFile {
  readonly header: BundleHeader;
  /** SHA-256 of the whole file, which names it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly headerBytes: number;
}

/** Reads the first line of a bundle. Errors: `bundle.too-large`, `bundle.not-a-bundle`, `bundle.newer-version`, `bundle.damaged`. */
export function parseBundle(bytes: Uint8Array, hasher: Hasher): Outcome<BundleFile> {
  if (bytes.length > bundleLimits.bytes) return fail('bundle.too-large', { limit: bundleLimits.bytes / 1024 / 1024 });
  const end = bytes.subarray(0, bundleLimits.header).indexOf(lineFeed);
  if (end < 0) return fail('bundle.not-a-bundle');
  const value = parse(bytes.subarray(0, end));
  const mark = markSchema.safeParse(value);
  if (!mark.success) return fail('bundle.not-a-bundle');
  if (mark.data.v > bundleVersion) return fail('bundle.newer-version', { found: mark.data.v, known: bundleVersion });
  const header = bundleHeaderSchema.safeParse(value);
  if (!header.success || bytes.length < end + 1 + trailerBytes) return fail('bundle.damaged');
  return ok({ header: header.data, name: hasher.sha256(bytes), bytes, headerBytes: end + 1 });
}

export interface ReadPorts {
  readonly hasher: Hasher;
  readonly verifier: Verifier;
  readonly cipher: Cipher;
  /** The centre's own. */
  readonly agreement: KeyAgreement;
}

/**
 * Checks that a bundle is whole and was written with this key (the installation's, raw Ed25519, base64url), and opens it. Gives its batches as
 * they were packed. Errors: `bundle.damaged`, `bundle.wrong-centre`.
 */
export function openBundle({ header, bytes, headerBytes }: BundleFile, publicKey: string, { hasher, verifier, cipher, agreement }: ReadPorts): Outcome<readonly Uint8Array[]> {
  const signed = bytes.subarray(0, bytes.length - trailerBytes);
  const signature = signatureSchema.safeParse(ascii(bytes.subarray(signed.length, -1)));
  if (bytes.at(-1) !== lineFeed || !signature.success) return fail('bundle.damaged');
  if (!verifier.verify(publicKey, bundleBytes(hasher.sha256(signed)), signature.data)) return fail('bundle.damaged');
  if (header.recipient !== agreement.publicKey) return fail('bundle.wrong-centre');
  const key = streamKey(agreement, header.ephemeral, header.ephemeral, agreement.publicKey, bytes.subarray(0, headerBytes), hasher);
  const plain = key && openStream(signed.subarray(headerBytes), key, cipher);
  const batches = plain && unframed(plain, header.batches);
  return batches ? ok(batches) : fail('bundle.damaged');
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function parse(line: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line));
  } catch {
    // Not UTF-8, or not JSON.
    return undefined;
  }
}
