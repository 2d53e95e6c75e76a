/** Codes of dossiers from the lease: what happens when it runs out, and when the desk asks for more. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { leaseRunsLow } from '#electron/desk/sync/leases.ts';
import { LineError } from '#electron/desk/sync/transport.ts';
import type { CodeLease } from '#shared/catalogue/index.ts';
import { atEnd, comesTo, commune, endAll, enrolmentCode, lineThrough, openCentre, openStore, openTestDesk, reception, sampleCatalogue, temporaryFolder, until, uuid, workingDesk, World, type TestDesk } from './place.ts';

afterEach(endAll);

const year = { validFrom: '2026-01-01', validTo: '2026-12-31' };

/** A folder with an enrolled desk that has these leases and never heard of a centre. */
function enrolledFolder(world: World, leases: (log: string) => CodeLease[]): string {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const log = uuid(world);
  const clock = { wall: world.truth(), uptime: 1, hrtime: 1, boot: world.boot, anchor: null };
  store.openLog({ identity: { installation: uuid(world), agency: commune, desk: 'Quầy 2', log, publicKey: 'A'.repeat(43) }, software: 't', why: 'enrolled', act: uuid(world), clock });
  store.catalogue.store({ ...sampleCatalogue(), leases: leases(log) });
  store.close();
  return folder;
}

async function receive(place: TestDesk, world: World, count: number): Promise<string[]> {
  const codes: string[] = [];
  await place.back();
  for (let done = 0; done < count; done += 1) codes.push((await place.get('reception.save', reception(world))).code);
  return codes;
}

