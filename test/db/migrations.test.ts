/** Each step of the schema on rows of the version before it. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { migrations, type DeskStore } from '#db/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { ok } from '#shared/errors/index.ts';
import { day, hour, monday } from '../shared/dossier/sample.ts';
import { openRaw } from './raw.ts';
import { catalogueFor, enrolled, handedOver, next, open, person, reception, record, resultReady, temporaryFolder } from './sample.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** What every version keeps: the log and what stands beside it. */
const truths = ['entry', 'sealed_body', 'own_log', 'code_use', 'anchor', 'catalogue', 'draft', 'memo'];

/** A store of an older version, holding the truths of a present one and nothing of its projections. */
function asVersion(version: number, from: string, to: string): void {
  const source = openRaw(from);
  const target = openRaw(to);
  target.pragma('journal_mode = WAL');
  for (const { version: step, up } of migrations.slice(0, version)) {
    up(target);
    target.pragma(`user_version = ${step}`);
  }
  for (const table of truths) {
    const known = new Set(target.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all());
    for (const row of source.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all()) {
      const names = Object.keys(row).filter((name) => known.has(name));
      target.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...names.map((name) => row[name]));
    }
  }
  source.close();
  target.close();
}

describe('version 3', () => {
  it('keeps every anchor of version 2; what the wall clock said then is not known', () => {
    const now = join(folder.path, 'now.db');
    const old = join(folder.path, 'old.db');
    const store = enrolled(now);
    const sighting = { boot: 'b-1', requestUptime: 1, responseUptime: 2, text: '{}', signature: 's' };
    store.anchors.add({ ...sighting, wall: 1_795_741_200_000 });
    expect(store.anchors.latest()).toEqual({ number: 1, ...sighting, wall: 1_795_741_200_000 });
    store.close();
    asVersion(2, now, old);
    const migrated = open(old);
    expect(migrated.anchors.since(0)).toEqual([{ number: 1, ...sighting }]);
    expect(migrated.anchors.add({ ...sighting, wall: 7 })).toEqual({ number: 2, ...sighting, wall: 7 });
    expect(migrated.anchors.get(2)).toEqual({ number: 2, ...sighting, wall: 7 });
    migrated.close();
  });
});

