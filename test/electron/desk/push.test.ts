/** The sending of one log, against a centre that says what it should not. */
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { DeskStore } from '#db/index.ts';
import { nodeHasher, nodeRandom } from '#db/index.ts';
import { nodeKeys, nodeVerifier } from '#electron/desk/keys.ts';
import { openCentre, type Answer, type Centre } from '#electron/desk/sync/centre.ts';
import { firstBatchSize, pushLog, type Pushed } from '#electron/desk/sync/push.ts';
import { LineError, type ExchangeRequest, type ExchangeResponse } from '#electron/desk/sync/transport.ts';
import { fault, ok } from '#shared/errors/index.ts';
import { clockReading, mintUuid, type Head } from '#shared/log/index.ts';
import { batchLimits, batchResponseSchema, heardFault, readBatch, verifyRequest, type BatchHeader } from '#shared/sync/index.ts';
import { atEnd, endAll, openStore, temporaryFolder, uuid, World } from './place.ts';

afterEach(endAll);

const signer = nodeKeys.signer(nodeKeys.generate());

/** A log with so many entries beside its first. */
function logOf(count: number, text = () => 'x'): DeskStore {
  const world = new World();
  const store = openStore(temporaryFolder());
  atEnd(() => store.close());
  const log = uuid(world);
  const clock = clockReading(world.read(), null);
  store.openLog({ identity: { installation: uuid(world), agency: 'a', desk: 'd', log, publicKey: signer.publicKey }, software: 't', why: 'enrolled', act: uuid(world), clock });
  for (let made = 0; made < count; made += 200) {
    const drafts = Array.from({ length: Math.min(200, count - made) }, (_, index) => ({ kind: 'test.note', facts: { index: made + index, text: text() } }));
    store.commit({ act: mintUuid(world.truth(), nodeRandom), actor: 'desk', clock, decide: () => ok(drafts) });
  }
  return store;
}

type Said = Answer<{ ack: { seq: number; hash: string }; pace: number; marked?: number[] | undefined }>;

/** Reads each batch as the centre does, and says what the test wants. */
function centreSaying(say: (header: BatchHeader, attempt: number) => Said | Promise<Said>): { centre: Centre; headers: BatchHeader[]; sizes: number[] } {
  const headers: BatchHeader[] = [];
  const sizes: number[] = [];
  const centre: Centre = {
    alive: () => Promise.reject(new Error('not asked')),
    ask: () => Promise.reject(new Error('not asked')),
    exchange: () => Promise.reject(new Error('not asked')),
    async signed(call) {
      const body = call.body ?? new Uint8Array();
      sizes.push(body.length);
      const batch = readBatch(gunzipSync(body).toString('utf8'), signer.publicKey, nodeHasher, nodeVerifier);
      if (!batch.ok) throw new Error(batch.fault.code);
      headers.push(batch.value.header);
      const said = await say(batch.value.header, headers.length);
      return said.kind === 'given' ? { kind: 'given', value: batchResponseSchema.parse(said.value) as never } : said;
    },
  };
  return { centre, headers, sizes };
}

const given = (seq: number, hash: string): Said => ({ kind: 'given', value: { ack: { seq, hash }, pace: 0 } });
const takesAll = (header: BatchHeader): Said => given(header.last, header.headHash);

function push(store: DeskStore, centre: Centre, size = { entries: firstBatchSize }): Promise<Pushed> {
  return pushLog({ store, centre, signer, log: store.head().log, size, acknowledged: () => undefined, branched: () => undefined, pause: () => Promise.resolve() });
}

