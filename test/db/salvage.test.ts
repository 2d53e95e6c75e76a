import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeSync, copyFileSync, existsSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { graft, nodeHasher, salvage, type DeskStore } from '#db/index.ts';
import type { CarriedEntry } from '#shared/sync/index.ts';
import { clock } from '../shared/dossier/sample.ts';
import { numbers } from '../electron/desk/numbers.ts';
import { enrolled, key, next, open, person, reception, record, temporaryFolder } from './sample.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
process.stdout.write(`seed of the damage: ${seed}\n`);
const at = (name: string): string => join(folder.path, name);

function fill(store: DeskStore, count: number): void {
  for (let index = 0; index < count; index += 1) record(store, reception(next(), { code: `H37.01-261123-${1000 + index}` }, person(`Hoàng Văn Thụ ${index}`)));
}

function all(store: DeskStore, log?: string): readonly CarriedEntry[] {
  return store.pending(0, { entries: 100_000, bytes: 1e9 }, log);
}

/** A copy of a store's files as a crash would leave them. */
function copy(from: string, to: string): void {
  for (const end of ['', '-wal']) if (existsSync(from + end)) copyFileSync(from + end, to + end);
}

/** Overwrites random bytes, and sometimes whole stretches. */
function damage(file: string, chance: (below: number) => number, places: number): void {
  const handle = openSync(file, 'r+');
  const { size } = statSync(file);
  for (let place = 0; place < places; place += 1) {
    const bytes = Buffer.from(Array.from({ length: 1 + chance(chance(4) === 0 ? 9000 : 40) }, () => chance(256)));
    // The first page decides whether anything opens at all; it has a test of its own.
    writeSync(handle, bytes, 0, bytes.length, 4096 + chance(Math.max(1, size - 4096 - bytes.length)));
  }
  closeSync(handle);
}

describe('salvage of a damaged file', () => {
  it('finds everything in a file that is whole, what stands in its write-ahead log too', () => {
    const store = enrolled(at('desk.db'));
    fill(store, 30);
    expect(store.backup(at('backup.db')).ok).toBe(true);
    fill(store, 50);
    store.drafts.save('k', 'half a form');
    copy(at('desk.db'), at('copy.db'));
    const before = all(store);
    store.close();
    const found = salvage(at('copy.db'), key, nodeHasher);
    expect(found.readable).toBe(true);
    expect(found.logs.map(({ entries }) => entries)).toEqual([before]);
    expect(graft(at('backup.db'), key, found)).toEqual({ added: 50, behind: [] });
    const restored = open(at('backup.db'));
    restored.rebuild();
    expect(all(restored)).toEqual(before);
    expect(restored.verify().ok).toBe(true);
    expect(restored.drafts.load('k')).toBe('half a form');
  });

  it('keeps of a file damaged anywhere what verifies, never anything else, and an unbroken log', () => {
    const chance = numbers(seed);
    const store = enrolled(at('desk.db'));
    fill(store, 60);
    expect(store.backup(at('backup.db')).ok).toBe(true);
    fill(store, 200);
    const second = { ...store.identity()!, log: next() };
    expect(store.openLog({ identity: second, software: 'test', why: 'recovered', act: next(), clock }).ok).toBe(true);
    fill(store, 100);
    const logs = store.ownLogs();
    const before = logs.map((log) => all(store, log));
    store.checkpointWhenIdle();
    store.close();
    let rescued = 0;
    for (let round = 0; round < 40; round += 1) {
      const spoilt = at(`spoilt-${round}.db`);
      const target = at(`restored-${round}.db`);
      copy(at('desk.db'), spoilt);
      copy(at('backup.db'), target);
      damage(spoilt, chance, 1 + chance(12));
      const found = salvage(spoilt, key, nodeHasher);
      const { added, behind } = graft(target, key, found);
      const restored = open(target);
      restored.rebuild();
      expect([seed, round, restored.verify()]).toEqual([seed, round, { ok: true, value: true }]);
      for (const log of restored.ownLogs()) {
        const kept = all(restored, log);
        expect([seed, round, kept]).toEqual([seed, round, before[logs.indexOf(log)]?.slice(0, kept.length)]);
        const left = behind.find((one) => one.log === log)?.entries ?? [];
        for (const { entry } of left) expect(before[logs.indexOf(log)]?.[entry.header.seq - 1]?.entry.hash).toBe(entry.hash);
        expect(left[0]?.entry.header.seq).not.toBe(kept.length + 1);
      }
      rescued += added + behind.reduce((sum, { entries }) => sum + entries.length, 0);
      restored.close();
    }
    // Most of it survives such damage; a salvage that found nothing would pass all of the above.
    expect(rescued).toBeGreaterThan(40 * 100);
  }, 120_000);

  it('says of a file whose first page is gone that nothing can be read, and leaves the backup as it is', () => {
    const store = enrolled(at('desk.db'));
    fill(store, 5);
    expect(store.backup(at('backup.db')).ok).toBe(true);
    store.close();
    const handle = openSync(at('desk.db'), 'r+');
    writeSync(handle, Buffer.alloc(4096, 1), 0, 4096, 0);
    closeSync(handle);
    const found = salvage(at('desk.db'), key, nodeHasher);
    expect(found).toEqual({ readable: false, logs: [], tables: [] });
    expect(graft(at('backup.db'), key, found)).toEqual({ added: 0, behind: [] });
    expect(salvage(at('backup.db'), new Uint8Array(32).fill(1), nodeHasher).readable).toBe(false);
  });

  it('goes on without a backup where the desk’s own tables can be read', () => {
    const store = enrolled(at('desk.db'));
    fill(store, 40);
    store.memo.save('installation', { x: 1 });
    store.drafts.save('k', 'half a form');
    const before = all(store);
    store.close();
    expect(graft(at('empty.db'), key, salvage(at('desk.db'), key, nodeHasher))).toEqual({ added: before.length, behind: [] });
    const restored = open(at('empty.db'));
    restored.rebuild();
    expect(all(restored)).toEqual(before);
    expect(restored.drafts.load('k')).toBe('half a form');
    expect(restored.identity()?.desk).toBe('Quầy 2');
  });

  it('does not bring back what was erased since the backup', () => {
    const store = enrolled(at('desk.db'));
    const dossiers = [next(), next()] as const;
    const [early = ''] = record(store, reception(dossiers[0]));
    expect(store.backup(at('backup.db')).ok).toBe(true);
    const [late = ''] = record(store, reception(dossiers[1], { code: 'H37.01-261123-2000' }));
    expect(store.eraseDossiers(dossiers.map((dossier) => ({ dossier, authority: 'decision 1' })))).toEqual({ ok: true, value: true });
    for (const hash of [early, late]) expect(store.read.sealed(hash)).toEqual({ erased: true });
    store.close();
    graft(at('backup.db'), key, salvage(at('desk.db'), key, nodeHasher));
    const restored = open(at('backup.db'));
    restored.rebuild();
    for (const hash of [early, late]) expect(restored.read.sealed(hash)).toEqual({ erased: true });
  });
});
