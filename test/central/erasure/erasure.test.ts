/** Personal data is erased at the centre by a decision: what was there, what arrives later, and nothing else. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eraseDossier } from '#central/erasure/index.ts';
import { writeExport, verifyExport } from '#central/export/index.ts';
import { hasher, random, verifier } from '#central/keys/index.ts';
import { centreKinds } from '#central/ledger/index.ts';
import { dossierKinds, erasureOf } from '#shared/dossier/index.ts';
import { fail, ok } from '#shared/errors/index.ts';
import { entryHeaderSchema, mintUuid } from '#shared/log/index.ts';
import { receivedFacts } from '../../shared/dossier/sample.ts';
import { enrolledDesk, startOfTest, testCentre, type TestCentre, type TestDesk } from '../peer.ts';

const authority = 'Quyết định 12/QĐ-UBND ngày 24/11/2026';
const name = 'Hoàng Thị Ngọc Ánh';
const hour = 3_600_000;

let at: TestCentre;
beforeAll(async () => {
  at = await testCentre();
});
afterAll(() => at.end());

const id = (): string => mintUuid(startOfTest, random);
const personal = { applicant: { kind: 'citizen', fullName: name, idNumber: '020090001234', address: 'Thôn Rọ Phải' } };

function receive(desk: TestDesk, dossier: string): void {
  const agency = desk.carried[0]?.entry.header.agency ?? '';
  desk.act(dossierKinds.received, { ...receivedFacts({ code: `H37.99.01-261124-${dossier.slice(-4)}`, receivingAgency: agency, competentAgency: agency }) }, { dossier, personal });
}

function handOver(desk: TestDesk, dossier: string): void {
  desk.act(dossierKinds.handedOver, { at: startOfTest + hour, timeSource: 'anchor', method: 'counter', receiver: 'applicant', receiptShown: true }, { dossier, personal: { note: `Trả cho ${name}` } });
}

async function send(desk: TestDesk, from: number): Promise<void> {
  expect((await desk.sync(from)).status).toBe(200);
}

const bodiesOf = async (dossier: string) => (await at.centre.store.entriesOfDossier(dossier, 0, 100)).map(({ body }) => body);

function anywhere(text: string): string[] {
  return readdirSync(at.folder, { recursive: true, encoding: 'utf8' }).map((file) => join(at.folder, file)).filter((file) => statSync(file).isFile() && readFileSync(file).includes(text));
}

describe('an erasure', () => {
  it('is of a finished dossier; of none that is there, or still in work, it says so', async () => {
    const desk = await enrolledDesk(at);
    const dossier = id();
    receive(desk, dossier);
    await send(desk, 1);
    expect(await eraseDossier(at.centre, { dossier, authority })).toMatchObject({ ok: false, fault: { code: 'erasure.not-finished' } });
    const nowhere = id();
    expect(await eraseDossier(at.centre, { dossier: nowhere, authority })).toEqual(fail('dossier.unknown', { code: nowhere }));
    expect((await bodiesOf(dossier)).every((body) => body && 'body' in body)).toBe(true);
    expect((await at.centre.store.erasedAmong([dossier])).size).toBe(0);
  });

  it('leaves nothing of the person in any file of the centre, is an entry about the dossier, and happens once', async () => {
    const desk = await enrolledDesk(at);
    const [dossier, other] = [id(), id()];
    const mark = `Vi Văn ${dossier}`;
    const agency = desk.carried[0]?.entry.header.agency ?? '';
    desk.act(dossierKinds.received, { ...receivedFacts({ code: 'H37.99.01-261124-9001', receivingAgency: agency, competentAgency: agency }) }, { dossier, personal: { applicant: { ...personal.applicant, fullName: mark } } });
    handOver(desk, dossier);
    receive(desk, other);
    handOver(desk, other);
    await send(desk, 1);
    expect(anywhere(mark)).not.toEqual([]);
    expect(await eraseDossier(at.centre, { dossier, authority })).toEqual(ok({ dossier, bodies: 2, contents: 0, cleansed: true }));
    expect(anywhere(mark)).toEqual([]);
    expect(await bodiesOf(other)).toHaveLength(2);
    expect((await bodiesOf(other)).every((body) => body && 'body' in body)).toBe(true);
    const held = await at.centre.store.entriesOfDossier(dossier, 0, 100);
    expect(held.map(({ body }) => body)).toEqual([{ erased: true }, { erased: true }, undefined]);
    const header = entryHeaderSchema.parse(JSON.parse(held[2]?.text ?? ''));
    expect(erasureOf(header)).toEqual({ authority, bodies: 2, at: at.time.now, rho: at.time.read().rho ?? null });
    expect(header).toMatchObject({ log: at.centre.own.log, agency: 'centre', dossier });
    expect(await eraseDossier(at.centre, { dossier, authority: 'another one' })).toEqual(ok({ dossier, bodies: 0, contents: 0, cleansed: true }));
    expect(await at.centre.store.entriesOfDossier(dossier, 0, 100)).toHaveLength(3);
  });

  it('holds for what arrives later too; the acknowledgement is the same, and the exported file still verifies', async () => {
    const [desk, late] = [await enrolledDesk(at), await enrolledDesk(at)];
    const dossier = id();
    receive(desk, dossier);
    handOver(desk, dossier);
    await send(desk, 1);
    expect((await eraseDossier(at.centre, { dossier, authority })).ok).toBe(true);
    // A colleague's desk was without a line all the while.
    late.act(dossierKinds.notified, { at: startOfTest, timeSource: 'wall', means: 'phone' }, { dossier, personal: { note: `Gọi cho ${name}` } });
    const answer = late.acknowledged(await late.sync());
    expect(answer.ack).toEqual({ seq: late.head.seq, hash: late.head.hash });
    expect((await bodiesOf(dossier)).at(-1)).toEqual({ erased: true });
    // The other branch of a log on a cloned disk is no way around it.
    const fork = late.head.seq;
    late.rollBackTo(fork - 1);
    late.act(dossierKinds.notified, { at: startOfTest + 1, timeSource: 'wall', means: 'message' }, { dossier, personal: { note: `Nhắn cho ${name}` } });
    expect((await late.sync()).status).toBe(409);
    expect((await bodiesOf(dossier)).at(-1)).toEqual({ erased: true });

    const file = join(at.folder, 'whole.ndjson.gz');
    await writeExport(at.centre, { file, bodies: true, software: 'test' });
    const found = await verifyExport(file, { hasher, verifier });
    expect([found.intact, found.flaws]).toEqual([true, []]);
  });

  it('reaches every agency with a part in the dossier behind its cursor, and opens nothing again', async () => {
    const desk = await enrolledDesk(at);
    const dossier = id();
    receive(desk, dossier);
    handOver(desk, dossier);
    await send(desk, 1);
    const { store } = at.centre;
    const [agency = ''] = await store.parties(dossier);
    const after = await store.feedEnd(agency);
    await eraseDossier(at.centre, { dossier, authority });
    const fed = await store.feed({ agency, after, except: [] }, 1_000_000);
    expect(fed.entries.map(({ text }) => entryHeaderSchema.parse(JSON.parse(text)).kind)).toEqual([dossierKinds.erased]);
    const end = await store.feedEnd(agency);
    const open = await store.feed({ agency, after: { position: 0, entry: 0 }, until: end, closed: 'without', except: [] }, 1_000_000);
    expect(open.entries.some(({ text }) => text.includes(dossier))).toBe(false);
  });

  it('takes what officers wrote about the dossier along', async () => {
    const desk = await enrolledDesk(at);
    const [dossier, other] = [id(), id()];
    for (const one of [dossier, other]) {
      receive(desk, one);
      handOver(desk, one);
    }
    await send(desk, 1);
    const reading = at.time.read();
    const basis = { kind: 'late', due: startOfTest, min: null, max: null };
    const proposals = { [dossier]: id(), [other]: id() };
    await at.centre.store.transaction((writer) => at.centre.own.append(writer, reading, [
      ...[dossier, other].map((about) => ({
        kind: centreKinds.decisionProposed, facts: { proposal: proposals[about], dossier: about, outcome: 'on_time', basis, at: reading.now, rho: null }, personal: { why: `Bà ${name} đã ký nhận`, papers: ['Sổ'] },
      })),
      { kind: centreKinds.decisionWithdrawn, facts: { proposal: proposals[dossier], at: reading.now, rho: null }, personal: { why: `Nhầm ${name}` } },
    ], 'officer-x'));
    expect(await eraseDossier(at.centre, { dossier, authority })).toMatchObject({ ok: true, value: { bodies: 4 } });
    const said = (await at.centre.store.entries(at.centre.own.log, 1, 10_000)).filter(({ text }) => text.includes('centre.decision-'));
    expect(said.map(({ body }) => body && 'erased' in body)).toEqual([true, false, true]);
    const file = join(at.folder, 'said.ndjson.gz');
    await writeExport(at.centre, { file, bodies: true, software: 'test' });
    expect((await verifyExport(file, { hasher, verifier })).flaws.filter(({ code }) => code === 'body.erased-undecided')).toEqual([]);
  });
});
