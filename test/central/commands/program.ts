import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const root = join(__dirname, '../../..');
const program = ['--import', join(root, 'build/development.ts'), join(root, 'central/quay.ts')];

const readyLine = z.object({
  ready: z.literal(true), url: z.url(), province: z.url(), enrolmentCode: z.string(), pinnedKey: z.string().length(43), synchronised: z.boolean(), pid: z.int(),
});

/** Without the database that tests are given: each centre has its data in its own folder, unless it is told of another. */
function environment(database: string | undefined): NodeJS.ProcessEnv {
  const { DATABASE_URL: _given, ...env } = process.env;
  return { ...env, ...(database === undefined ? {} : { DATABASE_URL: database }) };
}

/** Runs `quay` to its end. */
export async function quay(args: readonly string[], input = '', database?: string): Promise<{ code: number | null; output: string; problems: string }> {
  const child = spawn(process.execPath, [...program, ...args], { stdio: 'pipe', env: environment(database) });
  child.stdin.end(input);
  const [output, problems] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, output, problems };
}

export interface RunningCentre {
  readonly child: ChildProcess;
  readonly ready: z.infer<typeof readyLine>;
  /** Sends a signal, waits for the end, gives the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts `quay central --dev` as a process of its own and waits for its ready line. */
export async function quayCentral(folder: string, more: readonly string[] = [], database?: string): Promise<RunningCentre> {
  const child = spawn(process.execPath, [...program, 'central', '--dev', '--folder', folder, '--port', '0', '--json-ready', '--end-with-stdin', ...more], { stdio: ['pipe', 'pipe', 'pipe'], env: environment(database) });
  const problems = text(child.stderr);
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), once(child, 'close').then(async () => Promise.reject(new Error(await problems)))]);
  return {
    child, ready: readyLine.parse(JSON.parse(String(first[0]))),
    end: async (signal) => {
      const ended = once(child, 'close');
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}
