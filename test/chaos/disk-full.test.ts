/** A desk and its centre on small real disks that fill up. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface Told {
  readonly before: string;
  readonly waiting: number;
  readonly refused: string;
  readonly again: string;
  readonly after: string;
  readonly refusals: readonly string[];
  readonly fullStillAnswers: boolean;
  readonly lost: number;
  readonly heads: readonly [number, number, number];
}

describe('a disk that is full', () => {
  it('at the centre and at the desk: said in words, nothing lost, and on when there is room', () => {
    const folder = mkdtempSync(join(tmpdir(), 'quay-full-'));
    try {
      const node = join(__dirname, '../../node_modules/node/bin/node');
      const run = spawnSync('unshare', ['--map-root-user', '--mount', node, join(__dirname, 'disk-full-process.ts'), folder], { encoding: 'utf8' });
      if (run.error || /unshare|mount:/.test(run.stderr)) throw new Error(`a small disk cannot be mounted here: run as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1). ${run.stderr}`);
      const { refusals, waiting, lost, heads, ...told } = JSON.parse(run.stdout) as Told;
      expect(told).toEqual({ before: 'recorded', refused: 'store.disk-full', again: 'store.disk-full', after: 'recorded', fullStillAnswers: true });
      expect(refusals).toContain('store.disk-full');
      expect(waiting).toBeGreaterThan(0);
      expect([lost, new Set(heads).size]).toEqual([0, 1]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 180_000);
});
