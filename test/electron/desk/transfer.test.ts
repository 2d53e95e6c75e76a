/** An installation goes to another agency: nothing it recorded is lost, nothing of the former agency stays in use, and it can come back. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeHasher, nodeRandom } from '#db/index.ts';
import { listBackups } from '#electron/desk/backups/index.ts';
import { finishSwap, recoverStore } from '#electron/desk/recovery/index.ts';
import { removeFormerStores } from '#electron/desk/transfer/index.ts';
import { logKinds, logOpenedSchema } from '#shared/log/index.ts';
import { scan } from './office.ts';
import { comesTo, commune, deskKey, endAll, enrolmentCode, heldByCentre, noLine, openCentre, openTestDesk, reception, temporaryFolder, until, uuid, workingDesk, World, type TestCentre, type TestDesk } from './place.ts';

afterEach(endAll);

/** Another commune of the sample. */
const other = 'ls-dong-dang';

interface Place {
  readonly world: World;
  readonly centre: TestCentre;
  readonly desk: TestDesk;
  readonly installation: string;
}

async function open(): Promise<Place> {
  const world = new World();
  const centre = await openCentre(world);
  const desk = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre), goes: true });
  return { world, centre, desk, installation: desk.store.identity()!.installation };
}

async function order({ centre, installation }: Place, agency = other): Promise<void> {
  expect(await centre.ask('transfer', { installation, agency })).toMatchObject({ ok: true });
}

async function told(desk: TestDesk): Promise<boolean> {
  return (await desk.get('sync.view', {})).transfer !== undefined;
}

async function reopened({ world, centre }: Place, { folder }: TestDesk): Promise<TestDesk> {
  const desk = openTestDesk({ folder, world, url: centre.url, goes: true });
  await until(() => desk.store.catalogue.current() !== undefined);
  return desk;
}

/** The desk receives a dossier, is ordered away and goes. */
async function goneFrom(place: Place): Promise<{ readonly dossier: string; readonly aside: string }> {
  const { world, desk } = place;
  const { dossier } = await desk.get('reception.save', reception(world));
  await comesTo(desk, () => desk.store.pendingSummary().entries === 0);
  await order(place);
  await comesTo(desk, () => told(desk));
  await desk.get('session.sign-out', {});
  expect(await desk.gone).toBe(true);
  return { dossier, aside: readdirSync(desk.folder).find((name) => name.startsWith('former-'))! };
}

