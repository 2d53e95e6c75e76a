import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { OfficerSession } from '#shared/province/index.ts';
import { developmentOfficer, developmentPin, prepareForDevelopment } from '../development.ts';
import { startCentre, type Centre } from '../service.ts';
import { assumedTime, injectedTime, machineTime, type CentreTime } from '../time/index.ts';
import type { Output } from '#shared/command/index.ts';

/** What `quay central` was asked for. */
export interface RunOptions {
  readonly folder: string;
  /** Address of a PostgreSQL database. */
  readonly database: string | undefined;
  readonly attachments: string | undefined;
  /** Port for metrics on this machine alone. */
  readonly metricsPort: number | undefined;
  readonly host: string;
  readonly port: number;
  readonly dev: boolean;
  readonly json: boolean;
  readonly assumeSynchronised: number | undefined;
  readonly clockFile: string | undefined;
  readonly tlsKey: string | undefined;
  readonly tlsCert: string | undefined;
  readonly endWithStdin: boolean;
  readonly pages: string | undefined;
  readonly software: string;
}

/** Bound on the clock's error that development takes for granted, milliseconds. */
const developmentBound = 50;

/** The centre's time as the options say. The clock file exists in development only. */
async function timeFor({ dev, clockFile, assumeSynchronised }: RunOptions): Promise<CentreTime> {
  const bound = assumeSynchronised ?? (dev ? developmentBound : undefined);
  if (globalThis.__DEVELOPMENT__ === true && clockFile !== undefined) return injectedTime(clockFile, bound);
  return bound === undefined ? machineTime() : assumedTime(bound);
}

function bannersFor({ dev, clockFile, assumeSynchronised }: RunOptions): OfficerSession['banners'] {
  return [...(clockFile === undefined ? [] : (['injected-clock'] as const)), ...(dev || assumeSynchronised !== undefined ? (['assumed-synchronised'] as const) : [])];
}

/** Runs the centre until it is told to end: SIGTERM, SIGINT, or, where asked for, the end of its standard input. */
export async function runCentre(options: RunOptions, output: Output): Promise<void> {
  const { tlsKey, tlsCert } = options;
  const tls = tlsKey === undefined || tlsCert === undefined ? undefined : { key: readFileSync(tlsKey, 'utf8'), cert: readFileSync(tlsCert, 'utf8') };
  const centre = await startCentre({
    folder: options.folder, database: options.database, attachments: options.attachments,
    metrics: options.metricsPort === undefined ? undefined : { host: '127.0.0.1', port: options.metricsPort }, host: options.host, port: options.port, tls, time: await timeFor(options), software: options.software, pages: options.pages,
    ...(options.dev ? { enrolmentsPerMinute: 600 } : {}),
    banners: bannersFor(options),
  });
  const ending = untilTold(options.endWithStdin);
  await announce(centre, options, output);
  await ending;
  await centre.stop();
}

async function announce(centre: Centre, { dev, json }: RunOptions, output: Output): Promise<void> {
  const start = dev ? await prepareForDevelopment(centre) : undefined;
  const ready = {
    ready: true,
    url: centre.url,
    province: start?.province ?? `${centre.url}/province/`,
    ...(start ? { enrolmentCode: start.enrolmentCode, developmentPin, officer: developmentOfficer } : {}),
    pinnedKey: centre.keys.signer.publicKey,
    synchronised: centre.time.read().rho !== undefined,
    pid: process.pid,
  };
  if (json) {
    output.line(JSON.stringify(ready));
    return;
  }
  output.line(`The centre listens at ${ready.url}`);
  output.line(`Officer's pages: ${ready.province}`);
  output.line(`Key to pin at the desks: ${ready.pinnedKey}`);
  if (start) output.line(`Development: enrolment code ${start.enrolmentCode}, PIN of all sample staff ${developmentPin}, officer ${developmentOfficer.login} / ${developmentOfficer.password}`);
  if (!ready.synchronised) output.problem('The clock of this machine is not synchronised: no anchors are signed until it is, or until --assume-synchronised.');
}

async function untilTold(endWithStdin: boolean): Promise<void> {
  const ends: Promise<unknown>[] = [once(process, 'SIGTERM'), once(process, 'SIGINT')];
  if (endWithStdin) {
    ends.push(once(process.stdin, 'end'), once(process.stdin, 'close'));
    process.stdin.resume();
  }
  await Promise.race(ends);
  // An open pipe would keep the process alive after its work is done.
  process.stdin.destroy();
}
