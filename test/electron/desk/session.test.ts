import { afterEach, describe, expect, it } from '@jest/globals';
import { actions, roles, type Role } from '#shared/access/index.ts';
import { orders } from '#shared/dossier/index.ts';
import { fail } from '#shared/errors/index.ts';
import { channels, isChannel, orderOf, type DeskEvent } from '#shared/ipc/index.ts';
import { handlers } from '#electron/desk/handlers.ts';
import { lockAfter } from '#electron/desk/idle-lock.ts';
import { catalogueRhythm } from '#electron/desk/sync/catalogue.ts';
import { oneMoreWrong, throttleRule, waitLeft } from '#electron/desk/throttle.ts';
import {
  commune, endAll, enrolledFolder, enrolmentCode, heldByCentre, heldTimers, openCentre, openTestDesk, pin, reception, sampleCatalogue, temporaryFolder, until, verifierOf,
  workingDesk, World, type TestDesk,
} from './place.ts';

afterEach(endAll);

describe('the sign-in', () => {
  it('takes the right PIN, no other, and makes whoever tries too often wait, over restarts of program and machine', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const folder = temporaryFolder();
    const first = await workingDesk({ folder, world, url: centre.url, code: await enrolmentCode(centre) });
    await first.get('session.sign-out', {});
    for (let time = 0; time < throttleRule.free; time += 1) {
      expect(await first.call('session.sign-in', { staff: 'mp-02', pin: '0000' })).toEqual(fail('session.wrong-pin'));
    }
    expect(await first.call('session.sign-in', { staff: 'mp-02', pin })).toEqual(fail('session.throttled', { seconds: 30 }));
    // Nobody else is held up.
    expect(await first.call('session.sign-in', { staff: 'mp-01', pin })).toMatchObject({ ok: true, value: { signedIn: { id: 'mp-01' } } });
    expect(await first.call('session.sign-in', { staff: 'no such person', pin })).toEqual(fail('session.wrong-pin'));
    await first.close();

    const second = openTestDesk({ folder, world });
    expect((await second.get('session.view', {})).signedIn).toBeUndefined();
    world.wallOffset = 86_400_000;
    expect(await second.call('session.sign-in', { staff: 'mp-02', pin })).toMatchObject({ ok: false, fault: { code: 'session.throttled' } });
    world.pass(20_000);
    world.reboot();
    expect(await second.call('session.sign-in', { staff: 'mp-02', pin })).toEqual(fail('session.throttled', { seconds: 30 }));
    world.pass(31_000);
    expect(await second.call('session.sign-in', { staff: 'mp-02', pin: '9999' })).toEqual(fail('session.wrong-pin'));
    expect(await second.call('session.sign-in', { staff: 'mp-02', pin })).toEqual(fail('session.throttled', { seconds: 60 }));
    world.pass(61_000);
    expect(await second.call('session.sign-in', { staff: 'mp-02', pin })).toMatchObject({ ok: true });
    expect(await second.call('session.sign-in', { staff: 'mp-02', pin: '1' })).toEqual(fail('session.wrong-pin'));
  }, 60_000);

  it('lets nobody of another agency in', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    expect((await place.get('session.view', {})).staff.map(({ id }) => id).every((id) => id.startsWith('mp-'))).toBe(true);
    expect(await place.call('session.sign-in', { staff: 'dd-01', pin })).toEqual(fail('session.wrong-pin'));
  }, 60_000);

  it('grows the wait and never lets it be negative', () => {
    const now = { wall: 0, uptime: 1000, hrtime: 1000, boot: 'b' };
    let wrong = oneMoreWrong(undefined, now);
    const waits = [waitLeft(wrong, now)];
    for (let time = 1; time < 14; time += 1) {
      wrong = oneMoreWrong(wrong, now);
      waits.push(waitLeft(wrong, now));
    }
    expect(waits.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(waits.slice(4, 7)).toEqual([30_000, 60_000, 120_000]);
    expect(Math.max(...waits)).toBe(throttleRule.most);
    expect(waitLeft(wrong, { ...now, uptime: 1e9 })).toBe(0);
  });
});

