/** What the centre erased by a decision is erased at every desk: in the store, in its search, in scanned papers and in backups. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeHasher, nodeRandom, openDeskStore } from '#db/index.ts';
import { listBackups } from '#electron/desk/backups/index.ts';
import { backupToErase, eraseInBackup } from '#electron/desk/backups/erasing.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { scan } from './office.ts';
import { comesTo, deskKey, endAll, enrolmentCode, openCentre, reception, temporaryFolder, until, uuid, workingDesk, World, type TestCentre, type TestDesk } from './place.ts';

afterEach(endAll);

async function deskAt(centre: TestCentre, world: World): Promise<TestDesk> {
  return workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
}

async function handedOver(desk: TestDesk, world: World): Promise<string> {
  const { dossier } = await desk.get('reception.save', reception(world));
  world.pass(60_000);
  await desk.get('return.save', { act: uuid(world), dossier, method: 'counter', receiver: 'applicant', receiptShown: true, personal: {} });
  return dossier;
}

const contents = (desk: TestDesk): string[] => readdirSync(join(desk.folder, 'attachments'));
const erasedAt = (desk: TestDesk, dossier: string): boolean => desk.store.read.dossier(dossier)?.erased !== undefined;

describe('an erasure by the centre', () => {
  it('reaches the desk that recorded the dossier and the one that fetched it, with its papers and its search', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const [desk, other] = [await deskAt(centre, world), await deskAt(centre, world)];
    const dossier = await handedOver(desk, world);
    const { applicantName = '', code } = desk.store.read.list({ kind: 'all' }, { limit: 1 }).rows[0]!;
    await desk.get('attachment.add-from', { act: uuid(world), dossier, of: 'paper', file: scan().file });
    await comesTo(desk, async () => (await desk.get('dossier.get', { dossier })).attachments.every(({ standing }) => standing === 'held'));
    await comesTo(other, () => other.store.read.dossier(dossier)?.attachments.length === 1);
    expect([contents(desk).length, other.store.read.personal(dossier) !== undefined]).toEqual([1, true]);
    expect(desk.store.read.search(applicantName, { limit: 5 }).rows.map(({ id }) => id)).toEqual([dossier]);

    expect(await centre.ask('erase', { dossier })).toMatchObject({ ok: true, value: { contents: 1, cleansed: true } });
    for (const one of [desk, other]) {
      await comesTo(one, () => erasedAt(one, dossier));
      expect(one.store.read.personal(dossier)).toBeUndefined();
      expect(one.store.read.search(applicantName, { limit: 5 }).rows).toEqual([]);
      const bodies = one.store.read.history(dossier).flatMap(({ entry }) => one.store.read.sealed(entry.hash) ?? []);
      expect(bodies.length).toBeGreaterThan(1);
      expect(bodies.every((body) => 'erased' in body)).toBe(true);
      expect(one.store.verify()).toEqual({ ok: true, value: true });
    }
    await until(() => contents(desk).length === 0);
    // What happened and when still stands; nothing more is done on it.
    const view = await desk.get('dossier.get', { dossier });
    expect([view.state.code, view.state.stage, view.possible, view.attachments, view.personal]).toEqual([code, 'returned', [], [], undefined]);
    expect(view.history.at(-1)).toMatchObject({ kind: dossierKinds.erased, actorName: 'Cán bộ tỉnh', details: ['theo Quyết định 12/QĐ-UBND ngày 24/11/2026'] });
    expect(await desk.call('attachment.add-from', { act: uuid(world), dossier, of: 'paper', file: scan().file })).toMatchObject({ ok: false, fault: { code: 'dossier.erased' } });
    expect(desk.store.stateHash()).toBe(other.store.stateHash());
  });

  it('is applied to backups made before it, which still open and verify', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const desk = await deskAt(centre, world);
    const dossier = await handedOver(desk, world);
    await desk.get('backup.make', {});
    const folder = join(desk.folder, 'backups');
    expect(backupToErase([folder], desk.store.erasures())).toBeUndefined();
    await comesTo(desk, () => desk.store.pendingSummary().entries === 0);
    expect(await centre.ask('erase', { dossier })).toMatchObject({ ok: true });
    await comesTo(desk, () => erasedAt(desk, dossier));
    world.pass(60_000);
    await desk.get('backup.make', {});

    const [newest, old] = listBackups(folder);
    expect([newest?.erasures, old?.erasures, backupToErase([folder], desk.store.erasures())?.number]).toEqual([1, 0, old?.number]);
    const ports = { key: deskKey, hasher: nodeHasher, random: nodeRandom };
    expect(eraseInBackup(old!, desk.store.erasures(), ports)).toEqual({ ok: true, value: true });
    expect(backupToErase([folder], desk.store.erasures())).toBeUndefined();
    expect(listBackups(folder).map(({ number, erasures, at }) => [number, erasures, at])).toEqual([[newest?.number, 1, newest?.at], [old?.number, 1, old?.at]]);
    expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
    // A cut while the two change places: whichever stands there counts, as what it is.
    const manifest = `${old!.file.slice(0, -3)}.json`;
    const text = readFileSync(manifest, 'utf8');
    const now = listBackups(folder)[1]!;
    const cut = (bytes: number, next: number): void => writeFileSync(manifest, JSON.stringify({ ...JSON.parse(text), bytes, erasures: 0, next: { bytes: next, erasures: 1 } }));
    for (const [bytes, next, erasures] of [[now.bytes + 4096, now.bytes, 1], [now.bytes, now.bytes + 4096, 0]] as const) {
      cut(bytes, next);
      expect(listBackups(folder)[1]).toEqual({ ...now, erasures });
    }
    writeFileSync(manifest, text);
    const copy = openDeskStore({ file: old!.file, key: deskKey, hasher: nodeHasher, random: nodeRandom });
    try {
      expect(copy.read.personal(dossier)).toBeUndefined();
      expect(copy.read.history(dossier).flatMap(({ entry }) => copy.read.sealed(entry.hash) ?? []).every((body) => 'erased' in body)).toBe(true);
      expect(copy.verify()).toEqual({ ok: true, value: true });
    } finally {
      copy.close();
    }
  });
});
