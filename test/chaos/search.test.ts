/** Quick parts of `npm run chaos -- --part leaks` and `--part fuzz`, in processes of their own: jest cannot load all of the centre's packages. */
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { Fuzzed } from './fuzz.ts';
import type { Leaks } from './leaks.ts';

const seed = Number(process.env['QUAY_SEED'] ?? randomInt(2 ** 31));

async function said(what: 'leaks' | 'fuzz', count: number): Promise<unknown> {
  const { stdout } = await promisify(execFile)(join(__dirname, '../../node_modules/node/bin/node'), [join(__dirname, 'part-process.ts'), what, String(count), String(seed)]);
  return JSON.parse(stdout);
}

/** The search of given folders, by the same program. */
async function searched(folder: string, number: string): Promise<Leaks> {
  const program = `import { search } from ${JSON.stringify(join(__dirname, 'leaks.ts'))}; console.log(JSON.stringify(search([${JSON.stringify(folder)}], new Set([${JSON.stringify(number)}]))));`;
  const { stdout } = await promisify(execFile)(join(__dirname, '../../node_modules/node/bin/node'), ['--input-type=module-typescript', '-e', program]);
  return JSON.parse(stdout) as Leaks;
}

describe(`what a desk leaves on its disk (seed ${seed})`, () => {
  it('has nobody’s ID number in the clear: database, its log, drafts, contents, backup, bundle, temporary files, its own words', async () => {
    const leaks = (await said('leaks', 400)) as Leaks;
    expect(leaks.found).toEqual([]);
    expect([leaks.people, leaks.files > 7, leaks.megabytes > 1]).toEqual([400, true, true]);
  }, 120_000);

  it('would be found wherever it stood', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quay-planted-'));
    try {
      mkdirSync(join(folder, 'deep'));
      writeFileSync(join(folder, 'deep', 'a'), `${'x'.repeat(5_000)}99020190001234`);
      writeFileSync(join(folder, 'b'), Buffer.from('?020190001234', 'utf16le'));
      writeFileSync(join(folder, 'c'), Buffer.concat([Buffer.from([1]), Buffer.from('020190001234', 'utf16le')]));
      writeFileSync(join(folder, 'd'), '020190001235');
      expect((await searched(folder, '020190001234')).found.toSorted()).toEqual(['a', 'b', 'c']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe(`a centre to which nonsense is sent (seed ${seed})`, () => {
  it('answers each with a refusal, is taken by surprise by none, and goes on', async () => {
    const { sent, statuses, wrong, reported } = (await said('fuzz', 2_500)) as Fuzzed;
    expect([sent, wrong, reported]).toEqual([2_500, [], '']);
    expect(Object.keys(statuses).length).toBeGreaterThan(5);
  }, 120_000);
});
