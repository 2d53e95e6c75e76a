import { readFileSync } from 'node:fs';
import { injectedClockSchema, injectedSample, injectedTruth, type InjectedClock } from '#shared/clock/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import type { Clock, ClockSample } from '#shared/ports.ts';
import type { Timers } from './ports.ts';

/** The name of the desk's machine in the file of the injected clock. */
export const injectedMachine = 'desk';

/**
 * The clock of tests and of the tour: what the file says, read anew each time because its writer moves it. While a new
 * text is being written the last good one holds. Packages hold no way to reach this.
 */
export function injectedClock(file: string): Clock & { truth(): number } {
  let last: InjectedClock | undefined;
  const state = (): InjectedClock => {
    const read = parse(file);
    if (read) last = read;
    if (!last) throw new DomainError('internal.unexpected', { reference: 'injected-clock' });
    return last;
  };
  return {
    read(): ClockSample {
      const sample = injectedSample(state(), injectedMachine, Date.now());
      if (!sample) throw new DomainError('internal.unexpected', { reference: 'injected-clock' });
      return sample;
    },
    truth: () => injectedTruth(state(), Date.now()),
  };
}

function parse(file: string): InjectedClock | undefined {
  try {
    const state = injectedClockSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return state.success ? state.data : undefined;
  } catch {
    // The writer may be in the middle of it; the caller keeps the last good state and complains when there is none.
    return undefined;
  }
}

/** How often, in real time, pending timers look at an injected clock, milliseconds. */
const glance = 50;

/** Timers that follow an injected clock: five of its minutes pass when its file says so. */
export function injectedTimers(clock: { truth(): number }): Timers {
  return {
    after(delay, callback) {
      const due = clock.truth() + delay;
      const timer = setInterval(() => {
        if (clock.truth() < due) return;
        clearInterval(timer);
        callback();
      }, glance);
      return () => clearInterval(timer);
    },
  };
}