describe('version 2', () => {
  it('brings lists, search and duties over from version 1 by building them again from the log', () => {
    const now = join(folder.path, 'now.db');
    const old = join(folder.path, 'old.db');
    const store = enrolled(now);
    store.catalogue.store(catalogueFor(store.head().log));
    const [waiting, returned, erased] = [next(), next(), next()];
    record(store, reception(waiting, { code: 'H37.01-261123-0001' }, person('Hoàng Văn Thụ')));
    const [first] = record(store, reception(returned, { code: 'H37.01-261123-0002' }, person('Lê Thị Hằng')));
    record(store, resultReady(returned, monday + hour, [first!]));
    record(store, handedOver(returned, monday + day));
    record(store, reception(erased, { code: 'H37.01-261123-0003' }, person('Vi Văn Ân')));
    store.eraseDossiers([{ dossier: erased, authority: 'QĐ 12/2026' }]);
    store.drafts.save('reception', 'nửa chừng');
    const shown = (of: DeskStore): unknown => ({
      head: of.head(), hash: of.stateHash(), rows: of.read.list({ kind: 'all' }, { limit: 9 }), found: of.read.search('hang', { limit: 9 }), gone: of.read.search('an vi', { limit: 9 }),
      duties: of.read.duties(monday + 30 * day, 99), counts: of.read.counts('2026-11-23'), draft: of.drafts.load('reception'), waiting: of.pendingSummary(),
    });
    const before = shown(store);
    store.close();

    asVersion(1, now, old);
    const raw = openRaw(old);
    // Rows as version 1 had them, with a state of its own shape: nothing of them may be believed.
    const entry = raw.prepare<[string], { id: number }>('SELECT id FROM entry WHERE dossier = ?').get(waiting);
    raw.prepare(`
      INSERT INTO dossier (id, dossier, code, provisional, procedure, stage, receiving_agency, accepted_at, due_at, conflicts, unknown, state)
      VALUES (?, ?, 'CŨ-1', 0, '1.001193', 'processing', 'a-1', 1, 2, 0, 0, '{}')
    `).run(entry?.id, waiting);
    raw.prepare("INSERT INTO lookup (id, name, words) VALUES (?, 'Tên cũ', 'ten cu')").run(entry?.id);
    raw.prepare("INSERT INTO lookup_words (rowid, words) VALUES (?, 'ten cu')").run(entry?.id);
    raw.prepare("INSERT INTO vocabulary (word) VALUES ('ten')").run();
    raw.close();

    const migrated = open(old);
    expect(shown(migrated)).toEqual(before);
    expect(migrated.read.search('ten cu', { limit: 9 }).rows).toEqual([]);
    expect(migrated.verify()).toEqual(ok(true));
    migrated.close();
    const again = open(old);
    expect(shown(again)).toEqual(before);
    record(again, { kind: dossierKinds.stopRequested, dossier: waiting, after: [], facts: { at: monday + hour, timeSource: 'anchor' } });
    expect(again.read.row(waiting)).toMatchObject({ stage: 'stop-requested', applicantName: 'Hoàng Văn Thụ' });
    again.close();
  });

  it('builds the projections again where another version of the program built them', () => {
    const file = join(folder.path, 'desk.db');
    const store = enrolled(file);
    const dossier = next();
    record(store, reception(dossier));
    const hash = store.stateHash();
    store.close();
    const raw = openRaw(file);
    raw.exec("UPDATE projection SET version = 1; DELETE FROM duty; UPDATE dossier SET stage = 'stopped'");
    raw.close();
    const again = open(file);
    expect(again.stateHash()).toBe(hash);
    expect(again.read.row(dossier)?.stage).toBe('processing');
    expect(again.read.duties(monday + day, 9).rows.map(({ duty }) => duty)).toContain('finish');
    again.close();
  });
});

describe('version 4', () => {
  it('keeps what was acknowledged, and remembers from then on what is kept as a branch', () => {
    const now = join(folder.path, 'now.db');
    const old = join(folder.path, 'old.db');
    const store = enrolled(now);
    record(store, reception(next()));
    store.markAcknowledged({ ...store.head(), seq: 1, hash: store.pending(0, { entries: 1, bytes: 1 })[0]?.entry.hash ?? '' });
    const [head, acknowledged] = [store.head(), store.acknowledged()];
    store.close();
    asVersion(3, now, old);
    const migrated = open(old);
    expect([migrated.head(), migrated.acknowledged(), migrated.kept(), migrated.sent()]).toEqual([head, acknowledged, undefined, acknowledged]);
    expect(migrated.markKept({ ...head, leavesAt: 2 })).toEqual(ok(true));
    migrated.close();
    const again = open(old);
    expect([again.kept(), again.sent(), again.acknowledged(), again.pendingSummary().entries]).toEqual([{ ...head, leavesAt: 2 }, head, acknowledged, 0]);
    again.close();
  });
});

describe('version 5', () => {
  it('finds the digitised papers that a log from elsewhere named before, as waiting', () => {
    const now = join(folder.path, 'now.db');
    const old = join(folder.path, 'old.db');
    const store = enrolled(now);
    const dossier = next();
    record(store, reception(dossier));
    record(store, { kind: dossierKinds.attached, dossier, after: [], facts: { at: 1, timeSource: 'anchor', of: 'result', sha256: 'a'.repeat(64), bytes: 10, media: 'image/png' } });
    store.close();
    asVersion(4, now, old);
    const migrated = open(old);
    expect(migrated.attachments.waiting()).toMatchObject([{ seq: 3, dossier, sha256: 'a'.repeat(64), bytes: 10 }]);
    expect(migrated.read.dossier(dossier)?.attachments).toMatchObject([{ of: 'result', sha256: 'a'.repeat(64) }]);
    migrated.close();
  });
});
