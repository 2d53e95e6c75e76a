import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Chance } from '../simulation/chance.ts';
import { startCentreProgram } from './programs.ts';

/** What a centre answered to nonsense. */
export interface Fuzzed {
  readonly sent: number;
  /** Answers by status; 0 for a connection that was closed without one. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Requests that got a 5xx other than 503, or none because the centre was gone. */
  readonly wrong: readonly string[];
  /** What the centre had to report: nothing may take it by surprise. */
  readonly reported: string;
}

const methods = ['GET', 'POST', 'HEAD', 'PATCH', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'BREW'] as const;
const ids = ['01a9f3c2-7c11-7d2e-9a51-5b1c0de4a7b2', '../../centre.key.pem', '%2e%2e%2f', 'a'.repeat(64), '%00', '💥', '-1', '', 'null', '9'.repeat(400)] as const;
const paths = [
  '/v1/nonce', '/v1/enrol', '/v1/logs/{}/batches', '/v1/logs/{}/head', '/v1/logs/{}/entries', '/v1/entries', '/v1/dossiers/{}/entries', '/v1/dossiers', '/v1/anchor', '/v1/catalogue',
  '/v1/bundles', '/v1/blobs', '/v1/blobs/{}', '/v1/blobs/{}/held', '/v1/dossiers/{}/blobs/{}', '/healthz', '/metrics', '/', '/province', '/province/{}', '/api/{}', '/v1/{}', '//', '/v1/../v1/nonce',
] as const;
const names = ['content-type', 'content-encoding', 'content-digest', 'signature', 'signature-input', 'cookie', 'accept-encoding', 'upload-length', 'upload-offset', 'upload-metadata', 'tus-resumable', 'x-upload-id', 'transfer-encoding', 'expect', 'range', 'authorization'] as const;

/** One request as bytes; some keep to HTTP, some do not. */
function nonsense(chance: Chance): Buffer {
  const noise = (length: number): Buffer => Buffer.from(chance.bytes().bytes(chance.whole(0, length)));
  if (chance.is(0.03)) return Buffer.concat([noise(200), Buffer.from('\r\n\r\n')]);
  const path = chance.pick(paths).replaceAll('{}', () => chance.pick(ids));
  const query = chance.is(0.4) ? `?${chance.pick(['since', 'bytes', 'code', 'from', 'closed', 'log', ''])}=${chance.pick(ids)}` : '';
  const body = bodyOf(chance, noise);
  const headers = Array.from({ length: chance.whole(0, 6) }, () => `${chance.pick(names)}: ${valueOf(chance, noise)}`);
  const length = chance.is(0.9) ? [`content-length: ${chance.is(0.95) ? body.length : chance.whole(0, 5_000)}`] : [];
  return Buffer.concat([Buffer.from([`${chance.pick(methods)} ${path}${query} HTTP/1.1`, 'host: centre', ...headers, ...length, 'connection: close', '', ''].join('\r\n'), 'utf8'), body]);
}

function bodyOf(chance: Chance, noise: (length: number) => Buffer): Buffer {
  switch (chance.whole(0, 6)) {
    case 0: return Buffer.alloc(0);
    case 1: return noise(2_000);
    case 2: return gzipSync(noise(2_000));
    // It grows a thousandfold where somebody believes it.
    case 3: return gzipSync(Buffer.alloc(8 * 1024 * 1024));
    case 4: return Buffer.from(JSON.stringify({ code: chance.pick(ids), log: chance.pick(ids), head: { seq: -1 }, nonce: null, v: 1e99 }));
    case 5: return Buffer.from('{"a":'.repeat(chance.whole(1, 3_000)));
    default: return Buffer.from(`{"v":1,"log":"${chance.pick(ids)}","first":${chance.whole(-5, 5)},"last":1e309,"count":2}\n{}\n`);
  }
}

function valueOf(chance: Chance, noise: (length: number) => Buffer): string {
  switch (chance.whole(0, 6)) {
    case 0: return noise(60).toString('base64');
    case 1: return 'sig1=("@method" "@path" "@query" "content-digest");created=1;nonce="x";keyid="y";tag="quay-v1"';
    case 2: return `sha-256=:${noise(32).toString('base64')}:`;
    case 3: return String(chance.whole(-10, 2 ** 40));
    case 4: return chance.pick(['gzip', 'br', 'chunked', '1.0.0', 'application/json', 'application/offset+octet-stream', 'bytes=0-', '*/*']);
    case 5: return 'x'.repeat(chance.whole(0, 9_000));
    default: return `dossier ${noise(20).toString('base64')},sha256 ${noise(40).toString('base64')}`;
  }
}

/** Sends so many pieces of nonsense to a real centre, some at a time. */
export async function fuzz({ folder, requests, seed }: { readonly folder: string; readonly requests: number; readonly seed: number }): Promise<Fuzzed> {
  const chance = new Chance(seed);
  const output = join(folder, 'said.log');
  const centre = await startCentreProgram(folder, 0, { output });
  const { hostname, port } = new URL(centre.url);
  const statuses: Record<string, number> = {};
  const wrong: string[] = [];
  let left = requests;
  const send = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const request = nonsense(chance);
      const status = await statusOf(hostname, Number(port), request);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status === 'refused' || (status.startsWith('5') && status !== '503')) wrong.push(`${status}: ${request.subarray(0, 160).toString('latin1').split('\r\n')[0] ?? ''}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: 16 }, send));
    // It still does what it is for.
    await centre.code();
  } finally {
    await centre.kill();
  }
  return { sent: requests, statuses, wrong, reported: readFileSync(output, 'utf8').slice(0, 2_000) };
}

/** The status of an answer; `0` where the connection was closed without one, `refused` where nobody listens. */
async function statusOf(host: string, port: number, request: Buffer): Promise<string> {
  const socket = connect({ host, port });
  let said = '';
  let refused = false;
  socket.on('error', (error) => {
    if ('code' in error && error.code === 'ECONNREFUSED') refused = true;
  });
  socket.on('data', (part) => {
    if (said.length < 20) said += part.toString('latin1');
    // What follows the status is of no interest, and a half-sent request would wait for its end.
    if (said.length >= 12) socket.destroy();
  });
  socket.setTimeout(1_500, () => socket.destroy());
  socket.write(request);
  await once(socket, 'close');
  return refused ? 'refused' : (/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? '0');
}
