import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { takeBundle, type TakenBundle } from '#central/bundles/index.ts';
import { centreWord } from '#central/judge/index.ts';
import { setState } from '#central/enrolment/index.ts';
import { cipher, hasher, verifier } from '#central/keys/index.ts';
import { centreBranchKeptSchema, centreKinds, centreReceiptSchema, readOwnLog } from '#central/ledger/index.ts';
import { ephemeralAgreement } from '#electron/desk/sealing.ts';
import type { Outcome } from '#shared/errors/index.ts';
import type { EntryHeader } from '#shared/log/index.ts';
import { provincePaths, takenBundleSchema } from '#shared/province/index.ts';
import { readReceipt, writeBundle, type BundleHeader, type BundleReceipt } from '#shared/sync/index.ts';
import { enrolledDesk, problemIn, send, startOfTest, testCentre, testDesk, type TestCentre, type TestDesk } from '../peer.ts';

const password = 'mật khẩu thật dài';
let at: TestCentre;

beforeAll(async () => {
  at = await testCentre();
  for (const role of ['officer', 'auditor']) await at.centre.officers.add({ id: `o-${role}`, login: role, name: role, roles: [role] }, password);
});
afterAll(async () => {
  await at.end();
  expect(at.reported).toEqual([]);
});

type Stretch = readonly [first: number, last: number];

/** A bundle as a desk writes it, of one log; `change` spoils what the first line says, `batches` what it holds. */
function bundle(desk: TestDesk, stretches: readonly Stretch[], { change = {}, recipient = at.centre.keys.bundle.publicKey, batches }: { change?: Partial<BundleHeader>; recipient?: string; batches?: readonly Uint8Array[] } = {}): Uint8Array {
  const packed = batches ?? stretches.map(([first, last]) => gzipSync(desk.batch(first, last)));
  const first = stretches[0]?.[0] ?? 1;
  const last = stretches.at(-1)?.[1] ?? 1;
  const logs = [{ log: desk.log, first, last, headHash: desk.carried[last - 1]?.entry.hash ?? '' }];
  return writeBundle({ installation: desk.installation, software: 'test', writtenAt: startOfTest, entries: last - first + 1, logs, ...change }, packed, recipient, { hasher, cipher, ephemeral: ephemeralAgreement(), signer: desk.signer });
}

function take(bytes: Uint8Array): Promise<Outcome<TakenBundle>> {
  const { store, own, time, keys } = at.centre;
  return takeBundle({ store, own, time, hasher, verifier, cipher, agreement: keys.bundle, signer: keys.signer }, bytes);
}

async function taken(bytes: Uint8Array): Promise<TakenBundle> {
  const outcome = await take(bytes);
  if (!outcome.ok) throw new Error(outcome.fault.code);
  return outcome.value;
}

function receiptOf(text: string, desk: TestDesk): BundleReceipt {
  const read = readReceipt(text, { keys: [at.centre.keys.signer.publicKey], installation: desk.installation }, hasher, verifier);
  if (!read.ok) throw new Error(read.fault.code);
  return read.value;
}

const heldOf = async (desk: TestDesk): Promise<number> => (await at.centre.store.findLog(desk.log))?.head.seq ?? 0;
const notes = async (kind: string, log: string): Promise<EntryHeader[]> => (await readOwnLog(at.centre.store, at.centre.own.log)).map(({ header }) => header).filter(({ kind: one, facts }) => one === kind && facts['log'] === log);
const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'taken' : outcome.fault.code);

describe('a bundle of a newer desk', () => {
  const later = { tomorrow: { deep: [1] } };
  const inLine = (text: string, line: number): string => text.split('\n').map((one, index) => (index === line ? one.replace(/"v":1}$/, '"v":2}') : one)).join('\n');

  it('that says more in its first line and in its batches is taken', async () => {
    const desk = await enrolledDesk(at);
    desk.work(4);
    const text = desk.batch(1, 5).replace('{"count"', '{"tomorrow":[1],"count"');
    const logs = [{ log: desk.log, first: 1, last: 5, headHash: desk.head.hash, ...later }];
    expect((await taken(bundle(desk, [[1, 5]], { change: { ...later, logs }, batches: [gzipSync(text)] }))).fresh).toBe(5);
  });

  it('with a batch in a later form is refused whole; an entry in one stops its log alone, and both are named', async () => {
    const desk = await enrolledDesk(at);
    desk.work(9);
    const whole = await take(bundle(desk, [[1, 5], [6, 10]], { batches: [gzipSync(desk.batch(1, 5)), gzipSync(inLine(desk.batch(6, 10), 0))] }));
    expect(whole).toEqual({ ok: false, fault: { code: 'message.newer-version', params: { found: 2, known: 1 } } });
    expect(await heldOf(desk)).toBe(0);
    const { receipt } = await taken(bundle(desk, [[1, 5], [6, 10]], { batches: [gzipSync(desk.batch(1, 5)), gzipSync(inLine(desk.batch(6, 10), 3))] }));
    expect(receiptOf(receipt, desk).logs).toEqual([{ log: desk.log, ack: { seq: 5, hash: desk.carried[4]?.entry.hash }, fault: { code: 'message.newer-version', params: { found: 2, known: 1, seq: 8 } } }]);
  });
});

