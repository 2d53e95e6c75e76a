import { afterEach, describe, expect, it } from '@jest/globals';
import { actions, can } from '#shared/access/index.ts';
import { fail } from '#shared/errors/index.ts';
import { channels, isChannel } from '#shared/ipc/index.ts';
import { handlers } from '#electron/desk/handlers.ts';
import { oneMoreWrong, throttleRule, waitLeft } from '#electron/desk/throttle.ts';
import { endAll, enrolmentCode, openCentre, openTestDesk, pin, sampleCatalogue, temporaryFolder, workingDesk, World } from './place.ts';

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

  it('asks can() for each channel and each person of the desk, and lets nobody through without sign-in', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    const names = Object.keys(channels).filter(isChannel).filter((name) => channels[name].answeredBy === 'desk' && channels[name].may !== 'anyone');
    expect(names.length).toBeGreaterThan(12);
    const uuid = '019ab000-0000-7000-8000-000000000000';
    const applicant = { kind: 'citizen', fullName: 'A', idNumber: '', address: '' };
    const requests: Record<string, unknown> = {
      'scan.resolve': { text: 'x' }, 'procedure.search': { text: 'x' }, 'reception.preview': { procedure: 'x' }, 'dossier.get': { dossier: uuid }, 'dossier.by-code': { code: 'x' }, 'dossier.fetch': { code: 'x' },
      'reception.save': { act: uuid, dossier: uuid, procedure: 'x', personal: { applicant }, papers: [], sets: 1, channel: 'counter' },
      'result.mark-ready': { act: uuid, dossier: uuid, outcome: 'granted', resultCount: 1 },
      'return.save': { act: uuid, dossier: uuid, method: 'counter', receiver: 'applicant', receiptShown: true },
      'dossier.list': { filter: 'all', limit: 1 }, 'day.view': {}, 'draft.save': { key: 'k', text: 't' }, 'draft.load': { key: 'k' }, 'draft.remove': { key: 'k' },
      'sync.view': {}, 'sync.now': {}, 'clock.confirm': { at: world.truth() }, 'receipt.html': { dossier: uuid },
    };
    const codeOf = async (name: string): Promise<string> => {
      const outcome = await place.desk.answer(name, requests[name]);
      return outcome.ok ? 'ok' : outcome.fault.code;
    };
    for (const person of sampleCatalogue().staff.filter(({ agency }) => agency === 'ls-mai-pha')) {
      await place.get('session.sign-in', { staff: person.id, pin });
      for (const name of names) {
        const { may } = channels[name];
        const allowed = may !== 'anyone' && can(person, may, { agency: person.agency });
        expect([person.id, name, (await codeOf(name)) === 'access.denied']).toEqual([person.id, name, !allowed]);
      }
    }
    await place.get('session.sign-out', {});
    for (const name of names) expect([name, await codeOf(name)]).toEqual([name, 'session.required']);
    expect(Object.keys(actions)).toContain('dossier.receive');
  }, 60_000);
});
