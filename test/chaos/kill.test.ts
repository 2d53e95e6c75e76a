/** A quick part of `npm run chaos -- --part kill`, in a process of its own: jest cannot load all of the centre's packages. */
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { Kills } from './kill.ts';

const seed = Number(process.env['QUAY_SEED'] ?? randomInt(2 ** 31));

describe(`a desk and its centre killed under load (seed ${seed})`, () => {
  it('have every act of which the clerk was told, once, in chains that hold', async () => {
    const { stdout } = await promisify(execFile)(join(__dirname, '../../node_modules/node/bin/node'), [join(__dirname, 'part-process.ts'), 'kill', '20', String(seed)]);
    const kills = JSON.parse(stdout) as Kills;
    expect(kills.wrong).toEqual([]);
    expect([kills.desk + kills.centre, kills.told > 20, kills.desk > 0, kills.centre > 0]).toEqual([20, true, true, true]);
  }, 300_000);
});
