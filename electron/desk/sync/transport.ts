import { createHash, type X509Certificate } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';

export const exchangeMethods = ['GET', 'POST', 'HEAD', 'PATCH'] as const;
export type ExchangeMethod = (typeof exchangeMethods)[number];

/** One exchange with the centre. */
export interface ExchangeRequest {
  readonly method: ExchangeMethod;
  /** Path and query, beginning with a slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Milliseconds until the whole exchange is given up. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

export interface ExchangeResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Carries bytes to the centre and back. Rejects with {@link LineError} when the line fails. */
export interface Transport {
  exchange(request: ExchangeRequest): Promise<ExchangeResponse>;
  close(): void;
}

/**
 * Keys a TLS connection may hold. `first-contact` before the enrolment where nobody gave the centre's key: any key, which
 * is then compared with the keys the centre names, before anything is kept.
 */
export type Pins = readonly string[] | 'first-contact';

/** How the line failed; these are the reasons an outage entry can give. */
export type LineFailure = 'unresolved' | 'refused' | 'unreachable' | 'timed-out' | 'cut' | 'wrong-key' | 'closed';

/** The line failed: nothing is known about whether the other side acted. */
export class LineError extends Error {
  readonly failure: LineFailure;
  constructor(failure: LineFailure, cause?: unknown) {
    super(`line ${failure}`, cause === undefined ? undefined : { cause });
    this.name = 'LineError';
    this.failure = failure;
  }
}

/** Largest answer that is read, bytes. A catalogue of a province fits many times. */
const answerLimit = 16 * 1024 * 1024;

/**
 * The real transport: HTTP/1.1 over one kept-alive connection, over TLS where the address says so. TLS trusts the pinned
 * key and nothing else, and asks no date, because a desk whose clock says 2010 has to sync as well. A pin is the raw
 * Ed25519 key of the certificate, or the SHA-256 of its public key's SPKI, in base64url.
 */
export function httpTransport(base: string, pins: () => Pins): Transport {
  const url = new URL(base);
  const secure = url.protocol === 'https:';
  const agent = secure ? new https.Agent({ keepAlive: true, maxSockets: 2 }) : new http.Agent({ keepAlive: true, maxSockets: 2 });
  const greeting = new Set<Duplex>();
  if (secure) pinConnections(agent, url, pins, greeting);
  const send = secure ? https.request : http.request;

  function once(request: ExchangeRequest): Promise<ExchangeResponse> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => call.destroy(new LineError('timed-out')), request.timeout);
      const fail = (error: unknown): void => {
        clearTimeout(timer);
        const failure = error instanceof LineError ? error : new LineError(failureOf(error), error);
        reject(failure.failure === 'cut' && call.reusedSocket && !answering ? new StaleConnection(failure) : failure);
      };
      let answering = false;
      const call = send({
        agent, hostname: url.hostname, port: url.port === '' ? (secure ? 443 : 80) : Number(url.port), method: request.method, path: request.path,
        headers: { ...request.headers, ...(request.body ? { 'content-length': String(request.body.length) } : {}) },
        ...(request.signal ? { signal: request.signal } : {}),
      }, (answer) => {
        answering = true;
        const parts: Buffer[] = [];
        let size = 0;
        answer.on('data', (part: Buffer) => {
          size += part.length;
          if (size > answerLimit) call.destroy(new LineError('cut'));
          else parts.push(part);
        });
        answer.on('error', fail);
        answer.on('aborted', () => fail(new LineError('cut')));
        answer.on('end', () => {
          clearTimeout(timer);
          if (!answer.complete) fail(new LineError('cut'));
          else resolve({ status: answer.statusCode ?? 0, headers: plainHeaders(answer.headers), body: Buffer.concat(parts) });
        });
      });
      call.on('error', fail);
      call.end(request.body);
    });
  }

  return {
    async exchange(request) {
      try {
        return await once(request);
      } catch (error) {
        if (!(error instanceof StaleConnection)) throw error;
        // The other side had put down the kept connection; that says nothing about the line. Every call of the protocol may be repeated.
        agent.destroy();
        return await once(request).catch((again: unknown) => {
          throw again instanceof StaleConnection ? again.failure : again;
        });
      }
    },
    close() {
      agent.destroy();
      // The agent knows a connection only once it is handed over.
      for (const socket of greeting) socket.destroy();
    },
  };
}

/** A kept connection was gone before it was used again. */
class StaleConnection extends Error {
  readonly failure: LineError;
  constructor(failure: LineError) {
    super('stale connection');
    this.failure = failure;
  }
}

function plainHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

function failureOf(error: unknown): LineFailure {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOTFOUND': case 'EAI_AGAIN': return 'unresolved';
    case 'ECONNREFUSED': return 'refused';
    case 'ENETUNREACH': case 'EHOSTUNREACH': case 'ENETDOWN': return 'unreachable';
    case 'ETIMEDOUT': return 'timed-out';
    case 'ABORT_ERR': return 'closed';
    default: return 'cut';
  }
}

/**
 * Connections of this agent are handed out only after the pinned key was seen: no byte of a request goes to another key.
 * Until then they stand in `greeting`.
 */
function pinConnections(agent: http.Agent, url: URL, pins: () => Pins, greeting: Set<Duplex>): void {
  agent.createConnection = (_options, done): Duplex | undefined => {
    const socket = tls.connect({ host: url.hostname, port: Number(url.port === '' ? 443 : url.port), rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] });
    const failed = (error: Error): void => done?.(error, socket);
    greeting.add(socket);
    socket.once('close', () => greeting.delete(socket));
    socket.once('error', failed);
    socket.once('secureConnect', () => {
      greeting.delete(socket);
      const certificate = socket.getPeerX509Certificate();
      const expected = pins();
      if (certificate && (expected === 'first-contact' || expected.some((pin) => pinsOf(certificate).includes(pin)))) {
        socket.removeListener('error', failed);
        done?.(null, socket);
      } else socket.destroy(new LineError('wrong-key'));
    });
    return undefined;
  };
}

function pinsOf(certificate: X509Certificate): string[] {
  const spki = createHash('sha256').update(certificate.publicKey.export({ format: 'der', type: 'spki' })).digest('base64url');
  const { x } = certificate.publicKey.asymmetricKeyType === 'ed25519' ? certificate.publicKey.export({ format: 'jwk' }) : {};
  return typeof x === 'string' ? [x, spki] : [spki];
}
