import type { ClockSample } from '#shared/ports.ts';
import { sessionsOf } from './calendar.ts';
import { cheatKinds, type CheatKind, type TrueDossier } from './record.ts';
import { markReady, type Work, type Worker } from './work.ts';
import { within, type Stretch } from './lines.ts';
import { civil } from '#shared/deadline/index.ts';
import { hour, minute, second } from './virtual-time.ts';

/** What a cheat needs to know of the office's line: the real outages that others see too. */
export interface CheatGround {
  /** Real outages of the access line or of the province. */
  readonly outside: readonly Stretch[];
}

/**
 * Somebody has a result that came too late and tries to make it look in time. The world's book keeps when it truly was; who is at it does all
 * that the program's own windows and the machine allow, and for a changed program more.
 */
export function plotCheat(work: Work, worker: Worker, record: TrueDossier, ground: CheatGround): void {
  const kind = kindFor(worker, record, ground);
  if (kind === undefined) return;
  record.cheat = kind;
  const { world } = work;
  world.at(record.due - 50 * minute, () => void world.during(prepare(work, worker, record, kind)));
}

function kindFor(worker: Worker, { due }: TrueDossier, { outside }: CheatGround): CheatKind | undefined {
  const kinds = cheatKinds.filter((kind) => !kind.endsWith('in a real outage'));
  // A real outage at the claimed time is what the two most dangerous ones wait for.
  if (within(outside, due - 10 * minute) && within(outside, due + 20 * minute)) return worker.chance.pick(cheatKinds.filter((kind) => kind.endsWith('in a real outage')));
  return worker.chance.pick(kinds);
}

/** How late the result truly is. */
function lateness(worker: Worker, kind: CheatKind): number {
  return kind === 'changed program' ? worker.chance.between(3 * minute, 40 * minute) : worker.chance.between(20 * minute, 80 * minute);
}

async function prepare(work: Work, worker: Worker, record: TrueDossier, kind: CheatKind): Promise<void> {
  const { world } = work;
  const { office, chance, plan: { clerk } } = worker;
  const line = office.options.line;
  if (worker.busy || record.doneAt !== undefined || !office.awake) {
    delete record.cheat;
    return;
  }
  worker.busy = true;
  const claimed = record.due - chance.between(4 * minute, 25 * minute);
  const act = record.due + lateness(worker, kind);
  const signed = async (): Promise<boolean> => office.signIn(clerk);
  /** Records the result and lets honest work go on some time later. */
  const record_ = async (): Promise<void> => {
    if (!(await signed()) || !(await markReady(work, worker, record))) delete record.cheat;
  };
  const finish = (after: number): void => {
    world.after(after, () => {
      line.unplugged = false;
      worker.busy = false;
    });
  };

  switch (kind) {
    case 'clock set back while running':
      world.at(act, () => void world.during((async () => {
        const by = claimed - world.now;
        office.options.machine.wallOffset += by;
        await record_();
        office.options.machine.wallOffset -= by;
        finish(minute);
      })()));
      return;
    case 'cable pulled':
      line.unplugged = true;
      world.at(act, () => void world.during(record_().then(() => finish(10 * minute))));
      return;
    case 'clock set back before a start':
    case 'clock set back before a start, in a real outage':
      line.unplugged = true;
      await office.switchOff();
      world.at(act, () => void world.during((async () => {
        const by = claimed - 3 * minute - world.now;
        office.options.machine.wallOffset += by;
        office.switchOn();
        await record_();
        world.after(2 * minute, () => void world.during(office.switchOff().then(() => {
          office.options.machine.wallOffset -= by;
          world.after(30 * minute, () => {
            line.unplugged = false;
            office.switchOn();
            finish(minute);
          });
        })));
      })()));
      return;
    case 'virtual machine paused':
    case 'virtual machine paused, in a real outage': {
      line.unplugged = true;
      world.at(claimed - 3 * minute, () => {
        const paused = act - world.now;
        office.standStill(paused);
        world.after(paused + second, () => void world.during((async () => {
          await record_();
          world.after(2 * minute, () => void world.during(office.switchOff().then(() => {
            // The battery clock ran on all the while.
            office.options.machine.wallOffset += paused;
            world.after(20 * minute, () => {
              line.unplugged = false;
              office.switchOn();
              finish(minute);
            });
          })));
        })()));
      });
      return;
    }
    case 'disk image put back': {
      const image = office.image();
      world.at(act, () => void world.during((async () => {
        line.unplugged = true;
        await office.switchOff();
        office.restore(image);
        const by = claimed - 3 * minute - world.now;
        office.options.machine.wallOffset += by;
        office.switchOn();
        await record_();
        office.options.machine.wallOffset -= by;
        finish(10 * minute);
      })()));
      return;
    }
    case 'anchors delayed on the wire':
      office.slowed = 9 * second;
      world.at(act, () => void world.during((async () => {
        await record_();
        office.slowed = 0;
        finish(minute);
      })()));
      return;
    case 'changed program':
      line.unplugged = true;
      world.at(act, () => void world.during((async () => {
        const back = world.now - claimed;
        office.options.machine.lie = (truth: ClockSample) => ({ ...truth, wall: truth.wall - back, uptime: truth.uptime - back, hrtime: truth.hrtime - back });
        await record_();
        office.options.machine.lie = undefined;
        finish(second);
      })()));
      return;
    case 'recorded before it was':
      world.at(claimed, () => void world.during((async () => {
        await record_();
        // In truth it came later; no clock can know.
        if (record.doneAt !== undefined) record.doneAt = act;
        finish(minute);
      })()));
      return;
  }
}

/** Whether a due date lies in office hours, so that somebody can be at it. */
export function canPlot({ calendar }: Work, { due }: TrueDossier): boolean {
  return sessionsOf(calendar, civil(due).date).some(({ from, to }) => due - hour > from && due <= to);
}
