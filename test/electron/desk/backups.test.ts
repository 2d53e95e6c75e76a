import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nodeHasher, nodeRandom, openDeskStore } from '#db/index.ts';
import { backupRhythm, kept, ladder, listBackups, type Rung } from '#electron/desk/backups/index.ts';
import { keepInstallation } from '#electron/desk/sync/installation.ts';
import { nodeKeys } from '#electron/desk/keys.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { centreAgency, makeEntry } from '#shared/log/index.ts';
import { civil, instantOf } from '#shared/deadline/index.ts';
import { deskKey, endAll, enrolledFolder, heldTimers, noLine, openStore, openTestDesk, pin, reception, temporaryFolder, uuid, World, type TestDesk } from './place.ts';

afterEach(endAll);

const day = 86_400_000;
const start = instantOf('2026-01-01', '08:00');

describe('the ladder', () => {
  /** Whole days between backups; several on one day, gaps of weeks, and clocks set back. */
  const steps = fc.array(fc.integer({ min: -2, max: 30 }).map((hours) => hours * 3_600_000 * 2), { minLength: 1, maxLength: 400 });

  it('of years of backups thinned out after each keeps the last three, and one of each recent day, week and month', () => {
    fc.assert(fc.property(steps, (gaps) => {
      let at = start;
      let standing: readonly Rung[] = [];
      const all: Rung[] = [];
      for (const [index, gap] of gaps.entries()) {
        at += gap;
        const made = { number: index + 1, at };
        all.push(made);
        standing = kept([...standing, made]);
        expect(standing.length).toBeLessThanOrEqual(ladder.last + ladder.days + ladder.weeks + ladder.months);
        expect(standing.slice(0, ladder.last).map(({ number }) => number)).toEqual(all.slice(-ladder.last).reverse().map(({ number }) => number));
      }
      // What was thinned out step by step is what would be kept of them all at once.
      if (gaps.every((gap) => gap >= 0)) expect(standing).toEqual(kept(all));
    }));
  });

  it('of a daily backup keeps seven days, four weeks and twelve months of a year', () => {
    const all = Array.from({ length: 365 }, (_, index) => ({ number: index + 1, at: start + index * day }));
    const dates = kept(all).map(({ at }) => civil(at).date);
    expect(dates.slice(0, 7)).toEqual(['2026-12-31', '2026-12-30', '2026-12-29', '2026-12-28', '2026-12-27', '2026-12-26', '2026-12-25']);
    expect(dates).toEqual(expect.arrayContaining(['2026-12-20', '2026-12-13', '2026-11-30', '2026-10-31', '2026-02-28', '2026-01-31']));
    expect(dates).toHaveLength(7 + 2 + 11);
  });
});

/** A desk without a line whose timers the test fires, and whose installation has a key. */
async function desk(world: World, folder = enrolledFolder(world)): Promise<{ place: TestDesk; timers: ReturnType<typeof heldTimers>; look: () => void; backups: string }> {
  const store = openStore(folder);
  const identity = store.identity()!;
  keepInstallation(store, { installation: identity.installation, log: identity.log, privateKey: nodeKeys.generate() });
  store.close();
  const timers = heldTimers();
  const place = openTestDesk({ folder, world, ports: { timers, transport: noLine } });
  let first = true;
  return {
    place, timers, backups: join(folder, 'backups'),
    look() {
      timers.fire(first ? 5_000 : backupRhythm.look);
      first = false;
    },
  };
}

