import { afterEach, describe, expect, it } from '@jest/globals';
import { instantOf } from '#shared/deadline/index.ts';
import { dayClosedSchema } from '#shared/evidence/index.ts';
import { logKinds, type Entry } from '#shared/log/index.ts';
import { endAll, enrolledFolder, enrolmentCode, openCentre, openTestDesk, pin, reception, temporaryFolder, until, uuid, workingDesk, World, type TestDesk } from './place.ts';

afterEach(endAll);

function entries(place: TestDesk): Entry[] {
  return place.store.pending(0, { entries: 1000, bytes: 1e9 }).map(({ entry }) => entry);
}

async function supervised(): Promise<{ world: World; place: TestDesk; boss: string }> {
  const world = new World();
  const place = openTestDesk({ folder: enrolledFolder(world), world });
  const { staff } = await place.get('session.view', {});
  const boss = staff.find(({ roles }) => roles.includes('supervisor'))?.id ?? '';
  await place.signIn();
  return { world, place, boss };
}

describe('the day’s close', () => {
  it('confirms the log’s end in the supervisor’s name, with what the desk counted; the same act again changes nothing', async () => {
    const { world, place, boss } = await supervised();
    await place.get('reception.save', reception(world));
    await place.signIn(boss);
    const head = place.store.head();
    const order = { act: uuid(world), pin };
    const closed = await place.get('day.close', order);
    const last = entries(place).at(-1)!;
    expect(last.header).toMatchObject({ kind: logKinds.dayClosed, actor: boss, seq: head.seq + 1 });
    expect(dayClosedSchema.parse(last.header.facts)).toMatchObject({ date: '2026-11-24', head: { seq: head.seq, hash: head.hash }, received: 1, returned: 0, unsent: head.seq });
    expect(closed).toMatchObject({ seq: last.header.seq, hash: last.hash, head: { seq: head.seq, hash: head.hash }, received: 1, actsSince: false });
    expect(await place.get('day.close', order)).toEqual(closed);
    expect(entries(place)).toHaveLength(last.header.seq);
    expect((await place.get('day.view', {})).closed).toEqual(closed);
  });

  it('is refused without the right PIN, and after five wrong ones for a while', async () => {
    const { world, place, boss } = await supervised();
    await place.signIn(boss);
    const before = entries(place).length;
    for (let count = 0; count < 5; count += 1) expect(await place.call('day.close', { act: uuid(world), pin: '0000' })).toMatchObject({ ok: false, fault: { code: 'session.wrong-pin' } });
    expect(await place.call('day.close', { act: uuid(world), pin })).toMatchObject({ ok: false, fault: { code: 'session.throttled' } });
    expect(entries(place)).toHaveLength(before);
  });

  it('is a supervisor’s: a clerk is refused, whatever the PIN', async () => {
    const { world, place } = await supervised();
    expect(await place.call('day.close', { act: uuid(world), pin })).toMatchObject({ ok: false, fault: { code: 'access.denied' } });
  });

  it('can be made again after further acts; the day’s page says that there were some, and the last close stands', async () => {
    const { world, place, boss } = await supervised();
    await place.signIn(boss);
    const first = await place.get('day.close', { act: uuid(world), pin });
    await place.get('reception.save', reception(world));
    expect((await place.get('day.view', {})).closed).toMatchObject({ seq: first.seq, actsSince: true });
    const second = await place.get('day.close', { act: uuid(world), pin });
    expect((await place.get('day.view', {})).closed).toEqual(second);
    expect(second).toMatchObject({ received: 1, actsSince: false });
    world.pass(24 * 3_600_000);
    await place.back();
    expect((await place.get('day.view', {})).closed).toBeUndefined();
  });

  it('counts what this desk recorded; what another desk of the agency did is that desk’s to close', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const mine = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    const theirs = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    await mine.get('reception.save', reception(world));
    await mine.signIn('mp-04');
    expect(await mine.get('day.close', { act: uuid(world), pin })).toMatchObject({ received: 1 });
    const { dossier } = await theirs.get('reception.save', reception(world));
    await until(async () => {
      mine.desk.power('resume');
      await new Promise((resolve) => void setTimeout(resolve, 30));
      return mine.store.read.dossier(dossier) !== undefined;
    }, 30_000);
    expect(await mine.get('day.view', {})).toMatchObject({ received: 2, closed: { received: 1, actsSince: false } });
    // An act on their dossier is this desk's own.
    await mine.get('result.mark-ready', { act: uuid(world), dossier, outcome: 'granted', resultCount: 1 });
    expect(await mine.get('day.view', {})).toMatchObject({ closed: { ready: 0, actsSince: true } });
    expect(await mine.get('day.close', { act: uuid(world), pin })).toMatchObject({ received: 1, ready: 1, actsSince: false });
  });

  it('prints the sheet with the log’s end and the close; a day that was not closed has none', async () => {
    const { world, place, boss } = await supervised();
    expect(await place.call('close-sheet.html', { date: '2026-11-24' })).toMatchObject({ ok: false, fault: { code: 'day.not-closed' } });
    await place.get('reception.save', reception(world));
    await place.signIn(boss);
    const closed = await place.get('day.close', { act: uuid(world), pin });
    const { html, title } = await place.get('close-sheet.html', { date: '2026-11-24' });
    expect(title).toBe('Biên bản chốt ngày 24-11-2026');
    for (const hash of [closed.hash, closed.head.hash]) expect(html).toContain(hash.replace(/(.{4})(?=.)/g, '$1 '));
    expect(html).toContain(closed.by);
    expect(html).toContain(place.store.identity()!.log);
    expect(html).not.toContain('Hoàng Thị Ngọc Ánh');
    expect(await place.call('close-sheet.html', { date: '2026-11-23' })).toMatchObject({ ok: false, fault: { code: 'day.not-closed' } });
  });

  it('is asked for once office hours are over, until nothing is left to close', async () => {
    const { world, place, boss } = await supervised();
    await place.get('reception.save', reception(world));
    expect((await place.get('day.view', {})).closeDue).toBeUndefined();
    world.pass(9 * 3_600_000);
    await place.signIn(boss);
    expect((await place.get('day.view', {})).closeDue).toBe(true);
    expect((await place.get('day.view', { date: '2026-11-23' })).closeDue).toBeUndefined();
    await place.get('day.close', { act: uuid(world), pin });
    expect((await place.get('day.view', {})).closeDue).toBeUndefined();
  });

  it('is asked for wherever the clerk is while the line is down, from a quarter of an hour before the office closes', async () => {
    const { world, place, boss } = await supervised();
    await place.get('reception.save', reception(world));
    const needed = async (): Promise<boolean> => {
      const { state, closeNeeded } = await place.get('sync.view', {});
      expect(state).toBe('offline');
      return closeNeeded === true;
    };
    expect(await needed()).toBe(false);
    const closesAt = instantOf('2026-11-24', '17:30');
    world.pass(closesAt - 16 * 60_000 - world.truth());
    await place.back();
    expect(await needed()).toBe(false);
    world.pass(2 * 60_000);
    expect(await needed()).toBe(true);
    await place.signIn(boss);
    await place.get('day.close', { act: uuid(world), pin });
    expect(await needed()).toBe(false);
    await place.get('reception.save', reception(world));
    expect(await needed()).toBe(true);
    // The next morning it is another day, and the one before can no longer be closed.
    world.pass(14 * 3_600_000);
    await place.back();
    expect(await needed()).toBe(false);
  });

  it('is not asked for while the line is up', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    await place.get('reception.save', reception(world));
    world.pass(instantOf('2026-11-24', '17:20') - world.truth());
    await place.back();
    await place.get('reception.save', reception(world));
    await until(async () => (await place.get('sync.view', {})).state === 'connected', 30_000);
    expect((await place.get('sync.view', {})).closeNeeded).toBeUndefined();
  });

  it('says first what the clocks did', async () => {
    const { world, place, boss } = await supervised();
    await place.signIn(boss);
    world.wallOffset += 3 * 3_600_000;
    await place.get('day.close', { act: uuid(world), pin });
    expect(entries(place).slice(-2).map(({ header }) => header.kind)).toEqual([logKinds.clockStepped, logKinds.dayClosed]);
  });
});
