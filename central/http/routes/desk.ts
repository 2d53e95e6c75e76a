import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { signAnchor } from '#shared/evidence/index.ts';
import { uuidSchema } from '#shared/log/index.ts';
import { anchorRequestSchema, batchLimits, enrolRequestSchema, type BatchResponse, type CatalogueResponse } from '#shared/sync/index.ts';
import { catalogueFor, codesFor, ensureLease, mapProvisionalCodes, siblingsFor } from '../../catalogue/index.ts';
import { agencyWanted, enrol } from '../../enrolment/index.ts';
import { writeHeard } from '../../hearing/index.ts';
import { acceptBatch, batchText } from '../../ingest/index.ts';
import { hasher, random, verifier } from '../../keys/index.ts';
import type { HeldLog, Installation } from '../../store/index.ts';
import type { App, HttpPorts } from '../ports.ts';
import { authenticate, contentOf } from '../authenticate.ts';
import { crowdOf } from '../crowd.ts';
import { inShape, jsonOf } from '../json.ts';
import { limitedTo } from '../limited.ts';
import { Refused, refused } from '../refused.ts';
import { entryRoutes } from './entries.ts';

/** Largest content of the calls that carry JSON, bytes. */
export const jsonLimit = 16 * 1024;

const logParams = z.object({ log: uuidSchema });
const count = z.string().regex(/^\d{1,15}$/).transform(Number).optional();
const catalogueQuery = z.object({ since: count, codes: count, low: z.literal('1').optional(), log: uuidSchema.optional(), moving: count });

/** The calls of desks, `/v1/…`. */
export function deskRoutes(app: App, ports: HttpPorts): void {
  const { store, time, own, keys } = ports;
  const batches = limitedTo(ports.batchesAtOnce, 'batches', ports.metrics);
  const crowd = crowdOf(ports.batchesAtOnce, () => time.read().now);

  const logOf = async (request: FastifyRequest, installation: Installation): Promise<HeldLog | undefined> => {
    const { log } = inShape(request.params, logParams, 'log');
    const held = await store.findLog(log);
    if (held && held.installation !== installation.id) throw refused('log.unknown');
    return held;
  };

  /** Where an installation is to go that writes this log, and what it needs there. */
  async function transferOf(installation: Installation, held: HeldLog | undefined, moving: number | undefined): Promise<Partial<Pick<CatalogueResponse, 'transferred'>>> {
    const wanted = await agencyWanted(store, installation);
    if (!held || held.agency === wanted.agency) return {};
    // Codes are leased to the log it opens there.
    const { version, catalogue } = await catalogueFor(store, { ...installation, ...wanted });
    return { transferred: { agency: wanted.agency, desk: wanted.desk, version, ...(catalogue && moving !== undefined && version > moving ? { catalogue: { ...catalogue, leases: [] } } : {}) } };
  }

  app.get('/v1/nonce', async (_request, reply) => reply.code(204).send());

  app.post('/v1/enrol', { bodyLimit: jsonLimit, config: { rateLimit: { max: ports.enrolmentsPerMinute, timeWindow: 60_000 } } }, async (request) => {
    const wanted = jsonOf(contentOf(request), enrolRequestSchema, 'enrol');
    const answer = await enrol({ store, own, time, keys, hasher, random }, wanted);
    if (!answer.ok) throw new Refused(answer.fault);
    return answer.value;
  });

  app.post('/v1/logs/:log/batches', { bodyLimit: batchLimits.compressedBytes }, async (request): Promise<BatchResponse> => {
    const { log } = inShape(request.params, logParams, 'log');
    return batches.run(() => crowd.comeAgain(Number.parseInt(log.slice(-4), 16)), async () => {
      const installation = await authenticate({ ...ports, hasher, verifier }, request);
      const text = await batchText(contentOf(request));
      if (!text.ok) throw new Refused(text.fault);
      const intake = await acceptBatch({ store, own, time, hasher, verifier }, installation, log, text.value);
      if (!intake.ok) throw new Refused(intake.refusal.fault, intake.refusal);
      ports.metrics.batch(intake.fresh, contentOf(request).length);
      return { ...intake.answer, pace: (batches.now() - 1) * 25 };
    });
  });

  app.get('/v1/logs/:log/head', async (request) => {
    const installation = await authenticate({ ...ports, hasher, verifier }, request);
    const held = await logOf(request, installation);
    if (!held) throw refused('log.unknown');
    return held.head;
  });

  app.post('/v1/anchor', { bodyLimit: jsonLimit }, async (request) => {
    const installation = await authenticate({ ...ports, hasher, verifier }, request);
    const { nonce, head } = jsonOf(contentOf(request), anchorRequestSchema, 'anchor');
    const held = await store.findLog(head.log);
    // A log that continues one of this installation's is known by its first batch; until then it has no anchors.
    if (held?.installation !== installation.id) throw refused('log.unknown');
    const reading = time.read();
    const { now, rho } = reading;
    if (rho === undefined) throw refused('centre.unsynchronised', {}, { retryAfter: 60 });
    const ownHead = (await store.findLog(own.log))?.head;
    const anchor = signAnchor({
      v: 1, ...head, nonce, t: now, rho, key: keys.signer.keyId, ...(ownHead ? { own: { seq: ownHead.seq, hash: ownHead.hash } } : {}),
    }, keys.signer);
    await store.transaction(async (writer) => {
      await writer.setClaim({ ...head, at: now, rho });
      await writeHeard(writer, own, reading, 'due');
    });
    return { anchor };
  });

  app.get('/v1/catalogue', async (request) => {
    const enrolled = await authenticate({ ...ports, hasher, verifier }, request);
    const { since, codes, low, log, moving } = inShape(request.query, catalogueQuery, 'catalogue');
    // Leases belong to a log. Where a disk was cloned, two machines write two of this installation's.
    const named = log === undefined ? undefined : await store.findLog(log);
    const asked = named?.installation === enrolled.id ? named : await store.findLog(enrolled.log);
    const installation = asked ? { ...enrolled, log: asked.log } : enrolled;
    const transferred = await transferOf(enrolled, asked, moving);
    // A disk put back writes for an agency that its installation has left: of that one it is told no more.
    if (asked && asked.agency !== enrolled.agency) return { version: 0, ...transferred, bundleKey: keys.bundleKey };
    await store.transaction(async (writer) => {
      await ensureLease(writer, own, random, installation, time.read(), low !== undefined);
      // Those that came before their agency was published still wait.
      await mapProvisionalCodes(writer, own, installation.agency, time.read());
    });
    const { version, catalogue } = await catalogueFor(store, installation);
    return {
      siblings: await siblingsFor(store, enrolled),
      version, ...(catalogue && version > (since ?? -1) ? { catalogue } : {}), ...transferred,
      ...(codes === undefined ? {} : { mapped: await codesFor(store, installation, codes) }),
      bundleKey: keys.bundleKey,
    };
  });

  entryRoutes(app, ports, logOf);

  app.get('/healthz', () => ({ ok: true, software: ports.software, synchronised: time.read().rho !== undefined }));
}