describe('the sending of a log', () => {
  it('cuts it into batches that grow, each closed by a signed head and following the one before', async () => {
    const store = logOf(3_500);
    const { centre, headers, sizes } = centreSaying(takesAll);
    expect(await push(store, centre)).toEqual({ kind: 'all-sent', moved: true });
    expect(headers.map(({ count }) => count)).toEqual([200, 400, 800, 1000, 1000, 101]);
    expect(headers.reduce((expected, { first, last }) => (first === expected ? last + 1 : Number.NaN), 1)).toBe(3_502);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(batchLimits.compressedBytes);
    expect(store.acknowledged()).toEqual(store.head());
    expect(await push(store, centre)).toEqual({ kind: 'all-sent', moved: false });
  });

  it('keeps each batch under the limit of compressed bytes, however badly it compresses', async () => {
    const store = logOf(60, () => Buffer.from(nodeRandom.bytes(22_000)).toString('base64'));
    const { centre, sizes } = centreSaying(takesAll);
    expect((await push(store, centre)).kind).toBe('all-sent');
    expect(Math.max(...sizes)).toBeLessThanOrEqual(batchLimits.compressedBytes);
    expect(sizes.length).toBeGreaterThan(3);
  });

  it('marks nothing sent on an acknowledgement of what this desk does not hold, or that does not move', async () => {
    const store = logOf(10);
    const wrongHash = centreSaying((header) => given(header.last, 'f'.repeat(64)));
    expect(await push(store, wrongHash.centre)).toMatchObject({ kind: 'refused', fault: { code: 'log.fork' } });
    const beyond = centreSaying((header) => given(header.last + 1, header.headHash));
    expect(await push(store, beyond.centre)).toMatchObject({ kind: 'refused' });
    const standing = centreSaying((header) => given(0, header.prevHash));
    expect(await push(store, standing.centre)).toMatchObject({ kind: 'refused', fault: { code: 'message.malformed' } });
    expect(store.acknowledged().seq).toBe(0);
    expect(store.pendingSummary().entries).toBe(11);
  });

  it('halves the batch when it does not get through, and starts from what was acknowledged', async () => {
    const store = logOf(600);
    const size = { entries: firstBatchSize };
    const first = centreSaying((header, attempt) => {
      if (attempt === 2) throw new LineError('timed-out');
      return takesAll(header);
    });
    await expect(push(store, first.centre, size)).rejects.toThrow('timed-out');
    expect(store.acknowledged().seq).toBe(200);
    const second = centreSaying((header) => (header.count > 60 ? { kind: 'refused', status: 413, fault: fault('request.too-large', { limit: 1 }) } : takesAll(header)));
    expect((await push(store, second.centre, size)).kind).toBe('all-sent');
    expect(second.headers[0]).toMatchObject({ first: 201, count: 200 });
    expect(store.acknowledged()).toEqual(store.head());
  });

  it('sends again what a centre that was restored asks for, but not for ever', async () => {
    const store = logOf(50);
    const all = centreSaying(takesAll);
    await push(store, all.centre);
    store.commit({ act: mintUuid(0, nodeRandom), actor: 'desk', clock: clockReading(new World().read(), null), decide: () => ok([{ kind: 'test.note', facts: {} }]) });
    let held: Head = { log: store.head().log, seq: 20, hash: '' };
    const restored = centreSaying((header) => {
      if (header.first > held.seq + 1) return { kind: 'refused', status: 409, fault: fault('log.gap', { seq: header.first, need: 21 }), need: 21 };
      held = { ...held, seq: header.last };
      return takesAll(header);
    });
    expect(await push(store, restored.centre)).toEqual({ kind: 'all-sent', moved: true });
    expect(restored.headers.map(({ first }) => first)).toEqual([52, 21]);
    const mad = centreSaying(() => ({ kind: 'refused', status: 409, fault: fault('log.gap', { seq: 1, need: 1 }), need: 1 }));
    store.commit({ act: mintUuid(0, nodeRandom), actor: 'desk', clock: clockReading(new World().read(), null), decide: () => ok([{ kind: 'test.note', facts: {} }]) });
    expect(await push(store, mad.centre)).toMatchObject({ kind: 'refused', fault: { code: 'log.gap' } });
    expect(mad.headers.length).toBeLessThan(12);
  });

  it('comes back later when the centre is busy, and keeps a permanent refusal for people', async () => {
    const store = logOf(5);
    const busy = centreSaying(() => ({ kind: 'refused', status: 503, fault: fault('centre.busy'), retryAfter: 7_000 }));
    expect(await push(store, busy.centre)).toEqual({ kind: 'wait', delay: 7_000, fault: fault('centre.busy'), moved: false });
    // A later centre may have another word for it: the status says enough, and the word is for people.
    const later = heardFault({ code: 'centre.resting' });
    for (const status of [429, 503]) expect(await push(store, centreSaying(() => ({ kind: 'refused', status, fault: later })).centre)).toEqual({ kind: 'wait', delay: undefined, fault: later, moved: false });
    for (const code of ['log.fork', 'log.bad-chain', 'enrol.revoked', 'log.unknown'] as const) {
      const refusing = centreSaying(() => ({ kind: 'refused', status: 409, fault: fault(code) }));
      expect(await push(store, refusing.centre)).toMatchObject({ kind: code === 'log.fork' ? 'forked' : 'refused', fault: { code } });
      expect(refusing.headers).toHaveLength(1);
    }
    expect(store.acknowledged().seq).toBe(0);
  });
});

