/** The line between desk and centre is cut wherever it hurts: nothing may be lost, nothing may arrive twice. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { dossierKinds } from '#shared/dossier/index.ts';
import { logKinds } from '#shared/log/index.ts';
import type { DeskPorts } from '#electron/desk/ports.ts';
import { realTimers } from '#electron/desk/node-ports.ts';
import { silenceToNote } from '#electron/desk/sync/line-ledger.ts';
import { atEnd, endAll, enrolmentCode, heldByCentre, openCentre, openTestDesk, reception, temporaryFolder, until, uuid, workingDesk, World, type TestCentre, type TestDesk } from './place.ts';

afterEach(endAll);

/** A line that can be cut: for good, or after so many bytes in one direction. */
interface Line {
  readonly url: string;
  /** Cuts everything now and refuses what comes. */
  cut(): void;
  mend(): void;
  /** Each of the next connections is cut after as many bytes as the next number says. */
  cutAfter(plan: readonly { readonly direction: 'up' | 'down'; readonly bytes: number }[]): void;
  readonly cuts: () => number;
}

async function line(target: string): Promise<Line> {
  const { port } = new URL(target);
  const open = new Set<Socket>();
  let whole = true;
  let plan: { direction: 'up' | 'down'; bytes: number }[] = [];
  let cuts = 0;
  const server = createServer((near) => {
    if (!whole) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), '127.0.0.1');
    const limit = plan.shift();
    const counted = { up: 0, down: 0 };
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    const carry = (direction: 'up' | 'down', from: Socket, to: Socket): void => {
      from.on('data', (bytes: Buffer) => {
        const left = limit?.direction === direction ? limit.bytes - counted[direction] : Infinity;
        counted[direction] += bytes.length;
        if (bytes.length < left) to.write(bytes);
        else {
          cuts += 1;
          // What was before the cut arrives, the rest never does.
          to.write(bytes.subarray(0, left), () => setTimeout(end, 5));
          from.pause();
        }
      });
      from.on('close', end);
      from.on('error', end);
      open.add(from);
    };
    carry('up', near, far);
    carry('down', far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      whole = false;
      for (const socket of open) socket.destroy();
    },
    mend() {
      whole = true;
    },
    cutAfter(next) {
      plan = [...next];
    },
    cuts: () => cuts,
  };
}

/** Numbers from a seed (mulberry32), so that a failure can be seen again. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Back-off would make the tests wait; the pauses are shortened, nothing else. */
const quick: Partial<DeskPorts> = { timers: { after: (delay, callback) => realTimers.after(Math.min(delay, 30_000) / 50, callback) } };

async function everythingArrived(place: TestDesk, centre: TestCentre): Promise<void> {
  await until(() => place.store.pendingSummary().entries === 0, 25_000);
  const held = await heldByCentre(centre, place.store.head().log);
  const own = place.store.pending(0, { entries: 100_000, bytes: 1e9 }).map(({ entry }) => entry.hash);
  expect(held.map(({ hash }) => hash)).toEqual(own);
  expect(await centre.ask('forks', { log: place.store.head().log })).toBe(0);
}

function entriesOf(place: TestDesk, kind: string): { seq: number; facts: Readonly<Record<string, unknown>>; uptime: number }[] {
  return place.store.pending(0, { entries: 100_000, bytes: 1e9 }).flatMap(({ entry: { header } }) => (header.kind === kind ? [{ seq: header.seq, facts: header.facts, uptime: header.clock.uptime }] : []));
}

/** Timers that run by the world's time, so that the test can tell how long something took. */
function worldTimers(world: World): DeskPorts['timers'] {
  return {
    after(delay, callback) {
      const due = world.truth() + delay;
      const timer = setInterval(() => {
        if (world.truth() < due) return;
        clearInterval(timer);
        callback();
      }, 2);
      return () => clearInterval(timer);
    },
  };
}

/** Lets the world's time run in steps of a second until something holds; how long that took, seconds. */
async function secondsUntil(world: World, holds: () => Promise<boolean>): Promise<number> {
  for (let seconds = 0; seconds < 600; seconds += 1) {
    if (await holds()) return seconds;
    world.pass(1_000);
    // Real time for what the desk and the centre do in that second, also on a machine at work.
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }
  throw new Error('it did not become true within ten minutes of the world’s time');
}

