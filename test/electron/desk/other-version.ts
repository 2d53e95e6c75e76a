/** A thin layer between the real desk and the real centre that makes either of them one of another version; what was signed is signed anew. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { privateKeyFrom, signerOf } from '#central/keys/index.ts';
import { nodeHasher } from '#db/index.ts';
import type { DeskPorts } from '#electron/desk/ports.ts';
import { httpTransport, type ExchangeRequest, type ExchangeResponse } from '#electron/desk/sync/transport.ts';
import { anchorBytes } from '#shared/evidence/index.ts';
import { canonicalText } from '#shared/log/index.ts';
import type { Signer } from '#shared/ports.ts';
import { jsonLine, pageBytes, receiptBytes, signRequest } from '#shared/sync/index.ts';
import type { TestCentre } from './place.ts';

export type Change = (value: unknown) => unknown;

/** What any later version may put beside what is known: fields of every sort. */
const more = { tomorrow: { deep: [1, 'ngày mai', null, { deeper: true }] }, vNext: 'x', w: 7 };

/** Objects that are lists by name and have no fields: what is added to one is another item of it, of the same type. */
const listsByName: ReadonlySet<string> = new Set(['sources']);

/** The same with unknown fields in every object of it. */
export function saysMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(saysMore);
  if (!isObject(value)) return value;
  return { ...Object.fromEntries(Object.entries(value).map(([name, item]) => [name, listsByName.has(name) ? item : saysMore(item)])), ...more };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const without = (...names: readonly string[]): Change => (value) => (isObject(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name))) : value);
export const withFields = (fields: Readonly<Record<string, unknown>>): Change => (value) => (isObject(value) ? { ...value, ...fields } : value);

export function centreSigner(centre: TestCentre): Signer {
  return signerOf(privateKeyFrom(readFileSync(join(centre.folder, 'centre.key.pem'), 'utf8')));
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A JSON answer, changed. */
export function jsonAnswer(response: ExchangeResponse, change: Change): ExchangeResponse {
  return { ...response, body: bytesOf(JSON.stringify(change(JSON.parse(textOf(response.body))))) };
}

/** The anchor of an answer, changed and signed anew. */
export function anchorAnswer(response: ExchangeResponse, change: Change, signer: Signer): ExchangeResponse {
  return jsonAnswer(response, (answer) => {
    if (!isObject(answer) || !isObject(answer['anchor'])) return answer;
    const text = canonicalText(change(jsonLine(String(answer['anchor']['text']))));
    return { ...answer, anchor: { ...answer['anchor'], text, signature: signer.sign(anchorBytes(text)) } };
  });
}

export interface PageChange {
  readonly header?: Change;
  readonly trailer?: Change;
  /** Lines that come after the others. */
  readonly lines?: readonly string[];
}

/** A page, changed and signed anew. Refusals stay as they are. */
export function pageAnswer(response: ExchangeResponse, { header = (value) => value, trailer = (value) => value, lines = [] }: PageChange, signer: Signer): ExchangeResponse {
  if (response.headers['content-type']?.startsWith('application/x-ndjson') !== true) return response;
  const text = textOf(response.headers['content-encoding'] === 'gzip' ? gunzipSync(response.body) : response.body);
  const [first = '', ...others] = text.split('\n').slice(0, -2);
  const counted = withFields({ count: others.length + lines.length });
  const signed = `${[canonicalText(header(lines.length > 0 ? counted(jsonLine(first)) : jsonLine(first))), ...others, ...lines].join('\n')}\n`;
  const last = canonicalText(trailer({ signature: signer.sign(pageBytes(nodeHasher.sha256(bytesOf(signed)))) }));
  const { 'content-encoding': _encoding, ...headers } = response.headers;
  return { ...response, headers, body: bytesOf(`${signed}${last}\n`) };
}

/** A receipt of a bundle, changed and signed anew. */
export function receiptAnew(receipt: string, change: Change, signer: Signer): string {
  const line = `${canonicalText(change(jsonLine(receipt.split('\n')[0] ?? '')))}\n`;
  return `${line}${canonicalText({ signature: signer.sign(receiptBytes(nodeHasher.sha256(bytesOf(line)))), tomorrow: true })}\n`;
}

/** A refusal in the words of some version. */
export function refusal(response: ExchangeResponse, status: number, problem: unknown): ExchangeResponse {
  return { status, headers: { 'replay-nonce': response.headers['replay-nonce'] ?? '', 'content-type': 'application/json; charset=utf-8' }, body: bytesOf(JSON.stringify(problem)) };
}

/** A request whose content or path was changed, signed anew with the same nonce. */
export function signedAnew(request: ExchangeRequest, signer: Signer): ExchangeRequest {
  const nonce = /nonce="([^"]+)"/.exec(request.headers['signature-input'] ?? '')?.[1];
  if (nonce === undefined) return request;
  return { ...request, headers: { ...request.headers, ...signRequest({ method: request.method, target: request.path, body: request.body ?? new Uint8Array() }, { signer, hasher: nodeHasher, nonce, created: 0 }) } };
}

/** The lines of a batch as it left, changed. */
export function batchRequest(request: ExchangeRequest, change: (lines: readonly string[]) => readonly string[]): ExchangeRequest {
  const lines = textOf(gunzipSync(request.body ?? new Uint8Array())).split('\n');
  return { ...request, body: new Uint8Array(gzipSync(change(lines).join('\n'))) };
}

export interface OtherVersion {
  /** Makes the desk another one. */
  request: (request: ExchangeRequest) => ExchangeRequest;
  /** Makes the centre another one. `asked` is what the desk itself asked. */
  answer: (asked: ExchangeRequest, response: ExchangeResponse) => ExchangeResponse;
  /** Every request as the desk made it: `GET /v1/nonce`. */
  readonly asked: string[];
  /** How many answers a change was made to. */
  changed: number;
  readonly transport: DeskPorts['transport'];
  /** Both are of this version again. */
  asToday(): void;
}

export function otherVersion(): OtherVersion {
  const line: OtherVersion = {
    request: (request) => request, answer: (_asked, response) => response, asked: [], changed: 0,
    transport: (url, pins) => {
      const real = httpTransport(url, pins);
      return {
        close: () => real.close(),
        async exchange(asked) {
          line.asked.push(`${asked.method} ${asked.path}`);
          const request = line.request(asked);
          const response = await real.exchange(request);
          const answer = line.answer(asked, response);
          if (request !== asked || answer !== response) line.changed += 1;
          return answer;
        },
      };
    },
    asToday() {
      line.request = (request) => request;
      line.answer = (_asked, response) => response;
    },
  };
  return line;
}
