import { centreKinds, type CentreHeard } from '#central/ledger/index.ts';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifier } from '#central/keys/index.ts';
import { nonces } from '#central/http/index.ts';
import { openAnchor } from '#shared/evidence/index.ts';
import { emptyHead } from '#shared/log/index.ts';
import { anchorResponseSchema, nonceHeader, problemSchema } from '#shared/sync/index.ts';
import { enrolledDesk, problemIn, send, startOfTest, testCentre, testDesk, type Answer, type TestCentre } from '../peer.ts';

let at: TestCentre;
beforeAll(async () => {
  at = await testCentre();
});
afterAll(async () => {
  await at.end();
  // Whatever was sent, nothing took the centre by surprise.
  expect(at.reported).toEqual([]);
});

const verdict = (answer: Answer) => [answer.status, problemIn(answer).fault.code];
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe('a signed request', () => {
  it('is taken once', async () => {
    const desk = await enrolledDesk(at);
    const nonce = await desk.nonce();
    const target = `/v1/logs/${desk.log}/head`;
    const headers = desk.headersFor('GET', target, new Uint8Array(), nonce);
    expect((await send(at.centre.url, target, { headers })).status).toBe(200);
    const replayed = await send(at.centre.url, target, { headers });
    expect(verdict(replayed)).toEqual([401, 'request.replayed']);
    // The refusal brings a fresh nonce, with which the desk repeats.
    expect((await desk.signed('GET', target, new Uint8Array(), { nonce: replayed.headers.get(nonceHeader) ?? '' })).status).toBe(200);
  });

  it('is not taken again after a restart', async () => {
    const desk = await enrolledDesk(at);
    const target = `/v1/logs/${desk.log}/head`;
    const headers = desk.headersFor('GET', target, new Uint8Array(), await desk.nonce());
    expect((await send(at.centre.url, target, { headers })).status).toBe(200);
    await at.restart();
    expect(verdict(await send(at.centre.url, target, { headers }))).toEqual([401, 'request.replayed']);
  });

  it('is refused with a nonce that is not the centre’s', async () => {
    const desk = await enrolledDesk(at);
    const answer = await desk.signed('GET', `/v1/logs/${desk.log}/head`, new Uint8Array(), { nonce: 'A'.repeat(43) });
    expect(verdict(answer)).toEqual([401, 'request.replayed']);
  });

  it('is refused without a signature, with another’s, for another target or content', async () => {
    const desk = await enrolledDesk(at);
    const target = `/v1/logs/${desk.log}/head`;
    expect(verdict(await send(at.centre.url, target))).toEqual([401, 'request.unsigned']);
    expect(verdict(await testDesk(() => at.centre.url).signed('GET', target))).toEqual([404, 'log.unknown']);
    const headers = desk.headersFor('GET', '/v1/catalogue', new Uint8Array(), await desk.nonce());
    expect(verdict(await send(at.centre.url, target, { headers }))).toEqual([401, 'request.unsigned']);
    const changed = await desk.signed('POST', '/v1/anchor', json({ a: 1 }), { instead: json({ a: 2 }) });
    expect(verdict(changed)).toEqual([400, 'request.digest-mismatch']);
  });

  it('that is refused does not use its nonce up for a stranger', async () => {
    const desk = await enrolledDesk(at);
    const nonce = await desk.nonce();
    await testDesk(() => at.centre.url).signed('GET', '/v1/catalogue', new Uint8Array(), { nonce });
    expect((await desk.signed('GET', '/v1/catalogue', new Uint8Array(), { nonce })).status).toBe(200);
  });
});

describe('nonces', () => {
  it('end, and cannot be made up or spelt in two ways', () => {
    let now = 1000;
    const random = { bytes: (count: number) => new Uint8Array(count).fill(7) };
    const own = nonces(new Uint8Array(32), random, () => now);
    const nonce = own.issue();
    expect(nonce).toHaveLength(43);
    expect(own.endOf(nonce)).toBe(601_000);
    expect(nonces(new Uint8Array(32).fill(1), random, () => now).endOf(nonce)).toBeUndefined();
    const respelt = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('').map((letter) => nonce.slice(0, 42) + letter);
    expect(respelt.filter((other) => own.endOf(other) !== undefined)).toEqual([nonce]);
    now = 601_001;
    expect(own.endOf(nonce)).toBeUndefined();
  });
});