describe('the network bar', () => {
  it('turns to offline within half a minute of a cut that nobody touches, and back soon after', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const road = await line(centre.url);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: road.url, code: await enrolmentCode(centre), ports: { timers: worldTimers(world) } });
    const state = async (): Promise<string> => {
      await place.back();
      return (await place.get('sync.view', {})).state;
    };
    await secondsUntil(world, () => Promise.resolve(place.store.pendingSummary().entries === 0));
    const shown: string[] = [];
    place.desk.listen((event) => void (event.type === 'sync' && shown.push(event.sync.state)));
    for (const lossesBefore of [0, 1]) {
      expect(await state()).toBe('connected');
      const { lastAnswerAt = 0 } = await place.get('sync.view', {});
      road.cut();
      const cutAt = world.read().uptime;
      expect(await secondsUntil(world, async () => (await state()) === 'offline')).toBeLessThanOrEqual(30);
      expect(shown.at(-1)).toBe('offline');
      const away = await place.get('sync.view', {});
      expect(away.offlineSince).toBe(away.lastAnswerAt);
      expect(away.lastAnswerAt).toBeGreaterThanOrEqual(lastAnswerAt);
      expect(away.nextAttemptAt).toBeDefined();
      await secondsUntil(world, () => Promise.resolve(entriesOf(place, logKinds.linkLost).length > lossesBefore));
      const lost = entriesOf(place, logKinds.linkLost).at(-1);
      // The entry says when the last answer came: before the cut, and at most one heartbeat before it.
      expect(lost?.facts['lastAnswerUptime']).toBeGreaterThanOrEqual(cutAt - 21_000);
      // An answer under way at the cut may still come in the first step; the world's time runs on by real time between steps.
      expect(lost?.facts['lastAnswerUptime']).toBeLessThanOrEqual(cutAt + 1_500);
      expect(Number(lost?.uptime) - Number(lost?.facts['lastAnswerUptime'])).toBeGreaterThanOrEqual(silenceToNote[lossesBefore] ?? 0);
      road.mend();
      // Asked each 15 seconds while it is silent; an answer may take a busy machine some steps of the world's time more.
      expect(await secondsUntil(world, async () => (await state()) === 'connected')).toBeLessThanOrEqual(30);
      await secondsUntil(world, () => Promise.resolve(entriesOf(place, logKinds.linkRestored).length === lossesBefore + 1));
    }
    expect(entriesOf(place, logKinds.linkLost)).toHaveLength(2);
    expect(place.reports).toEqual([]);
  }, 90_000);

  it('keeps a flapping line from filling the log, and still notes the long outage after it', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const road = await line(centre.url);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: road.url, code: await enrolmentCode(centre), ports: { timers: worldTimers(world) } });
    const state = async (): Promise<string> => {
      await place.back();
      return (await place.get('sync.view', {})).state;
    };
    for (let flap = 0; flap < 12; flap += 1) {
      await secondsUntil(world, async () => (await state()) === 'connected');
      road.cut();
      await secondsUntil(world, async () => (await state()) === 'offline');
      for (let passed = 0; passed < 45; passed += 15) {
        world.pass(15_000);
        await new Promise((resolve) => void setTimeout(resolve, 30));
      }
      road.mend();
    }
    const noted = entriesOf(place, logKinds.linkLost).length;
    expect(noted).toBeGreaterThanOrEqual(2);
    expect(noted).toBeLessThanOrEqual(4);
    await secondsUntil(world, async () => (await state()) === 'connected');
    road.cut();
    await secondsUntil(world, async () => (await state()) === 'offline');
    world.pass(2 * 3_600_000);
    await secondsUntil(world, () => Promise.resolve(entriesOf(place, logKinds.linkLost).length === noted + 1));
    const evidence = place.store.pending(0, { entries: 100_000, bytes: 1e9 }).filter(({ entry }) => entry.header.dossier === undefined).length;
    expect(evidence).toBeLessThanOrEqual(40);
  }, 90_000);
});

