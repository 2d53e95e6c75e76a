/** Official codes for dossiers received under provisional ones, over the wire. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codeMappedSchema, centreKinds } from '#central/ledger/index.ts';
import { numbersForLeases, publishCatalogue } from '#central/catalogue/index.ts';
import { hasher, random } from '#central/keys/index.ts';
import { catalogueSchema } from '#shared/catalogue/index.ts';
import { instantOf } from '#shared/deadline/index.ts';
import { mintUuid, parseEntry } from '#shared/log/index.ts';
import { catalogueResponseSchema } from '#shared/sync/index.ts';
import { receivedFacts } from '../../shared/dossier/sample.ts';
import { enrolledDesk, startOfTest, testCentre, type TestCentre, type TestDesk } from '../peer.ts';

let at: TestCentre;
beforeAll(async () => {
  at = await testCentre();
});
afterAll(() => at.end());

const newDossier = (): string => mintUuid(startOfTest, random);

function receive(desk: TestDesk, code: string, more: { dossier?: string; provisional?: boolean; day?: string } = {}): string {
  const { dossier = newDossier(), provisional = true, day = '2026-11-24' } = more;
  desk.act('dossier.received', { ...receivedFacts({ code, provisional, acceptedAt: instantOf(day, '09:00') }) }, { dossier });
  return dossier;
}

async function pull(desk: TestDesk, after = 0) {
  const { mapped } = catalogueResponseSchema.parse(JSON.parse((await desk.signed('GET', `/v1/catalogue?since=0&codes=${after}`)).text));
  if (!mapped) throw new Error('no codes');
  return mapped;
}

async function notes() {
  const { store, own } = at.centre;
  const found = [];
  for (const { text } of await store.entries(own.log, 1, 10_000)) {
    const entry = parseEntry(text, hasher);
    if (entry.ok && entry.value.header.kind === centreKinds.codeMapped) found.push(codeMappedSchema.parse(entry.value.header.facts));
  }
  return found;
}

describe('a provisional code', () => {
  it('is mapped to a number of the agency’s day that no lease holds, once, and noted in the centre’s log', async () => {
    const desk = await enrolledDesk(at);
    const [first, second, third] = [receive(desk, 'T-AAAA-0001'), receive(desk, 'T-AAAA-0002'), receive(desk, 'T-AAAA-0003', { day: '2026-11-25' })];
    receive(desk, 'H37.90.01-261124-0001', { provisional: false });
    expect((await desk.sync()).status).toBe(200);
    const mapped = await pull(desk);
    const expected = [
      { dossier: first, provisional: 'T-AAAA-0001', code: `H37.90.01-261124-${numbersForLeases + 1}` },
      { dossier: second, provisional: 'T-AAAA-0002', code: `H37.90.01-261124-${numbersForLeases + 2}` },
      { dossier: third, provisional: 'T-AAAA-0003', code: `H37.90.01-261125-${numbersForLeases + 1}` },
    ];
    expect(mapped).toEqual({ codes: expected, to: 3, more: false });
    expect((await notes()).map(({ dossier, provisional, code }) => ({ dossier, provisional, code }))).toEqual(expected);
    expect((await notes())[0]).toMatchObject({ day: '2026-11-24', agency: 'ls-mai-pha', at: at.time.now, rho: 20 });

    // The same batch again, and the same dossier received once more elsewhere, change nothing.
    expect((await desk.sync()).status).toBe(200);
    const other = await enrolledDesk(at);
    receive(other, 'T-BBBB-0001', { dossier: first });
    const fourth = receive(other, 'T-BBBB-0002');
    await other.sync();
    expect(await pull(desk, 3)).toEqual({ codes: [], to: 4, more: false });
    expect((await pull(other)).codes).toEqual([{ dossier: fourth, provisional: 'T-BBBB-0002', code: `H37.90.01-261124-${numbersForLeases + 3}` }]);
    expect((await notes()).length).toBe(4);
  });

  it('is told again to a desk that asks from a place this centre never reached', async () => {
    const desk = await enrolledDesk(at);
    const dossier = receive(desk, 'T-CCCC-0001');
    await desk.sync();
    const { codes, to } = await pull(desk);
    expect(codes.map((one) => one.dossier)).toEqual([dossier]);
    expect((await pull(desk, to)).codes).toEqual([]);
    expect((await pull(desk, to + 1000)).codes).toEqual(codes);
  });

  it('goes on with five digits, comes in pages, and follows a log to the next one of the same installation', async () => {
    const desk = await enrolledDesk(at);
    const day = '2026-10-01';
    for (let count = 1; count <= 900; count += 1) receive(desk, `T-DDDD-${count}`, { day });
    await desk.sync();
    const parent = desk.newLog();
    desk.open(parent);
    for (let count = 1; count <= 150; count += 1) receive(desk, `T-EEEE-${count}`, { day });
    await desk.sync();
    const all = [];
    let page = await pull(desk);
    const start = page;
    for (;; page = await pull(desk, page.to)) {
      all.push(...page.codes.map(({ code }) => code));
      if (!page.more) break;
    }
    expect(start.codes.length).toBeLessThan(1050);
    expect(all).toEqual(Array.from({ length: 1050 }, (_, index) => `H37.90.01-261001-${numbersForLeases + 1 + index}`));
    expect(all.at(-1)).toBe('H37.90.01-261001-10049');
  }, 60_000);

  it('waits for its agency to be published, and takes the identifier of its day', async () => {
    const { store, own } = at.centre;
    const desk = await enrolledDesk(at);
    const latest = catalogueSchema.parse(JSON.parse((await store.latestCatalogue())?.text ?? ''));
    const ports = { store, own, time: at.time, hasher };
    await store.transaction((writer) => writer.addCatalogue({ version: 900, text: JSON.stringify({ ...latest, version: 900, agencies: [] }), publishedAt: 1 }));
    await store.transaction((writer) => writer.setNote('catalogue.revision', '900'));
    const dossiers = ['2026-12-31', '2027-01-01'].map((day, index) => receive(desk, `T-FFFF-000${index}`, { day }));
    await desk.sync();
    expect((await pull(desk)).codes).toEqual([]);
    const agencies = latest.agencies.map((agency) => (agency.id === 'ls-mai-pha' ? { ...agency, identifiers: [{ identifier: 'H37.77', validFrom: '2027-01-01' }] } : agency));
    await publishCatalogue(ports, { ...latest, agencies });
    const given = catalogueResponseSchema.parse(JSON.parse((await desk.signed('GET', '/v1/catalogue?since=0&codes=0')).text));
    expect(given.mapped?.codes.map(({ dossier, code }) => [dossier, code.slice(0, -4)])).toEqual([[dossiers[0], 'H37.90.01-261231-'], [dossiers[1], 'H37.77-270101-']]);
    // The lease comes in as many parts as there are identifiers.
    expect(given.catalogue?.leases.map(({ agencyIdentifier, validFrom, validTo }) => [agencyIdentifier, validFrom, validTo])).toEqual([
      ['H37.90.01', '2026-01-01', '2026-12-31'], ['H37.77', '2027-01-01', '2027-12-31'],
    ]);
    await publishCatalogue(ports, latest);
  });
});
