import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migrations, type DeskStore, type Migration, type PendingSummary } from '#db/index.ts';
import { DomainError, fail, fault, ok, type Outcome } from '#shared/errors/index.ts';
import type { Head } from '#shared/log/index.ts';
import { clock } from '../shared/dossier/sample.ts';
import { openRaw, plainBytes } from './raw.ts';
import { enrolled, next, open, person, reception, record, temporaryFolder } from './sample.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'desk.db');
});
afterEach(() => folder.remove());

/** The fault with which something stops. */
function faultOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error instanceof DomainError ? error.fault : error;
  }
  return undefined;
}

function filled(): DeskStore {
  const store = enrolled(file);
  for (let count = 0; count < 40; count += 1) record(store, reception(next(), { code: `H37.01-261123-${1000 + count}` }, person(`Hoàng Văn Thụ ${count}`)));
  return store;
}

describe('the file', () => {
  it('cannot be read without its key, nor any file beside it', () => {
    const store = filled();
    const found: string[] = [];
    const look = (): void => {
      for (const name of readdirSync(folder.path)) {
        const bytes = readFileSync(join(folder.path, name)).toString('latin1');
        for (const secret of ['SQLite format 3', 'H37.01-261123-1001', 'hoang', Buffer.from('Hoàng').toString('latin1'), 'CREATE TABLE']) {
          if (bytes.includes(secret)) found.push(`${name}: ${secret}`);
        }
      }
    };
    look();
    expect(readdirSync(folder.path)).toContain('desk.db-wal');
    store.close();
    look();
    expect(found).toEqual([]);
    // The same look finds all of it in the opened file, so it can find something.
    expect(plainBytes(file).toString('latin1')).toContain(Buffer.from('Hoàng').toString('latin1'));
  });

  it('does not open under another key, and is not harmed by the attempt', () => {
    const store = filled();
    const hash = store.stateHash();
    store.close();
    expect(faultOf(() => open(file, { key: new Uint8Array(32).fill(9) }))).toEqual(fault('store.wrong-key'));
    const again = open(file);
    expect(again.stateHash()).toBe(hash);
    again.close();
  });

  it('that is no encrypted database is refused', () => {
    const plain = openRaw(file);
    plain.pragma("rekey = ''");
    plain.exec('CREATE TABLE t (a)');
    plain.close();
    const handle = openSync(join(folder.path, 'text.db'), 'w');
    writeSync(handle, 'x'.repeat(8192));
    closeSync(handle);
    expect(faultOf(() => open(join(folder.path, 'text.db')))).toEqual(fault('store.wrong-key'));
    expect(faultOf(() => open(file))).toEqual(fault('store.not-encrypted'));
  });

  it('is written so that every commit is on the disk, nothing in temporary files, what is deleted overwritten', () => {
    const seen: Record<string, unknown> = {};
    const look: Migration = {
      version: migrations.length + 1,
      up(db) {
        for (const name of ['synchronous', 'journal_mode', 'foreign_keys', 'mmap_size', 'temp_store', 'secure_delete', 'locking_mode', 'cipher']) {
          seen[name] = db.pragma(name, { simple: true });
        }
      },
    };
    open(file, { migrations: [...migrations, look] }).close();
    expect(seen).toEqual({
      synchronous: 2, journal_mode: 'wal', foreign_keys: 1, mmap_size: 0, temp_store: 2, secure_delete: 1, locking_mode: 'exclusive', cipher: 'aegis',
    });
  });

  it('is not opened where the library does not keep FULL', () => {
    const pragma = Database.prototype.pragma;
    const spy = jest.spyOn(Database.prototype, 'pragma').mockImplementation(function set(this: Database.Database, source, options) {
      return pragma.call(this, source.replace('synchronous = FULL', 'synchronous = NORMAL'), options);
    });
    try {
      expect(faultOf(() => open(file))).toEqual(fault('store.not-durable', { found: '1/wal' }));
    } finally {
      spy.mockRestore();
    }
    open(file).close();
  });

  it('with a damaged page says so, whether it is looked for or met', () => {
    const store = filled();
    store.close();
    const size = readFileSync(file).length;
    const seen = new Set<unknown>();
    for (let page = 1; page < size / 4096; page += 1) {
      const handle = openSync(file, 'r+');
      const at = page * 4096 + 100;
      const byte = readFileSync(file).subarray(at, at + 1);
      writeSync(handle, Buffer.from([byte.readUInt8() ^ 1]), 0, 1, at);
      const met = faultOf(() => {
        const damaged = open(file);
        const verified = damaged.verify();
        damaged.close();
        return verified.ok ? undefined : (() => { throw new DomainError(verified.fault.code); })();
      });
      seen.add((met as { code: string }).code);
      writeSync(handle, byte, 0, 1, at);
      closeSync(handle);
    }
    expect([...seen]).toEqual(['store.damaged']);
    const mended = open(file);
    expect(mended.verify()).toEqual(ok(true));
    mended.close();
  });

  it('is for one process: a second one is told it is in use, and the first goes on', () => {
    const store = filled();
    expect(faultOf(() => open(file))).toEqual(fault('store.in-use'));
    const script = `
      import { openDeskStore, nodeHasher, nodeRandom } from '#db/index.ts';
      try { openDeskStore({ file: ${JSON.stringify(file)}, key: new Uint8Array(32).fill(7), hasher: nodeHasher, random: nodeRandom }); }
      catch (error) { process.stdout.write(error.fault.code); }
    `;
    const other = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: join(__dirname, '../..'), encoding: 'utf8' });
    expect([other.stdout, other.stderr]).toEqual(['store.in-use', '']);
    record(store, reception(next()));
    store.close();
  });
});