describe('an anchor', () => {
  const ask = (desk: Awaited<ReturnType<typeof enrolledDesk>>, head: unknown = desk.head) => desk.signed('POST', '/v1/anchor', json({ nonce: 'n'.repeat(22), head }));

  it('says in the centre’s name what was asked, and when', async () => {
    const desk = await enrolledDesk(at);
    const answer = await ask(desk);
    const { anchor } = anchorResponseSchema.parse(JSON.parse(answer.text));
    const { publicKey, keyId } = at.centre.keys.signer;
    const own = await at.centre.store.findLog(at.centre.own.log);
    expect(openAnchor(anchor, publicKey, verifier)).toEqual({ v: 1, ...desk.head, nonce: 'n'.repeat(22), t: at.time.now, rho: 20, key: keyId, own: { seq: own?.head.seq, hash: own?.head.hash } });
    expect((await at.centre.store.claims()).find(({ log }) => log === desk.log)).toEqual({ ...desk.head, at: at.time.now, rho: 20 });
  });

  it('is not signed while the centre’s clock is not synchronised; batches are still taken', async () => {
    const desk = await enrolledDesk(at);
    at.time.rho = undefined;
    const answer = await ask(desk);
    expect(verdict(answer)).toEqual([503, 'centre.unsynchronised']);
    expect((await desk.sync()).status).toBe(200);
    expect((await at.centre.store.claims()).some(({ log }) => log === desk.log)).toBe(false);
    at.time.rho = 20;
    expect((await ask(desk)).status).toBe(200);
  });

  it('is not signed for another installation’s log', async () => {
    const [desk, other] = [await enrolledDesk(at), await enrolledDesk(at)];
    expect(verdict(await ask(desk, other.head))).toEqual([404, 'log.unknown']);
    expect(verdict(await ask(desk, emptyHead(testDesk(() => '').log)))).toEqual([404, 'log.unknown']);
    expect(verdict(await ask(desk, { log: desk.log }))).toEqual([400, 'message.malformed']);
  });
});

describe('a desk', () => {
  it('is heard with each signed request, and its silences are kept', async () => {
    const desk = await enrolledDesk(at);
    const kept = at.time.now;
    const ask = () => desk.signed('GET', '/v1/catalogue');
    await ask();
    at.time.now = startOfTest + 5 * 60_000;
    await ask();
    at.time.now = startOfTest + 65 * 60_000;
    await ask();
    const { store, own } = at.centre;
    const lastAt = at.time.now;
    at.time.now = kept;
    const said = (await store.entries(own.log, 1, 1000)).map(({ text }): { kind: string; facts: Record<string, unknown> } => JSON.parse(text));
    expect((await store.heard()).find(({ log }) => log === desk.log)).toEqual({ log: desk.log, firstAt: kept, lastAt });
    // In the centre's own log, where an auditor finds them.
    expect(said.filter(({ kind, facts }) => kind === centreKinds.silence && facts['log'] === desk.log).map(({ facts }) => facts)).toEqual([
      { log: desk.log, from: startOfTest + 5 * 60_000, to: lastAt, at: lastAt, rho: 20 },
    ]);
  });

  it('stands each half hour in the centre’s own log with the head it named last; nothing is written twice', async () => {
    const desk = await enrolledDesk(at);
    const ask = () => desk.signed('POST', '/v1/anchor', json({ nonce: 'n'.repeat(22), head: desk.head }));
    const heard = async () => (await at.centre.store.entries(at.centre.own.log, 1, 1000))
      .map(({ text }): { kind: string; facts: CentreHeard } => JSON.parse(text)).filter(({ kind }) => kind === centreKinds.heard)
      .flatMap(({ facts }) => facts.logs.filter(({ log }) => log === desk.log).map((line) => ({ from: facts.from, to: facts.to, line })));
    const kept = at.time.now;
    at.time.now += 40 * 60_000;
    await desk.sync();
    await ask();
    const first = await heard();
    expect(first).toMatchObject([{ to: at.time.now, line: { lastAt: at.time.now, claim: { seq: desk.head.seq, hash: desk.head.hash, at: at.time.now, rho: 20 } } }]);
    at.time.now += 29 * 60_000;
    await ask();
    expect(await heard()).toEqual(first);
    at.time.now += 60_000;
    await ask();
    expect((await heard()).slice(1)).toMatchObject([{ from: first[0]?.to, to: at.time.now }]);
    at.time.now = kept;
  });
});

