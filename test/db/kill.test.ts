import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import type { DeskStore } from '#db/index.ts';
import { ok } from '#shared/errors/index.ts';
import { clock } from '../shared/dossier/sample.ts';
import { next, open, temporaryFolder } from './sample.ts';

const seed = Number(process.env['QUAY_SEED'] ?? randomInt(2 ** 31));
/** Kills per database; the databases are written side by side. */
const rounds = 25;
const databases = ['one', 'two'];

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

/** When a writer is killed: so many milliseconds after it has told of so many acts. A busy machine tells of few in a given time. */
interface Moment {
  readonly acts: number;
  readonly delay: number;
}

const moments = fc.record({ acts: fc.integer({ min: 0, max: 6 }), delay: fc.integer({ min: 0, max: 120 }) });

/** What the writer said before it was killed: full lines only, a half-written one was never told to anybody. */
async function runAndKill(file: string, log: string, { acts, delay }: Moment): Promise<readonly string[]> {
  const child = spawn(process.execPath, [join(__dirname, 'writer.ts'), file, log], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let killing = false;
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (complaint += text));
  const ended = new Promise<NodeJS.Signals | null>((resolve) => { child.once('close', (_code, signal) => resolve(signal)); });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    // The first line says that it is open.
    if (killing || said.split('\n').length - 2 < acts) return;
    killing = true;
    setTimeout(() => child.kill('SIGKILL'), delay);
  });
  expect([await ended, complaint]).toEqual(['SIGKILL', '']);
  return said.split('\n').slice(1, -1);
}

/** Whether an act is there, exactly once and whole: asked again, the store answers from its log. */
function isThere(store: DeskStore, line: string): boolean {
  const [act = '', dossier = ''] = line.split(' ');
  const again = store.commit({ act, actor: 's-1', clock, decide: () => ok([]) });
  return again.ok && again.value.repeated && again.value.entries.length === 2 && store.read.history(dossier).length === 1;
}

/** Kills the writer of one database again and again; what it was told, and what is wrong with what is there. */
async function torment(name: string, times: readonly Moment[]): Promise<{ file: string; told: readonly string[]; missing: readonly string[]; surplus: readonly number[] }> {
  const file = join(folder.path, `${name}.db`);
  const log = next();
  const told: string[] = [];
  const missing: string[] = [];
  const surplus: number[] = [];
  let before = 1;
  for (const moment of times) {
    const acknowledged = await runAndKill(file, log, moment);
    told.push(...acknowledged);
    const store = open(file);
    missing.push(...acknowledged.filter((line) => !isThere(store, line)));
    surplus.push(store.head().seq - before - 2 * acknowledged.length);
    before = store.head().seq;
    store.close();
  }
  return { file, told, missing, surplus };
}

describe('SIGKILL in mid-commit', () => {
  it(`loses no acknowledged act in ${rounds * databases.length} kills, repeats none, keeps the chain (seed ${seed})`, async () => {
    const runs = databases.map((name, index) => torment(name, fc.sample(moments, { numRuns: rounds, seed: seed + index })));
    for (const { file, told, missing, surplus } of await Promise.all(runs)) {
      expect(missing).toEqual([]);
      // Two entries an act: there may be one act more than was told, committed but killed before it could be said.
      expect(surplus.filter((entries) => entries !== 0 && entries !== 2)).toEqual([]);
      expect(told.length).toBeGreaterThan(rounds);
      const store = open(file);
      expect(told.filter((line) => !isThere(store, line))).toEqual([]);
      expect(store.verify()).toEqual(ok(true));
      const hash = store.stateHash();
      store.rebuild();
      expect(store.stateHash()).toBe(hash);
      const codes = store.read.list({ kind: 'all' }, { limit: 100_000 }).rows.map(({ code }) => code);
      expect(new Set(codes).size).toBe(codes.length);
      store.close();
    }
  }, 180_000);
});
