import { fault, ok, type Outcome } from '#shared/errors/index.ts';
import type { Signer } from '#shared/ports.ts';
import type { Centre } from '../sync/centre.ts';
import { faultIn } from './fault-in.ts';

/** How long a piece may take, milliseconds. */
const patience = 90_000;

/** A piece of a content from a place on, as large as the centre gives it; empty at the end. Throws `LineError`. Errors: the centre's, `centre.older-version`. */
export async function fetchPiece(centre: Centre, signer: Signer, { dossier, sha256, from }: { readonly dossier: string; readonly sha256: string; readonly from: number }): Promise<Outcome<Uint8Array>> {
  const answer = await centre.exchange({ method: 'GET', path: `/v1/dossiers/${dossier}/blobs/${sha256}?from=${from}`, headers: {}, timeout: patience }, signer);
  return answer.status === 200 ? ok(answer.body) : { ok: false, fault: faultIn(answer) ?? fault('centre.older-version') };
}
