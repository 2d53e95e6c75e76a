import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { centreForkSeenSchema, centreKinds, centreReceiptSchema } from '#central/ledger/index.ts';
import { verifier } from '#central/keys/index.ts';
import { emptyHead, followChain, headIsSigned, noHash, parseEntry } from '#shared/log/index.ts';
import { hasher } from '#central/keys/index.ts';
import { batchLimits, headResponseSchema } from '#shared/sync/index.ts';
import { enrolledDesk, problemIn, testCentre, testDesk, type Answer, type TestCentre } from '../peer.ts';

let at: TestCentre;
beforeAll(async () => {
  at = await testCentre();
});
afterAll(() => at.end());

const held = async (log: string) => at.centre.store.entries(log, 1, 10_000);

/** The centre's own entries of a kind. */
async function notes(kind: string) {
  const all = await at.centre.store.entries(at.centre.own.log, 1, 100_000);
  return all.map(({ text }) => {
    const entry = parseEntry(text, hasher);
    if (!entry.ok) throw new Error(entry.fault.code);
    return entry.value.header;
  }).filter((header) => header.kind === kind);
}

/** What is held of a log beside its main line. */
const onBranches = async (log: string) => (await at.centre.store.branchEntriesAfter(0, 100_000)).filter((entry) => entry.log === log);

