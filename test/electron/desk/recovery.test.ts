import { createHash } from 'node:crypto';
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { nodeHasher, nodeRandom, salvage } from '#db/index.ts';
import { listBackups } from '#electron/desk/backups/index.ts';
import { finishSwap, firstPageDamaged, recoverStore, type Recovered } from '#electron/desk/recovery/index.ts';
import type { Outcome } from '#shared/errors/index.ts';
import { logKinds, logOpenedSchema } from '#shared/log/index.ts';
import { numbers } from './numbers.ts';
import { deskKey, endAll, enrolmentCode, heldByCentre, noLine, openCentre, openTestDesk, reception, temporaryFolder, until, workingDesk, World, type TestCentre, type TestDesk } from './place.ts';

afterEach(endAll);

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
process.stdout.write(`seed of the damage: ${seed}\n`);
const wall = Date.UTC(2026, 10, 24, 3, 0, 0);
const options = (data: string) => ({ data, key: deskKey, hasher: nodeHasher, random: nodeRandom, wall });

function recovered(outcome: Outcome<Recovered>): Extract<Recovered, { kind: 'recovered' }> {
  if (!outcome.ok || outcome.value.kind !== 'recovered') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

/** A desk with a backup, acknowledged work beyond it, and work that never left; closed. */
async function used(world: World, centre: TestCentre, { backup = true } = {}): Promise<{ folder: string; log: string; acknowledged: number; head: number; unsent: string[] }> {
  const folder = temporaryFolder();
  const first = await workingDesk({ folder, world, url: centre.url, code: await enrolmentCode(centre) });
  for (let count = 0; count < 10; count += 1) await first.get('reception.save', reception(world));
  if (backup) await first.get('backup.make', {});
  for (let count = 0; count < 40; count += 1) await first.get('reception.save', reception(world));
  await until(() => first.store.pendingSummary().entries === 0);
  await first.close();
  const offline = openTestDesk({ folder, world, ports: { transport: noLine } });
  await offline.signIn();
  const acknowledged = offline.store.acknowledged().seq;
  const unsent: string[] = [];
  for (let count = 0; count < 30; count += 1) {
    const order = reception(world);
    unsent.push(order.dossier);
    await offline.get('reception.save', order);
  }
  const { log, seq } = offline.store.head();
  await offline.close();
  return { folder, log, acknowledged, head: seq, unsent };
}

function damage(file: string, chance: (below: number) => number, places: number): void {
  const handle = openSync(file, 'r+');
  const { size } = statSync(file);
  for (let place = 0; place < places; place += 1) {
    const bytes = Buffer.from(Array.from({ length: 1 + chance(60) }, () => chance(256)));
    writeSync(handle, bytes, 0, bytes.length, 4096 + chance(size - 4096 - bytes.length));
  }
  closeSync(handle);
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

async function workingAgain(desk: TestDesk, world: World): Promise<string> {
  await desk.signIn();
  const order = reception(world);
  await desk.get('reception.save', order);
  return order.dossier;
}

describe('a damaged store', () => {
  it('becomes a working desk: the backup, what verifies of the file, a new log, and the rest from the centre', async () => {
    const chance = numbers(seed);
    const world = new World();
    const centre = await openCentre(world);
    for (let round = 0; round < 4; round += 1) {
      const { folder, log, acknowledged, head } = await used(world, centre);
      const file = join(folder, 'desk.db');
      damage(file, chance, 2 + chance(12));
      copyFileSync(file, join(folder, 'again.db'));
      const found = salvage(join(folder, 'again.db'), deskKey, nodeHasher).logs.find(({ identity }) => identity.log === log)?.entries.map(({ entry }) => entry.header.seq) ?? [];
      const damaged = digestOf(file);
      const outcome = recoverStore(options(folder));
      if (outcome.ok && outcome.value.kind === 'intact') continue;
      const { aside, rescued, behind } = recovered(outcome);
      expect([seed, round, digestOf(join(folder, aside ?? '', 'desk.db'))]).toEqual([seed, round, damaged]);
      expect(existsSync(join(folder, 'recovery-work'))).toBe(false);

      const desk = openTestDesk({ folder, world, url: centre.url });
      const opening = desk.store.pending(0, { entries: 1, bytes: 1 })[0]?.entry.header;
      expect(opening?.kind).toBe(logKinds.opened);
      expect(logOpenedSchema.parse(opening?.facts)).toMatchObject({ why: 'restored', parent: { log } });
      const later = await workingAgain(desk, world);
      // Every unsent entry up to the first that the damage took: those behind it have nothing to follow.
      let last = acknowledged;
      while (found.includes(last + 1)) last += 1;
      await until(async () => (await heldByCentre(centre, log)).length >= last);
      const held = await heldByCentre(centre, log);
      expect([seed, round, held.length]).toEqual([seed, round, last]);
      await until(() => desk.store.head(log).seq === last && desk.store.pendingSummary().entries === 0);
      // Nothing acknowledged is missing here, and nothing is told otherwise than it was.
      const mine = desk.store.pending(0, { entries: 10_000, bytes: 1e9 }, log).map(({ entry }) => entry.hash);
      expect(mine).toEqual(held.map(({ hash }) => hash));
      expect(desk.store.verify().ok).toBe(true);
      expect((await heldByCentre(centre, desk.store.head().log)).some(({ text }) => text.includes(later))).toBe(true);
      expect(await centre.ask('forks', { log })).toBe(0);
      const lost = found.filter((seq) => seq > last);
      // What is behind is told once the centre was asked for what came before it.
      await until(async () => lost.length === 0 || (await desk.get('sync.view', {})).refusals.length > 0);
      const view = await desk.get('sync.view', {});
      expect(view.recovered).toMatchObject({ at: wall, rescued, behind, aside });
      if (lost.length > 0) expect(view.refusals).toMatchObject([{ fault: { code: 'recovery.behind', params: { count: lost.length } } }]);
      expect(last).toBeLessThanOrEqual(head);
      await desk.close();
    }
  }, 240_000);

  it('that a person puts back from a chosen backup keeps all that the file holds beyond it, without a line as well', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const { folder, log, head, unsent } = await used(world, centre);
    const outcome = recovered(recoverStore({ ...options(folder), backup: listBackups(join(folder, 'backups'))[0]?.file }));
    expect(outcome).toMatchObject({ behind: 0 });
    const desk = openTestDesk({ folder, world, ports: { transport: noLine } });
    await workingAgain(desk, world);
    expect(desk.store.head(log).seq).toBe(head);
    for (const dossier of unsent) expect((await desk.get('dossier.get', { dossier })).state.id).toBe(dossier);
    await desk.close();
    const online = openTestDesk({ folder, world, url: centre.url });
    await until(() => online.store.pendingSummary().entries === 0);
    expect((await heldByCentre(centre, log)).length).toBe(head);
  }, 90_000);

  it('with a gap that the centre can fill keeps what is behind it until it is filled, and then sends it', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const { folder, log, acknowledged, head } = await used(world, centre);
    // Of what the centre has, one stretch cannot be read any more; the unsent entries can.
    const handle = openSync(join(folder, 'desk.db'), 'r+');
    const before = readFileSync(join(folder, 'desk.db'));
    let spoilt = 0;
    for (let page = 8; page < before.length / 4096 && spoilt === 0; page += 1) {
      writeSync(handle, Buffer.alloc(16, 1), 0, 16, page * 4096 + 500);
      const found = foundIn(folder, log);
      const gap = Array.from({ length: head }, (_, index) => index + 1).filter((seq) => !found.has(seq));
      if (gap.length > 0 && gap.every((seq) => seq > 15 && seq <= acknowledged)) spoilt = gap.length;
      else writeSync(handle, before, page * 4096 + 500, 16, page * 4096 + 500);
    }
    closeSync(handle);
    expect(spoilt).toBeGreaterThan(0);
    const { behind } = recovered(recoverStore(options(folder)));
    expect(behind).toBeGreaterThan(head - acknowledged);
    const offline = openTestDesk({ folder, world, ports: { transport: noLine } });
    await workingAgain(offline, world);
    expect(offline.store.head(log).seq).toBeLessThan(acknowledged);
    await offline.close();
    const desk = openTestDesk({ folder, world, url: centre.url });
    await until(async () => (await heldByCentre(centre, log)).length === head);
    await until(() => desk.store.pendingSummary().entries === 0);
    expect(desk.store.head(log).seq).toBe(head);
    await desk.signIn();
    expect((await desk.get('sync.view', {})).refusals).toEqual([]);
  }, 120_000);

  it('whose first page is gone is known by its backups, and comes back from them', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const { folder, log, acknowledged } = await used(world, centre);
    const handle = openSync(join(folder, 'desk.db'), 'r+');
    writeSync(handle, Buffer.alloc(4096, 7), 0, 4096, 0);
    closeSync(handle);
    expect(firstPageDamaged(options(folder))).toBe(true);
    expect(firstPageDamaged({ ...options(folder), key: new Uint8Array(32).fill(1) })).toBe(false);
    expect(recovered(recoverStore(options(folder)))).toMatchObject({ rescued: 0 });
    const desk = openTestDesk({ folder, world, url: centre.url });
    await until(() => desk.store.head(log).seq === acknowledged);
    expect((await heldByCentre(centre, log)).length).toBe(acknowledged);
  }, 60_000);

  it('without a backup is recovered from itself where it can be, and is left alone where it cannot', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const { folder, log, head } = await used(world, centre, { backup: false });
    // On a slow machine the first one was made by itself.
    rmSync(join(folder, 'backups'), { recursive: true, force: true });
    const intact = digestOf(join(folder, 'desk.db'));
    expect(recoverStore(options(folder))).toEqual({ ok: true, value: { kind: 'intact' } });
    expect(digestOf(join(folder, 'desk.db'))).toBe(intact);

    const elsewhere = temporaryFolder();
    copyFileSync(join(folder, 'desk.db'), join(elsewhere, 'desk.db'));
    const handle = openSync(join(elsewhere, 'desk.db'), 'r+');
    for (let page = 1; page < statSync(join(elsewhere, 'desk.db')).size / 4096; page += 1) writeSync(handle, Buffer.alloc(64, page), 0, 64, page * 4096 + 100);
    closeSync(handle);
    const before = digestOf(join(elsewhere, 'desk.db'));
    expect(recoverStore(options(elsewhere))).toMatchObject({ ok: false, fault: { code: 'recovery.not-possible' } });
    expect(readdirSync(elsewhere)).toEqual(['desk.db']);
    expect(digestOf(join(elsewhere, 'desk.db'))).toBe(before);

    // The last page is one of the newest read models or of an index: never the log alone.
    let done: Recovered | undefined;
    const bytes = readFileSync(join(folder, 'desk.db'));
    for (let page = bytes.length / 4096 - 1; page > 0 && done?.kind !== 'recovered'; page -= 1) {
      const spoilt = Buffer.from(bytes);
      spoilt.fill(9, page * 4096 + 10, page * 4096 + 60);
      writeFileSync(join(folder, 'desk.db'), spoilt);
      const outcome = recoverStore(options(folder));
      if (outcome.ok) done = outcome.value;
    }
    expect(done).toMatchObject({ kind: 'recovered', backup: undefined });
    const desk = openTestDesk({ folder, world, url: centre.url });
    await workingAgain(desk, world);
    await until(async () => (await heldByCentre(centre, log)).length === head);
  }, 120_000);

  it('cut off anywhere while it is put back is gone on with at the next start, and there is always a store', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const { folder, log } = await used(world, centre);
    await openTestDesk({ folder, world, ports: { transport: noLine } }).close();
    const [backup] = listBackups(join(folder, 'backups'));
    for (const moved of [[], ['desk.db-wal'], ['desk.db-wal', 'desk.db-shm'], ['desk.db-wal', 'desk.db-shm', 'desk.db'], ['all']]) {
      const data = temporaryFolder();
      const aside = join(data, 'damaged-2026-11-24-03-00-00');
      for (const name of ['desk.db', 'desk.db-wal', 'desk.db-shm']) writeFileSync(join(data, name), `old ${name}`);
      copyFileSync(backup?.file ?? '', join(data, 'desk.db.recovered'));
      writeFileSync(join(data, 'restored.json'), JSON.stringify({ v: 1, why: 'restored' }));
      writeFileSync(join(data, 'recovery.json'), JSON.stringify({ v: 1, aside: 'damaged-2026-11-24-03-00-00' }));
      mkdirSync(aside);
      for (const name of moved[0] === 'all' ? ['desk.db-wal', 'desk.db-shm', 'desk.db'] : moved) renameSync(join(data, name), join(aside, name));
      if (moved[0] === 'all') renameSync(join(data, 'desk.db.recovered'), join(data, 'desk.db'));
      finishSwap(data);
      finishSwap(data);
      expect(readdirSync(aside).toSorted()).toEqual(['desk.db', 'desk.db-shm', 'desk.db-wal']);
      expect(readFileSync(join(aside, 'desk.db'), 'utf8')).toBe('old desk.db');
      expect(readdirSync(data).toSorted()).toEqual(['damaged-2026-11-24-03-00-00', 'desk.db', 'restored.json']);
      const desk = openTestDesk({ folder: data, world, ports: { transport: noLine } });
      expect(desk.store.identity()?.log).not.toBe(log);
      await desk.close();
    }
  }, 60_000);
});