describe('a bundle at the centre', () => {
  it('is taken like batches over the network; again, or after the network brought the same, it changes nothing', async () => {
    const desk = await enrolledDesk(at);
    desk.work(30);
    const bytes = bundle(desk, [[1, 10], [11, 31]]);
    const first = await taken(bytes);
    expect(first).toMatchObject({ entries: 31, fresh: 31 });
    const ack = { seq: 31, hash: desk.head.hash };
    expect(receiptOf(first.receipt, desk)).toMatchObject({ bundle: hasher.sha256(bytes), at: at.time.now, rho: 20, logs: [{ log: desk.log, ack }] });
    const receipts = (await notes(centreKinds.receipt, desk.log)).map(({ facts }) => centreReceiptSchema.parse(facts));
    expect(receipts).toMatchObject([{ first: 1, seq: 10, bundle: hasher.sha256(bytes) }, { first: 11, seq: 31, hash: ack.hash, bundle: hasher.sha256(bytes) }]);

    const end = (await at.centre.store.findLog(at.centre.own.log))?.head;
    expect(await taken(bytes)).toMatchObject({ fresh: 0, logs: [{ log: desk.log, ack }] });
    expect(desk.acknowledged(await desk.sync(5, 31)).ack).toEqual(ack);
    desk.work(4);
    expect(desk.acknowledged(await desk.sync(32)).ack.seq).toBe(35);
    const after = (await at.centre.store.findLog(at.centre.own.log))?.head;
    expect(await taken(bundle(desk, [[20, 35]]))).toMatchObject({ fresh: 0, logs: [{ ack: { seq: 35, hash: desk.head.hash } }] });
    expect((await at.centre.store.findLog(at.centre.own.log))?.head).toEqual(after);
    expect(after?.seq).toBe((end?.seq ?? 0) + 1);
  });

  it('proves when its entries were there, and shows nothing of the line', async () => {
    const desk = await enrolledDesk(at);
    desk.work(3);
    await taken(bundle(desk, [[1, 4]]));
    const word = centreWord(await readOwnLog(at.centre.store, at.centre.own.log), at.time.now);
    expect(word.receipts.get(desk.log)).toMatchObject([{ seq: 4, proof: { at: at.time.now, rho: 20 } }]);
    expect(word.hearing.lastAt(desk.log)).toBeUndefined();
    desk.work(1);
    await desk.sync(5);
    expect(centreWord(await readOwnLog(at.centre.store, at.centre.own.log), at.time.now).hearing.lastAt(desk.log)).toBe(at.time.now);
  });

  it('with a gap says from where to send, and with another branch keeps it to its end', async () => {
    const desk = await enrolledDesk(at);
    desk.work(9);
    await desk.sync(1, 3);
    expect((await taken(bundle(desk, [[6, 8], [9, 10]]))).logs).toMatchObject([{ log: desk.log, fault: { code: 'log.gap' }, need: 4 }]);
    expect(await heldOf(desk)).toBe(3);
    await desk.sync(4);
    desk.rollBackTo(6);
    desk.work(5);
    const forked = await taken(bundle(desk, [[5, 8], [9, 11]]));
    expect(forked.logs).toEqual([{ log: desk.log, kept: { seq: 11, hash: desk.head.hash, leavesAt: 7 } }]);
    const kept = (await notes(centreKinds.branchKept, desk.log)).map(({ facts }) => centreBranchKeptSchema.parse(facts));
    expect(kept.map(({ seq, bundle: file }) => [seq, file?.length])).toEqual([[8, 64], [11, 64]]);
    expect((await taken(bundle(desk, [[5, 8], [9, 11]]))).fresh).toBe(0);
  });

  it('takes the batches before a bad one of a log, and says so in the receipt', async () => {
    const desk = await enrolledDesk(at);
    desk.work(5);
    desk.act('dossier.noted', {}, { agency: 'ls-dong-dang' });
    const { logs, fresh } = await taken(bundle(desk, [[1, 6], [7, 7]]));
    expect(fresh).toBe(6);
    expect(logs).toMatchObject([{ log: desk.log, ack: { seq: 6 }, fault: { code: 'log.foreign-agency' } }]);
  });

  it('is refused whole where the first line and the batches disagree, over the limits, or of nobody enrolled', async () => {
    const desk = await enrolledDesk(at);
    desk.work(9);
    const logs = [{ log: desk.log, first: 1, last: 10, headHash: desk.head.hash }];
    const one = gzipSync(desk.batch(1, 5));
    const two = gzipSync(desk.batch(6, 10));
    const spoilt: readonly Parameters<typeof bundle>[2][] = [
      { batches: [two, one] }, { batches: [one, one] }, { batches: [one] }, { batches: [one, two, two] }, { batches: [one, gzipSync(desk.batch(7, 10))] },
      { batches: [one, Buffer.from('{}')] }, { batches: [one, Buffer.from([0x1f, 0x8b, 1, 2, 3])] },
      { batches: [one, gzipSync(Buffer.alloc(9 * 1024 * 1024, 32))] },
      { change: { entries: 11 } }, { change: { logs: logs.map((log) => ({ ...log, headHash: 'f'.repeat(64) })) } },
    ];
    for (const [index, how] of spoilt.entries()) expect([index, codeOf(await take(bundle(desk, [[1, 5], [6, 10]], how)))]).toEqual([index, 'bundle.damaged']);
    expect(codeOf(await take(bundle(desk, [[1, 10]], { recipient: ephemeralAgreement().publicKey })))).toBe('bundle.wrong-centre');
    const stranger = testDesk(() => at.centre.url);
    stranger.open();
    expect(codeOf(await take(bundle(stranger, [[1, 1]])))).toBe('enrol.unknown-installation');
    // Another enrolled desk cannot speak for this one.
    const other = await enrolledDesk(at);
    expect(codeOf(await take(bundle(other, [[1, 1]], { change: { installation: desk.installation } })))).toBe('bundle.damaged');
    await setState(at.centre, desk.installation, 'revoked');
    expect(codeOf(await take(bundle(desk, [[1, 10]])))).toBe('enrol.revoked');
    expect(await heldOf(desk)).toBe(0);
  });

  it('spoilt at any byte, cut or lengthened, changes nothing at the centre', async () => {
    const desk = await enrolledDesk(at);
    desk.work(20);
    const whole = bundle(desk, [[1, 12], [13, 21]]);
    await fc.assert(fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.constantFrom('cut', 'changed', 'more', 'doubled'), async (place, change, how) => {
      const changed = Buffer.from(whole);
      changed[place] = (changed[place] ?? 0) ^ change;
      const bytes = how === 'cut' ? whole.subarray(0, place) : how === 'changed' ? changed : how === 'more' ? Buffer.concat([whole, Buffer.from([change])]) : Buffer.concat([whole.subarray(0, place + 1), whole.subarray(Math.max(0, place + 1 - change))]);
      const outcome = await take(bytes);
      expect(outcome.ok).toBe(false);
      if (!outcome.ok) expect(outcome.fault.code).toMatch(/^(?:bundle\.|enrol\.unknown-installation)/);
    }), { numRuns: 400 });
    expect(await heldOf(desk)).toBe(0);
    expect(codeOf(await take(whole))).toBe('taken');
  });
});

