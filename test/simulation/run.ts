import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { judgeProvince, type JudgedProvince } from '#central/judge/index.ts';
import { instantOf } from '#shared/deadline/index.ts';
import { workingDates } from './calendar.ts';
import { SimulatedCentre } from './centre.ts';
import { Chance } from './chance.ts';
import { canPlot, plotCheat } from './cheats.ts';
import { Line, type Stretch } from './lines.ts';
import { Machine } from './machine.ts';
import { Office } from './office.ts';
import { catalogueOf, offices } from './province.ts';
import { Book } from './record.ts';
import { merged, odditiesOf, troublesOf } from './troubles.ts';
import { day, hour, minute, VirtualTime } from './virtual-time.ts';
import { plan, step, type Work, type Worker } from './work.ts';

export interface RunOptions {
  readonly seed: number;
  /** Offices of all levels. */
  readonly offices: number;
  readonly days: number;
  /** How much of the report's volume they receive. */
  readonly volume: number;
  /** Share of results that truly come too late, and of those the share that somebody tries to hide. */
  readonly late: number;
  readonly hidden: number;
  readonly progress?: (line: string) => void;
}

/** What a run leaves: the world's book, and what the centre makes of it. */
export interface RunResult {
  readonly book: Book;
  readonly judged: JudgedProvince;
  /** The centre's refusals by call and code; the desks' by channel and code. */
  readonly refusals: ReadonlyMap<string, number>;
  readonly refused: ReadonlyMap<string, number>;
  readonly events: number;
  readonly requests: number;
}

/** First day of the quarter of the province's report. */
const firstDay = '2024-01-02';

/** Lets a province live through its days, sends what is left, and judges. */
export async function run(options: RunOptions): Promise<RunResult> {
  // In memory, where the machine has such a folder: the stores are the real ones and sync each commit.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'quay-simulation-'));
  const tidy = (): void => rmSync(folder, { recursive: true, force: true });
  // Gigabytes of memory would stay taken by a run that was broken off.
  const brokenOff = (): void => {
    tidy();
    process.exit(1);
  };
  process.once('SIGINT', brokenOff).once('SIGTERM', brokenOff);
  try {
    return await live(options, folder);
  } finally {
    process.off('SIGINT', brokenOff).off('SIGTERM', brokenOff);
    tidy();
  }
}

async function live({ seed, offices: count, days, volume, late, hidden, progress }: RunOptions, folder: string): Promise<RunResult> {
  const chance = new Chance(seed);
  const start = instantOf(firstDay, '05:00');
  const world = new VirtualTime(start);
  const plans = offices(count, 62 / volume);
  const catalogue = catalogueOf(plans);
  const calendar = catalogue.calendars.at(-1)!;
  const dates = workingDates(calendar, firstDay, days + 8);
  const working = dates.slice(0, days);
  const span: Stretch = { from: instantOf(working[0]!, '07:00'), to: instantOf(working.at(-1)!, '18:00') };
  const end = instantOf(dates.at(-1)!, '16:00');
  const troubles = troublesOf(chance.apart('troubles'), span, plans);
  const error = chance.apart('centre');
  const centre = await SimulatedCentre.open(world, folder, catalogue, troubles.centre, () => error.between(-40, 40));
  const book = new Book();
  const work: Work = { world, calendar, dates, book, late };

  const workers = plans.map((one): Worker => {
    const own = chance.apart(one.agency);
    const odd = odditiesOf(own);
    const line = new Line([troubles.office.get(one.agency) ?? [], troubles.line.get(one.line) ?? [], troubles.province], () => own.between(...odd.latency));
    const office = new Office({
      world, centre, machine: new Machine(world, one.agency, odd), line, chance: own.apart('ids'), folder: join(folder, one.agency), agency: one.agency, clerk: one.clerk, supervisor: one.supervisor,
    });
    return { plan: one, office, odd, chance: own, busy: false };
  });
  for (const worker of workers) worker.office.switchOn(await centre.code(worker.plan.agency, 'Quầy 1'));
  await world.run(start + 40 * minute);

  for (const worker of workers) {
    plan(work, worker, working);
    lastDays(work, worker, dates.slice(days));
    const back = merged([...troubles.office.get(worker.plan.agency) ?? [], ...troubles.line.get(worker.plan.line) ?? [], ...troubles.province]);
    if (worker.odd.ntp) for (const { to } of back) world.at(to + worker.chance.between(1_000, 20_000), () => {
      if (worker.office.awake && !worker.busy) step(work, worker, -worker.office.options.machine.wallOffset);
    });
  }
  for (const [line, stretches] of troubles.line) {
    // The operator tells of one outage in two, some hours after it.
    for (const stretch of stretches) {
      if (chance.is(0.5)) world.at(stretch.to + 3 * hour, () => void world.during(centre.ticket(plans.filter((one) => one.line === line).map(({ agency }) => agency), stretch)));
    }
  }
  for (const stretch of troubles.province) world.at(stretch.to + 5 * hour, () => void world.during(centre.ticket([], stretch)));

  for (let at = world.now; at < end; at += day) {
    await world.run(Math.min(end, at + day));
    plotDay(work, workers, { hidden, chance: chance.apart(`plots ${at}`), line: troubles.line, province: troubles.province });
    progress?.(`${new Date(world.now).toISOString().slice(0, 10)} ${book.dossiers.size} dossiers, ${world.ran} events, ${centre.requests} requests`);
  }
  const judged = judgeProvince(await centre.data(), Math.round(world.now), centre.ports());
  const refused = new Map<string, number>();
  for (const { office } of workers) {
    for (const [code, times] of office.refused) refused.set(code, (refused.get(code) ?? 0) + times);
    book.starts.set(office.options.agency, [...office.starts]);
    await office.remove();
  }
  await centre.close();
  return { book, judged, refusals: centre.refusals, refused, events: world.ran, requests: centre.requests };
}

/** Days without new dossiers, in which what is left is sent. */
function lastDays({ world, calendar }: Work, { office }: Worker, dates: readonly string[]): void {
  for (const date of dates) {
    world.at(instantOf(date, calendar.sessions[0][0]), () => office.switchOn());
    if (date !== dates.at(-1)) world.at(instantOf(date, calendar.sessions[1][1]), () => void world.during(office.switchOff()));
  }
}

/** Of the results that will come too late, some are to be hidden. */
function plotDay(work: Work, workers: readonly Worker[], { hidden, chance, line, province }: {
  hidden: number; chance: Chance; line: ReadonlyMap<string, readonly Stretch[]>; province: readonly Stretch[];
}): void {
  const byAgency = new Map(workers.map((worker) => [worker.plan.agency, worker]));
  for (const record of work.book.dossiers.values()) {
    const worker = byAgency.get(record.agency);
    if (!worker || record.doneAt !== undefined || record.cheat || record.due < work.world.now + hour || record.due > work.world.now + day + hour || !canPlot(work, record)) continue;
    if (chance.is(hidden)) plotCheat(work, worker, record, { outside: merged([...line.get(worker.plan.line) ?? [], ...province]) });
  }
}