describe('backups by themselves', () => {
  it('come at the start, then when nobody is working, at the latest after a day, and after the day’s close', async () => {
    const world = new World();
    const { place, look, backups } = await desk(world);
    const count = (): number => listBackups(backups)[0]?.number ?? 0;
    look();
    expect(count()).toBe(1);
    await place.signIn();
    await place.get('reception.save', reception(world));
    world.pass(backupRhythm.usual + 1);
    await place.back();
    await place.get('reception.save', reception(world));
    look();
    // Somebody is at work.
    expect(count()).toBe(1);
    world.pass(backupRhythm.quiet);
    look();
    expect(count()).toBe(2);
    world.pass(backupRhythm.usual + 1);
    look();
    // Nothing was recorded since.
    expect(count()).toBe(2);
    world.pass(backupRhythm.latest);
    await place.back();
    look();
    expect(count()).toBe(3);
    const supervisor = (await place.get('session.view', {})).staff.find(({ roles }) => roles.includes('supervisor'));
    await place.get('session.sign-out', {});
    await place.signIn(supervisor?.id);
    await place.get('day.close', { act: uuid(world), pin });
    look();
    expect(count()).toBe(3);
    world.pass(backupRhythm.quiet);
    look();
    expect(count()).toBe(4);
  }, 30_000);

  it('are verified, encrypted, and told of without being opened; each opens as the store it was', async () => {
    const world = new World();
    const { place, backups } = await desk(world);
    await place.signIn();
    const order = reception(world);
    await place.get('reception.save', order);
    const view = await place.get('backup.make', {});
    expect(view.backup).toMatchObject({ count: 1, sameDisk: true, stale: false, folder: backups });
    const [backup] = listBackups(backups);
    expect(backup).toMatchObject({ number: 1, log: place.store.head().log, seq: place.store.head().seq, hash: place.store.head().hash, unsent: place.store.pendingSummary().entries, software: 'test' });
    for (const name of readdirSync(backups)) expect(readFileSync(join(backups, name)).toString('latin1')).not.toMatch(/SQLite|020190001234|Ho.ng/);
    expect(readdirSync(backups).toSorted()).toEqual(['quay-000001.db', 'quay-000001.json']);
    const copy = openDeskStore({ file: backup?.file ?? '', key: deskKey, hasher: nodeHasher, random: nodeRandom });
    expect(copy.head()).toEqual(place.store.head());
    expect(copy.read.dossier(order.dossier)).toBeDefined();
    copy.close();
  }, 30_000);

  it('lose what the centre erased, one by one while nobody is working; one that cannot be read keeps no other from it', async () => {
    const world = new World();
    const { place, look, backups } = await desk(world);
    await place.signIn();
    const order = reception(world);
    await place.get('reception.save', order);
    for (let count = 0; count < 3; count += 1) {
      world.pass(60_000);
      await place.get('backup.make', {});
    }
    const erasure = makeEntry({
      v: 1, log: uuid(world), seq: 9, prev: 'a'.repeat(64), tick: 9, kind: dossierKinds.erased, agency: centreAgency, act: uuid(world), actor: 'centre', dossier: order.dossier,
      clock: { wall: world.truth(), uptime: 1, hrtime: 1, boot: 'c', anchor: null }, facts: { authority: 'QĐ 12/2026', bodies: 1, at: world.truth(), rho: 20 },
    }, nodeHasher);
    expect(place.store.merge([{ entry: erasure, body: undefined }])).toMatchObject({ ok: true, value: { erased: [order.dossier] } });
    const newest = listBackups(backups)[0]!;
    const file = openSync(newest.file, 'r+');
    writeSync(file, Buffer.alloc(4096, 7), 0, 4096, 4096);
    closeSync(file);
    const known = (): unknown => listBackups(backups).map(({ number, erasures }) => [number, erasures]);
    await place.back();
    look();
    // Somebody is at work.
    expect(known()).toEqual([[3, 0], [2, 0], [1, 0]]);
    world.pass(backupRhythm.quiet);
    look();
    expect((await place.get('sync.view', {})).backup?.fault).toMatchObject({ code: 'backup.failed' });
    for (let count = 0; count < 3; count += 1) {
      world.pass(backupRhythm.again);
      look();
    }
    expect(known()).toEqual([[3, 0], [2, 1], [1, 1]]);
    for (const { file: cleaned } of listBackups(backups).slice(1)) {
      const copy = openDeskStore({ file: cleaned, key: deskKey, hasher: nodeHasher, random: nodeRandom });
      expect([copy.read.personal(order.dossier), copy.verify()]).toEqual([undefined, { ok: true, value: true }]);
      copy.close();
    }
  }, 30_000);

  it('that fail are said, tried again, and never thin the good ones out; one too old is said as well', async () => {
    const world = new World();
    const { place, look, backups } = await desk(world);
    const elsewhere = temporaryFolder();
    await place.signIn();
    look();
    expect(await place.call('backup.move-to', { folder: elsewhere })).toMatchObject({ ok: false, fault: { code: 'access.denied' } });
    const administrator = (await place.get('session.view', {})).staff.find(({ roles }) => roles.includes('deskAdministrator'));
    await place.get('session.sign-out', {});
    await place.signIn(administrator?.id);
    expect(await place.call('backup.move-to', { folder: join(elsewhere, 'not', 'there') })).toMatchObject({ ok: false, fault: { code: 'backup.failed', params: { reason: 'ENOENT' } } });
    expect((await place.get('sync.view', {})).backup).toMatchObject({ folder: backups, fault: { code: 'backup.failed' } });
    await place.get('backup.move-to', { folder: elsewhere });
    const moved = (await place.get('sync.view', {})).backup;
    expect(moved).toMatchObject({ folder: elsewhere, count: 1 });
    expect(moved?.fault).toBeUndefined();
    // The disk is pulled out: the folder is not made anew in its place.
    rmSync(elsewhere, { recursive: true });
    world.pass(backupRhythm.latest);
    look();
    expect(existsSync(elsewhere)).toBe(false);
    world.pass(backupRhythm.stale);
    await place.signIn(administrator?.id);
    expect((await place.get('sync.view', {})).backup).toMatchObject({ stale: true, fault: { code: 'backup.failed', params: { reason: 'ENOENT' } } });
    mkdirSync(elsewhere);
    look();
    expect((await place.get('sync.view', {})).backup).toMatchObject({ count: 1, stale: false });
    expect(listBackups(backups)).toHaveLength(1);
  }, 30_000);

  it('find damage that nobody has met yet, keep the good ones and say so', async () => {
    const world = new World();
    const { place, look, backups } = await desk(world);
    const events: string[] = [];
    place.desk.listen((event) => void events.push(event.type));
    await place.signIn();
    for (let count = 0; count < 120; count += 1) await place.get('reception.save', reception(world));
    place.store.checkpointWhenIdle();
    look();
    expect(listBackups(backups)).toHaveLength(1);
    await place.close();
    // A page that is not read when the desk starts.
    const file = join(place.folder, 'desk.db');
    const bytes = readFileSync(file);
    const startsWith = (page: number): boolean => {
      writeFileSync(file, bytes);
      const handle = openSync(file, 'r+');
      writeSync(handle, Buffer.alloc(64, 3), 0, 64, page * 4096 + 200);
      closeSync(handle);
      try {
        openStore(place.folder).close();
        return true;
      } catch {
        return false;
      }
    };
    expect(Array.from({ length: bytes.length / 4096 - 20 }, (_, index) => index + 20).some(startsWith)).toBe(true);
    const again = openTestDesk({ folder: place.folder, world, ports: { timers: heldTimers(), transport: noLine } });
    again.desk.listen((event) => void events.push(event.type));
    await again.signIn();
    expect(await again.call('backup.make', {})).toMatchObject({ ok: false, fault: { code: 'store.damaged' } });
    expect(events).toContain('store-damaged');
    expect(listBackups(backups).map(({ number }) => number)).toEqual([1]);
  }, 60_000);

  it('that were cut off count for nothing and are cleared away', async () => {
    const world = new World();
    const { place, backups } = await desk(world);
    await place.signIn();
    await place.get('backup.make', {});
    writeFileSync(join(backups, 'quay-000002.db.part'), 'half');
    writeFileSync(join(backups, 'quay-000003.db'), 'without its manifest');
    writeFileSync(join(backups, 'quay-000004.json'), '{"v":1');
    expect(listBackups(backups).map(({ number }) => number)).toEqual([1]);
    await place.get('backup.make', {});
    expect(listBackups(backups).map(({ number }) => number)).toEqual([5, 1]);
    expect(existsSync(join(backups, 'quay-000002.db.part'))).toBe(false);
  }, 30_000);
});
