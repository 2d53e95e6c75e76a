/** Desks of one office hear each other while the line to the centre is down, and write down what the others had by then. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { neighbourRhythm } from '#electron/desk/neighbours.ts';
import { officeNetwork } from '#electron/desk/multicast.ts';
import type { DeskPorts, Neighbourhood } from '#electron/desk/ports.ts';
import { httpTransport, LineError } from '#electron/desk/sync/transport.ts';
import { siblingKeys } from '#electron/desk/sync/siblings.ts';
import { headWitnessedSchema, type HeadWitnessed } from '#shared/evidence/index.ts';
import { logKinds } from '#shared/log/index.ts';
import { readAnnouncement, writeAnnouncement } from '#shared/sync/index.ts';
import { commune, endAll, openCentre, openTestDesk, reception, temporaryFolder, until, World, type TestCentre, type TestDesk } from './place.ts';

afterEach(endAll);

/** An office's network in memory: everybody hears everybody, the speaker too. */
class Office {
  readonly said: Uint8Array[] = [];
  private readonly ears = new Set<(bytes: Uint8Array) => void>();
  readonly neighbourhood: Neighbourhood = (heard) => {
    this.ears.add(heard);
    return { say: (bytes) => this.say(bytes), close: () => void this.ears.delete(heard) };
  };

  say(bytes: Uint8Array): void {
    this.said.push(bytes);
    for (const ear of this.ears) ear(bytes);
  }
}

/** Timers of the neighbours alone, fired by hand; all others are real. */
function heldTimers(): DeskPorts['timers'] & { fire(delay: number): void } {
  const held = new Set<{ delay: number; run: () => void }>();
  return {
    after(delay, run) {
      if (delay !== neighbourRhythm.announce && delay !== neighbourRhythm.afterAct) {
        const timer = setTimeout(run, delay);
        return () => clearTimeout(timer);
      }
      const timer = { delay, run };
      held.add(timer);
      return () => void held.delete(timer);
    },
    fire(delay) {
      for (const timer of [...held].filter((one) => one.delay === delay)) {
        held.delete(timer);
        timer.run();
      }
    },
  };
}

interface Neighbour extends TestDesk {
  readonly timers: ReturnType<typeof heldTimers>;
  readonly line: { cut: boolean };
  witnessed(): HeadWitnessed[];
}

async function neighbour(centre: TestCentre, world: World, office: Office, agency: string = commune): Promise<Neighbour> {
  const timers = heldTimers();
  const line = { cut: false };
  const transport: DeskPorts['transport'] = (url, pins) => {
    const real = httpTransport(url, pins);
    return { close: () => real.close(), exchange: (request) => (line.cut ? Promise.reject(new LineError('unreachable')) : real.exchange(request)) };
  };
  const code = String(await centre.ask('code', { agency, approves: true }));
  const place = openTestDesk({ folder: temporaryFolder(), world, url: centre.url, code, ports: { transport, timers, neighbourhood: office.neighbourhood } });
  const desk: Neighbour = {
    ...place, timers, line,
    witnessed: () => place.store.pending(0, { entries: 1000, bytes: 1e9 }).filter(({ entry }) => entry.header.kind === logKinds.headWitnessed).map(({ entry }) => headWitnessedSchema.parse(entry.header.facts)),
  };
  await until(() => place.store.catalogue.current() !== undefined);
  return desk;
}

/** Two desks of an agency that know of each other, and one of another agency. */
async function office(): Promise<{ world: World; network: Office; first: Neighbour; second: Neighbour; stranger: Neighbour }> {
  const world = new World();
  const centre = await openCentre(world);
  const network = new Office();
  const first = await neighbour(centre, world, network);
  const second = await neighbour(centre, world, network);
  const stranger = await neighbour(centre, world, network, 'ls-dong-dang');
  await until(() => siblingKeys(second.store).length === 1);
  for (const desk of [first, second, stranger]) await until(() => desk.store.pendingSummary().entries === 0);
  for (const desk of [first, second, stranger]) {
    desk.line.cut = true;
    // Whom it may believe it looks up each half minute.
    desk.timers.fire(neighbourRhythm.announce);
  }
  await first.signIn();
  return { world, network, first, second, stranger };
}

