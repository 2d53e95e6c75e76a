/** A quick part of `npm run chaos -- --part sync`, in processes of their own: jest cannot load all of the centre's packages. */
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { SyncRun } from './sync-run.ts';

const run = promisify(execFile);
const seed = Number(process.env['QUAY_SEED'] ?? randomInt(2 ** 31));
const node = join(__dirname, '../../node_modules/node/bin/node');

async function runs(from: number, count: number, mistake = ''): Promise<SyncRun[]> {
  const { stdout } = await run(node, [join(__dirname, 'sync-process.ts'), String(from), '1', String(count), mistake], { maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as SyncRun);
}

describe(`desks and centre with everything failing (seed ${seed}: npm run chaos -- --part sync --runs 1 --seed N)`, () => {
  it('lose nothing, record nothing twice, get nowhere stuck, and know the same in the end', async () => {
    const all = await runs(seed, 20);
    expect(all.filter(({ wrong }) => wrong.length > 0).map(({ seed: of, wrong }) => [of, wrong])).toEqual([]);
    // They must have lived through something, or the above shows nothing.
    const sum = (of: 'acts' | 'deskDeaths' | 'centreDeaths' | 'moves'): number => all.reduce((total, one) => total + one[of], 0);
    expect(sum('acts')).toBeGreaterThan(150);
    expect(sum('deskDeaths')).toBeGreaterThan(20);
    expect(sum('centreDeaths')).toBeGreaterThan(10);
    expect(sum('moves')).toBeGreaterThan(0);
  }, 300_000);

  it('are caught where a desk tells its clerk before the commit', async () => {
    const all = await runs(7, 15, 'told-before-commit');
    expect(all.some(({ wrong }) => wrong.some((what) => what.startsWith('lost')))).toBe(true);
  }, 300_000);
});