describe('who may make which call', () => {
  it('every channel of the desk has a handler, the shell’s have none', () => {
    const names = Object.keys(channels).filter(isChannel);
    expect(names.filter((name) => channels[name].answeredBy === 'desk').filter((name) => !handlers[name])).toEqual([]);
    expect(names.filter((name) => channels[name].answeredBy === 'shell').filter((name) => handlers[name])).toEqual([]);
  });

  const byRole = roles.map((role) => ({ id: `p-${role}`, name: role, agency: commune, roles: [role] }));
  const named = Object.keys(channels).filter(isChannel).filter((name) => channels[name].answeredBy === 'desk');
  const asked = named.flatMap((name) => (channels[name].may === 'anyone' ? [] : [name]));

  /** A desk of whose agency one person of every role is. */
  async function ofEveryRole(): Promise<TestDesk> {
    const world = new World();
    const sample = sampleCatalogue();
    const [some] = sample.staff;
    return openTestDesk({ folder: enrolledFolder(world, { ...sample, staff: byRole.map((person) => ({ ...person, pin: some?.pin })) }), world });
  }

  const codeOf = async (place: TestDesk, name: string): Promise<string> => {
    const outcome = await place.desk.answer(name, undefined);
    return outcome.ok ? 'ok' : outcome.fault.code;
  };

  it.each(roles)('as %s: each channel asks can(), before it looks at what was asked', async (role) => {
    const place = await ofEveryRole();
    await place.get('session.sign-in', { staff: `p-${role}`, pin });
    for (const name of asked) {
      const { may } = channels[name];
      const allowed = may !== 'anyone' && (actions[may] as readonly Role[]).includes(role);
      // Asked wrongly on purpose: whoever may not do it hears only that.
      expect([name, await codeOf(place, name)]).toEqual([name, allowed ? 'message.malformed' : 'access.denied']);
    }
  }, 30_000);

  it('lets nobody through without a sign-in', async () => {
    const place = await ofEveryRole();
    expect(asked.length).toBeGreaterThan(35);
    for (const name of asked) expect([name, await codeOf(place, name)]).toEqual([name, 'session.required']);
    expect(named.filter((name) => !asked.includes(name))).toEqual(['session.view', 'session.sign-in', 'session.sign-out', 'enrol.view', 'enrol.start']);
  });

  it('has every order on its own channel, asked for by its own right', () => {
    // An attachment comes with a file, so its call is none of a plain order.
    expect([...Object.values(orderOf), 'attach'].toSorted()).toEqual(Object.keys(orders).toSorted());
    for (const name of ['attachment.add', 'attachment.add-from'] as const) expect(channels[name].may).toBe(orders.attach.may);
    for (const [name, order] of Object.entries(orderOf)) expect(isChannel(name) && channels[name].may).toBe(orders[order].may);
  });
});

describe('nobody at the desk', () => {
  async function signedIn(): Promise<{ world: World; place: TestDesk; timers: ReturnType<typeof heldTimers>; sessions: DeskEvent[] }> {
    const world = new World();
    const timers = heldTimers();
    const place = openTestDesk({ folder: enrolledFolder(world), world, ports: { timers } });
    const sessions: DeskEvent[] = [];
    await place.signIn('mp-01');
    place.desk.listen((event) => void (event.type === 'session' && sessions.push(event)));
    return { world, place, timers, sessions };
  }

  it('is signed out after five minutes, and the page is told', async () => {
    const { world, place, timers, sessions } = await signedIn();
    expect((await place.get('session.view', {})).lockAfter).toBe(300_000);
    await place.get('draft.save', { key: 'reception', text: 'nửa chừng' });
    world.pass(lockAfter);
    timers.fire(lockAfter);
    expect(sessions).toMatchObject([{ type: 'session', session: { staff: expect.anything() } }]);
    expect(sessions[0]).not.toHaveProperty('session.signedIn');
    expect(await place.call('day.view', {})).toEqual(fail('session.required'));
    await place.signIn('mp-01');
    expect(await place.get('draft.load', { key: 'reception' })).toEqual({ text: 'nửa chừng' });
  });

  it('is signed out even where the timer slept with the machine', async () => {
    const { world, place, sessions } = await signedIn();
    world.pass(lockAfter);
    world.suspended = lockAfter;
    place.desk.power('resume');
    expect(sessions).toHaveLength(1);
    const again = await signedIn();
    again.world.pass(lockAfter);
    expect(await again.place.call('scan.resolve', { text: 'hoa' })).toEqual(fail('session.required'));
  });

  it('is not who works: each call of a person keeps the desk open', async () => {
    const { world, place, timers } = await signedIn();
    for (let minutes = 0; minutes < 12; minutes += 4) {
      world.pass(4 * 60_000);
      await place.get('scan.resolve', { text: 'hoa' });
    }
    timers.fire(lockAfter);
    expect((await place.get('session.view', {})).signedIn).toMatchObject({ id: 'mp-01' });
  });

  it('is not kept in by what the page asks again by itself', async () => {
    const { world, place } = await signedIn();
    const byItself = async (): Promise<void> => {
      await place.call('session.view', {});
      await place.call('sync.view', {});
      await place.call('day.view', {});
      await place.call('dossier.list', { filter: 'open', limit: 50 });
    };
    await byItself();
    world.pass(60_000);
    // A person opens another list.
    await place.get('dossier.list', { filter: 'ready', limit: 50 });
    for (let minutes = 0; minutes < 4; minutes += 1) {
      world.pass(60_000);
      await byItself();
    }
    expect((await place.get('session.view', {})).signedIn).toBeDefined();
    world.pass(60_000);
    await byItself();
    expect((await place.get('session.view', {})).signedIn).toBeUndefined();
  });

  it('is asked by the clock nobody can set', async () => {
    const { world, place } = await signedIn();
    world.wallOffset = 86_400_000;
    expect(await place.call('day.view', {})).toMatchObject({ ok: true });
  });
});

