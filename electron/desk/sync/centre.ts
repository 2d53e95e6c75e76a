import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { z } from 'zod';
import { fault, type Fault } from '#shared/errors/index.ts';
import type { Hasher, Signer } from '#shared/ports.ts';
import { jsonLine, laterForm, laterVersion, nonceHeader, pageLimits, readProblem, signRequest, type Problem } from '#shared/sync/index.ts';
import { LineError, type ExchangeRequest, type ExchangeResponse, type Transport } from './transport.ts';

/** What the centre said: what was asked for, or why not. A line that failed is a thrown `LineError` instead. */
export type Answer<T> =
  | { readonly kind: 'given'; readonly value: T }
  | { readonly kind: 'refused'; readonly status: number; readonly fault: Fault; readonly need?: number | undefined; readonly kept?: Problem['kept']; readonly retryAfter?: number };

/** One call to the centre. */
export interface CentreCall<T extends z.ZodType> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Shape of the answer; of its text, where it is a page of entries. */
  readonly response: T;
  /** The form of the answer: JSON unless said otherwise. Problems are JSON in any case. */
  readonly form?: 'ndjson';
  readonly body?: Uint8Array;
  readonly contentType?: string;
  readonly contentEncoding?: string;
  /** Milliseconds. */
  readonly timeout?: number;
  /** Called with the bytes about to leave, after the nonce is at hand, so that the caller can read its clocks last. */
  readonly leaving?: () => void;
}

/** The centre as this installation sees it: signs requests, keeps the centre's latest nonce, reads its answers. */
export interface Centre {
  /** Asks for nothing but a sign of life; resolves when the centre answered. `timeout` in milliseconds. */
  alive(timeout: number): Promise<void>;
  /** An unsigned call (enrolment). */
  ask<T extends z.ZodType>(call: CentreCall<T>): Promise<Answer<z.output<T>>>;
  /** A call signed with the log's key. A stale nonce is renewed once. */
  signed<T extends z.ZodType>(call: CentreCall<T>, signer: Signer): Promise<Answer<z.output<T>>>;
  /** A signed exchange of which the caller reads the answer itself. A stale nonce is renewed once. */
  exchange(request: Omit<ExchangeRequest, 'signal'>, signer: Signer): Promise<ExchangeResponse>;
}

/** Milliseconds until an exchange is given up, where the call does not say otherwise. */
const patience = 20_000;
const noBody = new Uint8Array();

/** Largest page of entries once inflated, bytes: four times what any centre may send. */
const inflatedLimit = 4 * pageLimits.most;
const inflate = promisify(gunzip);

export interface CentreOptions {
  readonly transport: Transport;
  readonly hasher: Hasher;
  /** Wall time in milliseconds; informative only. */
  readonly wall: () => number;
  readonly signal: AbortSignal;
  /** Told of every answer that came, whatever it said: the line works. */
  readonly answered: () => void;
}

