import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { base64url } from '#shared/log/index.ts';
import type { Hasher, Signer, Verifier } from '#shared/ports.ts';

/**
 * The project's profile of HTTP Message Signatures (RFC 9421): one Ed25519 signature over method, path, query and the
 * digest of the content (RFC 9530), with the centre's single-use nonce. Both sides build the signed text here. The time
 * in `created` is informative: replays are refused by the nonce, never by a clock.
 */

/** Label of the signature in both headers; a receiver takes any label but only one signature. */
const label = 'quay';
/** Application tag (RFC 9421 §2.3): a signature made for another purpose by the same key is not taken for one of these. */
export const signatureTag = 'quay-v1';
/** What every signature covers; each exactly once, in any order. */
export const coveredComponents = ['@method', '@path', '@query', 'content-digest'] as const;

/** A request as the signature sees it. */
export interface SignedRequest {
  /** Upper case. */
  readonly method: string;
  /** Path and query exactly as they stand in the request line, e.g. `/v1/catalogue?since=3`. */
  readonly target: string;
  /** The content as sent, after any content encoding (so gzip's bytes, not what is inside); empty for none. */
  readonly body: Uint8Array;
}

/** The headers a signed request carries, by their lower-case names. */
export interface SignatureHeaders {
  readonly 'content-digest': string;
  readonly 'signature-input': string;
  readonly signature: string;
}

/** What a signature says about itself. */
export interface SignatureClaim {
  /** Name of the key: lower-case hexadecimal SHA-256 of the raw public key. */
  readonly keyId: string;
  readonly nonce: string;
  /** Seconds since 1970-01-01T00:00:00Z by the signer's own clock; informative. */
  readonly created: number;
}

/** One line of the signed text: a component's name and value. */
export interface Component {
  readonly name: string;
  readonly value: string;
}

/**
 * The text that is signed (RFC 9421 §2.5): one line for each component, then the signature's own parameters, which are
 * everything after the label in `Signature-Input`.
 */
export function signatureBase(components: readonly Component[], parameters: string): string {
  return [...components.map(({ name, value }) => `"${name}": ${value}`), `"@signature-params": ${parameters}`].join('\n');
}

/** The value of `Content-Digest` for a content: `sha-256=:…:` (RFC 9530). */
export function contentDigest(body: Uint8Array, hasher: Hasher): string {
  return `sha-256=:${hexToBase64(hasher.sha256(body))}:`;
}

const nonceShape = /^[A-Za-z0-9_-]{8,64}$/;

/**
 * Signs a request; the headers must be sent with it unchanged. `created` in whole seconds. Throws a RangeError for a
 * nonce that no centre gives out (it would end the header field early); the caller treats it as a malformed answer.
 */
export function signRequest(request: SignedRequest, use: { readonly signer: Signer; readonly hasher: Hasher; readonly nonce: string; readonly created: number }): SignatureHeaders {
  if (!nonceShape.test(use.nonce)) throw new RangeError('not a nonce of the centre');
  const digest = contentDigest(request.body, use.hasher);
  const covered = coveredComponents.map((name) => `"${name}"`).join(' ');
  const parameters = `(${covered});created=${Math.trunc(use.created)};nonce="${use.nonce}";keyid="${use.signer.keyId}";alg="ed25519";tag="${signatureTag}"`;
  const base = signatureBase(componentsOf(request, coveredComponents, digest), parameters);
  const signature = use.signer.sign(encoder.encode(base));
  return { 'content-digest': digest, 'signature-input': `${label}=${parameters}`, signature: `${label}=:${toBase64(signature)}:` };
}

/**
 * What a received request says about its signature, so that the key can be looked up before it is verified. Error:
 * `request.unsigned` for a missing header or anything outside the profile.
 */
export function claimedSignature(headers: Readonly<Partial<Record<keyof SignatureHeaders, string | undefined>>>): Outcome<SignatureClaim> {
  const read = readHeaders(headers);
  return read ? ok({ keyId: read.keyId, nonce: read.nonce, created: read.created }) : fail('request.unsigned');
}