describe('a batch', () => {
  it('is held whole and acknowledged with its last entry', async () => {
    const desk = await enrolledDesk(at);
    desk.work(9);
    desk.act('dossier.noted', {}, { personal: { name: 'Hoàng Thị Ánh' } });
    const answer = await desk.sync();
    expect(answer.status).toBe(200);
    expect(desk.acknowledged(answer)).toEqual({ ack: { seq: 11, hash: desk.head.hash }, pace: 0 });
    const entries = await held(desk.log);
    expect(entries.map(({ text }) => text)).toEqual(desk.carried.map(({ entry }) => entry.text));
    expect(entries[10]?.body).toEqual(desk.carried[10]?.body);
    const head = await desk.signed('GET', `/v1/logs/${desk.log}/head`);
    expect(headResponseSchema.parse(JSON.parse(head.text))).toEqual({ log: desk.log, seq: 11, hash: desk.head.hash });
  });

  it('is answered the same when it is repeated, also after later ones', async () => {
    const desk = await enrolledDesk(at);
    desk.work(4);
    const first = await desk.sync();
    desk.work(3);
    expect((await desk.sync(6)).status).toBe(200);
    const again = await desk.sync(1, 5);
    expect(again.status).toBe(200);
    expect(again.text).toBe(first.text);
    // Overlapping: what is held is skipped, what is new is taken.
    desk.work(2);
    expect(desk.acknowledged(await desk.sync(4)).ack.seq).toBe(10);
    expect(await held(desk.log)).toHaveLength(10);
    const receipts = (await notes(centreKinds.receipt)).filter(({ facts }) => facts['log'] === desk.log).map(({ facts }) => centreReceiptSchema.parse(facts));
    expect(receipts.map(({ first: from, seq }) => [from, seq])).toEqual([[1, 5], [6, 8], [9, 10]]);
  });

  it('may come as plain NDJSON', async () => {
    const desk = await enrolledDesk(at);
    expect((await desk.sendBatch(desk.batch(1), { plain: true })).status).toBe(200);
  });

  it('is refused with the place to go on from when entries before it are missing', async () => {
    const desk = await enrolledDesk(at);
    desk.work(5);
    await desk.sync(1, 2);
    const answer = await desk.sync(4);
    expect(answer.status).toBe(409);
    expect(problemIn(answer)).toMatchObject({ fault: { code: 'log.gap', params: { seq: 4, need: 3 } }, need: 3 });
    expect(await held(desk.log)).toHaveLength(2);
  });

  it('of another branch is refused and both branches are kept', async () => {
    const desk = await enrolledDesk(at);
    desk.work(5);
    await desk.sync();
    const kept = (await held(desk.log)).map(({ hash }) => hash);
    desk.rollBackTo(3);
    desk.work(4);
    const answer = await desk.sync(2);
    expect(answer.status).toBe(409);
    expect(problemIn(answer).fault).toEqual({ code: 'log.fork', params: { seq: 4 } });
    expect((await held(desk.log)).map(({ hash }) => hash)).toEqual(kept);
    const other = desk.carried.slice(3);
    expect((await onBranches(desk.log)).map(({ seq, hash, text }) => [seq, hash, text])).toEqual(other.map(({ entry }) => [entry.header.seq, entry.hash, entry.text]));
    // Told once, however often it comes.
    await desk.sync(2);
    const seen = (await notes(centreKinds.forkSeen)).filter(({ facts }) => facts['log'] === desk.log);
    expect(seen.map(({ facts }) => centreForkSeenSchema.parse(facts))).toEqual([{ log: desk.log, seq: 4, held: kept[3], other: other[0]?.entry.hash, at: at.time.now, rho: 20 }]);
  });

  it('that follows another entry than the one held is asked for from the beginning, so that no part of the branch is missing', async () => {
    const desk = await enrolledDesk(at);
    desk.work(2);
    await desk.sync();
    desk.rollBackTo(2);
    desk.work(2);
    expect(problemIn(await desk.sync(4))).toMatchObject({ fault: { code: 'log.gap', params: { seq: 4, need: 1 } }, need: 1 });
    expect(await onBranches(desk.log)).toEqual([]);
    expect(problemIn(await desk.sync(1))).toMatchObject({ fault: { code: 'log.fork', params: { seq: 3 } }, kept: { seq: 4, hash: desk.head.hash } });
    expect(await onBranches(desk.log)).toHaveLength(2);
  });

  it('after a fork is taken in a new log that names its parent', async () => {
    const desk = await enrolledDesk(at);
    desk.work(2);
    await desk.sync();
    const stranger = (await desk.signed('GET', `/v1/logs/${testDesk(() => '').log}/head`)).status;
    expect(stranger).toBe(404);
    const parent = desk.newLog();
    desk.open(parent);
    desk.work(1);
    expect((await desk.sync()).status).toBe(200);
    expect(await at.centre.store.findLog(desk.log)).toMatchObject({ installation: desk.installation, parent: parent.log, head: desk.head });
    // Without a parent of its own no installation opens a log unasked.
    desk.newLog();
    desk.open();
    expect(problemIn(await desk.sync()).fault.code).toBe('log.unknown');
  });

  it('with a broken chain leaves nothing behind', async () => {
    const desk = await enrolledDesk(at);
    desk.work(5);
    const lines = desk.batch(1).split('\n');
    lines.splice(3, 1);
    lines[0] = (lines[0] ?? '').replace('"count":6', '"count":5');
    const answer = await desk.sendBatch(lines.join('\n'));
    expect([answer.status, problemIn(answer).fault.code]).toEqual([422, 'log.bad-chain']);
    expect(await held(desk.log)).toEqual([]);
  });

  it('whose first entry does not start the log leaves nothing behind', async () => {
    const desk = await enrolledDesk(at);
    desk.work(1);
    const [header = ''] = desk.batch(1).split('\n');
    const lied = desk.batch(1).replace(header, header.replace(noHash, 'a'.repeat(64)));
    expect([(await desk.sendBatch(lied)).status, await held(desk.log)]).toEqual([422, []]);
  });

  it('whose head another key signed leaves nothing behind', async () => {
    const desk = await enrolledDesk(at);
    const other = testDesk(() => at.centre.url);
    const [header = '', ...rest] = desk.batch(1).split('\n');
    const signature = other.signer.sign(new TextEncoder().encode('something else'));
    const lied = [header.replace(/"headSig":"[^"]+"/, `"headSig":"${signature}"`), ...rest].join('\n');
    const answer = await desk.sendBatch(lied);
    expect([answer.status, problemIn(answer).fault.code]).toEqual([422, 'log.bad-signature']);
    expect(await held(desk.log)).toEqual([]);
  });

  it('in the name of another agency leaves nothing behind', async () => {
    const desk = await enrolledDesk(at);
    desk.act('dossier.noted', {}, { agency: 'ls-dong-dang' });
    const answer = await desk.sync();
    expect([answer.status, problemIn(answer).fault]).toEqual([422, { code: 'log.foreign-agency', params: { seq: 2 } }]);
    expect(await held(desk.log)).toEqual([]);
  });

  it('is taken with a body that does not fit, marked', async () => {
    const desk = await enrolledDesk(at);
    desk.act('dossier.noted', {}, { personal: { name: 'A' }, body: { salt: 'AAAAAAAAAAAAAAAAAAAAAA', body: '{"name":"B"}' } });
    desk.act('dossier.received', { code: 'not as it should be' });
    desk.act('dossier.noted', {}, { personal: { name: 'C' }, body: { erased: true } });
    const answer = await desk.sync();
    expect(desk.acknowledged(answer)).toEqual({ ack: { seq: 4, hash: desk.head.hash }, pace: 0, marked: [2, 3] });
    expect((await desk.sync()).text).toBe(answer.text);
  });

  it('to the log of another installation is refused', async () => {
    const desk = await enrolledDesk(at);
    const other = await enrolledDesk(at);
    expect(problemIn(await desk.signed('GET', `/v1/logs/${other.log}/head`)).fault.code).toBe('log.unknown');
    expect((await desk.sendBatch(desk.batch(1), { toLog: other.log })).status).toBe(400);
    const stolen = await other.sendBatch(desk.batch(1), { toLog: desk.log });
    expect([stolen.status, problemIn(stolen).fault.code]).toEqual([422, 'log.bad-signature']);
    expect(await held(desk.log)).toEqual([]);
  });
});

describe('a hostile batch', () => {
  const code = (answer: Answer) => [answer.status, problemIn(answer).fault.code];

  it('is refused when it is no gzip, no text, no JSON, or empty', async () => {
    const desk = await enrolledDesk(at);
    const path = `/v1/logs/${desk.log}/batches`;
    expect(code(await desk.signed('POST', path, new Uint8Array([0x1f, 0x8b, 1, 2, 3])))).toEqual([400, 'message.malformed']);
    expect(code(await desk.signed('POST', path, new Uint8Array([0xff, 0xfe, 0xfd])))).toEqual([400, 'message.malformed']);
    expect(code(await desk.signed('POST', path, new TextEncoder().encode('xin chào\n')))).toEqual([400, 'message.malformed']);
    expect(code(await desk.signed('POST', path))).toEqual([400, 'message.malformed']);
    const cut = new Uint8Array(gzipSync(desk.batch(1))).slice(0, 100);
    expect(code(await desk.signed('POST', path, cut))).toEqual([400, 'message.malformed']);
  });

  it('is refused when it is too large, before or after it is inflated', async () => {
    const desk = await enrolledDesk(at);
    const path = `/v1/logs/${desk.log}/batches`;
    expect(code(await desk.signed('POST', path, new Uint8Array(batchLimits.compressedBytes + 1)))).toEqual([413, 'request.too-large']);
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(batchLimits.inflatedBytes * 20, 0x20)));
    expect(bomb.length).toBeLessThan(batchLimits.compressedBytes);
    expect(code(await desk.signed('POST', path, bomb))).toEqual([413, 'request.too-large']);
    desk.work(1);
    expect((await desk.sync()).status).toBe(200);
  });
});

