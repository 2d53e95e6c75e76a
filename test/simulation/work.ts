import type { WorkingCalendar } from '#shared/deadline/index.ts';
import { civil } from '#shared/deadline/index.ts';
import type { Chance } from './chance.ts';
import { officeMoment, sessionsOf } from './calendar.ts';
import type { Office } from './office.ts';
import { procedures, type OfficePlan } from './province.ts';
import type { Book, TrueDossier } from './record.ts';
import type { Oddities } from './troubles.ts';
import { hour, minute, second, type VirtualTime } from './virtual-time.ts';

/** An office at work in the simulated world. */
export interface Worker {
  readonly plan: OfficePlan;
  readonly office: Office;
  readonly odd: Oddities;
  readonly chance: Chance;
  /** Somebody is busy deceiving: honest work waits. */
  busy: boolean;
}

export interface Work {
  readonly world: VirtualTime;
  readonly calendar: WorkingCalendar;
  readonly dates: readonly string[];
  readonly book: Book;
  /** Share of results that truly come too late. */
  readonly late: number;
}

const applicant = { kind: 'citizen' as const, fullName: 'Hoàng Thị Ngọc Ánh', idNumber: '020190001234', address: 'Thôn Rọ Phải', phone: '0912345678' };

/** Makes the days of an office: switched on, received, handled, closed, switched off. */
export function plan(work: Work, worker: Worker, dates: readonly string[]): void {
  for (const date of dates) work.world.at(sessionsOf(work.calendar, date)[0]!.from - 40 * minute, () => morning(work, worker, date));
}

function morning(work: Work, worker: Worker, date: string): void {
  const { world, calendar } = work;
  const { chance, office, plan: { perDay }, odd } = worker;
  const [forenoon, afternoon] = sessionsOf(calendar, date);
  if (!forenoon || !afternoon) return;
  world.after(chance.between(0, 35 * minute), () => {
    if (!worker.busy) office.switchOn();
  });
  for (let count = chance.count(perDay); count > 0; count -= 1) world.at(officeMoment(chance, calendar, date), () => void world.during(receive(work, worker)));
  if (odd.sleepsAtNoon) world.at(forenoon.to + 10 * minute, () => {
    if (!worker.busy) office.sleep(afternoon.from - forenoon.to - 15 * minute);
  });
  if (chance.is(odd.stepsAWeek / 5)) world.at(officeMoment(chance, calendar, date), () => {
    if (office.awake && !worker.busy) step(work, worker, chance.between(-3 * hour, 3 * hour));
  });
  world.at(afternoon.to - chance.between(2 * minute, 8 * minute), () => onceFree(work, worker, () => close(work, worker)));
  if (!chance.is(odd.leftOn)) world.at(afternoon.to + chance.between(2 * minute, 50 * minute), () => onceFree(work, worker, () => leave(work, worker)));
}

/** Who closes the day, or switches the machine off, waits until nobody is at it any more, but not all evening. */
function onceFree({ world }: Work, worker: Worker, act: () => Promise<void>): void {
  const until = world.now + 3 * hour;
  const look = (): void => {
    if (!worker.busy) void world.during(act());
    else if (world.now < until) world.after(10 * minute, look);
  };
  look();
}

/** Somebody, or NTP, puts the wall clock. */
export function step({ book }: Work, { office }: Worker, by: number): void {
  if (by === 0) return;
  book.steps += 1;
  office.options.machine.wallOffset += by;
}

async function receive(work: Work, worker: Worker): Promise<void> {
  const { book, world } = work;
  const { office, chance, plan: { agency, level, clerk } } = worker;
  if (worker.busy || !(await office.signIn(clerk))) return;
  const dossier = office.id();
  const done = await office.call('reception.save', {
    act: office.id(), dossier, procedure: chance.pick(procedures), papers: [], sets: 1, channel: 'counter', personal: { applicant },
  });
  const due = done && office.held.read.dossier(dossier)?.due?.at;
  if (!done || due === undefined) return;
  book.acts.set(done.hash, world.now);
  const record: TrueDossier = { id: dossier, agency, level, receivedAt: world.now, due };
  book.dossiers.set(dossier, record);
  if (chance.is(worker.odd.powerFails)) await powerFails(work, worker);
  handle(work, worker, record);
}

