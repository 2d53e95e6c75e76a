import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { developmentEnvironment, type CentreReady } from '../launch/index.ts';
import type { Runtime } from '../runtime/index.ts';

export interface DeskAppOptions {
  readonly runtime: Pick<Runtime, 'executable' | 'args'>;
  /** The data of this desk. */
  readonly folder: string;
  /** The centre, as the desk is to reach it. */
  readonly centre?: CentreReady;
  readonly clockFile?: string;
  /** Beyond the present environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The real app in its window, driven by a script. */
export interface DeskApp {
  readonly app: ElectronApplication;
  /** The counter's page, or the failure page in its place. */
  readonly page: Page;
  /** What it wrote to its standard outputs so far. */
  output(): string;
  /** The process that holds the store, by its number; undefined while there is none. */
  deskProcess(): number | undefined;
  /** Closes the window, as a clerk would, and waits for the end. */
  close(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
}

/** How long the driver may need to attach to a program that starts in a second, milliseconds; and how often it is tried. */
const attachLimit = 25_000;
const attachTries = 3;

/**
 * The driver attaches to a program that is already running, and on a busy machine now and then misses the moment: then it
 * hangs and ends the program. That says nothing about the app, so it is started again; one that really does not start
 * fails every time.
 */
async function attached(launch: () => Promise<ElectronApplication>): Promise<ElectronApplication> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await launch();
    } catch (error) {
      if (tries >= attachTries) throw error;
    }
  }
}

/** Starts the app and waits for its window. */
export async function startDeskApp(options: DeskAppOptions): Promise<DeskApp> {
  const env = { ...developmentEnvironment(options.folder, options.centre), ...(options.clockFile === undefined ? {} : { QUAY_CLOCK_FILE: options.clockFile }), ...options.env };
  const app = await attached(() => _electron.launch({
    executablePath: options.runtime.executable,
    args: [...options.runtime.args],
    chromiumSandbox: !options.runtime.args.includes('--no-sandbox'),
    env: Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    timeout: attachLimit,
  }));
  const child = app.process();
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: unknown) => void said.push(String(chunk)));
  const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
  const page = await app.firstWindow();
  return {
    app,
    page,
    output: () => said.join(''),
    deskProcess: () => (child.pid === undefined ? undefined : findDeskProcess(child.pid)),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await app.close();
      await gone;
      clearTimeout(timer);
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Linux only, like the runtime that tests have. Chromium's own processes do not run `desk.cjs`. */
function findDeskProcess(parent: number): number | undefined {
  const parents = new Map<number, number>();
  const desks: number[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isSafeInteger(pid)) continue;
    const found = readProcess(pid);
    if (found === undefined) continue;
    parents.set(pid, found.parent);
    if (found.command.includes('/desk.cjs')) desks.push(pid);
  }
  // The app may have been started through another program.
  const descends = (pid: number | undefined): boolean => pid !== undefined && (pid === parent || descends(parents.get(pid)));
  return desks.find((pid) => descends(pid));
}

function readProcess(pid: number): { parent: number; command: string } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return { parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
  } catch {
    // It ended between the listing and the reading.
    return undefined;
  }
}