/**
 * Verifies a received request against the public key found for its `keyId`. Errors: `request.unsigned`,
 * `request.digest-mismatch`. Whether the nonce is one of the centre's and unused is for the caller to ask, and only
 * after this, so that a stranger cannot use up nonces.
 */
export function verifyRequest(
  request: SignedRequest,
  headers: Readonly<Partial<Record<keyof SignatureHeaders, string | undefined>>>,
  use: { readonly publicKey: string; readonly hasher: Hasher; readonly verifier: Verifier },
): Outcome<SignatureClaim> {
  const read = readHeaders(headers);
  if (!read) return fail('request.unsigned');
  const base = signatureBase(componentsOf(request, read.covered, read.digest), read.parameters);
  if (!use.verifier.verify(use.publicKey, encoder.encode(base), read.signature)) return fail('request.unsigned');
  if (contentDigest(request.body, use.hasher) !== read.digest) return fail('request.digest-mismatch');
  return ok({ keyId: read.keyId, nonce: read.nonce, created: read.created });
}

const encoder = new TextEncoder();

function componentsOf(request: SignedRequest, covered: readonly string[], digest: string): Component[] {
  const mark = request.target.indexOf('?');
  const path = mark < 0 ? request.target : request.target.slice(0, mark);
  const query = mark < 0 ? '?' : request.target.slice(mark);
  const values = new Map([['@method', request.method], ['@path', path === '' ? '/' : path], ['@query', query], ['content-digest', digest]]);
  return covered.map((name) => ({ name, value: values.get(name) ?? '' }));
}

interface ReadSignature extends SignatureClaim {
  readonly covered: readonly string[];
  readonly parameters: string;
  readonly digest: string;
  /** Base64url without padding, as the ports have it. */
  readonly signature: string;
}

const inputShape = /^([a-z*][a-z0-9_.*-]*)=(\(("[a-z@-]+"(?: "[a-z@-]+")*)\)((?:;[a-z]+=(?:-?\d{1,15}|"[\x20\x21\x23-\x5b\x5d-\x7e]{0,256}"))*))$/;
const parameterShape = /;([a-z]+)=(?:(-?\d{1,15})|"([^"]*)")/g;
const signatureShape = /^([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]{86})==:$/;
const digestShape = /^sha-256=:[A-Za-z0-9+/]{43}=:$/;

function readHeaders(headers: Readonly<Partial<Record<keyof SignatureHeaders, string | undefined>>>): ReadSignature | undefined {
  const digest = headers['content-digest']?.trim();
  const input = inputShape.exec(headers['signature-input']?.trim() ?? '');
  const signature = signatureShape.exec(headers.signature?.trim() ?? '');
  if (digest === undefined || !digestShape.test(digest) || !input || !signature || input[1] !== signature[1]) return undefined;
  const covered = (input[3] ?? '').slice(1, -1).split('" "');
  if (covered.length !== coveredComponents.length || !coveredComponents.every((name) => covered.includes(name))) return undefined;

  const found = new Map<string, string | number>();
  for (const [, name = '', whole, text] of (input[4] ?? '').matchAll(parameterShape)) {
    if (found.has(name)) return undefined;
    found.set(name, whole === undefined ? (text ?? '') : Number(whole));
  }
  const { keyid, nonce, created, alg, tag, ...rest } = Object.fromEntries(found);
  if (typeof keyid !== 'string' || !/^[0-9a-f]{64}$/.test(keyid) || typeof nonce !== 'string' || !nonceShape.test(nonce)) return undefined;
  if (typeof created !== 'number' || tag !== signatureTag || (alg !== undefined && alg !== 'ed25519')) return undefined;
  // A parameter we do not know may be one the signer relies on (`expires`): refuse rather than pass over it.
  if (Object.keys(rest).length > 0) return undefined;
  return {
    keyId: keyid, nonce, created, covered, digest, parameters: input[2] ?? '',
    signature: (signature[2] ?? '').replaceAll('+', '-').replaceAll('/', '_'),
  };
}

/** Base64url without padding to base64 with it. */
function toBase64(text: string): string {
  return text.replaceAll('-', '+').replaceAll('_', '/').padEnd(Math.ceil(text.length / 4) * 4, '=');
}

function hexToBase64(hex: string): string {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return toBase64(base64url(bytes));
}
