import type { Foundation } from './foundation.ts';
import { noteOwnGap, writeHeard } from './hearing/index.ts';
import { centreKinds } from './ledger/index.ts';

const aliveNote = 'centre.alive-at';
/** The same mark by real time: an injected clock may race, and several processes leave marks. */
const realNote = 'centre.alive-real';
/** How often the running centre leaves its mark, milliseconds. */
export const markEvery = 15_000;
/** A longer time without a mark is a gap, milliseconds. */
export const gapAfter = 60_000;
/** Used nonces are kept longer than they are good for, in case the clock is set back, milliseconds. */
const noncesKeptFor = 24 * 3_600_000;

/** Calls back again and again, each so many milliseconds, until the returned function is called. */
export type Repeats = (delay: number, run: () => void) => () => void;

const realTime: Repeats = (delay, run) => {
  const timer = setInterval(run, delay);
  timer.unref();
  return () => clearInterval(timer);
};

/** A centre that leaves marks of its life. */
export interface Alive {
  /** Leaves the last mark, and writes down whom it heard. */
  stop(): Promise<void>;
  /** Leaves no more marks and none at the end, as if the power had failed. */
  vanish(): void;
}

/**
 * Leaves a mark that the centre runs. A mark that is missing for longer than a minute, because the centre was down, its machine stood still or
 * its database was lost, becomes `centre.heartbeat-gap` in its own log: nobody could reach it then. Of several processes over one store each
 * leaves the same mark: as long as one of them can, there is no gap.
 */
export async function keepAlive({ store, own, time }: Foundation, wall: () => number, report: (line: string) => void, every: Repeats = realTime): Promise<Alive> {
  let stopping = false;
  const mark = (when: 'starting' | 'running'): Promise<void> => store.transaction(async (writer) => {
    const reading = time.read();
    const real = wall();
    const [before, realBefore] = [await writer.note(aliveNote), await writer.note(realNote)];
    const from = before === undefined ? reading.now : Number(before);
    // At a start the marks by the centre's time tell; while it runs, the real time since the last one of any process.
    const gap = when === 'starting' ? reading.now - from : real - Number(realBefore ?? real);
    if (gap > gapAfter && reading.now > from) {
      await own.append(writer, reading, [{ kind: centreKinds.heartbeatGap, facts: { from, to: reading.now, rho: reading.rho ?? null } }]);
      await noteOwnGap(writer, { from, to: reading.now });
    }
    await writeHeard(writer, own, reading, stopping ? 'now' : 'due');
    await writer.setNote(aliveNote, String(reading.now));
    await writer.setNote(realNote, String(real));
    await writer.dropNoncesBefore(real - noncesKeptFor);
  });

  await mark('starting');
  // A mark that cannot be written shows as a gap once one can be; the requests that fail with it tell why.
  const tried = (): Promise<void> => mark('running').catch((error: unknown) => {
    report(JSON.stringify({ level: 'error', what: 'the mark of life was not written', name: error instanceof Error ? error.name : typeof error }));
  });
  let working: Promise<void> | undefined;
  const next = (): void => {
    working ??= tried().finally(() => {
      working = undefined;
    });
  };
  const cancel = every(markEvery, next);
  return {
    vanish: cancel,
    stop: async () => {
      cancel();
      await working;
      stopping = true;
      await tried();
    },
  };
}
