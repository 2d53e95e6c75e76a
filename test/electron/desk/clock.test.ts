import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from '@jest/globals';
import { bootOf, type BootRecord } from '#electron/desk/boot.ts';
import { clockWatch } from '#electron/desk/clock-watch.ts';
import { alignedClock, thisMachine, type Machine } from '#electron/desk/clock.ts';
import { injectedClock, injectedTimers } from '#electron/desk/injected-clock.ts';
import { nodeRandom } from '#db/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { clockReading, logKinds } from '#shared/log/index.ts';
import { endAll, enrolmentCode, noLine, openCentre, openTestDesk, reception, temporaryFolder, until, workingDesk, World } from './place.ts';

afterEach(endAll);

/** A machine whose monotonic clock moves a little with every look, and whose uptime is rounded down. */
function machine(granularity: number): Machine & { sleep(milliseconds: number): void; run(milliseconds: number): void; truth(): number } {
  let monotonic = 5_000.25;
  let slept = 777;
  const step = (): number => (monotonic += 0.01);
  return {
    granularity,
    wall: () => 1_790_000_000_000,
    monotonic: step,
    coarseUptime: () => Math.floor((step() + slept) / granularity) * granularity,
    sleep: (milliseconds) => void (slept += milliseconds),
    run: (milliseconds) => void (monotonic += milliseconds),
    truth: () => monotonic + slept,
  };
}

describe('the aligned clock', () => {
  it('has an uptime as fine as the monotonic time, through runs and suspends', () => {
    fc.assert(fc.property(fc.array(fc.record({ run: fc.integer({ min: 0, max: 100_000 }), sleep: fc.oneof(fc.constant(0), fc.integer({ min: 500, max: 10_000_000 })) }), { maxLength: 20 }), (story) => {
      const own = machine(10);
      const clock = alignedClock(own, 'b');
      let last = clock.read();
      for (const { run, sleep } of story) {
        own.run(run);
        own.sleep(sleep);
        const now = clock.read();
        expect(Math.abs(now.uptime - own.truth())).toBeLessThan(0.2);
        expect(now.uptime).toBeGreaterThanOrEqual(last.uptime);
        expect(Math.abs(now.uptime - last.uptime - (now.hrtime - last.hrtime) - sleep)).toBeLessThan(0.2);
        last = now;
      }
    }));
  });

  it('reads this machine without contradicting itself', () => {
    const clock = alignedClock(thisMachine(), 'b');
    const samples = Array.from({ length: 50 }, () => clock.read());
    const apart = samples.map(({ uptime, hrtime }) => uptime - hrtime);
    expect(Math.max(...apart) - Math.min(...apart)).toBeLessThan(1);
  });
});

describe('the boot id', () => {
  const record: BootRecord = { boot: 'first', identity: '0x1f', uptime: 100_000, hrtime: 100_000 };

  it('is the system’s own where that proves the boot', () => {
    expect(bootOf({ identity: 'uuid', uptime: 5, hrtime: 5, proves: true }, record, nodeRandom).boot).toBe('uuid');
  });

  it('goes on only where identity, uptime and monotonic time all go on', () => {
    const at = (change: object): string => bootOf({ identity: '0x1f', uptime: 160_000, hrtime: 160_000, proves: false, ...change }, record, nodeRandom).boot;
    expect(at({})).toBe('first');
    expect(at({ identity: '0x20' })).not.toBe('first');
    expect(at({ identity: undefined })).not.toBe('first');
    expect(at({ uptime: 90_000 })).not.toBe('first');
    expect(at({ hrtime: 90_000 })).not.toBe('first');
    expect(at({ uptime: 900_000 })).not.toBe('first');
    expect(bootOf({ identity: '0x1f', uptime: 1, hrtime: 1, proves: false }, undefined, nodeRandom).boot).toHaveLength(22);
  });
});

describe('the clock watch', () => {
  const reading = (wall: number, uptime: number, hrtime = uptime, boot = 'b'): ReturnType<typeof clockReading> => clockReading({ wall, uptime, hrtime, boot }, null);

  it('tells a step and a suspend, once', () => {
    const watch = clockWatch(reading(1_000_000, 1_000), true);
    const stepped = reading(1_000_000 - 7_200_000 + 60_000, 61_000);
    expect(watch.look(stepped)).toMatchObject([{ kind: logKinds.clockStepped, facts: { by: -7_200_000 } }]);
    // Not recorded yet, so it is still there.
    expect(watch.look(stepped)).toHaveLength(1);
    watch.seen(stepped);
    expect(watch.look(stepped)).toEqual([]);
    expect(watch.look({ ...stepped, wall: stepped.wall + 600_000, uptime: stepped.uptime + 600_000 })).toMatchObject([{ kind: logKinds.clockSuspended, facts: { suspended: 600_000, noticedBy: 'clocks' } }]);
  });

  it('takes the system’s word and a silent sampler’s where the clocks show nothing', () => {
    const watch = clockWatch(reading(0, 0), false);
    const later = reading(100_000, 100_000);
    expect(watch.look(later)).toEqual([]);
    expect(watch.look(later, true)).toMatchObject([{ facts: { suspended: 0, noticedBy: 'system' } }]);
    watch.seen(later);
    expect(watch.look(reading(200_000, 200_000))).toMatchObject([{ facts: { noticedBy: 'sampler' } }]);
    expect(watch.look(reading(110_000, 110_000))).toEqual([]);
    expect(watch.look(reading(0, 0, 0, 'another boot'))).toEqual([]);
  });
});

