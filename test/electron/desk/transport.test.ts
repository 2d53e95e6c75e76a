import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { httpTransport, LineError, type Pins } from '#electron/desk/sync/transport.ts';
import { atEnd, endAll } from './place.ts';
import { pinOfCertificate, tlsCertificate, tlsKey } from './tls.ts';

afterEach(endAll);

async function listening(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => void sockets.add(socket));
  atEnd(() => {
    // One that says nothing never ends by itself, and would keep the test's process.
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function open(url: string, pins: Pins = []): ReturnType<typeof httpTransport> {
  const transport = httpTransport(url, () => pins);
  atEnd(() => transport.close());
  return transport;
}

const get = { method: 'GET', path: '/', headers: {}, timeout: 2_000 } as const;

async function failureOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(() => 'none', (error: unknown) => (error instanceof LineError ? error.failure : 'not a line error'));
}

describe('the transport', () => {
  it('trusts the pinned key and nothing else, whatever the dates say, and sends no byte to another key', async () => {
    let requests = 0;
    const port = await listening(https.createServer({ key: tlsKey, cert: tlsCertificate }, (_request, response) => {
      requests += 1;
      response.end('here');
    }));
    expect(await failureOf(open(`https://127.0.0.1:${port}`, ['x'.repeat(43)]).exchange(get))).toBe('wrong-key');
    expect(await failureOf(open(`https://127.0.0.1:${port}`).exchange(get))).toBe('wrong-key');
    expect(requests).toBe(0);
    const answer = await open(`https://127.0.0.1:${port}`, [pinOfCertificate]).exchange(get);
    expect([answer.status, Buffer.from(answer.body).toString()]).toEqual([200, 'here']);
    expect((await open(`https://127.0.0.1:${port}`, 'first-contact').exchange(get)).status).toBe(200);
  });

  it('names how the line failed', async () => {
    const silent = await listening(net.createServer());
    expect(await failureOf(open(`http://127.0.0.1:${silent}`).exchange({ ...get, timeout: 100 }))).toBe('timed-out');
    const slow = await listening(http.createServer((_request, response) => void response.write('half')));
    expect(await failureOf(open(`http://127.0.0.1:${slow}`).exchange({ ...get, timeout: 100 }))).toBe('timed-out');
    const cutting = await listening(http.createServer((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setTimeout(() => request.socket.destroy(), 20);
    }));
    expect(await failureOf(open(`http://127.0.0.1:${cutting}`).exchange(get))).toBe('cut');
    const gone = await listening(net.createServer());
    const closed = net.createServer();
    const free = await listening(closed);
    await new Promise((resolve) => closed.close(resolve));
    expect(gone).not.toBe(free);
    expect(await failureOf(open(`http://127.0.0.1:${free}`).exchange(get))).toBe('refused');
    const stop = new AbortController();
    const waiting = failureOf(open(`http://127.0.0.1:${silent}`).exchange({ ...get, signal: stop.signal }));
    stop.abort();
    expect(await waiting).toBe('closed');
  });

  it('uses a kept connection again, and does not take its end for a loss of the line', async () => {
    const sockets = new Set<net.Socket>();
    const server = http.createServer((_request, response) => void response.end('ok'));
    server.on('connection', (socket) => void sockets.add(socket));
    const port = await listening(server);
    const transport = open(`http://127.0.0.1:${port}`);
    await transport.exchange(get);
    await transport.exchange(get);
    expect(sockets.size).toBe(1);
    // The server resets on the next bytes: what a restarted centre or a forgetful router does.
    server.removeAllListeners('request');
    let first = true;
    server.on('request', (request, response) => {
      if (first) request.socket.resetAndDestroy();
      else response.end('again');
      first = false;
    });
    expect((await transport.exchange(get)).status).toBe(200);
    expect(sockets.size).toBe(2);
  });
});
