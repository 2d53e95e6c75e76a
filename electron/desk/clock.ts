import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { uptime as systemUptime } from 'node:os';
import process from 'node:process';
import type { Clock, ClockSample } from '#shared/ports.ts';

/** What the real clock asks of the machine; a parameter so that its alignment can be tested without waiting for a suspend. */
export interface Machine {
  /** Wall clock, milliseconds. */
  wall(): number;
  /** Monotonic time, milliseconds with fraction; fine-grained. */
  monotonic(): number;
  /** Time since the start of the machine, suspends counted where the system counts them, milliseconds; may be coarse. */
  coarseUptime(): number;
  /** Step of `coarseUptime`, milliseconds. */
  readonly granularity: number;
}

/** A jump of uptime against monotonic time larger than this (beyond the granularity) is a suspend, not a rounding. */
const jump = 50;

/**
 * Makes a clock whose uptime is as fine as the monotonic time. Uptime counts suspends but is coarse (10 ms on Linux),
 * monotonic time is fine but stands still in a suspend; the difference of the two is constant between suspends, so it is
 * measured once at the edge of a tick and again whenever it moved. Without this the rounding alone would break the drift
 * bounds of the evidence over short stretches.
 */
export function alignedClock(machine: Machine, boot: string): Clock {
  let offset = align(machine);
  return {
    read(): ClockSample {
      const before = machine.monotonic();
      const coarse = machine.coarseUptime();
      const drifted = coarse - (before + offset);
      // Coarse uptime is rounded down: it may lag by one step, and it never leads unless the machine slept.
      if (drifted > jump || drifted < -(machine.granularity + jump)) offset = align(machine);
      const hrtime = machine.monotonic();
      return { wall: machine.wall(), uptime: hrtime + offset, hrtime, boot };
    },
  };
}

/** Uptime minus monotonic time, taken where the coarse value has just changed; waits at most one step of it, 20 ms at the longest. */
function align(machine: Machine): number {
  const start = machine.monotonic();
  const first = machine.coarseUptime();
  const patience = Math.min(machine.granularity * 1.5, 20);
  let now = start;
  while (now - start < patience) {
    const coarse = machine.coarseUptime();
    now = machine.monotonic();
    if (coarse !== first) return coarse - now;
  }
  return first - start;
}

/** The machine this process runs on. On Linux uptime is CLOCK_BOOTTIME through `/proc/uptime`. */
export function thisMachine(): Machine {
  const linux = process.platform === 'linux';
  return {
    wall: () => Date.now(),
    monotonic: () => Number(process.hrtime.bigint()) / 1e6,
    coarseUptime: linux ? procUptime : () => systemUptime() * 1000,
    granularity: linux ? 10 : process.platform === 'win32' ? 16 : 1000,
  };
}

function procUptime(): number {
  const [seconds = ''] = readFileSync('/proc/uptime', 'latin1').split(' ');
  return Number(seconds) * 1000;
}

/**
 * What the operating system itself says about its boot; undefined where it says nothing.
 * Linux: a random id of each boot. Windows: a counter that each full start raises. macOS: a session id.
 */
export function systemBootIdentity(): string | undefined {
  try {
    if (process.platform === 'linux') return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    if (process.platform === 'darwin') return execFileSync('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'latin1', timeout: 2000 }).trim();
    if (process.platform === 'win32') {
      const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\\PrefetchParameters';
      const answer = execFileSync('reg.exe', ['query', key, '/v', 'BootId'], { encoding: 'latin1', timeout: 2000, windowsHide: true });
      return /0x[0-9a-f]+/i.exec(answer)?.[0];
    }
    return undefined;
  } catch {
    // A machine that does not say is a known case: then every start of the program counts as a new boot.
    return undefined;
  }
}
