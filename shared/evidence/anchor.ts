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

/** What an anchor's signature covers. */
export function anchorSaid(text: string): string {
  return `quay-anchor-v1\n${text}\n`;
}

/** The bytes an anchor's signature covers. */
export function anchorBytes(text: string): Uint8Array {
  return encoder.encode(anchorSaid(text));
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
  return readAnchor(signed.text);
}

const digest = '[0-9a-f]{64}';
const whole = '0|[1-9]\\d{0,14}';
/** An anchor as the centre writes it: in canonical form, with a nonce in base64url. */
const written = new RegExp(
  `^\\{"hash":"(${digest})","key":"(${digest})","log":"([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})","nonce":"([\\w-]{22})",`
  + `(?:"own":\\{"hash":"(${digest})","seq":([1-9]\\d{0,14})\\},)?"rho":(${whole}),"seq":(${whole}),"t":(${whole}),"v":1\\}$`,
);

/** The anchor a text says, whoever signed it; undefined where it is none. One that the centre wrote is told at a glance, and by the schema what that does not tell. */
export function readAnchor(text: string): Anchor | undefined {
  const found = written.exec(text);
  if (found) {
    const [, hash = '', key = '', log = '', nonce = '', ownHash, ownSeq, rho, seq, t] = found;
    const anchor = { v: 1 as const, log, seq: Number(seq), hash, nonce, t: Number(t), rho: Number(rho), key };
    return ownHash === undefined ? anchor : { ...anchor, own: { seq: Number(ownSeq), hash: ownHash } };
  }
  try {
    return anchorSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // No JSON, so no anchor.
    return undefined;
  }
}
