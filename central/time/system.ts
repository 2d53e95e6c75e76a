import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { promisify } from 'node:util';
import type { ClockSample } from '#shared/ports.ts';
import type { CentreTime } from './port.ts';

/** How often the machine's NTP is asked for its bound, milliseconds. */
const askEvery = 30_000;
/** Age at which an answer no longer counts. */
const answerGoodFor = 120_000;
/**
 * Bound where a service says only "synchronised" and no figures, milliseconds. systemd's client takes no server whose
 * root distance exceeds 5 s (RootDistanceMaxSec) and slews offsets up to 0.4 s away slowly. Wide on purpose: a wide
 * bound weakens what desks can prove, a narrow wrong one would make it false.
 */
export const boundWithoutFigures = 5_500;
/** Added to NTP's bound for what passes between two askings and for the reading itself, milliseconds. */
const margin = 5;

const run = promisify(execFile);

/**
 * The bound in the answer of `chronyc -c tracking`: root dispersion + half the root delay + what the system clock is off by
 * (RFC 5905 §11.2 calls it the root distance). Undefined if it is not synchronised or not such an answer.
 */
export function boundFromChrony(answer: string): number | undefined {
  const fields = answer.trim().split(',');
  // 7F7F0101 is chrony's name for the machine's own clock: nothing outside vouches for it.
  if (fields.length < 14 || fields[13] === 'Not synchronised' || fields[0] === '7F7F0101') return undefined;
  const stratum = Number(fields[2]);
  const seconds = Math.abs(Number(fields[4])) + Number(fields[10]) / 2 + Number(fields[11]);
  return stratum > 0 && stratum < 16 && Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1000) + margin : undefined;
}

/** The bound in the answer of `timedatectl show -p NTPSynchronized`: a documented one, or undefined. */
export function boundFromTimedatectl(answer: string): number | undefined {
  return answer.trim() === 'NTPSynchronized=yes' ? boundWithoutFigures : undefined;
}

async function ask(): Promise<number | undefined> {
  for (const [program, args, read] of [
    ['chronyc', ['-c', 'tracking'], boundFromChrony],
    ['timedatectl', ['show', '-p', 'NTPSynchronized'], boundFromTimedatectl],
  ] as const) {
    const answer = await run(program, [...args], { timeout: 5_000, env: { ...process.env, LC_ALL: 'C' } }).then(
      ({ stdout }) => stdout,
      // Not installed, or not running here: then this source says nothing and the next one is asked.
      () => undefined,
    );
    const bound = answer === undefined ? undefined : read(answer);
    if (bound !== undefined) return bound;
  }
  return undefined;
}

/** The machine's clocks as they are. */
export function machineSample(): ClockSample {
  return { wall: Date.now(), uptime: uptime() * 1000, hrtime: Number(process.hrtime.bigint() / 1000n) / 1000, boot: bootIdentity() };
}

let boot: string | undefined;

function bootIdentity(): string {
  boot ??= process.platform === 'linux'
    ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    : `started-${Math.round((Date.now() - uptime() * 1000) / 60_000)}`;
  return boot;
}

/** The centre's time by the machine's clock and its NTP. Waits once, for the first answer. */
export async function machineTime(): Promise<CentreTime> {
  let bound = await ask();
  let heardAt = process.uptime();
  const timer = setInterval(() => {
    void ask().then((answer) => {
      bound = answer;
      heardAt = process.uptime();
    });
  }, askEvery);
  timer.unref();
  return {
    read() {
      const sample = machineSample();
      const stale = (process.uptime() - heardAt) * 1000 > answerGoodFor;
      return { sample, now: Math.round(sample.wall), rho: stale ? undefined : bound };
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** The machine's clock with a bound that an operator answers for. */
export function assumedTime(rho: number): CentreTime {
  return {
    read() {
      const sample = machineSample();
      return { sample, now: Math.round(sample.wall), rho };
    },
    stop: () => undefined,
  };
}
