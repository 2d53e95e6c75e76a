/** Duties, lists by stage, and what a newer calendar moves, as the store shows them. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { DeskStore, EntryDraft, ListFilter } from '#db/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { ok } from '#shared/errors/index.ts';
import { day, hour, monday, receivedFacts } from '../shared/dossier/sample.ts';
import { enrolled, next, open, reception, record, resultReady, temporaryFolder } from './sample.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: DeskStore;
beforeEach(() => {
  folder = temporaryFolder();
  store = enrolled(join(folder.path, 'desk.db'));
});
afterEach(() => {
  store.close();
  folder.remove();
});

const told = { at: monday + hour, timeSource: 'anchor' };
const { due } = receivedFacts();

function act(kind: string, dossier: string, facts: object = {}, personal?: Record<string, unknown>): EntryDraft {
  return { kind, dossier, after: store.read.dossier(dossier)?.frontier ?? [], facts: { ...told, ...facts }, ...(personal ? { personal } : {}) };
}

function received(change: Parameters<typeof reception>[1] = {}): string {
  const dossier = next();
  record(store, reception(dossier, { code: `H37.01-${dossier.slice(-6)}`, ...change }));
  return dossier;
}

const submission = { code: 'H37.01-1', provisional: false, procedure: '1.001193', procedureVersion: 1, catalogueVersion: 1, submittedAt: monday, channel: 'online', answerBy: monday + 8 * hour, receivingAgency: 'a-1', competentAgency: 'a-1', level: 'commune' };
const supplement = { stage: 'examination', effect: 'restart', papers: [], completeBy: monday + 15 * day, ruleSet: 'nd118' };

describe('duties', () => {
  it('are counted by kind, listed by urgency, and go when they are done', () => {
    const online = next();
    record(store, { kind: dossierKinds.submitted, dossier: online, after: [], facts: { ...told, ...submission } });
    const working = received({ transferBy: monday + 2 * hour });
    expect(store.read.duties(monday, 9).rows.map(({ duty, by, row }) => [duty, by - monday, row.id])).toEqual([
      ['transfer', 2 * hour, working], ['answer', 8 * hour, online], ['finish', day, working],
    ]);
    expect(store.read.duties(monday, 9, ['answer']).rows.map(({ row }) => row.id)).toEqual([online]);
    expect(store.read.duties(monday, 1)).toMatchObject({ more: true, rows: [{ duty: 'transfer' }] });
    expect(store.read.dutyCounts(monday + 3 * hour)).toEqual([{ duty: 'answer', count: 1, past: 0 }, { duty: 'finish', count: 1, past: 0 }, { duty: 'transfer', count: 1, past: 1 }]);
    record(store, act(dossierKinds.notAccepted, online, { reason: 'other', ruleSet: 'nd118' }));
    record(store, resultReady(working, monday + hour, store.read.dossier(working)?.frontier));
    expect(store.read.duties(monday, 9).rows.map(({ duty }) => duty)).toEqual(['notify']);
  });

  it('are shown from their day on', () => {
    const apology = { latest: monday + 3 * day, alertOn: '2026-11-25' };
    received({ apology, due: { ...due, at: monday + 4 * day } });
    const names = (at: number): string[] => store.read.duties(at, 9).rows.map(({ duty }) => duty);
    expect(names(monday)).toEqual(['finish']);
    expect(names(monday + 2 * day)).toEqual(['apologise', 'finish']);
  });

  it('come out the same when they are built again', () => {
    received();
    const dossier = received();
    record(store, act(dossierKinds.supplementRequested, dossier, supplement));
    const before = store.read.duties(monday + day, 9);
    expect(before.rows).toHaveLength(2);
    store.rebuild();
    expect(store.read.duties(monday + day, 9)).toEqual(before);
  });
});

describe('lists', () => {
  it('go by stage, and by due date only while the term runs', () => {
    const online = next();
    record(store, { kind: dossierKinds.submitted, dossier: online, after: [], facts: { ...told, ...submission } });
    const refused = next();
    record(store, { kind: dossierKinds.submitted, dossier: refused, after: [], facts: { ...told, ...submission } }, act(dossierKinds.notAccepted, refused, { reason: 'other', ruleSet: 'nd118' }));
    const [working, waiting, withdrawn, stopped, ready, paying] = [received(), received(), received(), received(), received(), received()];
    record(store, act(dossierKinds.supplementRequested, waiting, supplement));
    record(store, act(dossierKinds.stopRequested, withdrawn));
    record(store, act(dossierKinds.stopRequested, stopped), act(dossierKinds.stopped, stopped, { reason: 'applicant-request', refund: 0 }));
    record(store, resultReady(ready, monday + hour));
    record(store, act(dossierKinds.paymentRequested, paying, { amount: 1, pauses: false }));
    const ids = (filter: ListFilter): string[] => store.read.list(filter, { limit: 20 }).rows.map(({ id }) => id);
    expect(ids({ kind: 'all' })).toEqual([paying, ready, stopped, withdrawn, waiting, working, refused, online]);
    expect(ids({ kind: 'open' })).toEqual([paying, ready, withdrawn, waiting, working, online]);
    expect(ids({ kind: 'submitted' })).toEqual([online]);
    expect(ids({ kind: 'waiting' })).toEqual([paying, withdrawn, waiting]);
    expect(ids({ kind: 'ended' })).toEqual([stopped, refused]);
    expect(ids({ kind: 'ready' })).toEqual([ready]);
    expect(ids({ kind: 'overdue', now: due.at + 1 })).toEqual([paying, withdrawn, working]);
    expect(ids({ kind: 'due', from: due.at, to: due.at + 1 })).toEqual([paying, withdrawn, working]);
    expect(store.read.countDue(due.at, due.at + 1)).toBe(3);
    expect(store.read.list({ kind: 'open' }, { limit: 2, after: withdrawn }).rows.map(({ id }) => id)).toEqual([waiting, working]);
    expect(store.read.row(waiting)).toMatchObject({ haltedAt: monday + hour, dueAt: due.at });
    expect(store.read.row(working)).not.toHaveProperty('haltedAt');
    expect(store.read.row(online)).not.toHaveProperty('dueAt');
  });
});

describe('due dates of another calendar', () => {
  it('are those whose term runs under another version', () => {
    const old = received();
    received({ due: { ...due, calendar: { id: 'vn-civil-servants', version: '2026-v4' } } });
    const provisional = received({ due: { ...due, provisional: true } });
    resultReadyOn(received());
    const under = store.read.underOtherVersion({ id: 'vn-civil-servants', version: '2026-v4' }, 9).map(({ id }) => id);
    expect(under.toSorted()).toEqual([old, provisional].toSorted());
    expect(store.read.provisionalDues(9).map(({ id }) => id)).toEqual([provisional]);
  });

  function resultReadyOn(dossier: string): void {
    record(store, resultReady(dossier, monday + hour, store.read.dossier(dossier)?.frontier));
  }
});

describe('an act of several entries', () => {
  it('is a chain: each names the one before', () => {
    const dossier = next();
    const [first, second, third] = record(store, reception(dossier), resultReady(dossier, monday), act(dossierKinds.notified, dossier, { means: 'phone' }));
    expect(store.read.history(dossier).map(({ entry }) => entry.header.after)).toEqual([[], [first], [second]]);
    expect(store.read.dossier(dossier)).toMatchObject({ frontier: [third], conflicts: [] });
  });
});

describe('the body of a correction', () => {
  const right = { applicant: { kind: 'citizen', fullName: 'Lê Thị Hằng Nga', idNumber: '020190001234', address: 'Mai Pha' }, reason: 'Ghi thiếu tên' };

  /** One entry comes again, without its body. */
  function comesErased(hash: string | undefined): void {
    const held = store.pending(0, { entries: 99, bytes: 1e6 }).find(({ entry }) => entry.hash === hash);
    expect(held && store.merge([{ entry: held.entry, body: { erased: true } }]).ok).toBe(true);
  }

  it('is who the dossier is about; the one before can be erased alone, it itself with the name', () => {
    const dossier = next();
    const [first] = record(store, reception(dossier));
    const [corrected] = record(store, act(dossierKinds.corrected, dossier, { fields: ['applicant.fullName'] }, right));
    expect(store.read.row(dossier)?.applicantName).toBe('Lê Thị Hằng Nga');
    expect(store.read.search('hang nga', { limit: 9 }).rows.map(({ id }) => id)).toEqual([dossier]);
    expect(store.read.search('hoa', { limit: 9 }).rows).toEqual([]);
    comesErased(first);
    expect(store.read.row(dossier)?.applicantName).toBe('Lê Thị Hằng Nga');
    store.close();
    store = open(join(folder.path, 'desk.db'));
    expect(store.read.personal(dossier)).toMatchObject({ applicant: { fullName: 'Lê Thị Hằng Nga' } });
    comesErased(corrected);
    expect([store.read.personal(dossier), store.read.row(dossier)?.applicantName, store.read.search('nga', { limit: 9 }).rows]).toEqual([undefined, undefined, []]);
    expect(store.read.dossier(dossier)).toMatchObject({ personalEntry: corrected, due: { at: due.at } });
    expect(store.verify()).toEqual(ok(true));
  });
});
