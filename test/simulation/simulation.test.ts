/** A quick part of `npm run simulate`, in a process of its own: jest cannot load all of the centre's packages. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { Score } from './score.ts';

const seed = 20_261_126;

async function simulated(args: readonly string[]): Promise<Score> {
  const node = join(__dirname, '../../node_modules/node/bin/node');
  const child = spawn(node, [join(__dirname, 'main.ts'), '--seed', String(seed), '--parts', '1', '--json', ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const said = await text(child.stdout);
  console.log(`seed of the simulation: ${seed} (npm run simulate -- --seed ${seed} --parts 1 ${args.join(' ')})`);
  return JSON.parse(said.trim().split('\n').at(-1) ?? '') as Score;
}

describe('a small province in virtual time', () => {
  it('calls nothing late that was in time and nothing in time that was late, loses nothing, and holds the truth in every interval', async () => {
    const score = await simulated(['--offices', '14', '--days', '4', '--volume', '0.25', '--hidden', '0.25', '--late', '0.05']);
    expect(score.wrong).toEqual([]);
    expect([score.inTimeCalledLate, score.lateCalledInTime]).toEqual([0, 0]);
    expect(score.intervalsTrue).toBe(score.intervals);
    for (const [kind, { passed }] of Object.entries(score.cheats)) {
      if (kind !== 'recorded before it was' && kind !== 'changed program') expect([kind, passed.A]).toEqual([kind, 0]);
    }
    // It must have lived through something, or the above shows nothing.
    expect(score.inTime).toBeGreaterThan(150);
    expect(score.tooLate).toBeGreaterThan(3);
    expect(score.closes).toBeGreaterThan(20);
    expect(Object.values(score.cheats).reduce((sum, { tried }) => sum + tried, 0)).toBeGreaterThan(3);
  }, 300_000);
});
