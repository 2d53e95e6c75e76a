import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { DomainError, fault, type Fault } from '#shared/errors/index.ts';
import { nonceHeader } from '#shared/sync/index.ts';
import type { App, HttpPorts } from './ports.ts';
import { problemOf, Refused, refused, statusOf } from './refused.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { bundleRoutes } from './routes/bundles.ts';
import { deskRoutes } from './routes/desk.ts';
import { officerRoutes } from './routes/officer.ts';
import { pages } from './routes/pages.ts';

/** After how many seconds to come again where the store could not be used. */
const comeAgain = 5;

/** The centre's HTTP service, not yet listening. */
export async function buildApp(ports: HttpPorts, tls: { readonly key: string; readonly cert: string } | undefined): Promise<App> {
  const app: App = Fastify({
    https: tls ?? null,
    // A batch of 256 KB over the slowest line takes a minute.
    requestTimeout: 120_000,
    keepAliveTimeout: 30_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (_error, _request, reply) => {
      void answerProblem(reply, fault('request.not-found'));
    },
    clientErrorHandler: (_error, socket) => {
      if (!socket.writable) return;
      const body = JSON.stringify(problemOf(fault('message.malformed', { where: 'http' })));
      socket.end(`HTTP/1.1 400 Bad Request\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
    },
  });

  // Contents stay bytes: the digest is over what was sent, and each call parses its own.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    reply.header('x-content-type-options', 'nosniff');
    const { url } = request;
    if (url.startsWith('/v1/')) reply.header(nonceHeader, ports.nonces.issue());
    if (!url.startsWith('/province')) reply.header('cache-control', 'no-store');
    return payload;
  });
  app.addHook('onResponse', (request, reply, done) => {
    ports.metrics.answered(request.method, request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
  app.setNotFoundHandler((_request, reply) => answerProblem(reply, fault('request.not-found')));
  app.setErrorHandler((error, request, reply) => {
    const reason = reasonOf(error, request, ports.report);
    ports.metrics.refused(reason.code);
    const wait = error instanceof Refused ? error.retryAfter : statusOf(reason) === 503 ? comeAgain : undefined;
    if (wait !== undefined) reply.header('retry-after', wait);
    return answerProblem(reply, reason, error instanceof Refused ? error : undefined);
  });

  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) => {
      const seconds = Math.max(1, Math.ceil(ttl / 1000));
      return refused('request.rate-limited', { seconds }, { retryAfter: seconds });
    },
  });
  deskRoutes(app, ports);
  attachmentRoutes(app, ports);
  bundleRoutes(app, ports);
  officerRoutes(app, ports);
  await pages(app, ports.pages);
  return app;
}

function answerProblem(reply: FastifyReply, reason: Fault, more?: Refused): FastifyReply {
  return reply.code(statusOf(reason)).header('content-type', 'application/json; charset=utf-8').send(problemOf(reason, more));
}

/** What is said of an error; only the unforeseen is reported, without its message, which may hold data. */
function reasonOf(error: unknown, request: FastifyRequest, report: (line: string) => void): Fault {
  if (error instanceof DomainError && error.fault.code === 'store.unreachable') {
    // Whoever runs the centre has to know which part is missing; whoever asked only has to come again.
    report(JSON.stringify({ level: 'error', what: 'the database cannot be used', reason: error.fault.params['reason'] ?? '' }));
    return fault('centre.busy');
  }
  if (error instanceof Refused || error instanceof DomainError) return error.fault;
  if (codeOf(error) === 'FST_ERR_CTP_BODY_TOO_LARGE') return fault('request.too-large', { limit: request.routeOptions.bodyLimit ?? 0 });
  // Fastify and its plugins say by the status whose mistake it was.
  const status = clientStatus(error);
  if (status === 403 || status === 404) return fault('request.not-found');
  if (status !== undefined) return fault('message.malformed', { where: 'http' });
  // The other side hung up in the middle; nobody is left to be answered.
  if (codeOf(error) === 'ECONNRESET') return fault('message.malformed', { where: 'http' });
  const reference = request.id;
  report(JSON.stringify({ level: 'error', reference, method: request.method, route: request.routeOptions.url ?? '', ...traceOf(error) }));
  return fault('internal.unexpected', { reference });
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function clientStatus(error: unknown): number | undefined {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 0;
  return status >= 400 && status < 500 ? status : undefined;
}

function traceOf(error: unknown): { readonly name: string; readonly at: readonly string[] } {
  if (typeof error !== 'object' || error === null || !('stack' in error) || typeof error.stack !== 'string') return { name: typeof error, at: [] };
  const lines = error.stack.split('\n').map((line) => line.trim());
  return { name: `${'name' in error ? String(error.name) : 'Error'} ${codeOf(error) ?? ''}`.trim(), at: lines.filter((line) => line.startsWith('at ')).slice(0, 8) };
}