describe('the injected clock', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quay-clock-'));
  const file = join(folder, 'clock.json');
  const write = (trueAt: number, rate: number): void =>
    writeFileSync(file, JSON.stringify({ v: 1, realAt: Date.now(), trueAt, rate, machines: { desk: { wallOffset: -1_000, boot: 'x', bootedAt: 0, suspended: 5 } } }));

  it('reads anew, keeps the last good state, and drives timers', async () => {
    expect(() => injectedClock(join(folder, 'none')).read()).toThrow('internal.unexpected');
    write(1_000_000, 1);
    const clock = injectedClock(file);
    const { wall, uptime, hrtime, boot } = clock.read();
    expect([Math.round(uptime - wall), Math.round(uptime - hrtime), boot]).toEqual([1_000, 5, 'x']);
    writeFileSync(file, '{"half');
    expect(clock.read().uptime).toBeGreaterThanOrEqual(uptime);
    write(2_000_000, 1);
    let fired = false;
    injectedTimers(clock).after(3_600_000, () => (fired = true));
    const cancelled = injectedTimers(clock).after(1, () => {
      throw new Error('it was cancelled');
    });
    cancelled();
    await new Promise((resolve) => void setTimeout(resolve, 120));
    expect(fired).toBe(false);
    write(6_000_000, 1);
    await until(() => fired);
    rmSync(folder, { recursive: true });
  });
});

describe('a desk whose wall clock says 2010', () => {
  it('enrols, syncs and works by anchor from the first moment', async () => {
    const world = new World();
    world.wallOffset = Date.UTC(2010, 0, 1) - world.truth();
    const centre = await openCentre(world);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    const order = reception(world);
    const { at } = await place.get('reception.save', order);
    expect(Math.abs(at - world.truth())).toBeLessThan(10_000);
    await until(() => place.store.pendingSummary().entries === 0);
    expect((await place.get('sync.view', {})).refusals).toEqual([]);
  }, 60_000);

  it('after a start without a line asks the clerk once, works on the confirmed time, and syncs later', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const folder = temporaryFolder();
    const first = await workingDesk({ folder, world, url: centre.url, code: await enrolmentCode(centre) });
    await first.get('reception.save', reception(world));
    await until(() => first.store.pendingSummary().entries === 0);
    await first.close();

    world.pass(15 * 3_600_000);
    world.reboot(Date.UTC(2010, 0, 1));
    const alone = openTestDesk({ folder, world, ports: { transport: noLine } });
    await alone.signIn();
    expect(await alone.call('reception.preview', { procedure: '1.001193' })).toMatchObject({ ok: false, fault: { code: 'clock.confirm-needed' } });
    expect(await alone.call('reception.save', reception(world))).toMatchObject({ ok: false, fault: { code: 'clock.confirm-needed', params: { wall: expect.stringContaining('2010') } } });
    const head = alone.store.head().seq;
    await alone.get('clock.confirm', { at: world.truth() });
    expect(alone.store.head().seq).toBe(head + 1);
    const order = reception(world);
    const { at } = await alone.get('reception.save', order);
    expect(Math.abs(at - world.truth())).toBeLessThan(10_000);
    expect((await alone.get('dossier.get', { dossier: order.dossier })).state.received?.timeSource).toBe('confirmed');
    await alone.close();

    const back = openTestDesk({ folder, world, url: centre.url });
    await back.signIn();
    await until(() => back.store.pendingSummary().entries === 0);
    const kinds = back.store.pending(0, { entries: 100, bytes: 1e9 }).map(({ entry }) => entry.header.kind);
    expect(kinds.filter((kind) => kind === logKinds.clockConfirmed)).toHaveLength(1);
    expect(kinds.filter((kind) => kind === dossierKinds.received)).toHaveLength(2);
  }, 60_000);

  it('notes a clock that was set back while the desk runs, and is not led astray by it', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    world.pass(3_600_000);
    await place.back();
    world.wallOffset = -26 * 3_600_000;
    const { at } = await place.get('reception.save', reception(world));
    expect(Math.abs(at - world.truth())).toBeLessThan(10_000);
    const entries = place.store.pending(0, { entries: 100, bytes: 1e9 }).map(({ entry }) => entry);
    const step = entries.find(({ header }) => header.kind === logKinds.clockStepped);
    const act = entries.find(({ header }) => header.kind === dossierKinds.received);
    expect(step?.header.act).toBe(act?.header.act);
    expect(Number(step?.header.facts['by'])).toBeLessThan(-25 * 3_600_000);
    expect(step && act && step.header.seq < act.header.seq).toBe(true);
  }, 60_000);
});