export function openCentre(options: CentreOptions): Centre {
  let nonce: string | undefined;

  async function exchange(request: Omit<ExchangeRequest, 'signal'>): Promise<ExchangeResponse> {
    const response = await options.transport.exchange({ ...request, signal: options.signal });
    nonce = response.headers[nonceHeader] ?? nonce;
    return response;
  }

  /** The same under a signature; `leaving` is told right before it leaves. */
  async function signedExchange(request: Omit<ExchangeRequest, 'signal'>, signer: Signer, leaving?: () => void): Promise<ExchangeResponse> {
    const use = { signer, hasher: options.hasher, nonce: await freshNonce(), created: Math.floor(options.wall() / 1000) };
    let headers: ExchangeRequest['headers'];
    try {
      headers = { ...request.headers, ...signRequest({ method: request.method, target: request.path, body: request.body ?? noBody }, use) };
    } catch (error) {
      throw new LineError('cut', error);
    }
    leaving?.();
    return exchange({ ...request, headers });
  }

  async function freshNonce(): Promise<string> {
    const held = nonce;
    // Single use: whatever becomes of the request, the next one needs another.
    nonce = undefined;
    if (held !== undefined) return held;
    return askForNonce(patience);
  }

  async function askForNonce(timeout: number): Promise<string> {
    const { headers } = await exchange({ method: 'GET', path: '/v1/nonce', headers: { accept: 'application/json' }, timeout });
    nonce = undefined;
    const given = headers[nonceHeader];
    // Whoever answers without a nonce is not the centre: a captive portal, a proxy's error page.
    if (given === undefined) throw new LineError('cut');
    return given;
  }

  async function once<T extends z.ZodType>(call: CentreCall<T>, signer: Signer): Promise<Answer<z.output<T>>> {
    const answer = await read(await signedExchange(requestOf(call), signer, call.leaving), call);
    return answer.kind === 'refused' ? { ...answer, fault: olderOr(answer.fault) } : answer;
  }

  async function plainOnce(request: Omit<ExchangeRequest, 'signal'>, signer: Signer): Promise<ExchangeResponse> {
    const response = await signedExchange(request, signer);
    // Whoever answers without a nonce is not the centre.
    if (response.headers[nonceHeader] === undefined) throw new LineError('unreachable');
    options.answered();
    return response;
  }

  async function read<T extends z.ZodType>(response: ExchangeResponse, { response: schema, form }: CentreCall<T>): Promise<Answer<z.output<T>>> {
    const isPage = form === 'ndjson' && response.headers['content-type']?.startsWith('application/x-ndjson') === true;
    const value = isPage ? await textOf(response) : jsonLine(new TextDecoder().decode(response.body));
    // Whatever is not JSON was not said by the centre: a captive portal, a proxy's page. It must not count as a contact.
    if (value === undefined) throw new LineError('unreachable');
    if (response.status >= 200 && response.status < 300) {
      const parsed = schema.safeParse(value);
      options.answered();
      if (parsed.success) return { kind: 'given', value: parsed.data };
      // An answer this program cannot read: its data stays here. A later centre only adds to an answer, or says that it is another form.
      const later = laterVersion(value);
      return { kind: 'refused', status: response.status, fault: later === undefined ? fault('centre.older-version') : laterForm('answer', later) };
    }
    const problem = readProblem(value);
    if (!problem) {
      // Not the centre's own words: something on the way answered in its place.
      if (typeof value !== 'object' || value === null || !('fault' in value)) throw new LineError('unreachable');
      options.answered();
      return { kind: 'refused', status: response.status, fault: fault('centre.older-version') };
    }
    options.answered();
    const after = Number(response.headers['retry-after']);
    return {
      kind: 'refused', status: response.status, ...problem,
      ...(Number.isFinite(after) && after > 0 ? { retryAfter: after * 1000 } : {}),
    };
  }

  return {
    async alive(timeout) {
      nonce = await askForNonce(timeout);
    },
    async ask(call) {
      return read(await exchange(requestOf(call)), call);
    },
    async signed(call, signer) {
      const first = await once(call, signer);
      const stale = first.kind === 'refused' && first.fault.code === 'request.replayed';
      return stale ? once(call, signer) : first;
    },
    async exchange(request, signer) {
      const first = await plainOnce(request, signer);
      // The answer to a HEAD has no words: 401 is a nonce that grew old, or it is said again.
      return first.status === 401 ? plainOnce(request, signer) : first;
    },
  };
}

/**
 * An enrolled desk asks its centre for addresses of the protocol alone: a centre that does not know one of them is from before there was such a
 * call. Before the enrolment it may be no centre at all.
 */
export function olderOr(reason: Fault): Fault {
  return reason.code === 'request.not-found' ? fault('centre.older-version') : reason;
}

function requestOf(call: CentreCall<z.ZodType>): Omit<ExchangeRequest, 'signal'> {
  return {
    method: call.method,
    path: call.path,
    headers: {
      ...(call.form === 'ndjson' ? { accept: 'application/x-ndjson, application/json', 'accept-encoding': 'gzip' } : { accept: 'application/json' }),
      ...(call.body ? { 'content-type': call.contentType ?? 'application/json' } : {}),
      ...(call.contentEncoding === undefined ? {} : { 'content-encoding': call.contentEncoding }),
    },
    ...(call.body ? { body: call.body } : {}),
    timeout: call.timeout ?? patience,
  };
}

/** The text of an answer that may be compressed. What is cut or grows beyond any page was not said by the centre. */
async function textOf({ headers, body }: ExchangeResponse): Promise<string> {
  try {
    const plain = headers['content-encoding'] === 'gzip' ? await inflate(body, { maxOutputLength: inflatedLimit }) : body;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
  } catch (error) {
    throw new LineError('cut', error);
  }
}
