import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DeskStore } from '#db/index.ts';
import { DomainError, fail, ok } from '#shared/errors/index.ts';
import { followChain, emptyHead } from '#shared/log/index.ts';
import { z } from 'zod';
import { clock, day, hour, monday } from '../shared/dossier/sample.ts';
import { catalogueFor, enrolled, handedOver, identity, next, open, person, reception, record, resultReady, temporaryFolder } from './sample.ts';

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

function reopen(): DeskStore {
  store.close();
  store = open(file);
  return store;
}

describe('an act', () => {
  it('is recorded whole: chained, folded and found, and there after a restart', () => {
    const dossier = next();
    const [received] = record(store, reception(dossier));
    const [ready] = record(store, resultReady(dossier, monday + hour, [received!]));
    const check = (): void => {
      expect(store.read.dossier(dossier)).toMatchObject({ stage: 'ready', frontier: [ready], entryCount: 2 });
      expect(store.read.dossierByCode('H37.01-261123-0001')?.id).toBe(dossier);
      expect(store.head()).toMatchObject({ seq: 3, hash: ready });
      expect(store.read.history(dossier).map(({ entry, at }) => [entry.hash, at])).toEqual([[received, monday], [ready, monday + hour]]);
      expect(store.read.personal(dossier)).toEqual(person());
      expect(store.read.newestAt()).toBe(monday + hour);
      expect(store.verify()).toEqual(ok(true));
    };
    check();
    reopen();
    check();
  });

  it('sent twice is recorded once and answered the same', () => {
    const act = next();
    const dossier = next();
    const request = { act, actor: 's-1', clock, decide: () => ok([reception(dossier)]) };
    const first = store.commit(request);
    const again = reopen().commit({ ...request, decide: () => { throw new Error('not asked again'); } });
    expect(first).toMatchObject({ ok: true, value: { repeated: false } });
    expect(again).toEqual({ ok: true, value: { entries: first.ok ? first.value.entries : [], repeated: true } });
    expect(store.head().seq).toBe(2);
  });

  it('that is refused, or fails half-way, leaves nothing', () => {
    store.catalogue.store(catalogueFor(store.head().log));
    const before = { head: store.head(), hash: store.stateHash(), waiting: store.pendingSummary() };
    const codes: string[] = [];
    const refused = store.commit({
      act: next(), actor: 's-1', clock,
      decide: (_read, allocator) => {
        codes.push(allocator.next('2026-11-23').text);
        return fail('dossier.unknown', { code: 'x' });
      },
    });
    expect(refused).toEqual(fail('dossier.unknown', { code: 'x' }));
    const large = reception(next(), {}, person('a'.repeat(200), { address: 'đ'.repeat(500) }));
    const tooLarge = store.commit({
      act: next(), actor: 's-1', clock, decide: () => ok([reception(next()), { ...large, facts: { ...large.facts, ballast: 'x'.repeat(65_536) } }]),
    });
    expect(tooLarge).toMatchObject({ ok: false, fault: { code: 'message.too-large' } });
    expect(() => store.commit({ act: next(), actor: 's-1', clock, decide: () => { throw new Error('lost power of reason'); } })).toThrow('lost power');
    expect({ head: store.head(), hash: store.stateHash(), waiting: store.pendingSummary() }).toEqual(before);
    const given = store.commit({
      act: next(), actor: 's-1', clock,
      decide: (_read, allocator) => {
        codes.push(allocator.next('2026-11-23').text);
        return ok([reception(next(), { code: codes.at(-1)! })]);
      },
    });
    expect(given.ok).toBe(true);
    expect(codes).toEqual(['H37.01-261123-0011', 'H37.01-261123-0011']);
  });

  it('needs an open log', () => {
    const bare = open(join(folder.path, 'bare.db'));
    expect(bare.identity()).toBeUndefined();
    expect(bare.commit({ act: next(), actor: 's-1', clock, decide: () => ok([]) })).toEqual(fail('enrol.required'));
    bare.close();
  });
});

