import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const runSchema = z.object({
  seed: z.int(), wrong: z.array(z.string()), acts: z.int(), deskDeaths: z.int(), centreDeaths: z.int(), restores: z.int(), moves: z.int(), drained: z.number(),
});

/** What came of many runs of desks and centre with everything failing. */
export interface SyncScore {
  readonly runs: number;
  readonly acts: number;
  readonly deskDeaths: number;
  readonly centreDeaths: number;
  readonly restores: number;
  readonly moves: number;
  /** Longest time to drain, virtual minutes. */
  readonly longest: number;
  /** Runs in which something was wrong, by seed. */
  readonly wrong: readonly { readonly seed: number; readonly wrong: readonly string[] }[];
}

export interface SyncOptions {
  readonly seed: number;
  readonly runs: number;
  /** How many at a time, each in a process of its own. */
  readonly processes: number;
  readonly mistake?: 'told-before-commit' | undefined;
  readonly progress?: (done: number) => void;
  /** Told at once of a run in which something was wrong. */
  readonly failed?: (seed: number, wrong: readonly string[]) => void;
}

/** Runs with the seeds `seed`, `seed + 1`, … in processes of their own: virtual time needs the program to itself. */
export async function chaosOfSync({ seed, runs, processes, mistake, progress, failed }: SyncOptions): Promise<SyncScore> {
  const all: z.output<typeof runSchema>[] = [];
  const shares = Array.from({ length: Math.min(processes, runs) }, (_, index) => ({ from: seed + index, step: Math.min(processes, runs) }));
  await Promise.all(shares.map(async ({ from, step }) => {
    const count = Math.ceil((seed + runs - from) / step);
    const child = spawn(process.execPath, [`${import.meta.dirname}/sync-process.ts`, String(from), String(step), String(count), mistake ?? ''], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
    for await (const line of createInterface({ input: child.stdout })) {
      const run = runSchema.parse(JSON.parse(line));
      all.push(run);
      if (run.wrong.length > 0) failed?.(run.seed, run.wrong);
      progress?.(all.length);
    }
    const code = await ended;
    if (code !== 0) throw new Error(`the process of the runs from seed ${from} ended with ${code}`);
  }));
  const sum = (of: 'acts' | 'deskDeaths' | 'centreDeaths' | 'restores' | 'moves'): number => all.reduce((total, run) => total + run[of], 0);
  return {
    runs: all.length, acts: sum('acts'), deskDeaths: sum('deskDeaths'), centreDeaths: sum('centreDeaths'), restores: sum('restores'), moves: sum('moves'),
    longest: Math.max(0, ...all.map(({ drained }) => drained)) / 60_000,
    wrong: all.filter(({ wrong }) => wrong.length > 0).map(({ seed: of, wrong }) => ({ seed: of, wrong })).sort((a, b) => a.seed - b.seed),
  };
}