describe('desks of one office', () => {
  it('write down what a sibling had, once, with the sibling’s own signature; a stranger does not', async () => {
    const { world, network, first, second, stranger } = await office();
    await first.get('reception.save', reception(world));
    const act = first.store.head();
    first.timers.fire(neighbourRhythm.afterAct);
    expect(second.witnessed()).toMatchObject([{ log: act.log, seq: act.seq, hash: act.hash }]);
    for (let times = 0; times < 5; times += 1) first.timers.fire(neighbourRhythm.announce);
    expect(network.said.length).toBeGreaterThan(3);
    expect(second.witnessed()).toHaveLength(1);
    expect(stranger.witnessed()).toEqual([]);
    expect(first.witnessed()).toEqual([]);
    // A witness's own entry is no act: nobody has to witness it in turn.
    second.timers.fire(neighbourRhythm.announce);
    expect(first.witnessed()).toEqual([]);
  });

  it('say nothing that the centre has, and nothing about a person', async () => {
    const { world, network, first } = await office();
    first.timers.fire(neighbourRhythm.announce);
    expect(network.said).toEqual([]);
    await first.get('reception.save', reception(world));
    first.timers.fire(neighbourRhythm.afterAct);
    expect(network.said).toHaveLength(1);
    expect(Object.keys(readAnnouncement(network.said[0]!) ?? {}).sort()).toEqual(['hash', 'key', 'log', 'seq', 'signature', 'v']);
    first.line.cut = false;
    first.desk.power('resume');
    await until(() => first.store.pendingSummary().entries === 0);
    first.timers.fire(neighbourRhythm.announce);
    expect(network.said).toHaveLength(1);
  });

  it('take only the newest after a while, so that no sibling fills another’s log', async () => {
    const { world, first, second } = await office();
    const heads = [];
    for (let acts = 0; acts < 4; acts += 1) {
      await first.get('reception.save', reception(world));
      first.timers.fire(neighbourRhythm.afterAct);
      heads.push(first.store.head().seq);
    }
    expect(second.witnessed().map(({ seq }) => seq)).toEqual([heads[0]]);
    world.pass(neighbourRhythm.again);
    second.timers.fire(neighbourRhythm.announce);
    expect(second.witnessed().map(({ seq }) => seq)).toEqual([heads[0], heads[3]]);
    for (let round = 0; round < 2 * neighbourRhythm.daily; round += 1) {
      world.pass(neighbourRhythm.again / 2);
      await first.back();
      await first.get('reception.save', reception(world));
      first.timers.fire(neighbourRhythm.afterAct);
    }
    expect(second.witnessed().length).toBeLessThanOrEqual(neighbourRhythm.daily);
    world.pass(24 * 3_600_000);
    second.timers.fire(neighbourRhythm.announce);
    expect(second.witnessed().at(-1)?.seq).toBe(first.store.head().seq);
  });

  it('believe neither a foreign key nor a changed head nor noise', async () => {
    const { world, network, first, second, stranger } = await office();
    await stranger.signIn();
    await stranger.get('reception.save', reception(world));
    stranger.timers.fire(neighbourRhythm.afterAct);
    expect(second.witnessed()).toEqual([]);
    await first.get('reception.save', reception(world));
    second.timers.fire(neighbourRhythm.announce);
    first.timers.fire(neighbourRhythm.afterAct);
    const honest = readAnnouncement(network.said.at(-1)!)!;
    expect(second.witnessed()).toHaveLength(1);
    world.pass(neighbourRhythm.again);
    const own = readAnnouncement(network.said[0]!)!;
    network.say(writeAnnouncement({ ...honest, seq: honest.seq + 1 }));
    network.say(writeAnnouncement({ ...honest, hash: 'a'.repeat(64), seq: honest.seq + 1 }));
    network.say(writeAnnouncement({ ...own, seq: own.seq + 1, key: honest.key }));
    network.say(Buffer.from('\u0000\u0001rubbish'));
    network.say(Buffer.alloc(70_000));
    second.timers.fire(neighbourRhythm.announce);
    expect(second.witnessed()).toHaveLength(1);
    expect(second.reports).toEqual([]);
  });
});

describe('the office’s network', () => {
  it('carries an announcement from one program to another by multicast', async () => {
    const group = { address: '239.255.77.67', port: 40_000 + Math.floor(Math.random() * 20_000) };
    const reports: string[] = [];
    const heard: string[] = [];
    const one = officeNetwork((line) => reports.push(line), group)(() => undefined);
    const other = officeNetwork((line) => reports.push(line), group)((bytes) => heard.push(Buffer.from(bytes).toString()));
    try {
      await until(() => {
        one.say(Buffer.from('xin chào'));
        return heard.length > 0;
      });
    } finally {
      one.close();
      other.close();
    }
    expect(heard[0]).toBe('xin chào');
    expect(reports).toEqual([]);
  });
});
