import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { logKinds, logOpenedSchema } from '#shared/log/index.ts';
import { endAll, enrolmentCode, heldByCentre, openCentre, openTestDesk, reception, temporaryFolder, until, workingDesk, World } from './place.ts';

afterEach(endAll);

describe('a desk put back from a backup', () => {
  it('opens a new log that names the restored head before it appends, and the centre takes it without a fork', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const folder = temporaryFolder();
    const first = await workingDesk({ folder, world, url: centre.url, code: await enrolmentCode(centre) });
    await first.get('reception.save', reception(world));
    await until(() => first.store.pendingSummary().entries === 0);
    const backup = join(temporaryFolder(), 'desk.db');
    expect(first.store.backup(backup).ok).toBe(true);
    const backedUp = first.store.head();
    // What came after the backup is only at the centre now.
    await first.get('reception.save', reception(world));
    await until(() => first.store.pendingSummary().entries === 0);
    await first.close();

    const restored = temporaryFolder();
    copyFileSync(backup, join(restored, 'desk.db'));
    writeFileSync(join(restored, 'restored.json'), JSON.stringify({ v: 1, why: 'restored' }));
    const second = openTestDesk({ folder: restored, world, url: centre.url });
    expect(existsSync(join(restored, 'restored.json'))).toBe(false);
    const head = second.store.head();
    expect(head.log).not.toBe(backedUp.log);
    const opening = second.store.pending(0, { entries: 1, bytes: 1 })[0]?.entry.header;
    expect(opening?.kind).toBe(logKinds.opened);
    expect(logOpenedSchema.parse(opening?.facts)).toMatchObject({ why: 'restored', parent: backedUp });
    await second.signIn();
    const order = reception(world);
    const { code } = await second.get('reception.save', order);
    await until(() => second.store.pendingSummary().entries === 0);
    const held = await heldByCentre(centre, head.log);
    expect(held.some(({ text }) => text.includes(order.dossier))).toBe(true);
    expect(await centre.ask('forks', { log: backedUp.log })).toBe(0);
    expect((await heldByCentre(centre, backedUp.log)).length).toBeGreaterThan(backedUp.seq);
    // The old log's lease died with it: no code can be given out a second time.
    expect(code).toMatch(/^T-[0-9A-Z]{4}-\d{4}$/);
    await second.close();

    const third = openTestDesk({ folder: restored, world });
    expect(third.store.head().log).toBe(head.log);
    expect(third.store.ownLogs()).toHaveLength(2);
  }, 60_000);

  it('takes a half-written marker for a restore, and a desk without a marker goes on with its log', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const folder = temporaryFolder();
    const first = await workingDesk({ folder, world, url: centre.url, code: await enrolmentCode(centre) });
    const { log } = first.store.head();
    await first.close();
    const second = openTestDesk({ folder, world });
    expect(second.store.head().log).toBe(log);
    await second.close();
    writeFileSync(join(folder, 'restored.json'), '{"v":');
    const third = openTestDesk({ folder, world });
    expect(third.store.head().log).not.toBe(log);
  }, 60_000);

  it('a cloned disk forks: the centre keeps both branches, the desk goes on in a new log, and people are told', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const folder = temporaryFolder();
    const first = await workingDesk({ folder, world, url: centre.url, code: await enrolmentCode(centre) });
    await until(() => first.store.pendingSummary().entries === 0);
    const clone = temporaryFolder();
    expect(first.store.backup(join(clone, 'desk.db')).ok).toBe(true);
    await first.get('reception.save', reception(world));
    await until(() => first.store.pendingSummary().entries === 0);
    const { log } = first.store.head();
    await first.close();

    const second = openTestDesk({ folder: clone, world });
    await second.signIn();
    const branched = reception(world);
    await second.get('reception.save', branched);
    await second.close();
    const third = openTestDesk({ folder: clone, world, url: centre.url });
    await third.signIn();
    await until(() => third.store.head().log !== log);
    const after = reception(world);
    await third.get('reception.save', after);
    const held = async (): Promise<string> => (await heldByCentre(centre, third.store.head().log)).map(({ text }) => text).join('');
    await until(async () => (await held()).includes(after.dossier));
    expect(await centre.ask('forks', { log })).toBeGreaterThan(0);
    const view = await third.get('sync.view', {});
    // Nothing waits: the branch is kept to its end, and what happened is said as long as this store lives.
    const leavesAt = third.store.acknowledged(log).seq + 1;
    const told = [{ log, leavesAt, kept: { seq: third.store.head(log).seq, hash: third.store.head(log).hash }, waiting: 0 }];
    expect(view).toMatchObject({ state: 'connected', waiting: { dossiers: 0 }, branches: told, refusals: [] });
    const kept = (await centre.ask('branches', { log })) as { hash: string }[];
    expect(kept.map(({ hash }) => hash)).toEqual(third.store.pending(leavesAt - 1, { entries: 1000, bytes: 10_000_000 }, log).map(({ entry }) => entry.hash));
    await until(async () => (await third.get('sync.view', {})).acknowledged.seq === third.store.head().seq);
    expect((await third.get('sync.view', {})).lastAcknowledgedAt).toBeGreaterThan(world.truth() - 60_000);
    expect((await third.get('dossier.get', { dossier: branched.dossier })).history).toMatchObject([{ sent: true }]);
    await third.close();
    const fourth = openTestDesk({ folder: clone, world, url: centre.url });
    await fourth.signIn();
    const later = reception(world);
    await fourth.get('reception.save', later);
    await until(async () => (await heldByCentre(centre, fourth.store.head().log)).some(({ text }) => text.includes(later.dossier)));
    expect((await fourth.get('sync.view', {})).branches).toEqual(told);
    // The old log is at rest, and its lease died with it.
    expect(fourth.store.ownLogs()).toHaveLength(2);
    expect(await centre.ask('branches', { log })).toEqual(kept);
  }, 60_000);
});
