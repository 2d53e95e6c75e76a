import { renameSync, writeFileSync } from 'node:fs';
import { injectedTruth, type InjectedClock } from '#shared/clock/index.ts';

/** A clock for the desk and the centre that a script drives. */
export interface DrivenClock {
  readonly file: string;
  /** True time, milliseconds. */
  now(): number;
  /** Moves true time on: both machines were running all the while. */
  advance(milliseconds: number): void;
  /** Moves true time to an instant that is not before the present one. */
  advanceTo(instant: number): void;
  /** Changes what a machine believes or lived through. */
  change(machine: 'desk' | 'centre', change: Partial<InjectedClock['machines'][string]>): void;
}

/** Both machines were switched on an hour before, with clocks that are right. True time runs with the real one. */
export function driveClock(file: string, trueAt: number): DrivenClock {
  const machine = { wallOffset: 0, bootedAt: trueAt - 3_600_000, suspended: 0 };
  let state: InjectedClock = { v: 1, realAt: Date.now(), trueAt, rate: 1, machines: { desk: { ...machine, boot: 'desk-boot-1' }, centre: { ...machine, boot: 'centre-boot-1' } } };
  const write = (next: InjectedClock): void => {
    state = next;
    writeFileSync(`${file}.new`, JSON.stringify(next), { mode: 0o644 });
    // Replaced whole, so that no reader meets half of it.
    renameSync(`${file}.new`, file);
  };
  const now = (): number => injectedTruth(state, Date.now());
  const moveTo = (instant: number): void => {
    if (instant < now()) throw new RangeError('true time does not run backwards');
    write({ ...state, realAt: Date.now(), trueAt: instant });
  };
  write(state);
  return {
    file,
    now,
    advance: (milliseconds) => moveTo(now() + milliseconds),
    advanceTo: moveTo,
    change(name, change) {
      const own = state.machines[name];
      if (own === undefined) throw new Error(`no machine ${name}`);
      write({ ...state, machines: { ...state.machines, [name]: { ...own, ...change } } });
    },
  };
}
