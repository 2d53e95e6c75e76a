import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import fc from 'fast-check';
import type { DeskStore, DossierRow } from '#db/index.ts';
import { fold } from '#shared/vietnamese/index.ts';
import { day, hour, monday } from '../shared/dossier/sample.ts';
import { enrolled, handedOver, next, person, reception, record, resultReady, temporaryFolder } from './sample.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: DeskStore;

const families = ['Nguyễn', 'Trần', 'Lê', 'Hoàng', 'Nông', 'Đặng', 'Lý', 'Vi'];
const middles = ['Thị', 'Văn', 'Đức', 'Thu', 'Minh'];
const given = ['Hòa', 'Hoà', 'Hoàn', 'Hoa', 'Nguyên', 'Nguyệt', 'Đường', 'Duyên', 'An', 'Ân'];
const total = 240;
const names: string[] = [];
const ids: string[] = [];

beforeAll(() => {
  folder = temporaryFolder();
  store = enrolled(join(folder.path, 'desk.db'));
  for (let count = 0; count < total; count += 1) {
    const name = `${families[count % 8]!} ${middles[count % 5]!} ${given[(count * 7) % 10]!}`;
    const dossier = next();
    const acceptedAt = monday + Math.floor(count / 80) * day + (count % 80) * 60_000;
    record(store, reception(
      dossier,
      { code: `H37.01-26112${3 + Math.floor(count / 80)}-${String(count).padStart(4, '0')}`, acceptedAt, due: dueAt(acceptedAt + day) },
      person(name, { idNumber: `0201900${String(count).padStart(5, '0')}`, phone: `0912 ${String(count).padStart(3, '0')} 678` }),
    ));
    if (count % 4 === 1) record(store, resultReady(dossier, acceptedAt + hour));
    if (count % 4 === 2) record(store, handedOver(dossier, acceptedAt + 2 * hour));
    names.push(name);
    ids.push(dossier);
  }
});
afterAll(() => {
  store.close();
  folder.remove();
});

function dueAt(at: number): { at: number; start: number; provisional: boolean; ruleSet: 'nd118'; calendar: { id: string; version: string }; steps: [] } {
  return { at, start: at, provisional: false, ruleSet: 'nd118', calendar: { id: 'c', version: '1' }, steps: [] };
}

/** All pages of a question, read as a clerk would who goes on to the end. */
function pages(ask: (after: string | undefined) => { rows: readonly DossierRow[]; more: boolean }): string[] {
  const all: string[] = [];
  for (let more = true; more; ) {
    const page = ask(all.at(-1));
    all.push(...page.rows.map(({ id }) => id));
    more = page.more;
  }
  return all;
}

function found(text: string, limit = 7): string[] {
  return pages((after) => store.read.search(text, { limit, ...(after === undefined ? {} : { after }) }));
}

/** The same by looking at every name. */
function expected(text: string): string[] {
  const words = fold(text).split(' ');
  const last = words.pop()!;
  const hit = (name: string): boolean => {
    const own = fold(name).split(' ');
    return words.every((word) => own.includes(word)) && own.some((word) => word.startsWith(last));
  };
  return ids.filter((_id, index) => hit(names[index]!)).toReversed();
}