describe("the centre's own log", () => {
  it('is one chain with a signed head, and its receipts name what is held', async () => {
    const desk = await enrolledDesk(at);
    desk.work(3);
    at.time.now += 60_000;
    await desk.sync();
    at.time.rho = undefined;
    desk.work(1);
    await desk.sync(5);
    at.time.rho = 20;

    const { store, own, keys } = at.centre;
    const entries = (await store.entries(own.log, 1, 100_000)).map(({ text }) => {
      const entry = parseEntry(text, hasher);
      if (!entry.ok) throw new Error(entry.fault.code);
      return entry.value;
    });
    const chain = followChain(emptyHead(own.log), entries);
    const log = await store.findLog(own.log);
    expect(chain).toEqual({ ok: true, value: log?.head });
    expect(log?.signed?.hash).toBe(log?.head.hash);
    expect(log?.signed && headIsSigned(log.signed, keys.signer.publicKey, verifier)).toBe(true);
    expect(entries[0]?.header.kind).toBe(centreKinds.opened);
    const receipts = (await notes(centreKinds.receipt)).filter(({ facts }) => facts['log'] === desk.log).map(({ facts }) => centreReceiptSchema.parse(facts));
    // Unsynchronised, a receipt still proves that the entries were there, but no time.
    expect(receipts).toEqual([
      { log: desk.log, first: 1, seq: 4, hash: desk.carried[3]?.entry.hash, at: at.time.now, rho: 20 },
      { log: desk.log, first: 5, seq: 5, hash: desk.head.hash, at: at.time.now, rho: null },
    ]);
    const signed = (await store.findLog(desk.log))?.signed;
    expect(signed && headIsSigned(signed, desk.signer.publicKey, verifier)).toBe(true);
  });
});

describe('a restart', () => {
  it('keeps everything, and goes on in the same log', async () => {
    const desk = await enrolledDesk(at);
    desk.work(3);
    await desk.sync();
    const own = at.centre.own.log;
    await at.restart();
    expect(at.centre.own.log).toBe(own);
    desk.work(2);
    expect(desk.acknowledged(await desk.sync(5)).ack).toEqual({ seq: 6, hash: desk.head.hash });
    expect(at.reported).toEqual([]);
  });
});
