import type { Foundation } from './foundation.ts';
import { noteOwnGap, writeHeard } from './hearing/index.ts';
import { centreKinds } from './ledger/index.ts';

const aliveNote = 'centre.alive-at';
/** How often the running centre leaves its mark, milliseconds. */
export const markEvery = 15_000;
/** A longer time without a mark is a gap, milliseconds. */
export const gapAfter = 60_000;
/** Used nonces are kept longer than they are good for, in case the clock is set back, milliseconds. */
const noncesKeptFor = 24 * 3_600_000;

/**
 * Leaves a mark that the centre runs. A mark that is missing for longer than a minute, because the centre was down or its
 * machine stood still, becomes `centre.heartbeat-gap` in its own log: nobody could reach it then.
 */
export async function keepAlive({ store, own, time }: Foundation, wall: () => number, report: (line: string) => void): Promise<{ stop(): Promise<void> }> {
  let last = wall();
  const mark = (pausedFor: number | undefined, stopping = false): Promise<void> => store.transaction(async (writer) => {
    const reading = time.read();
    const before = await writer.note(aliveNote);
    const from = before === undefined ? reading.now : Number(before);
    // At a start the marks tell. While running it is the real pause between two marks, as an injected clock may race.
    const gap = pausedFor === undefined ? reading.now - from : pausedFor;
    if (gap > gapAfter && reading.now > from) {
      await own.append(writer, reading, [{ kind: centreKinds.heartbeatGap, facts: { from, to: reading.now, rho: reading.rho ?? null } }]);
      await noteOwnGap(writer, { from, to: reading.now });
    }
    await writeHeard(writer, own, reading, stopping ? 'now' : 'due');
    await writer.setNote(aliveNote, String(reading.now));
    await writer.dropNoncesBefore(wall() - noncesKeptFor);
  });

  await mark(undefined);
  let working: Promise<void> = Promise.resolve();
  const next = (): void => {
    const pausedFor = wall() - last;
    last = wall();
    // A mark that cannot be written shows as a gap at the next start; the requests that fail with it tell why.
    working = mark(pausedFor).catch((error: unknown) => {
      report(JSON.stringify({ level: 'error', what: 'the mark of life was not written', name: error instanceof Error ? error.name : typeof error }));
    });
  };
  const timer = setInterval(next, markEvery);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await working;
      await mark(0, true);
    },
  };
}