describe('search', () => {
  it('finds by words without accents, in any order, the last unfinished, newest first, page by page', () => {
    const word = fc.constantFrom(...[...families, ...middles, ...given].flatMap((name) => [name, fold(name), name.toUpperCase(), name.normalize('NFD')]));
    fc.assert(fc.property(
      fc.array(word, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 40 }),
      (words, letters, limit) => {
        const text = [...words.slice(0, -1), fold(words.at(-1)!).slice(0, letters)].join(' ');
        expect(found(text, limit).map((id) => names[ids.indexOf(id)])).toEqual(expected(text).map((id) => names[ids.indexOf(id)]));
      },
    ), { numRuns: 150 });
  });

  it('finds by the beginning of an ID or phone number, and by parts of a code', () => {
    expect(found('020190000123')).toEqual([ids[123]]);
    expect(found('0201 9000 0123')).toEqual([ids[123]]);
    expect(found('02019000012')).toEqual(ids.slice(120, 130).toReversed());
    expect(found('0912123678')).toEqual([ids[123]]);
    expect(found('0912.123')).toEqual([ids[123]]);
    expect(found('H37.01-261124-0123')).toEqual([ids[123]]);
    expect(found('0123')).toEqual([ids[123]]);
    expect(found('261125')).toEqual(ids.slice(160, 240).toReversed());
    expect(found('nguyen 261125 0160')).toEqual(names[160]!.startsWith('Nguyễn') ? [ids[160]] : []);
    expect(store.read.byIdNumber('020190000123', 5).map(({ id }) => id)).toEqual([ids[123]]);
  });

  it('finds by words of the applicant and of who came in their place together, and by the beginning of either number', () => {
    const place = temporaryFolder();
    const own = enrolled(join(place.path, 'desk.db'));
    const both = next();
    const alone = next();
    const submitter = { fullName: 'Bế Văn Tài', idNumber: 'b7654321' };
    record(own, reception(both, { code: 'H37.01-261123-0001' }, { ...person('Công ty TNHH Một thành viên Thương mại và Dịch vụ Hoàng Ánh', { idNumber: '0100109106-012' }), submitter }));
    record(own, reception(alone, { code: 'H37.01-261123-0002' }, person('Hoàng Văn Ánh', { idNumber: '010010123456' })));
    const ask = (text: string): string[] => own.read.search(text, { limit: 9 }).rows.map(({ id }) => id);
    expect(ask('anh hoang')).toEqual([alone, both]);
    expect(ask('tai hoang')).toEqual([both]);
    expect(ask('hoang hoang')).toEqual([alone, both]);
    expect(ask('thuong mai dich vu hoang a')).toEqual([both]);
    expect(ask('van anh 0002')).toEqual([alone]);
    expect(ask('be dich 261123 ta')).toEqual([both]);
    expect(ask('be thi')).toEqual([]);
    expect(ask('010010')).toEqual([alone, both]);
    expect(ask('01001012')).toEqual([alone]);
    expect(ask('0100109106-012')).toEqual([both]);
    expect(own.read.byIdNumber('B7654321', 5).map(({ id }) => id)).toEqual([both]);
    // What is erased is found by none of it any more.
    own.eraseDossiers([{ dossier: both, authority: 'decision 1' }]);
    for (const text of ['anh hoang', 'tai hoang', '010010', 'thuong mai']) expect([text, ask(text).includes(both)]).toEqual([text, false]);
    expect(ask('0001')).toEqual([both]);
    own.close();
    place.remove();
  });

  it('finds nothing for what is not there, and takes any text', () => {
    for (const text of ['', '   ', '"', 'AND', 'hoa OR', 'a*', 'NEAR(a b)', "'; DROP TABLE dossier", '(', '-', 'xyzzy', '999999999', '😀', '\0']) {
      expect(found(text, 100).length).toBeLessThanOrEqual(total);
    }
    expect(found('xyzzy')).toEqual([]);
    expect(found('"')).toEqual([]);
    expect(found('hoa" OR "thi')).toEqual([]);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(Array.isArray(store.read.search(text, { limit: 3 }).rows)).toBe(true);
    }));
  });

  it('starts nowhere after a dossier that is not here', () => {
    expect(store.read.search('hoa', { limit: 5, after: next() }).rows).toEqual([]);
  });
});

describe('lists', () => {
  const listed = (filter: Parameters<DeskStore['read']['list']>[0]): string[] =>
    pages((after) => store.read.list(filter, { limit: 13, ...(after === undefined ? {} : { after }) }));
  const where = (keep: (index: number) => boolean): string[] => ids.filter((_id, index) => keep(index)).toReversed();
  const processing = (index: number): boolean => index % 4 === 0 || index % 4 === 3;

  it('show what their filter says, newest first, page by page', () => {
    expect(listed({ kind: 'all' })).toEqual(where(() => true));
    expect(listed({ kind: 'open' })).toEqual(where((index) => index % 4 !== 2));
    expect(listed({ kind: 'ready' })).toEqual(where((index) => index % 4 === 1));
    expect(listed({ kind: 'returned' })).toEqual(where((index) => index % 4 === 2));
    expect(listed({ kind: 'overdue', now: monday + day + 20 * 60_000 })).toEqual(where((index) => processing(index) && index < 20));
    expect(listed({ kind: 'due', from: monday + 2 * day, to: monday + 3 * day })).toEqual(where((index) => processing(index) && index >= 80 && index < 160));
    expect(store.read.countDue(monday + 2 * day, monday + 3 * day)).toBe(40);
  });

  it('count and list a civil day in Vietnam, whatever zone the machine is in', () => {
    expect(store.read.counts('2026-11-24')).toEqual({ received: 80, ready: 20, returned: 20 });
    expect(store.read.counts('2026-11-20')).toEqual({ received: 0, ready: 0, returned: 0 });
    const acts = store.read.dayLog('2026-11-24');
    expect(acts.map(({ id }) => id).toSorted()).toEqual(ids.slice(80, 160).toSorted());
    expect(acts[0]?.id).toBe(ids[158]);
    // 06:59:59 of the next day in Vietnam is still the day before in London.
    const late = next();
    record(store, reception(late, { code: 'Z-1', acceptedAt: Date.UTC(2026, 11, 1, 17), due: dueAt(Date.UTC(2026, 11, 2)) }, person('Zờ')));
    expect(store.read.counts('2026-12-01').received).toBe(0);
    expect(store.read.counts('2026-12-02').received).toBe(1);
  });

  it('are the same after everything is built again', () => {
    const before = { all: listed({ kind: 'all' }), hash: store.stateHash(), hits: found('hoa'), row: store.read.row(ids[5]!) };
    store.rebuild();
    expect({ all: listed({ kind: 'all' }), hash: store.stateHash(), hits: found('hoa'), row: store.read.row(ids[5]!) }).toEqual(before);
  });
});