describe('codes', () => {
  function code(date: string): string {
    let text = '';
    const done = store.commit({
      act: next(), actor: 's-1', clock,
      decide: (_read, allocator) => {
        const given = allocator.next(date);
        text = given.text;
        return ok([reception(next(), { code: given.text, provisional: given.provisional })]);
      },
    });
    expect(done.ok).toBe(true);
    return text;
  }

  it('come from the log\'s own lease, then are provisional, and never come twice', () => {
    store.catalogue.store(catalogueFor(store.head().log));
    const codes = ['2026-11-23', '2026-11-23', '2026-11-24'].map(code);
    expect(codes).toEqual(['H37.01-261123-0011', 'H37.01-261123-0012', 'H37.01-261124-0011']);
    reopen();
    expect(code('2026-11-23')).toBe('H37.01-261123-0013');
    const own = [code('2026-11-23'), code('2026-12-01')];
    reopen();
    own.push(code('2026-11-23'));
    expect(own.map((text) => /^T-[0-9A-Z]{4}-(\d{4})$/.exec(text)?.[1])).toEqual(['0001', '0002', '0003']);
  });

  it('pass over one that a dossier has already', () => {
    store.catalogue.store(catalogueFor(store.head().log));
    record(store, reception(next(), { code: 'H37.01-261123-0011' }));
    expect(store.read.codeTaken('H37.01-261123-0011')).toBe(true);
    expect(code('2026-11-23')).toBe('H37.01-261123-0012');
  });
});