/** When its result will be ready: nearly always in time, often on the last day, seldom too late. */
function handle(work: Work, worker: Worker, record: TrueDossier): void {
  const { world, late } = work;
  const { chance } = worker;
  const { due } = record;
  const typed = chance.is(worker.odd.typesLate);
  let at: number;
  if (chance.is(late)) at = due + chance.between(5 * minute, 30 * hour);
  else if (typed) at = due + chance.between(5 * minute, 8 * hour);
  else if (chance.is(0.35)) at = due - chance.between(second, 3 * hour);
  else at = world.now + chance.between(5 * minute, Math.max(6 * minute, due - world.now));
  complete(work, worker, record, Math.max(at, world.now + 5 * minute), typed ? due - chance.between(minute, hour) : undefined);
}

/** At its time, or when the office is next at work. */
export function complete(work: Work, worker: Worker, record: TrueDossier, at: number, claimedAt?: number): void {
  const { world, calendar, dates } = work;
  const { date } = civil(at);
  const sessions = dates.includes(date) ? sessionsOf(calendar, date) : [];
  const open = sessions.some(({ from, to }) => at >= from && at <= to + 10 * minute);
  // A moment outside the office hours is moved back into them where that keeps it in time, else forward.
  const earlier = sessions.findLast(({ to }) => to < at);
  if (!open && at <= record.due && earlier && earlier.to > world.now + minute) return complete(work, worker, record, earlier.to - worker.chance.between(second, 20 * minute), claimedAt);
  if (!open) {
    const next = dates.find((one) => sessionsOf(calendar, one)[0]!.from > at);
    if (next !== undefined) world.at(officeMoment(worker.chance, calendar, next), () => void world.during(ready(work, worker, record, claimedAt)));
    return undefined;
  }
  world.at(at, () => void world.during(ready(work, worker, record, claimedAt)));
  return undefined;
}

async function ready(work: Work, worker: Worker, record: TrueDossier, claimedAt?: number): Promise<void> {
  const { office, chance, plan: { clerk } } = worker;
  const { world } = work;
  if (record.doneAt !== undefined || record.cheat !== undefined) return;
  if (worker.busy || !(await office.signIn(clerk))) {
    world.after(chance.between(10 * minute, hour), () => void world.during(ready(work, worker, record, claimedAt)));
    return;
  }
  const claim = claimedAt !== undefined && claimedAt > record.receivedAt ? { claimedAt: Math.round(claimedAt) } : {};
  if (!(await markReady(work, worker, record, claim))) return;
  if (claimedAt !== undefined) record.typedLate = true;
  if (chance.is(worker.odd.powerFails)) await powerFails(work, worker);
  else if (chance.is(0.9)) world.after(chance.between(minute, 5 * hour), () => void world.during(handOver(work, worker, record)));
}

/** Records the result at the desk as it is now; keeps the truth in the book. */
export async function markReady({ book, world }: Work, { office }: Worker, record: TrueDossier, more: { claimedAt?: number } = {}): Promise<boolean> {
  const done = await office.call('result.mark-ready', { act: office.id(), dossier: record.id, outcome: 'granted', resultCount: 1, ...more });
  if (!done) return false;
  book.acts.set(done.hash, world.now);
  record.doneAt = world.now;
  record.doneEntry = done.hash;
  return true;
}

async function handOver({ book, world }: Work, worker: Worker, record: TrueDossier): Promise<void> {
  const { office, plan: { clerk } } = worker;
  if (worker.busy || !(await office.signIn(clerk))) return;
  const done = await office.call('return.save', { act: office.id(), dossier: record.id, method: 'counter', receiver: 'applicant', receiptShown: true });
  if (done) book.acts.set(done.hash, world.now);
}

async function close({ book }: Work, worker: Worker): Promise<void> {
  const { office, plan: { supervisor } } = worker;
  if (supervisor === undefined || !(await office.signIn(supervisor))) return;
  if (await office.closeDay()) book.closes += 1;
}

/** Who switches the machine off first lets the supervisor close the day where the desk asks for it: because nobody has, or because more was recorded since. */
async function leave(work: Work, worker: Worker): Promise<void> {
  const { office, plan: { supervisor } } = worker;
  if (supervisor !== undefined && (await office.signIn(supervisor)) && (await office.call('sync.view', {}))?.closeNeeded === true) await close(work, worker);
  await office.switchOff();
}

async function powerFails({ world, book }: Work, worker: Worker): Promise<void> {
  book.crashes += 1;
  await worker.office.crash();
  world.after(worker.chance.between(2 * minute, 20 * minute), () => {
    if (!worker.busy) worker.office.switchOn();
  });
}