describe('the calls to the centre', () => {
  const exchange = (answers: ((request: ExchangeRequest) => Partial<ExchangeResponse> & { text?: string })[]): { requests: ExchangeRequest[]; centre: Centre; answered: () => number } => {
    const requests: ExchangeRequest[] = [];
    let contacts = 0;
    const centre = openCentre({
      hasher: nodeHasher, wall: () => 0, signal: new AbortController().signal, answered: () => (contacts += 1),
      transport: {
        close: () => undefined,
        exchange(request) {
          requests.push(request);
          const { text = '', ...rest } = answers.shift()?.(request) ?? {};
          return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(text), ...rest });
        },
      },
    });
    return { requests, centre, answered: () => contacts };
  };
  const call = { method: 'GET', path: '/v1/logs/x/head', response: batchResponseSchema } as const;
  const good = JSON.stringify({ ack: { seq: 1, hash: 'a'.repeat(64) }, pace: 0 });
  const problem = (code: string): string => JSON.stringify({ fault: { code, params: {} }, vi: '.', en: '.' });

  it('fetches a nonce, signs with it, uses each once, and renews a stale one only once', async () => {
    const talk = exchange([
      () => ({ status: 204, headers: { 'replay-nonce': 'nonce-0001' } }),
      () => ({ text: good, headers: { 'replay-nonce': 'nonce-0002' } }),
      () => ({ status: 401, text: problem('request.replayed'), headers: { 'replay-nonce': 'nonce-0003' } }),
      () => ({ text: good }),
      () => ({ status: 204, headers: { 'replay-nonce': 'nonce-0004' } }),
      () => ({ status: 401, text: problem('request.replayed'), headers: { 'replay-nonce': 'nonce-0005' } }),
      () => ({ status: 401, text: problem('request.replayed'), headers: { 'replay-nonce': 'nonce-0006' } }),
    ]);
    expect((await talk.centre.signed(call, signer)).kind).toBe('given');
    expect((await talk.centre.signed(call, signer)).kind).toBe('given');
    expect(await talk.centre.signed(call, signer)).toMatchObject({ kind: 'refused', fault: { code: 'request.replayed' } });
    const nonces = talk.requests.flatMap(({ headers }) => /nonce="([^"]+)"/.exec(headers['signature-input'] ?? '')?.[1] ?? []);
    expect(nonces).toEqual(['nonce-0001', 'nonce-0002', 'nonce-0003', 'nonce-0004', 'nonce-0005']);
    const signed = talk.requests[1];
    const body = signed?.body ?? new Uint8Array();
    expect(verifyRequest({ method: 'GET', target: call.path, body }, { ...signed?.headers }, { publicKey: signer.publicKey, hasher: nodeHasher, verifier: nodeVerifier }).ok).toBe(true);
  });

  it('takes a captive portal, a proxy and a missing nonce for a line that is down, never for a contact', async () => {
    const nonce = { status: 204, headers: { 'replay-nonce': 'nonce-0001' } };
    for (const answer of [{ text: '<html>Chào mừng' }, { status: 502, text: 'Bad Gateway' }, { status: 503, text: '{"message":"no"}' }, { status: 302 }]) {
      const talk = exchange([() => nonce, () => answer]);
      await expect(talk.centre.signed(call, signer)).rejects.toBeInstanceOf(LineError);
      expect(talk.answered()).toBe(0);
    }
    await expect(exchange([() => ({ text: '<html>' })]).centre.signed(call, signer)).rejects.toBeInstanceOf(LineError);
    await expect(exchange([() => ({ headers: { 'replay-nonce': 'bad nonce "' } })]).centre.signed(call, signer)).rejects.toBeInstanceOf(LineError);
  });

  it('keeps the data when it cannot read a newer or older centre’s answer', async () => {
    const talk = exchange([() => ({ headers: { 'replay-nonce': 'nonce-0001' } }), () => ({ text: '{"v":2}' }), () => ({ headers: { 'replay-nonce': 'nonce-0002' } }), () => ({ status: 409, text: '{"fault":{"code":"of.tomorrow","params":{}}}' })]);
    expect(await talk.centre.signed(call, signer)).toMatchObject({ kind: 'refused', fault: { code: 'centre.newer-version' } });
    expect(await talk.centre.signed(call, signer)).toMatchObject({ kind: 'refused', fault: { code: 'centre.newer-version' } });
  });
});