describe('the schema', () => {
  const newer = migrations.length + 1;
  const one: Migration = {
    version: newer,
    up: (db) => void db.exec("ALTER TABLE memo ADD COLUMN kept INTEGER NOT NULL DEFAULT 7; INSERT INTO memo (name, text) VALUES ('from-newer', '1')"),
  };

  it('is brought up from the version before, with what was in it', () => {
    const before = filled();
    before.memo.save('cursor', 1);
    const hash = before.stateHash();
    before.close();
    const after = open(file, { migrations: [...migrations, one] });
    expect(after.stateHash()).toBe(hash);
    expect(after.verify()).toEqual(ok(true));
    after.close();
    const raw = openRaw(file);
    expect(raw.prepare('SELECT name, kept FROM memo ORDER BY name').all()).toEqual([{ name: 'cursor', kept: 7 }, { name: 'from-newer', kept: 7 }]);
    raw.close();
  });

  it('of a newer program is left alone', () => {
    filled().close();
    open(file, { migrations: [...migrations, one] }).close();
    expect(faultOf(() => open(file))).toEqual(fault('store.newer-version', { found: newer, known: migrations.length }));
  });

  it('stays as it was when a step fails, and goes in order', () => {
    filled().close();
    const broken: Migration = { version: newer, up: (db) => void db.exec('CREATE TABLE half (a); CREATE TABLE half (a)') };
    expect(() => open(file, { migrations: [...migrations, broken] })).toThrow('already exists');
    expect(() => open(file, { migrations: [one, ...migrations] })).toThrow(RangeError);
    const store = open(file);
    expect(store.verify()).toEqual(ok(true));
    store.close();
    const raw = openRaw(file);
    expect(raw.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all()).toEqual([]);
    raw.close();
  });

  it('forbids changing or removing an entry', () => {
    filled().close();
    const raw = openRaw(file);
    expect(() => raw.exec("UPDATE entry SET text = '{}'")).toThrow('never change');
    expect(() => raw.exec('DELETE FROM entry')).toThrow('never removed');
    raw.close();
  });

  it('whose entry was changed behind the door no longer verifies', () => {
    filled().close();
    const raw = openRaw(file);
    raw.exec("DROP TRIGGER entry_stays; UPDATE entry SET text = replace(text, '\"fee\":8000', '\"fee\":9000') WHERE seq = 7");
    raw.close();
    const store = open(file);
    expect(store.verify()).toMatchObject({ ok: false, fault: { code: 'log.bad-chain', params: { seq: 7 } } });
    store.close();
  });
});

describe('a full disk', () => {
  /** A database that may not grow far: SQLite is told so, through a step that changes nothing else. */
  const tight: Migration = { version: migrations.length + 1, up: (db) => void db.pragma('max_page_count = 110') };
  const big = person('a'.repeat(200), { address: 'b'.repeat(500) });

  function act(store: DeskStore, count: number): Outcome<unknown> {
    const drafts = [reception(next(), { code: `X-${count}` }, big), reception(next(), { code: `Y-${count}` }, big)];
    return store.commit({ act: next(), actor: 's-1', clock, decide: () => ok(drafts) });
  }

  interface Seen {
    readonly head: Head;
    readonly states: string;
    readonly waiting: PendingSummary;
  }

  function look(store: DeskStore): Seen {
    return { head: store.head(), states: store.stateHash(), waiting: store.pendingSummary() };
  }

  /** Goes on until there is no room: the last answer, and what there was before and after it. */
  function fill(store: DeskStore): { outcome: Outcome<unknown>; before: Seen; after: Seen } {
    for (let count = 0; count < 2000; count += 1) {
      const before = look(store);
      const outcome = act(store, count);
      if (!outcome.ok) return { outcome, before, after: look(store) };
    }
    throw new Error('there was room for everything');
  }

  it('refuses the act with nothing of it written, and takes the next once there is room', () => {
    enrolled(file).close();
    const store = open(file, { migrations: [...migrations, tight] });
    const { outcome, before, after } = fill(store);
    expect(outcome).toEqual(fail('store.disk-full'));
    expect(after).toEqual(before);
    store.close();
    // The limit held for that one connection.
    const later = open(file, { migrations: [...migrations, tight] });
    expect([look(later), later.verify()]).toEqual([before, ok(true)]);
    expect(act(later, 9999).ok).toBe(true);
    later.close();
  });

  // The same on a real small disk, where one can be made: root on Linux. Elsewhere the disk is the machine's and has room.
  const disk = mkdtempSync(join(tmpdir(), 'quay-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]).status === 0;
  afterAll(() => {
    if (mounted) spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true });
  });

  it('does so on a small disk of its own', () => {
    const place = join(disk, 'full.db');
    const store = enrolled(place);
    const { outcome, before, after } = mounted ? fill(store) : { outcome: fail('store.disk-full'), before: look(store), after: look(store) };
    expect(outcome).toEqual(fail('store.disk-full'));
    expect(after).toEqual(before);
    store.close();
    if (mounted) spawnSync('mount', ['-o', 'remount,size=9m', disk]);
    const later = open(place);
    expect([look(later), later.verify()]).toEqual([before, ok(true)]);
    expect(act(later, 9999).ok).toBe(true);
    later.close();
  });
});