describe('the way to the centre', () => {
  it('counts what waits, gives it in order, and marks only what the centre really holds', () => {
    const dossier = next();
    record(store, reception(dossier), { kind: 'link.lost', facts: { probe: 1 } });
    record(store, resultReady(dossier, monday + hour));
    const log = store.head().log;
    expect(store.pendingSummary()).toMatchObject({ entries: 4, dossiers: 1, oldestAt: monday });
    const all = store.pending(0, { entries: 100, bytes: 1e6 });
    expect(followChain(emptyHead(log), all.map(({ entry }) => entry))).toMatchObject({ ok: true, value: store.head() });
    expect(all.map(({ body }) => body !== undefined)).toEqual([false, true, false, false]);
    expect(store.pending(1, { entries: 2, bytes: 1e6 }).map(({ entry }) => entry.header.seq)).toEqual([2, 3]);
    expect(store.pending(1, { entries: 100, bytes: 1 }).map(({ entry }) => entry.header.seq)).toEqual([2]);
    expect(store.read.row(dossier)?.sent).toBe(false);

    const second = all[1]!.entry;
    expect(store.markAcknowledged({ log, seq: 2, hash: 'f'.repeat(64) })).toMatchObject({ ok: false, fault: { code: 'log.fork' } });
    expect(store.markAcknowledged({ log, seq: 9, hash: second.hash })).toMatchObject({ ok: false, fault: { code: 'log.fork' } });
    expect(store.markAcknowledged({ log: next(), seq: 1, hash: second.hash })).toMatchObject({ ok: false, fault: { code: 'log.unknown' } });
    expect(store.markAcknowledged({ log, seq: 2, hash: second.hash })).toEqual(ok(true));
    expect(store.markAcknowledged({ log, seq: 1, hash: all[0]!.entry.hash })).toEqual(ok(true));
    expect(reopen().acknowledged()).toEqual({ log, seq: 2, hash: second.hash });
    expect(store.pendingSummary()).toMatchObject({ entries: 2, dossiers: 1, oldestAt: monday + hour });
    expect(store.read.row(dossier)?.sent).toBe(false);
    expect(store.read.history(dossier).map(({ sent }) => sent)).toEqual([true, false]);
    expect(store.markAcknowledged(store.head())).toEqual(ok(true));
    expect(store.read.row(dossier)?.sent).toBe(true);
    expect(store.pendingSummary()).toEqual({ entries: 0, dossiers: 0, bytes: 0 });
  });

  it('takes over entries of other desks, once, and folds them with its own', () => {
    const other = enrolled(join(folder.path, 'other.db'));
    const dossier = next();
    const [received] = record(other, reception(dossier));
    const received2 = other.pending(0, { entries: 9, bytes: 1e6 });
    expect(store.merge(received2)).toMatchObject({ ok: true, value: { stored: 2, dossiers: [dossier], forks: [], misfits: [] } });
    expect(store.merge(received2)).toMatchObject({ ok: true, value: { stored: 0, dossiers: [] } });
    expect(store.read.row(dossier)).toMatchObject({ sent: true, applicantName: 'Nguyễn Thị Hòa' });
    expect(store.head().seq).toBe(1);
    // Both desks hand it over without knowing of each other.
    const [there] = record(other, handedOver(dossier, monday + day, [received!]));
    const [here] = record(store, handedOver(dossier, monday + 2 * day, [received!]));
    store.merge(other.pending(2, { entries: 9, bytes: 1e6 }));
    other.merge(store.pending(1, { entries: 9, bytes: 1e6 }));
    expect(store.read.dossier(dossier)).toEqual(other.read.dossier(dossier));
    expect(store.read.dossier(dossier)?.conflicts).toHaveLength(1);
    expect(store.read.dossier(dossier)?.frontier).toEqual(expect.arrayContaining([there, here]));
    expect(store.read.row(dossier)).toMatchObject({ conflict: true, stage: 'returned' });
    expect(store.stateHash()).toBe(other.stateHash());
    other.close();
  });

  it('keeps its tick above all it has seen, through a restart', () => {
    const other = enrolled(join(folder.path, 'other.db'));
    for (let count = 0; count < 20; count += 1) record(other, reception(next(), { code: `X-${count}` }));
    store.merge(other.pending(0, { entries: 99, bytes: 1e7 }));
    other.close();
    reopen();
    record(store, { kind: 'link.lost', facts: {} });
    expect(store.pending(1, { entries: 1, bytes: 1 })[0]?.entry.header.tick).toBe(22);
  });

  it('stores a second entry for a place beside the first, and no body that does not fit', () => {
    const other = enrolled(join(folder.path, 'other.db'));
    const dossier = next();
    record(other, reception(dossier));
    const [opened, carried] = other.pending(0, { entries: 9, bytes: 1e6 });
    other.close();
    const twisted = { entry: carried!.entry, body: { salt: 'A'.repeat(22), body: '{}' } };
    expect(store.merge([opened!, twisted])).toMatchObject({ ok: true, value: { stored: 2, misfits: [carried!.entry.hash] } });
    expect(store.read.row(dossier)?.applicantName).toBeUndefined();
    // Of two that are equal otherwise the smaller hash comes first, and its body names the person.
    const fork = { entry: { ...carried!.entry, hash: 'f'.repeat(64) } };
    expect(store.merge([fork])).toMatchObject({ ok: true, value: { stored: 1, forks: ['f'.repeat(64)] } });
    expect(store.merge([carried!])).toMatchObject({ ok: true, value: { stored: 0, dossiers: [dossier] } });
    expect(store.read.row(dossier)?.applicantName).toBe('Nguyễn Thị Hòa');
  });

  it('shows a dossier whose later entry came first once its reception is there', () => {
    const other = enrolled(join(folder.path, 'other.db'));
    const dossier = next();
    const [received] = record(other, reception(dossier));
    record(other, resultReady(dossier, monday + hour, [received!]));
    const [opened, first, second] = other.pending(0, { entries: 9, bytes: 1e6 });
    other.close();
    store.merge([second!]);
    expect(store.read.dossier(dossier)).toBeUndefined();
    store.merge([first!, opened!]);
    expect(store.read.dossier(dossier)?.stage).toBe('ready');
    const hash = store.stateHash();
    store.rebuild();
    expect(store.stateHash()).toBe(hash);
  });
});

