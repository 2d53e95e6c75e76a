import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { agencyWanted, orderTransfer } from '#central/enrolment/index.ts';
import type { OrderName } from '#shared/dossier/index.ts';
import { Chance } from '../simulation/chance.ts';
import { catalogueOf, type OfficePlan } from '../simulation/province.ts';
import { hour, minute, second, VirtualTime } from '../simulation/virtual-time.ts';
import { MortalCentre } from './centre.ts';
import { MortalDesk } from './desk.ts';
import { findings, type Given } from './sync-check.ts';
import { Weather } from './weather.ts';

/** What one run lived through, and what was wrong in the end (nothing, if all is well). */
export interface SyncRun {
  readonly seed: number;
  readonly wrong: readonly string[];
  readonly acts: number;
  readonly deskDeaths: number;
  readonly centreDeaths: number;
  readonly restores: number;
  /** How often a desk went to the other agency. */
  readonly moves: number;
  /** How long it took to drain, virtual milliseconds. */
  readonly drained: number;
}

export interface SyncRunOptions {
  /** In a folder that lives in memory, if there is one. */
  readonly folder: string;
  /** A mistake put in on purpose: the desk tells its clerk before the commit. */
  readonly mistake?: 'told-before-commit' | undefined;
}

const start = Date.UTC(2026, 10, 24, 1, 0, 0);
/** How long a run may take to drain once all is calm. */
const patience = 4 * hour;

function planOf(agency: string): OfficePlan {
  return { agency, level: 'commune', line: `line-${agency}`, clerk: `${agency}-1`, supervisor: `${agency}-2`, perDay: 1 };
}

