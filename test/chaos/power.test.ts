import { mkdtempSync, rmSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cutPower } from './power.ts';

const seed = Number(process.env['QUAY_SEED'] ?? randomInt(2 ** 31));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quay-power-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe(`power cuts (seed ${seed})`, () => {
  it('lose no act that the desk told of, and leave its store whole', async () => {
    const { images, lost, broken } = await cutPower('desk', { folder, acts: 150, images: 200, seed });
    expect([images, lost, [...broken]]).toEqual([200, 0, []]);
  });

  it('lose nothing that the centre acknowledged, and leave each log one chain with its receipts', async () => {
    const { images, lost, broken } = await cutPower('centre', { folder, acts: 60, images: 60, seed });
    expect([images, lost, [...broken]]).toEqual([60, 0, []]);
  });

  it('would lose some if the store did not sync each commit: the same cuts find it', async () => {
    expect(await cutPower('FULL', { folder, acts: 300, images: 200, seed })).toMatchObject({ lost: 0, losing: 0 });
    expect((await cutPower('NORMAL', { folder, acts: 300, images: 200, seed })).losing).toBeGreaterThan(20);
  });
});