describe('a log', () => {
  it('opened again under the same id stays as it is', () => {
    const own = store.identity()!;
    const again = store.openLog({ identity: own, software: 'test', why: 'enrolled', act: next(), clock });
    expect(again).toMatchObject({ ok: true, value: { header: { seq: 1, kind: 'log.opened', facts: { why: 'enrolled' } } } });
    expect(store.head().seq).toBe(1);
  });

  it('after a restore is a new one that names its parent; both verify, and the old one can still be sent', () => {
    const dossier = next();
    record(store, reception(dossier));
    const copy = join(folder.path, 'copy.db');
    expect(store.backup(copy)).toEqual(ok(true));
    record(store, resultReady(dossier, monday + hour));
    const lost = store.pending(2, { entries: 9, bytes: 1e6 });
    const parent = store.pending(1, { entries: 1, bytes: 1 })[0]!.entry;
    const restored = open(copy);
    const log = next();
    const opened = restored.openLog({ identity: identity(log), software: 'test', why: 'restored', act: next(), clock });
    expect(opened).toMatchObject({
      ok: true, value: { header: { log, seq: 1, tick: 3, facts: { why: 'restored', parent: { log: parent.header.log, seq: 2, hash: parent.hash } } } },
    });
    record(restored, resultReady(dossier, monday + day));
    expect(restored.ownLogs()).toEqual([parent.header.log, log]);
    expect(restored.head()).toMatchObject({ log, seq: 2 });
    expect(restored.head(parent.header.log)).toMatchObject({ seq: 2, hash: parent.hash });
    expect(restored.pending(0, { entries: 9, bytes: 1e6 }, parent.header.log)).toHaveLength(2);
    expect(restored.pendingSummary().entries).toBe(4);
    // What the old disk had recorded after the backup comes back from the centre.
    expect(restored.merge(lost)).toMatchObject({ ok: true, value: { stored: 1, forks: [] } });
    expect(restored.read.dossier(dossier)?.conflicts).toHaveLength(1);
    expect(restored.head(parent.header.log).seq).toBe(3);
    expect(restored.verify()).toEqual(ok(true));
    restored.close();
  });
});

describe('a backup', () => {
  it('is encrypted, opens with the key and holds the same state', () => {
    record(store, reception(next()));
    const target = join(folder.path, 'copy.db');
    expect(store.backup(target)).toEqual(ok(true));
    expect(() => store.backup(target)).toThrow(RangeError);
    expect(() => open(target, { key: new Uint8Array(32).fill(8) })).toThrow(DomainError);
    const copy = open(target);
    expect(copy.stateHash()).toBe(store.stateHash());
    copy.close();
    expect(existsSync(target)).toBe(true);
  });
});

describe('what stands beside the log', () => {
  it('keeps anchors by number and boot', () => {
    const sighting = { boot: 'b-1', requestUptime: 1, responseUptime: 2, text: '{}', signature: 's' };
    expect(store.anchors.latest()).toBeUndefined();
    store.anchors.add(sighting);
    store.anchors.add({ ...sighting, boot: 'b-2' });
    expect(reopen().anchors.add(sighting).number).toBe(3);
    expect(store.anchors.latest('b-2')?.number).toBe(2);
    expect(store.anchors.latest('b-3')).toBeUndefined();
    expect(store.anchors.get(1)).toEqual({ number: 1, ...sighting });
    expect(store.anchors.since(1).map(({ number }) => number)).toEqual([2, 3]);
  });

  it('keeps the newest catalogue, drafts and small memories through a restart', () => {
    const log = store.head().log;
    expect(store.catalogue.current()).toBeUndefined();
    store.catalogue.store(catalogueFor(log, 3));
    store.catalogue.store(catalogueFor(log, 2));
    store.drafts.save('reception', '{"fullName":"Lê');
    store.memo.save('cursor', { at: 7 });
    reopen();
    expect(store.catalogue.current()?.version).toBe(3);
    expect(store.drafts.load('reception')).toBe('{"fullName":"Lê');
    store.drafts.remove('reception');
    expect(store.drafts.load('reception')).toBeUndefined();
    expect(store.memo.load('cursor', z.object({ at: z.int() }))).toEqual({ at: 7 });
    expect(store.memo.load('other', z.string())).toBeUndefined();
    expect(() => store.memo.load('cursor', z.string())).toThrow(DomainError);
  });
});
