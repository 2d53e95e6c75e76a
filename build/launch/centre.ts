import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** What the centre says in its first line, once it listens. */
const readyLine = z.object({
  ready: z.literal(true),
  /** Where desks reach it. */
  url: z.url(),
  /** The officer's pages; in development with a sign-in that works once. */
  province: z.string().optional(),
  /** A code with which one desk may enrol. */
  enrolmentCode: z.string(),
  /** The public key that desks trust it by. */
  pinnedKey: z.string(),
  /** The PIN of all sample staff. */
  developmentPin: z.string().optional(),
  /** The sample officer, when the one-time sign-in is used up. */
  officer: z.object({ login: z.string(), password: z.string() }).optional(),
});

export type CentreReady = z.infer<typeof readyLine>;

export interface Centre {
  readonly ready: CentreReady;
  /** Settles when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** The centre did not come up; the message is one line that says why. */
export class CentreFailed extends Error {
  override name = 'CentreFailed';
}

export interface CentreOptions {
  /** The bundle, `out/central/quay.mjs`. */
  readonly program: string;
  /** Its data. */
  readonly folder: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Drives its clock. */
  readonly clockFile?: string;
}

const readyLimit = 30_000;
const stopLimit = 8_000;

/**
 * Starts the central service beside the app, on a free port of this machine. It ends with us: its standard input closes
 * when we are gone, however we went. Throws CentreFailed when it does not come up.
 */
export async function startCentre(options: CentreOptions): Promise<Centre> {
  const args = ['central', '--dev', '--folder', options.folder, '--port', '0', '--json-ready', '--end-with-stdin', ...(options.clockFile === undefined ? [] : ['--clock-file', options.clockFile])];
  // Its data stays in its folder, whatever database tests or a real centre on this machine are told of.
  const { DATABASE_URL: _database, ...env } = options.env ?? process.env;
  const child = spawn(process.execPath, [options.program, ...args], { stdio: ['pipe', 'pipe', 'pipe'], env });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });

  try {
    const ready = await waitUntilReady(child);
    return { ready, ended, stop: () => endChild(child) };
  } catch (error) {
    await endChild(child);
    const reason = error instanceof Error ? error.message : String(error);
    throw new CentreFailed(`The central service did not start: ${reason}. ${said.slice(-3).join(' ')}`.trim(), { cause: error });
  }
}

async function waitUntilReady(child: ChildProcess): Promise<CentreReady> {
  if (child.stdout === null) throw new Error('it has no output');
  const lines = createInterface({ input: child.stdout });
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), readyLimit);
  try {
    const first = new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      child.once('error', reject);
      child.once('close', (code) => reject(new Error(`it ended with code ${code ?? 'none'}`)));
      limit.signal.addEventListener('abort', () => reject(new Error(`it was not ready after ${readyLimit / 1000} seconds`)));
    });
    return readyLine.parse(JSON.parse(await first));
  } finally {
    clearTimeout(timer);
    // Keeps its pipe empty for as long as it runs.
    lines.on('line', () => undefined);
  }
}

/** Resolves when `child` has ended; asks it first with SIGTERM, and after some seconds no longer asks. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopLimit);
  await ended;
  clearTimeout(timer);
}
