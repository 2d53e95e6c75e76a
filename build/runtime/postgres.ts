import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { run } from '../child.ts';
import { projectRoot } from './project.ts';
import { findPostgres, PostgresMissing, type FindOptions } from './postgres-programs.ts';

/** A PostgreSQL that tests may make schemas in. */
export interface PostgresServer {
  /** `postgres://…` of a database; whoever uses it makes a schema of their own there. */
  readonly address: string;
  /** One line: which server this is. */
  readonly notice: string;
  stop(): Promise<void>;
}

const startLimit = 60_000;
const stopLimit = 20_000;

/**
 * The server named by `DATABASE_URL`; else one of our own in a temporary folder, reached by a socket in it alone, which nobody else can
 * open. It ends with us however we go, and its folder with it. Throws PostgresMissing.
 */
export async function startPostgres(options: FindOptions = {}): Promise<PostgresServer> {
  const { env = process.env } = options;
  const given = env['DATABASE_URL'];
  if (given !== undefined && given !== '') return { address: given, notice: 'PostgreSQL named by DATABASE_URL', stop: () => Promise.resolve() };
  const programs = await findPostgres(options);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'quay-pg-')));
  const user = await serverUser();
  if (user) chownSync(folder, user.uid, user.gid);
  try {
    await made(programs.folder, folder, user);
    return await started(programs.folder, folder, programs.notice, user);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL does not run as root: then it runs as `postgres` where there is that user, or as `nobody`. */
async function serverUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    if (uid.code === 0 && gid.code === 0) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  throw new PostgresMissing('PostgreSQL does not run as root, and this machine has neither the user postgres nor nobody: run the tests as another user, or set DATABASE_URL.');
}

async function made(programs: string, folder: string, user: User | undefined): Promise<void> {
  const args = ['-D', join(folder, 'data'), '-U', 'quay', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  const child = spawn(join(programs, 'initdb'), args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...user });
  const said = collected(child);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new PostgresMissing(`PostgreSQL in ${programs} could not make a database: ${lastLines(said())}`);
}

/** Starts the server under a keeper that ends it when its own standard input closes: so it goes with us even where we are killed. */
async function started(programs: string, folder: string, notice: string, user: User | undefined): Promise<PostgresServer> {
  const settings = ['-c', 'listen_addresses=', '-c', `unix_socket_directories=${folder}`, '-c', 'unix_socket_permissions=0700', '-c', 'max_connections=200', '-c', 'timezone=UTC'];
  const keeper = [join(projectRoot, 'build/runtime/postgres-keeper.ts'), folder, String(user?.uid ?? ''), String(user?.gid ?? '')];
  const child = spawn(process.execPath, [...keeper, join(programs, 'postgres'), '-D', join(folder, 'data'), ...settings], {
    // Out of reach of the terminal's Ctrl+C, which would end the keeper before it has tidied up.
    cwd: projectRoot, stdio: ['pipe', 'ignore', 'pipe'], detached: true,
  });
  const said = collected(child);
  // `localhost` only stands where an address needs a host; the folder of the socket is the one that counts.
  const address = `postgres://localhost:5432/postgres?host=${encodeURIComponent(folder)}&user=quay`;
  const stop = async (): Promise<void> => {
    const ended = child.exitCode !== null || child.signalCode !== null ? undefined : once(child, 'exit');
    child.stdin?.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), stopLimit);
    await ended;
    clearTimeout(timer);
    rmSync(folder, { recursive: true, force: true });
  };
  for (const end = Date.now() + startLimit; ; await pause(50)) {
    if (await answers(address)) return { address, notice, stop };
    if (child.exitCode === null && Date.now() < end) continue;
    await stop();
    throw new PostgresMissing(`PostgreSQL in ${programs} did not start: ${lastLines(said())}`);
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString });
  try {
    await client.connect();
    return true;
  } catch {
    // Not yet, or not at all: the caller asks again until its time is over and then shows what the server said.
    return false;
  } finally {
    await client.end();
  }
}

function collected({ stderr }: ChildProcess): () => string {
  let text = '';
  stderr?.on('data', (chunk: unknown) => {
    text = `${text}${String(chunk)}`.slice(-10_000);
  });
  return () => text;
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' ');
}
