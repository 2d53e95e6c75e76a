import { readFileSync } from 'node:fs';
import { injectedClockSchema, injectedSample } from '#shared/clock/index.ts';
import type { CentreTime } from './port.ts';

/** The name of the centre in the state of an injected clock. */
export const centreMachine = 'centre';

/**
 * Development only: the centre's time by a file that tests and the tour rewrite. The file is read at each reading; it is
 * replaced as a whole, so a half-written one is never seen. Throws if it is missing, malformed or does not name the centre.
 */
export function injectedTime(file: string, rho: number | undefined): CentreTime {
  const read: CentreTime['read'] = () => {
    const state = injectedClockSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const sample = injectedSample(state, centreMachine, Date.now());
    if (!sample) throw new Error(`the clock file does not name the machine "${centreMachine}"`);
    return { sample, now: Math.round(sample.wall), rho };
  };
  read();
  return { read, stop: () => undefined };
}