describe('the ways in', () => {
  const signIn = async (role: string): Promise<{ cookie: string }> => {
    const answer = await send(at.centre.url, provincePaths.session, { method: 'POST', body: JSON.stringify({ name: role, password }) });
    return { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
  };
  const upload = async (bytes: Uint8Array, headers: Record<string, string>) => send(at.centre.url, provincePaths.bundles, { method: 'POST', body: new Uint8Array(bytes), headers });

  it('an officer takes it in under their own name and gets the receipt; an auditor and a stranger may not', async () => {
    const desk = await enrolledDesk(at);
    desk.work(5);
    const bytes = bundle(desk, [[1, 6]]);
    expect((await upload(bytes, {})).status).toBe(401);
    expect((await upload(bytes, await signIn('auditor'))).status).toBe(403);
    expect((await upload(bytes, { ...(await signIn('officer')), 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await heldOf(desk)).toBe(0);
    const answer = await upload(bytes, await signIn('officer'));
    const view = takenBundleSchema.parse(JSON.parse(answer.text));
    expect(view).toMatchObject({ desk: 'Quầy 1', entries: 6, fresh: 6, refusals: [], writtenAt: startOfTest });
    expect(view.receipt.name).toMatch(/^bao-nhan-[a-z-]+-202611240800\.quaynhan$/);
    expect(receiptOf(view.receipt.text, desk).logs).toMatchObject([{ ack: { seq: 6 } }]);
    expect((await notes(centreKinds.receipt, desk.log)).map(({ actor }) => actor)).toEqual(['o-officer']);
    const damaged = await upload(bytes.subarray(0, -1), await signIn('officer'));
    expect([damaged.status, problemIn(damaged).fault.code]).toEqual([422, 'bundle.damaged']);
  });

  it('a desk that has a line may bring another desk’s, in a signed request', async () => {
    const desk = await enrolledDesk(at);
    desk.work(2);
    const carrier = await enrolledDesk(at, 'ls-dong-dang');
    const bytes = bundle(desk, [[1, 3]]);
    expect((await send(at.centre.url, '/v1/bundles', { method: 'POST', body: new Uint8Array(bytes) })).status).toBe(401);
    const answer = await carrier.signed('POST', '/v1/bundles', bytes);
    expect(answer.status).toBe(200);
    expect(receiptOf(answer.text, desk).logs).toMatchObject([{ log: desk.log, ack: { seq: 3 } }]);
  });
});