describe('people who change places', () => {
  it('switch at once: the new one acts in their own name, with their own drafts', async () => {
    const world = new World();
    const place = openTestDesk({ folder: enrolledFolder(world), world });
    await place.signIn('mp-01');
    await place.get('draft.save', { key: 'reception', text: 'của Hoa' });
    const first = await place.get('reception.save', reception(world));
    expect(await place.call('session.sign-in', { staff: 'mp-02', pin: '0000' })).toEqual(fail('session.wrong-pin'));
    expect((await place.get('session.view', {})).signedIn).toMatchObject({ id: 'mp-01' });
    expect((await place.get('session.sign-in', { staff: 'mp-02', pin })).signedIn).toMatchObject({ id: 'mp-02' });
    expect(await place.get('draft.load', { key: 'reception' })).toEqual({});
    const second = await place.get('reception.save', reception(world));
    const authorOf = async (dossier: string): Promise<string | undefined> => (await place.get('dossier.get', { dossier })).history[0]?.actorName;
    expect([await authorOf(first.dossier), await authorOf(second.dossier)]).toEqual(['Nguyễn Thị Hoa', 'Hoàng Văn Thắng']);
    expect(place.store.read.history(second.dossier)[0]?.entry.header.actor).toBe('mp-02');
  });

  it('are one person at every desk of their agency; a new PIN reaches all of them', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const [one, two] = [
      await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) }),
      await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) }),
    ];
    for (const place of [one, two]) {
      await place.signIn('mp-02');
      const { dossier } = await place.get('reception.save', reception(world));
      expect(place.store.read.history(dossier)[0]?.entry.header.actor).toBe('mp-02');
      await until(() => place.store.pendingSummary().entries === 0);
    }
    const logs = await Promise.all([one, two].map((place) => heldByCentre(centre, place.store.head().log)));
    expect(logs.map((log) => log.filter(({ text }) => text.includes('"actor":"mp-02"') && text.includes('dossier.received')).length)).toEqual([1, 1]);

    const sample = sampleCatalogue();
    await centre.ask('publish', { catalogue: { ...sample, staff: sample.staff.map((person) => (person.id === 'mp-02' ? { ...person, pin: verifierOf('8642') } : person)) } });
    world.pass(catalogueRhythm.usual);
    for (const place of [one, two]) {
      // The clerk is still signed in with the old one: it was right when it was asked.
      await place.signIn('mp-01');
      const { version } = place.store.catalogue.current() ?? { version: 0 };
      await until(async () => {
        await place.get('sync.now', {});
        return (place.store.catalogue.current()?.version ?? 0) > version;
      });
      expect(await place.call('session.sign-in', { staff: 'mp-02', pin })).toEqual(fail('session.wrong-pin'));
      expect((await place.get('session.sign-in', { staff: 'mp-02', pin: '8642' })).signedIn).toMatchObject({ id: 'mp-02', name: 'Hoàng Văn Thắng' });
    }
  }, 60_000);
});
