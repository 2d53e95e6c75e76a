import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DeskStore } from '#db/index.ts';
import { ok } from '#shared/errors/index.ts';
import { hour, monday } from '../shared/dossier/sample.ts';
import { plainBytes } from './raw.ts';
import { enrolled, next, open, person, reception, record, resultReady, temporaryFolder } from './sample.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let store: DeskStore;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'desk.db');
  store = enrolled(file);
});
afterEach(() => {
  store.close();
  folder.remove();
});

const unlucky = person('Vương Quýnh Nghiêu', { idNumber: '020190777777', phone: '0977 888 999', address: 'thôn Khuổi Mươi' });
/** All the ways in which the person could still stand in the file. */
const traces = ['Quýnh', 'quynh', 'nghieu', '020190777777', '0977888999', '0977 888 999', 'Khuổi'];

const authority = 'QĐ 12/2026';

function tracesIn(path: string): string[] {
  const bytes = plainBytes(path);
  return traces.filter((trace) => bytes.includes(Buffer.from(trace)));
}

describe('an erased body', () => {
  it('is gone from every page of the file and from search; chain, counts and due date stand', () => {
    for (let count = 0; count < 150; count += 1) record(store, reception(next(), { code: `A-${count}` }, person(`Vương Thị ${count}`)));
    const dossier = next();
    const [received] = record(store, reception(dossier, { code: 'H37.01-261123-0500' }, unlucky));
    record(store, resultReady(dossier, monday + hour, [received!]));
    for (let count = 0; count < 150; count += 1) record(store, reception(next(), { code: `B-${count}` }, person(`Vương Văn ${count}`)));
    store.drafts.save('reception', 'no person here');

    const before = {
      head: store.head(), hash: store.stateHash(), counts: store.read.counts('2026-11-23'), due: store.read.dossier(dossier)?.due,
      list: store.read.list({ kind: 'all' }, { limit: 500 }).rows.length,
    };
    expect(store.read.search('quynh nghieu', { limit: 5 }).rows.map(({ id }) => id)).toEqual([dossier]);
    store.close();
    expect(tracesIn(file)).toEqual(traces);
    store = open(file);

    expect(store.eraseDossiers([{ dossier, authority }])).toEqual(ok(true));
    expect(store.eraseDossiers([{ dossier, authority }, { dossier: next(), authority }])).toEqual(ok(true));
    expect(statSync(`${file}-wal`).size).toBe(0);

    expect(store.read.sealed(received!)).toEqual({ erased: true });
    expect(store.read.personal(dossier)).toBeUndefined();
    for (const text of ['quynh nghieu', 'quy', 'vuong quynh', '020190777777', '0977888999']) expect(store.read.search(text, { limit: 5 }).rows).toEqual([]);
    expect(store.read.byIdNumber('020190777777', 5)).toEqual([]);
    expect(store.read.search('261123 0500', { limit: 5 }).rows).toMatchObject([{ id: dossier, stage: 'ready' }]);
    expect(store.read.row(dossier)?.applicantName).toBeUndefined();
    expect({
      head: store.head(), hash: store.stateHash(), counts: store.read.counts('2026-11-23'), due: store.read.dossier(dossier)?.due,
      list: store.read.list({ kind: 'all' }, { limit: 500 }).rows.length,
    }).toEqual(before);
    expect(store.verify()).toEqual(ok(true));
    expect(store.pending(0, { entries: 1000, bytes: 1e9 }).find(({ entry }) => entry.hash === received)?.body).toEqual({ erased: true });

    store.rebuild();
    expect(store.stateHash()).toBe(before.hash);
    store.close();
    expect(tracesIn(file)).toEqual([]);
    expect(readdirSync(folder.path).toSorted()).toEqual(['desk.db', 'desk.db.plain']);
    store = open(file);
  });

  it('is erased at every holder, and stays erased when the body comes again', () => {
    const dossier = next();
    const [received] = record(store, reception(dossier, {}, unlucky));
    const carried = store.pending(0, { entries: 9, bytes: 1e6 });
    const other = enrolled(join(folder.path, 'other.db'));
    other.merge(carried);
    expect(other.read.personal(dossier)).toEqual(unlucky);
    store.eraseDossiers([{ dossier, authority }]);
    other.merge(store.pending(0, { entries: 9, bytes: 1e6 }));
    expect(other.read.sealed(received!)).toEqual({ erased: true });
    expect(other.read.search('quynh', { limit: 5 }).rows).toEqual([]);
    other.merge(carried);
    expect(other.read.sealed(received!)).toEqual({ erased: true });
    expect(other.stateHash()).toBe(store.stateHash());
    other.close();
    expect(tracesIn(join(folder.path, 'other.db'))).toEqual([]);
  });

  it('keeps words that others share', () => {
    const dossier = next();
    record(store, reception(dossier, { code: 'A-1' }, person('Lý Thị Mai')));
    record(store, reception(next(), { code: 'A-2' }, person('Lý Văn Tài')));
    store.eraseDossiers([{ dossier, authority }]);
    expect(store.read.search('ly', { limit: 5 }).rows).toHaveLength(1);
    expect(store.read.search('mai', { limit: 5 }).rows).toHaveLength(0);
  });
});
