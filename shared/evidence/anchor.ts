import { z } from 'zod';
import { canonicalText, hashSchema, uuidSchema } from '#shared/log/index.ts';
import type { Signer, Verifier } from '#shared/ports.ts';

/**
 * An anchor (mốc thời gian): the centre's signed word that at its own time `t ± rho` it answered a nonce, and that the
 * asking log claimed the head `{seq, hash}` in its request. Because the nonce is the desk's and fresh, it cannot have
 * been made before the request; because the head is named, the entries up to it existed by `t + rho`. What a later centre
 * says beside that is under the signature and passed over.
 */
export const anchorSchema = z.object({
  v: z.literal(1),
  log: uuidSchema,
  seq: z.int().nonnegative(),
  hash: hashSchema,
  /** 16 random bytes of the desk, base64url. */
  nonce: z.string().length(22),
  /** The centre's time, milliseconds since 1970-01-01T00:00:00Z. */
  t: z.int(),
  /** The centre's own bound on the error of `t`, milliseconds, from its NTP. Unsynchronised, it signs none. */
  rho: z.int().nonnegative(),
  /** The centre's key that signed. */
  key: hashSchema,
  /**
   * The end of the centre's own log at that moment. Desks note anchors in their logs, so a centre that rewrites its log later contradicts
   * what hundreds of desks hold. Missing in anchors of earlier programs.
   */
  own: z.object({ seq: z.int().positive(), hash: hashSchema }).optional(),
});
export type Anchor = z.infer<typeof anchorSchema>;

/** An anchor as it travels and is stored: exact text and signature. */
export const signedAnchorSchema = z.object({ text: z.string().max(1024), signature: z.string().length(86) });
export type SignedAnchor = z.infer<typeof signedAnchorSchema>;

const encoder = new TextEncoder();

/** The bytes an anchor's signature covers. */
export function anchorBytes(text: string): Uint8Array {
  return encoder.encode(`quay-anchor-v1\n${text}\n`);
}

export function signAnchor(anchor: Anchor, signer: Signer): SignedAnchor {
  const text = canonicalText(anchor);
  return { text, signature: signer.sign(anchorBytes(text)) };
}

/** What an anchor of any version has. */
const markSchema = z.object({ v: z.int(), nonce: z.string() });

/**
 * The version of an anchor in a later form than this program reads, if the signature is by `publicKey` and it answers `nonce`: the centre is the
 * right one, only newer. Undefined for any other.
 */
export function laterAnchor(signed: SignedAnchor, publicKey: string, nonce: string, verifier: Verifier): number | undefined {
  if (!verifier.verify(publicKey, anchorBytes(signed.text), signed.signature)) return undefined;
  try {
    const { data } = markSchema.safeParse(JSON.parse(signed.text));
    return data && data.nonce === nonce && data.v > 1 ? data.v : undefined;
  } catch {
    // Signed, and not JSON: nothing this program could tell apart.
    return undefined;
  }
}

/** The anchor inside, if the signature is by `publicKey` and the shape is right; undefined otherwise. */
export function openAnchor(signed: SignedAnchor, publicKey: string, verifier: Verifier): Anchor | undefined {
  if (!verifier.verify(publicKey, anchorBytes(signed.text), signed.signature)) return undefined;
  try {
    const anchor = anchorSchema.safeParse(JSON.parse(signed.text));
    return anchor.success ? anchor.data : undefined;
  } catch {
    return undefined;
  }
}