describe('the lease of codes', () => {
  it('gives its numbers, then provisional ones, then those of another lease; none twice, over days and restarts', async () => {
    const world = new World();
    const lease = (log: string, id: string, first: number, last: number): CodeLease => ({ id, log, agencyIdentifier: 'H37.01', ...year, first, last });
    const folder = enrolledFolder(world, (log) => [lease(log, 'one', 1, 4), lease('another-log', 'foreign', 5, 90)]);
    const place = openTestDesk({ folder, world });
    await place.signIn();
    const first = await receive(place, world, 6);
    expect(first.slice(0, 4)).toEqual([1, 2, 3, 4].map((number) => `H37.01-261124-000${number}`));
    expect(first.slice(4)).toEqual([expect.stringMatching(/^T-[0-9A-Z]{4}-0001$/), expect.stringMatching(/^T-[0-9A-Z]{4}-0002$/)]);
    await place.close();

    const again = openTestDesk({ folder, world });
    await again.signIn();
    const second = await receive(again, world, 1);
    expect(second).toEqual([expect.stringMatching(/^T-[0-9A-Z]{4}-0003$/)]);
    const held = again.store.catalogue.current();
    const { log } = again.store.head();
    if (!held) throw new Error('no catalogue');
    // More was issued; it overlaps what was used, as a mistaken centre might have it.
    again.store.catalogue.store({ ...held, version: held.version + 1, leases: [...held.leases, lease(log, 'two', 3, 6)] });
    const third = await receive(again, world, 3);
    expect(third).toEqual(['H37.01-261124-0005', 'H37.01-261124-0006', expect.stringMatching(/^T-[0-9A-Z]{4}-0004$/)]);
    world.pass(24 * 3_600_000);
    await again.signIn();
    const fourth = await receive(again, world, 1);
    expect(fourth).toEqual(['H37.01-261125-0001']);
    const all = [...first, ...second, ...third, ...fourth];
    expect(new Set(all).size).toBe(all.length);
  }, 60_000);

  it('runs low with less than a fifth of the day’s numbers left, or with an end within a week', async () => {
    const world = new World();
    const folder = enrolledFolder(world, (log) => [{ id: 'one', log, agencyIdentifier: 'H37.01', ...year, first: 1, last: 10 }]);
    const place = openTestDesk({ folder, world });
    await place.signIn();
    const low = (): boolean => leaseRunsLow(place.store, world.truth());
    expect(low()).toBe(false);
    await receive(place, world, 8);
    expect(low()).toBe(false);
    await receive(place, world, 1);
    expect(low()).toBe(true);
    await receive(place, world, 3);
    expect(low()).toBe(true);
    world.pass(24 * 3_600_000);
    expect(low()).toBe(false);
    world.pass(Date.UTC(2026, 11, 24) - Date.UTC(2026, 10, 25));
    expect(low()).toBe(false);
    world.pass(24 * 3_600_000);
    expect(low()).toBe(true);
    const none = openStore(enrolledFolder(world, () => []));
    atEnd(() => none.close());
    expect(leaseRunsLow(none, world.truth())).toBe(true);
  }, 60_000);

  it('says in plain words how many numbers are left, through when they hold, and what happens without', async () => {
    const world = new World();
    const place = openTestDesk({ folder: enrolledFolder(world, (log) => [{ id: 'one', log, agencyIdentifier: 'H37.01', ...year, first: 1, last: 10 }, { id: 'two', log, agencyIdentifier: 'H37.01', validFrom: '2027-01-01', validTo: '2027-01-31', first: 1, last: 10 }]), world });
    await place.signIn();
    const codes = async () => (await place.get('sync.view', {})).codes;
    expect(await codes()).toEqual({ left: 10, all: 10, until: '2027-01-31' });
    await receive(place, world, 9);
    expect(await codes()).toEqual({ left: 1, all: 10, until: '2027-01-31', notice: { code: 'codes.low', params: { left: 1 } } });
    await receive(place, world, 2);
    expect(await codes()).toEqual({ left: 0, all: 10, until: '2027-01-31', notice: { code: 'codes.used-up', params: { all: 10 } } });
    world.pass(Date.UTC(2027, 0, 30) - Date.UTC(2026, 10, 24));
    await place.signIn();
    expect(await codes()).toEqual({ left: 10, all: 10, until: '2027-01-31', notice: { code: 'codes.ends-soon', params: { date: '31/01/2027' } } });
    world.pass(2 * 24 * 3_600_000);
    await place.signIn();
    expect(await codes()).toEqual({ left: 0, all: 0, notice: { code: 'codes.none', params: {} } });
    // Work does not stop.
    expect(await receive(place, world, 1)).toEqual([expect.stringMatching(/^T-/)]);
  }, 60_000);

  it('that runs out gets more numbers from the centre', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    const used = place.store.commit({
      act: uuid(world), actor: 'desk', clock: { wall: world.truth(), uptime: 1, hrtime: 1, boot: world.boot, anchor: null },
      decide(_read, codes) {
        for (let count = 0; count < 240; count += 1) codes.next('2026-11-24');
        return { ok: true, value: [] };
      },
    });
    expect(used.ok).toBe(true);
    expect((await place.get('sync.view', {})).codes).toMatchObject({ left: 10, all: 250 });
    await place.get('sync.now', {});
    await until(async () => (await place.get('sync.view', {})).codes?.all === 500);
    expect((await place.get('sync.view', {})).codes).toEqual({ left: 260, all: 500, until: '2027-12-31' });
  }, 60_000);

  it('that runs low makes the desk ask for the catalogue at the next contact, once a minute at most', async () => {
    const world = new World();
    const centre = await openCentre(world);
    let asked = 0;
    const transport = lineThrough((request, pass) => {
      if (request.path.startsWith('/v1/catalogue')) asked += 1;
      return pass(request);
    });
    const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre), ports: { transport } });
    const receiveAndSend = async (): Promise<void> => {
      await receive(place, world, 1);
      await until(() => place.store.pendingSummary().entries === 0);
      await until(async () => !(await place.get('sync.view', {})).sending);
    };
    await receiveAndSend();
    world.pass(90_000);
    const before = asked;
    await receiveAndSend();
    expect(asked).toBe(before);
    /** As if the centre had no more to give. */
    const runLow = (): void => {
      const held = place.store.catalogue.current();
      const lease = held?.leases[0];
      if (!held || !lease) throw new Error('no lease');
      place.store.catalogue.store({ ...held, leases: [{ ...lease, last: lease.first + 2 }] });
    };
    runLow();
    await receiveAndSend();
    await until(() => asked === before + 1 && place.store.catalogue.current()?.leases.length === 3);
    runLow();
    await receiveAndSend();
    await receiveAndSend();
    expect(asked).toBe(before + 1);
    world.pass(61_000);
    await receiveAndSend();
    await until(() => asked === before + 2);
  }, 60_000);

  it('that is missing gives provisional codes, which the centre maps; the desk records each once and finds the dossier by both', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    const held = place.store.catalogue.current();
    if (!held) throw new Error('no catalogue');
    place.store.catalogue.store({ ...held, leases: [] });
    const { dossier, code } = await place.get('reception.save', reception(world));
    expect(code).toMatch(/^T-/);
    await until(() => place.store.pendingSummary().entries === 0);
    await place.get('sync.now', {});
    await until(() => place.store.read.dossier(dossier)?.provisional === false);
    const state = place.store.read.dossier(dossier);
    expect(state?.code).toMatch(/-261124-9000$/);
    expect([place.store.read.dossierByCode(code)?.id, place.store.read.dossierByCode(state?.code ?? '')?.id]).toEqual([dossier, dossier]);
    const mappings = (): number => place.store.read.history(dossier).filter(({ entry }) => entry.header.kind === 'dossier.code-mapped' && entry.header.actor === 'desk').length;
    expect(mappings()).toBe(1);
    // It is sent like any act, and hearing it again changes nothing.
    await until(() => place.store.pendingSummary().entries === 0);
    place.store.memo.save('mapped-codes', { place: 0, waiting: [] });
    await place.get('sync.now', {});
    await until(async () => !(await place.get('sync.view', {})).sending);
    expect(mappings()).toBe(1);
    // The next reception goes on with leased codes, and the mapped dossier may be acted on as usual.
    place.store.catalogue.store(held);
    expect((await receive(place, world, 1))[0]).toMatch(/-261124-0001$/);
    expect((await place.get('dossier.get', { dossier })).state.unknown).toEqual([]);
  }, 60_000);

  it('that was missing through a long outage: the official codes come many to a commit, and no dossier is passed over', async () => {
    const world = new World();
    const centre = await openCentre(world);
    let down = false;
    const transport = lineThrough((request, pass) => {
      if (down) throw new LineError('unreachable');
      return pass(request);
    });
    const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre), ports: { transport } });
    const held = place.store.catalogue.current();
    if (!held) throw new Error('no catalogue');
    place.store.catalogue.store({ ...held, leases: [] });
    down = true;
    const dossiers: string[] = [];
    for (let count = 0; count < 60; count += 1) dossiers.push((await place.get('reception.save', reception(world))).dossier);
    down = false;
    await comesTo(place, () => dossiers.every((dossier) => place.store.read.dossier(dossier)?.provisional === false));
    await comesTo(place, () => place.store.pendingSummary().entries === 0);
    const mappings = dossiers.flatMap((dossier) => place.store.read.history(dossier).filter(({ entry }) => entry.header.kind === 'dossier.code-mapped').map(({ entry }) => entry.header));
    expect(mappings).toHaveLength(60);
    // All were asked for at once: a commit holds 25.
    expect(new Set(mappings.map(({ act }) => act)).size).toBe(3);
    expect(new Set(dossiers.map((dossier) => place.store.read.dossier(dossier)?.code)).size).toBe(60);
  }, 60_000);
});
