import { spawn } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';

export interface Finished {
  /** The exit code; null when a signal or the time limit ended it. */
  readonly code: number | null;
  /** What it printed, both streams in the order it came. Empty when it printed straight to the terminal. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which it is killed. */
  readonly limit?: number;
  /** Show what it prints as it comes, instead of collecting it. */
  readonly show?: boolean;
}

/**
 * Runs a program to its end. Never throws for a failing program: look at `code`. A program that cannot be started at all
 * gives code 127 and the reason as output. It does not outlive us.
 */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve) => {
    const stdio: SpawnOptions['stdio'] = options.show === true ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, {
      stdio,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.limit === undefined ? {} : { timeout: options.limit, killSignal: 'SIGKILL' as const }),
    });
    const endWithUs = (): void => void child.kill('SIGKILL');
    process.once('exit', endWithUs);
    const chunks: Buffer[] = [];
    const collect = (chunk: Buffer): void => void chunks.push(chunk);
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', (error) => {
      resolve({ code: 127, output: error.message });
    });
    child.once('close', (code) => {
      process.off('exit', endWithUs);
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
