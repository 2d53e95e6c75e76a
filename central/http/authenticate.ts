import type { FastifyRequest } from 'fastify';
import type { Hasher, Verifier } from '#shared/ports.ts';
import { claimedSignature, verifyRequest } from '#shared/sync/index.ts';
import { fingerprint } from '../enrolment/index.ts';
import { noteHeard } from '../hearing/index.ts';
import type { OwnLog } from '../ledger/index.ts';
import type { CentreStore, Installation } from '../store/index.ts';
import type { CentreTime } from '../time/index.ts';
import type { Nonces } from './nonces.ts';
import { Refused, refused } from './refused.ts';

interface Ports {
  readonly store: CentreStore;
  readonly own: OwnLog;
  readonly time: CentreTime;
  readonly nonces: Nonces;
  readonly hasher: Hasher;
  readonly verifier: Verifier;
}

/** The content of a request as it came over the wire. */
export function contentOf(request: FastifyRequest): Uint8Array {
  return Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
}

/** What a request says of its signature; not checked yet. */
export function signatureHeadersOf({ headers }: FastifyRequest): Parameters<typeof claimedSignature>[0] {
  return { 'content-digest': single(headers['content-digest']), 'signature-input': single(headers['signature-input']), signature: single(headers['signature']) };
}

/**
 * The approved installation that signed a request. Uses its nonce up and notes when the desk was heard. Throws `Refused`:
 * `request.unsigned`, `log.unknown` (no such key), `request.digest-mismatch`, `request.replayed`, `enrol.pending`,
 * `enrol.revoked`.
 */
export async function authenticate({ store, own, time, nonces, hasher, verifier }: Ports, request: FastifyRequest): Promise<Installation> {
  const headers = signatureHeadersOf(request);
  const claim = claimedSignature(headers);
  if (!claim.ok) throw new Refused(claim.fault);
  const installation = await store.findInstallation({ keyId: claim.value.keyId });
  if (!installation) throw refused('log.unknown');

  const signed = { method: request.method, target: request.raw.url ?? '', body: contentOf(request) };
  const verified = verifyRequest(signed, headers, { publicKey: installation.publicKey, hasher, verifier });
  if (!verified.ok) throw new Refused(verified.fault);

  const end = nonces.endOf(verified.value.nonce);
  if (end === undefined) throw refused('request.replayed');
  const reading = time.read();
  const fresh = await store.grouped(async (writer) => {
    const unused = await writer.useNonce(verified.value.nonce, end);
    if (unused && installation.state === 'approved') await noteHeard(writer, own, reading, installation.log);
    return unused;
  });
  if (!fresh) throw refused('request.replayed');
  if (installation.state === 'revoked') throw refused('enrol.revoked');
  if (installation.state === 'pending') throw refused('enrol.pending', { fingerprint: fingerprint(installation.keyId) });
  return installation;
}

/** A header that stands once; one that stands twice is joined by Node and then fits no profile. */
function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.join(', ');
}
