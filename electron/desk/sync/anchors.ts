import type { DeskStore, Sighting } from '#db/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { laterAnchor, openAnchor, type Anchor } from '#shared/evidence/index.ts';
import { base64url, type Head } from '#shared/log/index.ts';
import { anchorResponseSchema, laterForm } from '#shared/sync/index.ts';
import type { DeskPorts } from '../ports.ts';
import type { Centre } from './centre.ts';
import { ownSigner, pinnedCentre } from './installation.ts';

/**
 * Asks the centre for an anchor of the present head and keeps it with the uptimes between which it travelled (rounded
 * outwards). Whoever answers must sign with the key pinned at enrolment and answer this very question. Undefined when the
 * machine was started anew in between. Errors: `centre.wrong-key`, `centre.unsynchronised`, `centre.newer-version` and the centre's others.
 */
export async function takeAnchor(store: DeskStore, ports: DeskPorts, centre: Centre): Promise<Outcome<Sighting | undefined>> {
  const keys = pinnedCentre(store)?.keys ?? [];
  const head = store.head();
  const nonce = base64url(ports.random.bytes(16));
  let left = ports.clock.read();
  const answer = await centre.signed({
    method: 'POST', path: '/v1/anchor', body: Buffer.from(JSON.stringify({ nonce, head })), response: anchorResponseSchema,
    leaving: () => {
      left = ports.clock.read();
    },
  }, ownSigner(store, ports));
  const came = ports.clock.read();
  if (answer.kind === 'refused') return { ok: false, fault: answer.fault };
  const signed = answer.value.anchor;
  const anchor = keys.map((key) => openAnchor(signed, key, ports.verifier)).find((opened) => opened !== undefined);
  const later = keys.map((key) => laterAnchor(signed, key, nonce, ports.verifier)).find((version) => version !== undefined);
  if (later !== undefined) return { ok: false, fault: laterForm('anchor', later) };
  if (!anchor || !answers(anchor, head, nonce)) return fail('centre.wrong-key');
  if (left.boot !== came.boot) return ok(undefined);
  return ok(store.anchors.add({
    boot: came.boot, requestUptime: Math.floor(left.uptime), responseUptime: Math.ceil(came.uptime), wall: Math.round(came.wall),
    text: signed.text, signature: signed.signature,
  }));
}

function answers(anchor: Anchor, head: Head, nonce: string): boolean {
  return anchor.nonce === nonce && anchor.log === head.log && anchor.seq === head.seq && anchor.hash === head.hash;
}
