import type { FastifyReply } from 'fastify';
import { bundleLimits, claimedSignature } from '#shared/sync/index.ts';
import { provincePaths, type TakenBundleView } from '#shared/province/index.ts';
import { takeBundle, type TakenBundle } from '../../bundles/index.ts';
import { latestCatalogue } from '../../catalogue/index.ts';
import { cipher, hasher, verifier } from '../../keys/index.ts';
import type { OwnLog } from '../../ledger/index.ts';
import { agencyName } from '../../reports/index.ts';
import { authenticate, contentOf, signatureHeadersOf } from '../authenticate.ts';
import { officerGuard } from '../officer-guard.ts';
import type { App, HttpPorts } from '../ports.ts';
import { Refused, refused } from '../refused.ts';

/** Bundles read at once: each is held in memory whole. */
const bundlesAtOnce = 2;

/** Bundles carried by USB: `POST /v1/bundles` for desks that have a line, `POST /api/province/bundles` for officers. */
export function bundleRoutes(app: App, ports: HttpPorts): void {
  const { store, time, own, keys, officers } = ports;
  const { allowed, sameSite } = officerGuard(officers);
  let inWork = 0;

  /** Before the content is read: it is large. */
  const begin = (reply: FastifyReply): void => {
    if (inWork >= bundlesAtOnce) throw refused('centre.busy', {}, { retryAfter: 10 });
    inWork += 1;
    reply.raw.once('close', () => {
      inWork -= 1;
    });
  };

  const take = async (bytes: Uint8Array, by: OwnLog): Promise<TakenBundle> => {
    const taken = await takeBundle({ store, own: by, time, hasher, verifier, cipher, agreement: keys.bundle, signer: keys.signer }, bytes);
    if (!taken.ok) throw new Refused(taken.fault);
    ports.metrics.bundle(taken.value.fresh);
    return taken.value;
  };

  app.post('/v1/bundles', {
    bodyLimit: bundleLimits.bytes,
    onRequest: async (request, reply) => {
      const claim = claimedSignature(signatureHeadersOf(request));
      if (!claim.ok) throw new Refused(claim.fault);
      if (!(await store.findInstallation({ keyId: claim.value.keyId }))) throw refused('log.unknown');
      begin(reply);
    },
  }, async (request, reply) => {
    // Whoever brings it need not be who wrote it: what is inside is signed by its own desk and sealed to the centre.
    await authenticate({ ...ports, hasher, verifier }, request);
    const { receipt } = await take(contentOf(request), own);
    return reply.header('content-type', 'application/x-ndjson; charset=utf-8').send(receipt);
  });

  app.post(provincePaths.bundles, {
    bodyLimit: bundleLimits.bytes,
    onRequest: async (request, reply) => {
      sameSite(request);
      await allowed(request, 'centre.take-bundle');
      begin(reply);
    },
  }, async (request): Promise<TakenBundleView> => {
    const { actor } = await allowed(request, 'centre.take-bundle');
    const taken = await take(contentOf(request), { ...own, append: (writer, reading, notes) => own.append(writer, reading, notes, actor.id) });
    const { installation, writtenAt, entries, fresh, logs, receipt } = taken;
    return {
      desk: installation.desk, agencyName: agencyName(await latestCatalogue(store), installation.agency), writtenAt, entries, fresh,
      refusals: logs.flatMap(({ log, fault }) => (fault ? [{ log, fault }] : [])),
      receipt: { name: receiptName(taken, time.read().now), text: receipt },
    };
  });
}

/** A name that tells people whose it is; no personal data. */
export function receiptName({ installation }: Pick<TakenBundle, 'installation'>, now: number): string {
  const stamp = new Date(now + 7 * 3_600_000).toISOString().slice(0, 16).replaceAll(/[-:T]/g, '');
  return `bao-nhan-${installation.agency.replaceAll(/[^a-z0-9-]/g, '')}-${stamp}.quaynhan`;
}