describe('a store put back', () => {
  it('is not thrown away where the swap itself fails: it is in its place once that can be finished', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const { folder } = await used(world, centre);
    damage(join(folder, 'desk.db'), numbers(7), 20);
    // A link that leads nowhere: no folder can be made under its name, and it does not look taken.
    const name = 'damaged-2026-11-24-03-00-00';
    symlinkSync(join(folder, 'nowhere', 'at-all'), join(folder, name));
    expect(() => recoverStore(options(folder))).toThrow();
    expect(existsSync(join(folder, 'desk.db.recovered'))).toBe(true);
    rmSync(join(folder, name));
    finishSwap(folder);
    expect(existsSync(join(folder, name, 'desk.db'))).toBe(true);
    const desk = openTestDesk({ folder, world, ports: { transport: noLine } });
    expect(desk.store.verify().ok).toBe(true);
    expect(desk.store.identity()).toBeDefined();
  }, 60_000);
});

/** The seqs of a log that can be read from a folder's store. */
function foundIn(folder: string, log: string): ReadonlySet<number> {
  const place = join(temporaryFolder(), 'copy.db');
  for (const end of ['', '-wal']) if (existsSync(join(folder, `desk.db${end}`))) copyFileSync(join(folder, `desk.db${end}`), place + end);
  return new Set(salvage(place, deskKey, nodeHasher).logs.find(({ identity }) => identity.log === log)?.entries.map(({ entry }) => entry.header.seq) ?? []);
}
