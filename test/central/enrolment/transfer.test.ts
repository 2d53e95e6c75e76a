/** An installation is ordered to another agency: what the centre takes from it, tells it and lets it see on the way. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleAgency } from '#central/catalogue/index.ts';
import { orderTransfer, setState } from '#central/enrolment/index.ts';
import { readOwnLog, centreKinds } from '#central/ledger/index.ts';
import { catalogueResponseSchema } from '#shared/sync/index.ts';
import { exportTo, filesFolder, verify } from '../export/centre.ts';
import { enrolledDesk, problemIn, testCentre, type TestCentre, type TestDesk } from '../peer.ts';

const other = 'ls-dong-dang';
const third = 'ls-loc-binh';

let at: TestCentre;
const files = filesFolder();
beforeAll(async () => {
  at = await testCentre();
});
afterAll(async () => {
  await at.end();
  files.end();
});

async function working(): Promise<TestDesk> {
  const desk = await enrolledDesk(at);
  desk.work(2);
  await desk.sync();
  return desk;
}

const order = (desk: TestDesk, agency: string, name?: string) => orderTransfer({ ...at.centre, time: at.time }, { installation: desk.installation, agency, desk: name });

async function catalogueOf(desk: TestDesk, more = '') {
  return catalogueResponseSchema.parse(JSON.parse((await desk.signed('GET', `/v1/catalogue?since=0&log=${desk.log}${more}`)).text));
}

async function served(desk: TestDesk): Promise<string | undefined> {
  return (await at.centre.store.findInstallation({ id: desk.installation }))?.agency;
}

/** The desk opens a log there, which names the end of the one before. */
async function goes(desk: TestDesk, agency: string) {
  desk.open(desk.newLog(), { agency });
  return desk.sync();
}

describe('a transfer', () => {
  it('is ordered of an installation in service, to an agency that there is, and that it is not at already', async () => {
    const desk = await working();
    expect(await orderTransfer({ ...at.centre, time: at.time }, { installation: 'none', agency: other })).toMatchObject({ ok: false, fault: { code: 'enrol.unknown-installation' } });
    expect(await order(desk, 'nowhere')).toMatchObject({ ok: false, fault: { code: 'enrol.unknown-agency' } });
    expect(await order(desk, sampleAgency)).toMatchObject({ ok: false, fault: { code: 'enrol.same-agency' } });
    expect(await order(desk, other, 'Quầy 3')).toMatchObject({ ok: true, value: { agency: other, desk: 'Quầy 3' } });
    expect(await order(desk, other)).toMatchObject({ ok: false, fault: { code: 'enrol.same-agency' } });
    await setState({ ...at.centre, time: at.time }, desk.installation, 'revoked');
    expect(await order(desk, third)).toMatchObject({ ok: false, fault: { code: 'enrol.revoked' } });
    const own = await readOwnLog(at.centre.store, at.centre.own.log);
    expect(own.filter(({ header }) => header.kind === centreKinds.transferOrdered).map(({ header }) => header.facts)).toMatchObject([{ installation: desk.installation, agency: other, desk: 'Quầy 3' }]);
  });

  it('is told with the catalogue of that agency; until it goes the desk has its own, and its entries are taken', async () => {
    const desk = await working();
    expect((await catalogueOf(desk, '&moving=0')).transferred).toBeUndefined();
    await order(desk, other, 'Quầy 3');
    // An earlier program does not ask for it and is given what it knows.
    const plain = await catalogueOf(desk);
    expect([plain.transferred?.catalogue, plain.catalogue?.staff.every(({ agency }) => agency === sampleAgency)]).toEqual([undefined, true]);
    const asked = await catalogueOf(desk, '&moving=0');
    expect(asked.transferred).toMatchObject({ agency: other, desk: 'Quầy 3' });
    const { catalogue, version } = asked.transferred!;
    expect([catalogue?.leases, catalogue?.staff.map(({ agency }) => agency).every((agency) => agency === other), catalogue?.staff.length]).toEqual([[], true, 2]);
    expect((await catalogueOf(desk, `&moving=${version}`)).transferred).toEqual({ agency: other, desk: 'Quầy 3', version });
    const before = desk.head.seq;
    desk.work(3);
    expect((await desk.sync(before + 1)).status).toBe(200);
    expect(await served(desk)).toBe(sampleAgency);
  });

  it('is done with the first log there; then the installation is that agency’s, and the one before shows it nothing more', async () => {
    expect(problemIn(await goes(await working(), other)).fault.code).toBe('log.foreign-agency');
    const desk = await working();
    await order(desk, other, 'Quầy 3');
    const old = { log: desk.log, carried: desk.carried };
    expect((await goes(desk, other)).status).toBe(200);
    expect(await served(desk)).toBe(other);
    expect((await catalogueOf(desk, '&moving=0')).transferred).toBeUndefined();
    expect((await catalogueOf(desk)).catalogue?.leases.length).toBeGreaterThan(0);
    const page = (log: string) => desk.signed('GET', `/v1/entries?log=${log}`);
    expect([(await page(desk.log)).status, problemIn(await page(old.log)).fault.code]).toEqual([200, 'enrol.transferred']);
    expect(problemIn(await desk.signed('GET', `/v1/dossiers/${desk.installation}/entries?log=${old.log}`)).fault.code).toBe('enrol.transferred');
    // Mixed, and of an agency it was never ordered to.
    desk.act('dossier.noted', { note: 'x' }, { agency: sampleAgency });
    expect(problemIn(await desk.sync(2)).fault).toEqual({ code: 'log.foreign-agency', params: { seq: 2 } });
    desk.rollBackTo(1);
    expect(problemIn(await goes(desk, third)).fault).toEqual({ code: 'log.foreign-agency', params: { seq: 1 } });
  });

  it('never keeps back what was recorded before it: old logs are taken, and those of a disk put back, which is told to go again', async () => {
    const desk = await working();
    await order(desk, other);
    const old = desk.carried;
    const parent = desk.head;
    await goes(desk, other);
    const there = desk.carried;
    // The rest of the old log, carried late.
    desk.backTo(old);
    desk.work(2);
    expect((await desk.sync(old.length + 1)).status).toBe(200);
    // A log that continues it, of a store put back.
    desk.backTo(old);
    desk.newLog();
    desk.open(parent, { agency: sampleAgency });
    expect((await desk.sync()).status).toBe(200);
    expect(await served(desk)).toBe(other);
    const answer = await catalogueOf(desk, '&moving=0');
    expect([answer.catalogue, answer.transferred?.agency, answer.transferred?.catalogue?.staff.length]).toEqual([undefined, other, 2]);
    expect((await goes(desk, other)).status).toBe(200);
    expect(await served(desk)).toBe(other);
    // Ordered back.
    desk.backTo(there);
    await order(desk, sampleAgency);
    expect((await goes(desk, sampleAgency)).status).toBe(200);
    expect(await served(desk)).toBe(sampleAgency);
  });

  it('leaves an exported file intact', async () => {
    const file = files.file('transfers.ndjson.gz');
    await exportTo(at, file);
    expect(await verify(file)).toMatchObject({ intact: true, flaws: [] });
  });
});
