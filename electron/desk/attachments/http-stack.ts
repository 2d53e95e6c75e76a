import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client';
import type { Signer } from '#shared/ports.ts';
import type { Centre } from '../sync/centre.ts';
import { exchangeMethods, type ExchangeResponse } from '../sync/transport.ts';

/** Takes the requests of the upload library over the desk's own signed and pinned line. */
export interface SignedStack extends HttpStack {
  /** What the last request got for an answer; undefined where the line failed. */
  last(): ExchangeResponse | undefined;
  /** Why the last request failed, as it was thrown. */
  failure(): unknown;
}

/** How long a piece may take on the slowest line, milliseconds. */
const patience = 90_000;

export function signedStack(centre: Centre, signer: Signer): SignedStack {
  let last: ExchangeResponse | undefined;
  let failure: unknown;

  async function send(method: string, url: string, headers: Readonly<Record<string, string>>, body: unknown): Promise<HttpResponse> {
    const known = exchangeMethods.find((name) => name === method);
    if (known === undefined) throw new RangeError(`no request of the protocol: ${method}`);
    last = undefined;
    try {
      last = await centre.exchange({
        method: known, path: new URL(url).pathname, headers, timeout: patience, ...(body instanceof Uint8Array ? { body } : {}),
      }, signer);
    } catch (error) {
      failure = error;
      throw error;
    }
    return responseOf(last);
  }

  return {
    getName: () => 'signed',
    createRequest: (method, url) => requestOf(method, url, send),
    last: () => last,
    failure: () => failure,
  };
}

function requestOf(method: string, url: string, send: (method: string, url: string, headers: Readonly<Record<string, string>>, body: unknown) => Promise<HttpResponse>): HttpRequest {
  const headers: Record<string, string> = {};
  return {
    getMethod: () => method,
    getURL: () => url,
    setHeader(name, value) {
      headers[name.toLowerCase()] = value;
    },
    getHeader: (name) => headers[name.toLowerCase()],
    setProgressHandler: () => undefined,
    send: (body: unknown) => send(method, url, headers, body),
    // A piece on its way is small; it comes to its end.
    abort: () => Promise.resolve(),
    getUnderlyingObject: () => undefined,
  };
}

function responseOf({ status, headers, body }: ExchangeResponse): HttpResponse {
  return {
    getStatus: () => status,
    getHeader: (name) => headers[name.toLowerCase()],
    getBody: () => new TextDecoder().decode(body),
    getUnderlyingObject: () => undefined,
  };
}
