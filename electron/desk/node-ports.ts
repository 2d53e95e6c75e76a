import { lookup } from 'node:dns/promises';
import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { nodeHasher, nodeRandom } from '#db/index.ts';
import type { Clock } from '#shared/ports.ts';
import { bootOf, bootRecordSchema, type BootRecord } from './boot.ts';
import { alignedClock, systemBootIdentity, thisMachine } from './clock.ts';
import { injectedClock, injectedTimers } from './injected-clock.ts';
import { nodeKeys, nodeVerifier } from './keys.ts';
import { officeNetwork } from './multicast.ts';
import type { DeskPorts, Probes, Timers } from './ports.ts';
import { nodeSealing } from './sealing.ts';
import { httpTransport } from './sync/transport.ts';

/** The real ports of a desk in `folder`. `clockFile` is taken only by a development build. */
export function nodePorts(folder: string, clockFile: string | undefined, keepForRecovery: DeskPorts['keepForRecovery']): DeskPorts {
  const { clock, timers } = timeFor(folder, clockFile);
  const report = (line: string): void => void process.stderr.write(`${line}\n`);
  return {
    clock, timers, hasher: nodeHasher, random: nodeRandom, verifier: nodeVerifier, keys: nodeKeys, sealing: nodeSealing, transport: httpTransport, probes, keepForRecovery,
    neighbourhood: officeNetwork(report),
    suspendsShow: process.platform === 'linux',
    report,
  };
}

function timeFor(folder: string, clockFile: string | undefined): { clock: Clock; timers: Timers } {
  if (globalThis.__DEVELOPMENT__ === true && clockFile !== undefined) {
    const clock = injectedClock(clockFile);
    return { clock, timers: injectedTimers(clock) };
  }
  return { clock: alignedClock(thisMachine(), bootHere(folder)), timers: realTimers };
}

/** Timers of the event loop. */
export const realTimers: Timers = {
  after(delay, callback) {
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  },
};

/** The boot id of this start; where the system has no random one, continuity with the last start is checked. */
function bootHere(folder: string): string {
  const machine = thisMachine();
  const file = join(folder, 'boot.json');
  const record = bootOf({
    identity: systemBootIdentity(), uptime: machine.coarseUptime(), hrtime: machine.monotonic(), proves: process.platform === 'linux',
  }, readRecord(file), nodeRandom);
  if (process.platform !== 'linux') writeFileSync(file, JSON.stringify(record), { mode: 0o600 });
  return record.boot;
}

function readRecord(file: string): BootRecord | undefined {
  try {
    return bootRecordSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    // None yet, or half written at a power cut: then this start counts as a new boot, which only costs evidence.
    return undefined;
  }
}

/** How long a probe waits, milliseconds. */
const probePatience = 1_500;

const probes: Probes = {
  interfaces: () => Object.entries(os.networkInterfaces())
    .flatMap(([name, addresses]) => (addresses ?? []).map(({ address }) => `${name} ${address}`)).sort().join('\n'),
  async around(host) {
    const [gateway, names] = await Promise.all([gatewayAnswers(), namesAnswer(host)]);
    return { gateway, names };
  },
};

type Probed = 'answered' | 'silent' | 'unknown';

async function namesAnswer(host: string): Promise<Probed> {
  if (net.isIP(host) !== 0 || host === 'localhost') return 'unknown';
  const { promise: silence, resolve } = Promise.withResolvers<Probed>();
  const timer = setTimeout(() => resolve('silent'), probePatience);
  const answered = await Promise.race([lookup(host).then((): Probed => 'answered', (): Probed => 'silent'), silence]);
  clearTimeout(timer);
  return answered;
}

/** A refused connection is an answer as well: the office's own network works. */
function gatewayAnswers(): Promise<Probed> {
  const host = defaultGateway();
  if (host === undefined) return Promise.resolve('unknown');
  return new Promise((resolve) => {
    const socket = net.connect({ host, port: 53 });
    const done = (probed: Probed): void => {
      socket.destroy();
      resolve(probed);
    };
    socket.setTimeout(probePatience, () => done('silent'));
    socket.once('connect', () => done('answered'));
    socket.once('error', (error) => done('code' in error && error.code === 'ECONNREFUSED' ? 'answered' : 'silent'));
  });
}

/** Linux says it in `/proc/net/route`, least significant byte first; elsewhere it is not asked. */
function defaultGateway(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const route = readFileSync('/proc/net/route', 'latin1').split('\n').map((line) => line.split('\t')).find(([, destination]) => destination === '00000000');
  const hex = route?.[2];
  return hex === undefined ? undefined : [6, 4, 2, 0].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join('.');
}