describe('a transfer to another agency', () => {
  it('waits until all is at the centre and nobody is at work, then goes on with nothing of the former agency, and gets it all back when it returns', async () => {
    const place = await open();
    const { world, centre, desk } = place;
    const { dossier, code } = await desk.get('reception.save', reception(world));
    const paper = scan();
    await desk.get('attachment.add-from', { act: uuid(world), dossier, of: 'paper', file: paper.file });
    const elsewhere = temporaryFolder();
    await desk.signIn('mp-05');
    await desk.get('backup.move-to', { folder: elsewhere });
    await desk.get('backup.make', {});
    await desk.signIn();
    expect(listBackups(elsewhere).length).toBeGreaterThan(0);
    await order(place);
    await comesTo(desk, () => told(desk));
    expect((await desk.get('sync.view', {})).transfer).toEqual({ agencyName: 'Ủy ban nhân dân xã Đồng Đăng', desk: 'Quầy 7' });
    await comesTo(desk, () => desk.store.pendingSummary().entries === 0 && desk.store.attachments.waiting().length === 0);
    // Somebody is at work: it stays, and what they do is recorded for the agency they work for.
    const second = await desk.get('reception.save', reception(world));
    await comesTo(desk, () => desk.store.pendingSummary().entries === 0);
    expect(desk.store.identity()?.agency).toBe(commune);
    const before = desk.store.head();
    const state = desk.store.stateHash();
    await desk.get('session.sign-out', {});
    expect(await desk.gone).toBe(true);
    expect(await desk.call('session.view', {})).toMatchObject({ ok: false, fault: { code: 'desk.unavailable' } });

    const moved = await reopened(place, desk);
    expect(moved.store.identity()).toMatchObject({ agency: other, desk: 'Quầy 7', installation: place.installation });
    const opening = moved.store.pending(0, { entries: 1, bytes: 1 })[0]!.entry.header;
    expect([opening.kind, opening.agency]).toEqual([logKinds.opened, other]);
    const facts = logOpenedSchema.parse(opening.facts);
    expect([facts.why, facts.anchor !== undefined]).toEqual(['transferred', true]);
    const held = await heldByCentre(centre, before.log);
    expect(facts.parent).toEqual({ log: before.log, seq: held.length, hash: held.at(-1)?.hash });
    expect(held.length).toBeGreaterThanOrEqual(before.seq);
    // Its people are those of the other agency, and none of the former's dossiers can be found.
    await moved.signIn();
    const session = await moved.get('session.view', {});
    expect([session.agencyName, session.staff.length > 0]).toEqual(['Ủy ban nhân dân xã Đồng Đăng', true]);
    await comesTo(moved, () => moved.store.pendingSummary().entries === 0);
    expect(moved.store.read.list({ kind: 'all' }, { limit: 5 }).rows).toEqual([]);
    for (const asked of [code, second.code]) expect(await moved.call('dossier.fetch', { code: asked })).toMatchObject({ ok: false, fault: { code: 'dossier.unknown' } });
    expect([listBackups(join(moved.folder, 'backups')), listBackups(elsewhere), existsSync(join(moved.folder, 'backups.json'))]).toEqual([[], [], false]);
    expect(readdirSync(join(moved.folder, 'attachments'))).toEqual([]);
    // It works there, under the codes of that agency.
    await comesTo(moved, async () => (await moved.get('sync.view', {})).codes !== undefined);
    const here = await moved.get('reception.save', reception(world));
    await comesTo(moved, () => moved.store.pendingSummary().entries === 0);
    expect(here.code).not.toMatch(/^T-/);
    const there = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre, true, other) });
    await comesTo(there, () => there.store.read.dossier(here.dossier) !== undefined);

    // And back.
    await order(place, commune);
    await comesTo(moved, () => told(moved));
    await moved.get('session.sign-out', {});
    expect(await moved.gone).toBe(true);
    const back = await reopened(place, moved);
    await back.signIn();
    await comesTo(back, () => back.store.read.dossier(second.dossier) !== undefined && back.store.read.dossier(dossier)?.attachments.length === 1);
    expect(back.store.read.dossier(here.dossier)).toBeUndefined();
    expect(back.store.read.personal(dossier)?.applicant.fullName).toBe('Hoàng Thị Ngọc Ánh');
    expect(back.store.stateHash()).toBe(state);
    const { base64 } = await back.get('attachment.content', { dossier, sha256: paper.sha256 });
    expect(nodeHasher.sha256(Buffer.from(base64, 'base64'))).toBe(paper.sha256);
  }, 120_000);

  it('does not go while something is not at the centre, and an order that is taken back is forgotten', async () => {
    const place = await open();
    const { world, centre, desk } = place;
    await comesTo(desk, () => desk.store.pendingSummary().entries === 0);
    await order(place);
    await comesTo(desk, () => told(desk));
    await desk.close();
    // The line fails before the last act is sent.
    const offline = openTestDesk({ folder: desk.folder, world, url: centre.url, goes: true, ports: { transport: noLine } });
    await offline.signIn();
    const { dossier } = await offline.get('reception.save', reception(world));
    await offline.get('sync.now', {});
    await offline.get('session.sign-out', {});
    expect(await Promise.race([offline.gone, new Promise((resolve) => void setTimeout(resolve, 300, 'stays'))])).toBe('stays');
    expect(offline.store.identity()?.agency).toBe(commune);
    await offline.close();
    expect(existsSync(join(desk.folder, 'desk.db.recovered'))).toBe(false);

    await order(place, commune);
    const again = openTestDesk({ folder: desk.folder, world, url: centre.url, goes: true });
    await again.signIn();
    await comesTo(again, () => again.store.pendingSummary().entries === 0);
    await comesTo(again, async () => !(await told(again)));
    expect(again.store.identity()?.agency).toBe(commune);
    expect(again.store.read.dossier(dossier)).toBeDefined();
  }, 60_000);

  it('is gone on from at the next start where it was cut off, and the former store goes after two weeks', async () => {
    const place = await open();
    const { world, desk } = place;
    const { folder } = desk;
    const { aside } = await goneFrom(place);
    expect(readdirSync(join(folder, aside)).toSorted()).toEqual(['attachments', 'desk.db']);
    // As a cut leaves it: the journal is written, the papers are moved and the store is not.
    renameSync(join(folder, 'desk.db'), join(folder, 'desk.db.recovered'));
    renameSync(join(folder, aside, 'desk.db'), join(folder, 'desk.db'));
    writeFileSync(join(folder, 'recovery.json'), JSON.stringify({ v: 1, aside }));
    finishSwap(folder);
    expect([existsSync(join(folder, 'desk.db.recovered')), existsSync(join(folder, 'recovery.json')), existsSync(join(folder, aside, 'desk.db'))]).toEqual([false, false, true]);
    const moved = await reopened(place, desk);
    expect(moved.store.identity()?.agency).toBe(other);

    removeFormerStores(folder, world.truth() + 13 * 86_400_000);
    expect(existsSync(join(folder, aside))).toBe(true);
    removeFormerStores(folder, world.truth() + 15 * 86_400_000);
    expect(existsSync(join(folder, aside))).toBe(false);
    await moved.signIn();
    await moved.get('reception.save', reception(world));
    await comesTo(moved, () => moved.store.pendingSummary().entries === 0);
  }, 60_000);

  it('a store put back from before it sends what only it has, is told nothing of either agency, and goes again', async () => {
    const place = await open();
    const { world, centre, desk } = place;
    const { folder } = desk;
    const { dossier, aside } = await goneFrom(place);
    const moved = await reopened(place, desk);
    await until(() => moved.store.pendingSummary().entries === 0);
    await moved.close();
    const restore = { data: folder, key: deskKey, hasher: nodeHasher, random: nodeRandom, wall: world.truth(), backup: join(folder, aside, 'desk.db') };
    // Where the store of the other agency can be read, its entries are never put behind those of the former one.
    expect(recoverStore(restore)).toMatchObject({ ok: false, fault: { code: 'backup.other-agency' } });
    const cut = openTestDesk({ folder, world });
    expect(cut.store.identity()?.agency).toBe(other);
    await cut.close();
    for (const name of ['desk.db', 'desk.db-wal', 'desk.db-shm']) rmSync(join(folder, name), { force: true });
    expect(recoverStore(restore)).toMatchObject({ ok: true, value: { kind: 'recovered' } });

    const old = openTestDesk({ folder, world, url: centre.url, goes: true });
    const { log } = old.store.head();
    expect(old.store.identity()?.agency).toBe(commune);
    expect(old.store.read.dossier(dossier)).toBeDefined();
    expect(await old.gone).toBe(true);
    expect((await heldByCentre(centre, log)).length).toBeGreaterThan(0);
    const again = await reopened(place, desk);
    expect(again.store.identity()?.agency).toBe(other);
    await again.signIn();
    await comesTo(again, () => again.store.pendingSummary().entries === 0);
    expect(again.store.read.list({ kind: 'all' }, { limit: 5 }).rows).toEqual([]);
  }, 60_000);
});