describe('a line that is cut', () => {
  it('in the middle of requests and answers: every entry arrives once', async () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
    process.stdout.write(`seed of the cuts: ${seed}\n`);
    const random = numbers(seed);
    const world = new World();
    const centre = await openCentre(world);
    const road = await line(centre.url);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: road.url, code: await enrolmentCode(centre), ports: quick });
    await until(() => place.store.pendingSummary().entries === 0);

    for (let round = 0; round < 6; round += 1) {
      road.cut();
      for (let count = 0; count < 12; count += 1) await place.get('reception.save', reception(world));
      road.cutAfter(Array.from({ length: 4 }, () => ({ direction: random() < 0.5 ? 'up' as const : 'down' as const, bytes: Math.floor(random() * 3_000) })));
      road.mend();
      await until(async () => {
        await place.get('sync.now', {});
        return place.store.pendingSummary().entries === 0;
      }, 25_000);
    }
    expect(road.cuts()).toBeGreaterThanOrEqual(6);
    await everythingArrived(place, centre);
    expect((await heldByCentre(centre, place.store.head().log)).filter(({ text }) => text.includes(`"${dossierKinds.received}"`))).toHaveLength(72);
    expect(place.reports).toEqual([]);
  }, 90_000);

  it('says so at once, works on, notes loss and return in the log, and sends all when it is back', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const road = await line(centre.url);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: road.url, code: await enrolmentCode(centre), ports: quick });
    await until(() => place.store.pendingSummary().entries === 0);
    expect((await place.get('sync.view', {})).state).toBe('connected');

    road.cut();
    const first = reception(world);
    await place.get('reception.save', first);
    await until(async () => (await place.get('sync.view', {})).state === 'offline');
    world.pass(silenceToNote[0]);
    await place.back();
    await until(() => place.store.pending(0, { entries: 1000, bytes: 1e9 }).some(({ entry }) => entry.header.kind === logKinds.linkLost));
    const away = await place.get('sync.view', {});
    expect(away.waiting).toMatchObject({ dossiers: 1 });
    expect(away.waiting.oldestAt).toBeDefined();
    expect(away.offlineSince).toBe(away.lastAnswerAt);
    expect(away.acknowledged.seq).toBeLessThan(away.head.seq);
    expect((await place.get('dossier.get', { dossier: first.dossier })).history).toMatchObject([{ sent: false }]);
    world.pass(40 * 3_600_000);
    await place.back();
    await place.get('return.save', { act: uuid(world), dossier: first.dossier, method: 'counter', receiver: 'applicant', receiptShown: true });

    road.mend();
    await place.get('sync.now', {});
    await everythingArrived(place, centre);
    await until(async () => (await place.get('sync.view', {})).state === 'connected');
    const kinds = place.store.pending(0, { entries: 1000, bytes: 1e9 }).map(({ entry }) => entry.header.kind);
    expect(kinds.filter((kind) => kind === logKinds.linkLost)).toHaveLength(1);
    expect(kinds.filter((kind) => kind === logKinds.linkRestored)).toHaveLength(1);
    expect(kinds.indexOf(logKinds.linkLost)).toBeLessThan(kinds.indexOf(logKinds.linkRestored));
  }, 60_000);

  it('keeps unsent work over a restart, and over a centre that was killed', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const folder = temporaryFolder();
    const place = await workingDesk({ folder, world, url: centre.url, code: await enrolmentCode(centre), ports: quick });
    await until(() => place.store.pendingSummary().entries === 0);
    await centre.kill();
    const orders = Array.from({ length: 5 }, () => reception(world));
    for (const order of orders) await place.get('reception.save', order);
    await place.close();

    const again = openTestDesk({ folder, world, url: centre.url, ports: quick });
    await again.signIn();
    const view = await again.get('sync.view', {});
    expect(view).toMatchObject({ state: 'offline', waiting: { dossiers: 5 } });
    expect(view.lastAnswerAt).toBeDefined();
    const back = await openCentre(world, { folder: centre.folder, port: Number(new URL(centre.url).port) });
    await again.get('sync.now', {});
    await everythingArrived(again, back);
    const { lines } = await again.get('day.view', {});
    expect(new Set(lines.map(({ id }) => id))).toEqual(new Set(orders.map(({ dossier }) => dossier)));
    expect(lines.every(({ sent }) => sent)).toBe(true);
  }, 60_000);

  it('sends nothing to a centre that does not hold the pinned key', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const folder = temporaryFolder();
    const place = await workingDesk({ folder, world, url: centre.url, code: await enrolmentCode(centre) });
    await until(() => place.store.pendingSummary().entries === 0);
    await place.close();
    const other = await openCentre(world);
    // Another centre under the same address: this desk's key is unknown there, and it gets nothing.
    const lured = openTestDesk({ folder, world, url: other.url, ports: quick });
    const told = new Set<string>();
    lured.desk.listen((event) => void (event.type === 'sync' && event.sync.refusals.forEach(({ fault }) => told.add(fault.code))));
    await lured.signIn();
    await lured.get('reception.save', reception(world));
    await until(() => told.has('log.unknown'));
    expect(await heldByCentre(other, lured.store.head().log)).toEqual([]);
    await lured.close();
    // A code for one centre and the key of another: refused before anything is kept.
    const refused = openTestDesk({ folder: temporaryFolder(), world, url: other.url, code: await enrolmentCode(other), pinnedKey: centre.key, ports: quick });
    refused.desk.listen((event) => void (event.type === 'sync' && event.sync.refusals.forEach(({ fault }) => told.add(fault.code))));
    await until(() => told.has('centre.wrong-key'));
    expect(refused.desk.log()).toBeUndefined();
  }, 60_000);

  it('waits for the administrator who has to approve the installation, and says so', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const place = openTestDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre, false), pinnedKey: centre.key, ports: quick });
    const events: string[] = [];
    place.desk.listen((event) => void (event.type === 'sync' && events.push(...event.sync.refusals.map(({ fault }) => fault.code))));
    await until(() => events.includes('enrol.pending'));
    expect((await place.get('session.view', {})).banners).toContain('not-enrolled');
    await centre.ask('approve');
    await until(() => place.store.catalogue.current() !== undefined);
    await place.signIn();
    await until(async () => (await place.get('sync.view', {})).refusals.length === 0 && place.store.pendingSummary().entries === 0);
  }, 60_000);

  it('goes on sending while the centre has no synchronised clock, without anchors', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre), ports: quick });
    await until(() => place.store.pendingSummary().entries === 0);
    await centre.ask('synchronised', { on: false });
    const before = place.store.anchors.latest()?.number;
    await place.get('reception.save', reception(world));
    await until(() => place.store.pendingSummary().entries === 0);
    expect(place.store.anchors.latest()?.number).toBe(before);
    expect((await place.get('sync.view', {})).refusals.map(({ fault }) => fault.code)).toEqual(['centre.unsynchronised']);
  }, 60_000);
});
