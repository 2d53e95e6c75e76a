import { Metadata } from '@tus/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { attachmentLimits } from '#shared/attachment/index.ts';
import { hashSchema, uuidSchema } from '#shared/log/index.ts';
import { SealedFileDamaged } from '#shared/sealing/index.ts';
import { openUploads, recordedAttachments, WrongContent, type ContentName, type UploadRequest } from '../../attachments/index.ts';
import { hasher, verifier } from '../../keys/index.ts';
import type { Installation } from '../../store/index.ts';
import { authenticate, contentOf } from '../authenticate.ts';
import { inShape } from '../json.ts';
import { limitedTo } from '../limited.ts';
import type { App, HttpPorts } from '../ports.ts';
import { refused } from '../refused.ts';

const path = '/v1/blobs';
const contentParams = z.object({ sha256: hashSchema });
const metadataSchema = z.object({ dossier: uuidSchema, sha256: hashSchema });
const lengthSchema = z.string().regex(/^\d{1,9}$/).transform(Number);
const partParams = z.object({ dossier: uuidSchema, sha256: hashSchema });
const partQuery = z.object({ from: z.string().regex(/^\d{1,9}$/).transform(Number) });

/** Contents of one agency on their way at once. */
const atOnce = 64;

/** The contents of digitised papers: desks send them by tus 1.0, and fetch those of the dossiers in which their agency has a part. */
export function attachmentRoutes(app: App, ports: HttpPorts): void {
  const { store, attachments } = ports;
  const uploads = openUploads(attachments, path);
  const pieces = limitedTo(ports.batchesAtOnce, 'pieces', ports.metrics);
  const sender = (request: FastifyRequest): Promise<Installation> => authenticate({ ...ports, hasher, verifier }, request);

  async function tus(request: FastifyRequest, reply: FastifyReply, method: UploadRequest['method'], name: ContentName): Promise<FastifyReply> {
    try {
      const answer = await uploads.answer({ method, headers: tusHeaders(request), body: contentOf(request), name });
      for (const [header, value] of answer.headers) if (header !== 'content-length') void reply.header(header, value);
      if (method === 'PATCH' && answer.ok) ports.metrics.piece(contentOf(request).length);
      return await reply.code(answer.status).send(Buffer.from(await answer.arrayBuffer()));
    } catch (error) {
      if (error instanceof WrongContent) throw refused('attachment.wrong-hash');
      throw error;
    }
  }

  app.post(path, { bodyLimit: 1 }, async (request, reply) => {
    const { agency } = await sender(request);
    const { dossier, sha256 } = inShape(metadataOf(request), metadataSchema, 'upload-metadata');
    const bytes = inShape(request.headers['upload-length'], lengthSchema, 'upload-length');
    const recorded = (await recordedAttachments(store, dossier, sha256)).find((one) => one.agency === agency);
    if (!recorded) throw refused('attachment.not-recorded');
    if (recorded.facts.bytes !== bytes) throw refused('attachment.wrong-hash');
    if ((await attachments.arrivingOf(agency)) >= atOnce) throw refused('centre.busy', {}, { retryAfter: 60 });
    return tus(request, reply, 'POST', { agency, sha256 });
  });

  app.head(`${path}/:sha256`, async (request, reply) => {
    const { agency } = await sender(request);
    return tus(request, reply, 'HEAD', { agency, ...inShape(request.params, contentParams, 'blob') });
  });

  app.patch(`${path}/:sha256`, { bodyLimit: attachmentLimits.mostPiece }, (request, reply) => pieces.run(() => 2, async () => {
    const { agency } = await sender(request);
    return tus(request, reply, 'PATCH', { agency, ...inShape(request.params, contentParams, 'blob') });
  }));

  // The acknowledgement: a content is held only after it was read back whole.
  app.get(`${path}/:sha256/held`, async (request) => {
    const { agency } = await sender(request);
    const { sha256 } = inShape(request.params, contentParams, 'blob');
    const name = { agency, sha256 };
    const arriving = await attachments.arriving(name);
    // The last piece came and its request was cut before it was read back.
    if (arriving && arriving.here === arriving.bytes) await attachments.finish(name);
    const bytes = await attachments.held(name);
    if (bytes === undefined) throw refused('attachment.not-here');
    return { sha256, bytes };
  });

  app.get('/v1/dossiers/:dossier/blobs/:sha256', (request, reply) => pieces.run(() => 2, async () => {
    const { agency } = await sender(request);
    const { dossier, sha256 } = inShape(request.params, partParams, 'blob');
    const { from } = inShape(request.query, partQuery, 'blob');
    // Who has no part learns nothing, not even whether there is such a dossier.
    const parties = await store.parties(dossier);
    const recorded = parties.includes(agency) ? await recordedAttachments(store, dossier, sha256) : [];
    if (recorded.length === 0) throw refused('attachment.unknown');
    for (const giver of new Set(recorded.map((one) => one.agency))) {
      const part = await partOf({ agency: giver, sha256 }, from);
      if (part) return reply.type('application/octet-stream').send(Buffer.from(part));
    }
    throw refused('attachment.not-here');
  }));

  /** What the disk lost cannot be given; whoever runs the centre has to know. */
  async function partOf(name: ContentName, from: number): Promise<Uint8Array | undefined> {
    try {
      return await attachments.read(name, from, attachmentLimits.mostPiece);
    } catch (error) {
      if (!(error instanceof SealedFileDamaged)) throw error;
      ports.report(JSON.stringify({ level: 'error', what: 'the content of a digitised paper is damaged', sha256: name.sha256 }));
      return undefined;
    }
  }
}

/** What the protocol itself reads; everything else of a request was read before. */
function tusHeaders({ headers }: FastifyRequest): Record<string, string> {
  const known = ['tus-resumable', 'upload-length', 'upload-offset', 'upload-metadata', 'content-type'];
  return Object.fromEntries(known.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])));
}

function metadataOf({ headers }: FastifyRequest): unknown {
  const text = headers['upload-metadata'];
  try {
    return typeof text === 'string' ? Metadata.parse(text) : undefined;
  } catch {
    throw refused('message.malformed', { where: 'upload-metadata' });
  }
}
