import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { openSqliteStore } from '#central/store/index.ts';
import { migrations } from '#central/store/migrations.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { logWriter, uuids } from '../../shared/dossier/sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'quay-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a store of version 1 shows what it held before to the agencies with a part in it', async () => {
  const file = join(folder, 'one.db');
  const next = uuids('migration');
  const [log, dossier] = [next(), next()];
  const writer = logWriter(log, next);
  const entries = [
    writer.write({ kind: dossierKinds.received, dossier, facts: { receivingAgency: 'a-1', code: 'H37.01-261123-0001' } }),
    writer.write({ kind: 'anchor.noted' }),
    writer.write({ kind: 'dossier.forwarded', dossier, facts: { toAgency: 'a-2' } }),
    writer.write({ kind: dossierKinds.handedOver, dossier }),
  ];
  const db = new Database(file);
  db.exec(String(migrations[0]));
  db.pragma('user_version = 1');
  db.prepare('INSERT INTO logs (log, public_key, opened_at, head_seq, head_hash) VALUES (?, ?, 0, 4, ?)').run(log, 'k', entries[3]?.hash);
  const add = db.prepare('INSERT INTO entries (log, seq, hash, dossier, text, body, received_at, marked) VALUES (?, ?, ?, ?, ?, NULL, 0, 0)');
  for (const { header, hash, text } of entries) add.run(log, header.seq, hash, header.dossier ?? null, text);
  db.close();

  const store = openSqliteStore(file);
  const shown = async (agency: string) => (await store.feed({ agency, after: { position: 0, entry: 0 }, except: [] }, 1_000_000)).entries.map(({ seq }) => seq);
  expect(await store.parties(dossier)).toEqual(['a-1', 'a-2']);
  expect(await shown('a-1')).toEqual([1, 3, 4]);
  expect(await shown('a-2')).toEqual([1, 3, 4]);
  expect(await shown('a-3')).toEqual([]);
  expect(await store.feedEnd('a-2')).toEqual({ position: 4, entry: 4 });
  expect(await store.dossiersOfCode('H37.01-261123-0001')).toEqual([dossier]);
  await store.close();
});

it('a store of version 3 keeps what it had of branches, and shows it; what follows nothing waits for the desk', async () => {
  const file = join(folder, 'three.db');
  const next = uuids('branches');
  const [log, dossier] = [next(), next()];
  const writer = logWriter(log, next);
  const opened = writer.write({ kind: 'log.opened' });
  const received = writer.write({ kind: dossierKinds.received, dossier, facts: { receivingAgency: 'a-1', code: 'H37.01-261123-0001' } });
  const other = logWriter(log, next);
  const branch = [other.write({ kind: 'link.lost' }), other.write({ kind: dossierKinds.handedOver, dossier }), other.write({ kind: 'link.lost' })];
  const db = new Database(file);
  db.pragma('foreign_keys = OFF');
  for (const step of migrations.slice(0, 3)) {
    if (typeof step === 'string') db.exec(step);
    else step(db);
  }
  db.pragma('user_version = 3');
  db.prepare('INSERT INTO logs (log, public_key, opened_at, head_seq, head_hash) VALUES (?, ?, 0, 2, ?)').run(log, 'k', received.hash);
  const add = db.prepare('INSERT INTO entries (log, seq, hash, dossier, text, body, received_at, marked) VALUES (?, ?, ?, ?, ?, NULL, 0, 0)');
  for (const { header, hash, text } of [opened, received]) add.run(log, header.seq, hash, header.dossier ?? null, text);
  const fork = db.prepare('INSERT INTO forks (log, seq, hash, text, body, received_at) VALUES (?, ?, ?, ?, NULL, 7)');
  for (const { header, hash, text } of branch.slice(0, 2)) fork.run(log, header.seq, hash, text);
  const lost = logWriter(log, next);
  for (let written = 0; written < 6; written += 1) lost.write({ kind: 'link.lost' });
  const strayed = lost.write({ kind: 'link.lost' });
  fork.run(log, strayed.header.seq, strayed.hash, strayed.text);
  db.close();

  const store = openSqliteStore(file);
  expect(await store.hashAt(log, 2)).toBe(received.hash);
  expect((await store.branchEntriesAfter(0, 10)).map(({ seq, hash }) => [seq, hash])).toEqual(branch.slice(0, 2).map(({ header, hash }) => [header.seq, hash]));
  expect(await store.branches(log)).toMatchObject([{ branch: branch[0]?.hash, first: 1, leavesAt: 1, openedAt: 7, head: { seq: 2, hash: branch[1]?.hash } }]);
  expect((await store.entriesAfter(0, 10)).map(({ hash }) => hash)).toEqual([opened.hash, received.hash]);
  expect((await store.entriesOfDossier(dossier, 0, 10)).map(({ hash }) => hash)).toEqual([received.hash, branch[1]?.hash]);
  await store.close();
});