/** Some desks of two agencies and their centre work for a quarter of an hour or so while everything fails, and then come to rest. */
export async function syncRun(seed: number, options: SyncRunOptions): Promise<SyncRun> {
  const chance = new Chance(seed);
  const folder = join(options.folder, `run-${seed}`);
  mkdirSync(folder, { recursive: true });
  const world = new VirtualTime(start);
  const plans = [planOf('c-1'), planOf('c-2')];
  const centre = await MortalCentre.open(world, chance.apart('centre'), folder, catalogueOf(plans));
  const weather = new Weather(chance.apart('weather'));
  const desks = plans.flatMap(({ agency }, index) => Array.from({ length: index === 0 ? chance.whole(2, 3) : chance.whole(0, 1) }, (_, number) => (
    new MortalDesk({ world, chance: chance.apart(`${agency} ${number}`), weather, centre, folder, name: `${agency}-${number}`, agency })
  )));
  const given: Given[] = [];
  const wrong: string[] = [];
  try {
    weather.calm = true;
    for (const desk of desks) desk.start(await centre.code(desk.options.agency, desk.options.name));
    await world.run(world.now + 2 * minute);
    weather.calm = false;
    await trouble();
    const drained = await drain();
    if (drained === undefined) wrong.push('stuck: something still waits after hours of calm');
    else wrong.push(...(await findings(centre.foundation, desks, given)));
    return {
      seed, wrong, acts: given.length, centreDeaths: centre.deaths, drained: drained ?? patience,
      moves: desks.reduce((sum, { moves }) => sum + moves, 0), deskDeaths: desks.reduce((sum, { deaths }) => sum + deaths, 0), restores: desks.reduce((sum, { restores }) => sum + restores, 0),
    };
  } finally {
    for (const desk of desks) desk.end();
    await world.run(world.now + minute);
    for (const desk of desks) await desk.ended();
    await centre.close();
    rmSync(folder, { recursive: true, force: true });
  }

  async function trouble(): Promise<void> {
    const backups = new Map<MortalDesk, string>();
    const events = chance.whole(15, 45);
    for (let event = 0; event < events; event += 1) {
      await world.run(world.now + chance.between(0, 40 * second));
      const desk = chance.pick(desks);
      const what = chance.next();
      if (what < 0.52) await world.during(act(desk));
      else if (what < 0.63) desk.die(chance.whole(0, 4), chance.is(0.5) ? 'before' : 'after');
      else if (what < 0.7) centre.die(chance.whole(1, 4), chance.is(0.5) ? 'before' : 'after');
      else if (what < 0.81) weather.turn(desk.options.name);
      else if (what < 0.86) await world.during(transfer(desk));
      else if (what < 0.91) await world.during(desk.signOut());
      else if (what < 0.96) {
        const backup = desk.backup();
        if (backup !== undefined) backups.set(desk, backup);
      } else restore(desk, backups.get(desk));
    }
  }

  /** The province orders it to the other agency, or back. */
  async function transfer(desk: MortalDesk): Promise<void> {
    const identity = desk.up ? desk.store.identity() : undefined;
    if (!identity || !centre.up) return;
    await orderTransfer(centre.foundation, { installation: identity.installation, agency: chance.pick(plans).agency });
  }

  /** What the disk alone knew is gone with it: it is the one thing that may be lost, and what the centre had is not. */
  function restore(desk: MortalDesk, backup: string | undefined): void {
    if (backup === undefined || !desk.up) return;
    const { store } = desk;
    const sent = new Map(store.ownLogs().map((log) => [log, store.sent(log).seq]));
    for (const one of given) {
      // A log that is not here any more was whole at the centre when the desk went to another agency.
      if (one.desk === desk && one.entry && (sent.get(one.entry.log) ?? Infinity) < one.entry.seq) one.maybeLost = true;
    }
    // What it had recorded and not answered it does not know any more: given again it stands twice, and people see that.
    for (const one of given) if (one.desk === desk && !one.entry && one.refused !== true) one.maybeTwice = true;
    desk.restore(backup);
  }

  async function act(desk: MortalDesk): Promise<void> {
    // What a dead machine did not answer, the clerk does again under the same id.
    // Whoever works at another agency now has nothing of it.
    const unanswered = given.find((one) => one.desk === desk && one.moves === desk.moves && !one.entry && one.refused !== true);
    if (!desk.up || !(await desk.signIn())) return;
    const order = unanswered ?? (await nextOrder(desk));
    if (!order) return;
    if (order !== unanswered) given.push(order);
    const outcome = await order.give(options.mistake ? (channel, request) => desk.callEvenDead(channel, request) : (channel, request) => desk.call(channel, request));
    if (outcome?.ok === true) {
      const { seq, hash } = outcome.value;
      order.entry = { log: desk.store.identity()?.log ?? '', seq, hash };
    } else if (outcome) order.refused = true;
  }

  async function nextOrder(desk: MortalDesk): Promise<Given | undefined> {
    const ids = { act: desk.id(), dossier: desk.id(), moves: desk.moves };
    const agency = desk.store.identity()?.agency;
    const known = [...new Set(given.map(({ dossier }) => dossier))].filter((dossier) => desk.store.read.dossier(dossier) !== undefined);
    if (known.length === 0 || chance.is(0.35)) {
      return {
        desk, ...ids, what: 'reception',
        give: (call) => call('reception.save', {
          act: ids.act, dossier: ids.dossier, procedure: '2.000635', papers: [], sets: 1, channel: 'counter', personal: { applicant: { kind: 'citizen', fullName: 'Hoàng Thị Ngọc Ánh', idNumber: '020190001234', address: 'Thôn Rọ Phải' } },
        }),
      };
    }
    const dossier = chance.pick(known);
    const view = await desk.call('dossier.get', { dossier });
    const possible: readonly OrderName[] = view?.ok === true ? view.value.possible : [];
    const about = { act: ids.act, dossier };
    const hop = desk.id();
    const choices: readonly (readonly [OrderName, Given['give']])[] = [
      ['markReady', (call) => call('result.mark-ready', { ...about, outcome: 'granted', resultCount: 1 })],
      ['handOver', (call) => call('return.save', { ...about, method: 'counter', receiver: 'applicant', receiptShown: true })],
      ['notify', (call) => call('result.notify', { ...about, means: 'phone' })],
      ['forward', (call) => call('transfer.give', { ...about, hop, to: { agency: agency === 'c-2' ? 'c-1' : 'c-2' }, paper: true })],
      ['requestStop', (call) => call('stop.request', { ...about, text: 'Rút hồ sơ' })],
    ];
    const open = choices.filter(([name]) => possible.includes(name));
    if (open.length === 0) return undefined;
    const [what, give] = chance.pick(open);
    return { desk, ...about, moves: ids.moves, what, give };
  }

  /** All is calm: everything that waits has to go and come. Undefined where it does not. */
  async function drain(): Promise<number | undefined> {
    weather.calm = true;
    weather.down.clear();
    const began = world.now;
    while (world.now - began < patience) {
      await world.run(world.now + 5 * minute);
      const ready = centre.up && desks.every((desk) => desk.up && desk.store.identity() !== undefined);
      if (!ready) continue;
      // What is asked of the centre takes time, which passes below.
      for (const desk of desks) if (await desk.signIn()) void desk.call('sync.now', {});
      await world.run(world.now + minute);
      // Whoever is ordered elsewhere goes when nobody is there any more.
      for (const desk of desks) await desk.signOut();
      await world.run(world.now + minute);
      if (!centre.up || !desks.every((desk) => desk.up && desk.store.pendingSummary().entries === 0)) continue;
      if ((await world.during(settled())) && (await world.during(alike()))) return world.now - began;
    }
    return undefined;
  }

  /** Whether each desk is where it was ordered last. */
  async function settled(): Promise<boolean> {
    const { store } = centre.foundation;
    for (const desk of desks) {
      const identity = desk.up ? desk.store.identity() : undefined;
      const installation = identity && (await store.findInstallation({ id: identity.installation }));
      if (!installation || (await agencyWanted(store, installation)).agency !== identity.agency || installation.agency !== identity.agency) return false;
    }
    return true;
  }

  /** Whether desks of one agency know the same already; if they never do, the check says in what they differ. */
  async function alike(): Promise<boolean> {
    if (world.now - start > 3 * hour) return true;
    return (await findings(centre.foundation, desks, given)).every((what) => !what.startsWith('differs'));
  }
}