describe('whatever else is sent', () => {
  it('gets a clear problem', async () => {
    const { url } = at.centre;
    const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) => send(url, path, { method: 'POST', body, headers });
    expect(verdict(await send(url, '/v1/nothing'))).toEqual([404, 'request.not-found']);
    expect(verdict(await send(url, '/v1/enrol'))).toEqual([404, 'request.not-found']);
    expect(verdict(await send(url, '/v1/logs/%zz/head'))).toEqual([404, 'request.not-found']);
    expect(verdict(await send(url, `/v1/logs/${'a'.repeat(1000)}/head`))).toEqual([404, 'request.not-found']);
    expect(verdict(await send(url, '/v1/nonce', { method: 'DELETE' }))).toEqual([404, 'request.not-found']);
    expect(verdict(await post('/v1/enrol', 'xin chào'))).toEqual([400, 'request.not-json']);
    expect(verdict(await post('/v1/enrol', ''))).toEqual([400, 'request.not-json']);
    expect(verdict(await post('/v1/enrol', 'null', { 'content-type': 'text/html; charset=nonsense' }))).toEqual([400, 'message.malformed']);
    expect(verdict(await post('/v1/enrol', JSON.stringify({ code: 'x'.repeat(20_000) })))).toEqual([413, 'request.too-large']);
    expect(verdict(await post('/v1/enrol', '['.repeat(10_000)))).toEqual([400, 'request.not-json']);
    const both = problemIn(await send(url, '/v1/nothing'));
    expect([both.vi, both.en]).toEqual(['Địa chỉ không tồn tại.', 'There is nothing at this address.']);
  });

  it('even if it is hardly HTTP', async () => {
    const { hostname, port } = new URL(at.centre.url);
    const raw = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.end('XIN CHAO\r\n\r\n'));
      let text = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      }).on('close', () => resolve(text)).on('error', reject);
    });
    expect(raw).toMatch(/^HTTP\/1\.1 400 /);
    expect(problemSchema.parse(JSON.parse(raw.slice(raw.indexOf('\r\n\r\n') + 4))).fault.code).toBe('message.malformed');
  });

  it('does not hold the centre up when it is cut off in the middle', async () => {
    const desk = await enrolledDesk(at);
    desk.work(200);
    const target = `/v1/logs/${desk.log}/batches`;
    const body = new TextEncoder().encode(desk.batch(1));
    const headers = { ...desk.headersFor('POST', target, body, await desk.nonce()), 'content-length': String(body.length) };
    await new Promise<void>((resolve) => {
      const cut = httpRequest(`${at.centre.url}${target}`, { method: 'POST', headers });
      cut.on('error', () => resolve());
      cut.write(body.subarray(0, body.length >> 1), () => cut.destroy(new Error('cut')));
    });
    expect(await at.centre.store.entries(desk.log, 1, 10)).toEqual([]);
    expect((await desk.sync()).status).toBe(200);
  });

});

describe('a centre with more batches than it can work on', () => {
  it('asks desks to come again, and everything arrives', async () => {
    const small = await testCentre({ batchesAtOnce: 2 });
    try {
      const desks = await Promise.all(Array.from({ length: 12 }, () => enrolledDesk(small)));
      for (const desk of desks) desk.work(50);
      let busy = 0;
      await Promise.all(desks.map(async (desk) => {
        let answer = await desk.sync();
        for (; answer.status === 503; answer = await desk.sync()) {
          expect(verdict(answer)).toEqual([503, 'centre.busy']);
          expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
          busy += 1;
        }
        expect(answer.status).toBe(200);
      }));
      expect(busy).toBeGreaterThan(0);
      for (const desk of desks) expect((await small.centre.store.findLog(desk.log))?.head).toEqual(desk.head);
    } finally {
      await small.end();
    }
  });
});
