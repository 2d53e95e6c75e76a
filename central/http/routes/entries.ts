import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { uuidSchema } from '#shared/log/index.ts';
import { pageLimits, writePage } from '#shared/sync/index.ts';
import { hasher, verifier } from '../../keys/index.ts';
import { dossierPage, dossiersWithCode, feedPage, heritageOf, ownLogPage, type PageContent, type SharingPorts } from '../../sharing/index.ts';
import type { HeldLog, Installation } from '../../store/index.ts';
import { authenticate } from '../authenticate.ts';
import { inShape } from '../json.ts';
import { limitedTo } from '../limited.ts';
import type { App, HttpPorts } from '../ports.ts';
import { refused } from '../refused.ts';

const compress = promisify(gzip);

const bytes = z.string().regex(/^\d{1,7}$/).transform(Number).pipe(z.int().min(pageLimits.least).max(pageLimits.most)).default(pageLimits.most);
const log = uuidSchema.optional();
const feedQuery = z.object({ since: z.string().min(1).max(pageLimits.cursor).optional(), closed: z.literal('1').optional(), log, bytes });
const placeQuery = z.object({ since: z.string().regex(/^\d{1,15}$/).optional(), log, bytes });
const codeQuery = z.object({ code: z.string().min(1).max(64) });
const dossierParams = z.object({ dossier: uuidSchema });

/** Room in a page for its header and signature, bytes; a fiftieth goes to line feeds. */
const frame = 3 * pageLimits.cursor;

/** What the agencies of the province are shown of each other's entries. No answer tells whether there is more than that. */
export function entryRoutes(app: App, ports: HttpPorts, logOf: (request: FastifyRequest, installation: Installation) => Promise<HeldLog | undefined>): void {
  const { store, own, keys, time } = ports;
  const heritage = heritageOf(store);
  const sharing = (): SharingPorts => ({ store, own, heritage, now: time.read().now });
  const pages = limitedTo(ports.batchesAtOnce, 'pages', ports.metrics);

  /** Answers with the page that `make` gives; only so many are made at once. */
  async function page(request: FastifyRequest, reply: FastifyReply, make: (installation: Installation) => Promise<PageContent>): Promise<FastifyReply> {
    return pages.run(() => 2, async () => {
      const installation = await authenticate({ ...ports, hasher, verifier }, request);
      const { entries, next } = await make(installation);
      const text = writePage({ installation: installation.id, request: request.raw.url ?? '', ...next }, entries, hasher, keys.signer);
      void reply.type('application/x-ndjson').header('vary', 'accept-encoding');
      if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return await reply.send(text);
      return await reply.header('content-encoding', 'gzip').send(await compress(text));
    });
  }

  /** Whoever still writes for an agency that its installation has left is shown nothing more of it, and nothing of the other one. */
  async function refuseFormer(installation: Installation, named: string | undefined): Promise<void> {
    const held = named === undefined ? undefined : await store.findLog(named);
    if (held?.installation === installation.id && held.agency !== installation.agency) throw refused('enrol.transferred');
  }

  const room = (limit: number): number => Math.floor((limit - frame) * 0.98);

  app.get('/v1/entries', (request, reply) => page(request, reply, async (installation) => {
    const query = inShape(request.query, feedQuery, 'entries');
    await refuseFormer(installation, query.log);
    return feedPage(sharing(), { installation, log: query.log, since: query.since, bytes: room(query.bytes) }, query.closed !== undefined);
  }));

  app.get('/v1/dossiers/:dossier/entries', (request, reply) => page(request, reply, async (installation) => {
    const { dossier } = inShape(request.params, dossierParams, 'dossier');
    const query = inShape(request.query, placeQuery, 'entries');
    await refuseFormer(installation, query.log);
    const content = await dossierPage(sharing(), { installation, log: query.log, since: query.since, bytes: room(query.bytes) }, dossier);
    if (!content) throw refused('dossier.unknown', { code: dossier });
    return content;
  }));

  app.get('/v1/dossiers', async (request) => {
    const installation = await authenticate({ ...ports, hasher, verifier }, request);
    const { code } = inShape(request.query, codeQuery, 'dossiers');
    return { dossiers: await dossiersWithCode(sharing(), installation, code) };
  });

  app.get('/v1/logs/:log/entries', (request, reply) => page(request, reply, async (installation) => {
    const held = await logOf(request, installation);
    if (!held) throw refused('log.unknown');
    const query = inShape(request.query, placeQuery, 'entries');
    return ownLogPage({ store }, { installation, since: query.since, bytes: room(query.bytes) }, held.log);
  }));
}
