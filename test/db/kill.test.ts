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

/** What the writer said before it was killed: full lines only, a half-written one was never told to anybody. */
async function runAndKill(file: string, log: string, delay: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [join(__dirname, 'writer.ts'), file, log], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (complaint += text));
  const ended = new Promise<NodeJS.Signals | null>((resolve) => { child.once('close', (_code, signal) => resolve(signal)); });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (said === '') setTimeout(() => child.kill('SIGKILL'), delay);
    said += text;
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

describe('SIGKILL in mid-commit', () => {
  it.each(databases)(`loses no acknowledged act, repeats none, keeps the chain (database %s, seed ${seed})`, async (name) => {
    const file = join(folder.path, `${name}.db`);
    const log = next();
    const delays = fc.sample(fc.integer({ min: 0, max: 120 }), { numRuns: rounds, seed: seed + databases.indexOf(name) });
    const told: string[] = [];
    let before = 1;
    for (const delay of delays) {
      const acknowledged = await runAndKill(file, log, delay);
      told.push(...acknowledged);
      const store = open(file);
      expect(acknowledged.filter((line) => !isThere(store, line))).toEqual([]);
      // Two entries an act: what is more than told is at most the one act that was committed but not yet told.
      const added = store.head().seq - before;
      expect([2 * acknowledged.length, 2 * acknowledged.length + 2]).toContain(added);
      before = store.head().seq;
      store.close();
    }
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
  }, 120_000);
});
