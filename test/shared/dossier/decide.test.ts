import { describe, expect, it } from '@jest/globals';
import type { Catalogue } from '#shared/catalogue/index.ts';
import { defaultSettings, instantOf } from '#shared/deadline/index.ts';
import {
  decideHandOver, decideReception, decideResultReady, dossierKinds, foldDossier, receivedPersonalSchema, receivedSchema,
  type DecisionContext, type DossierState, type HandOverCommand, type ReceiveCommand, type ResultReadyCommand,
} from '#shared/dossier/index.ts';
import { fail, type Outcome } from '#shared/errors/index.ts';
import type { Entry } from '#shared/log/index.ts';
import { hour, logWriter, monday, receivedFacts, uuids } from './sample.ts';

const next = uuids('decide');
const dossier = next();
const code = 'H37.01-261123-0001';

const catalogue: Catalogue = {
  version: 4, province: { name: 'Lạng Sơn', identifier: 'H37' },
  agencies: [{ id: 'a-1', identifier: 'H37.01', name: 'UBND xã Mai Pha', level: 'commune', validFrom: '2025-07-01', successors: [] }],
  procedures: [{
    code: '1.001193', version: 2, name: 'Đăng ký khai sinh', field: { code: 'HT', name: 'Hộ tịch' }, levels: ['commune'], validFrom: '2026-01-01',
    validTo: '2026-12-31', term: { unit: 'workingDay', amount: 1 }, papers: [], fee: { amount: 8000 }, results: [],
  }],
  staff: [], leases: [], settings: defaultSettings,
  calendars: [{
    id: 'vn-civil-servants', version: '2026-v3', coversFrom: '2026-01-01', coversTo: '2026-12-31', weeklyRest: [6, 7],
    sessions: [['07:30', '11:30'], ['13:30', '17:30']], daysOff: [], workedInstead: [], halfDays: [], sources: {},
  }],
};

function context(at: number, change: Partial<DecisionContext> = {}): DecisionContext {
  return { now: { at, source: 'anchor' }, agency: 'a-1', catalogue, ...change };
}

const receive: ReceiveCommand = {
  act: next(), dossier, procedure: '1.001193', papers: [], sets: 1, channel: 'counter',
  personal: { applicant: { kind: 'citizen', fullName: 'Lê Thị Hằng', idNumber: '020190001234', address: 'Mai Pha' } },
};
const markReady: ResultReadyCommand = { act: next(), dossier, outcome: 'granted', resultCount: 1 };
const handOver: HandOverCommand = { act: next(), dossier, method: 'counter', receiver: 'applicant', receiptShown: true, rating: undefined };

interface Made {
  readonly state: DossierState;
  readonly entries: readonly Entry[];
}

/** A dossier received on Monday at nine, and what happened to it after. */
function made(...kinds: readonly string[]): Made {
  const writer = logWriter(next(), next);
  const entries = [writer.write({ kind: dossierKinds.received, dossier, after: [], facts: { ...receivedFacts({ code }) } })];
  for (const kind of kinds) {
    const facts = kind === dossierKinds.resultReady
      ? { at: monday + hour, timeSource: 'anchor', outcome: 'granted', resultCount: 1 }
      : { at: monday + hour, timeSource: 'anchor', method: 'counter', receiver: 'applicant', receiptShown: true };
    entries.push(writer.write({ kind, dossier, after: [entries.at(-1)!.hash], facts }));
  }
  return { state: foldDossier(entries)!, entries };
}

function only<T>(outcome: Outcome<T[]>): T {
  if (!outcome.ok || outcome.value.length !== 1) throw new Error('one draft expected');
  return outcome.value[0]!;
}

describe('reception', () => {
  it('keeps facts and person apart and takes the due date from the catalogue', () => {
    const draft = only(decideReception(receive, { text: code, provisional: false }, context(monday)));
    const facts = receivedSchema.parse(draft.facts);
    expect(draft).toMatchObject({ kind: dossierKinds.received, dossier, after: [] });
    expect(facts).toMatchObject({ code, procedureVersion: 2, catalogueVersion: 4, acceptedAt: monday, submittedAt: monday, level: 'commune', fee: 8000 });
    expect(facts.due.at).toBe(instantOf('2026-11-24', '17:30'));
    expect(JSON.stringify(facts)).not.toContain('Hằng');
    expect(receivedPersonalSchema.parse(draft.personal)).toEqual(receive.personal);
  });

  it('does not believe a submission after its acceptance', () => {
    const submitted = (submittedAt: number): unknown => only(decideReception({ ...receive, submittedAt }, { text: code, provisional: false }, context(monday))).facts['submittedAt'];
    expect(submitted(monday - hour)).toBe(monday - hour);
    expect(submitted(monday + hour)).toBe(monday);
  });

  it('refuses what the catalogue does not have on that day', () => {
    const decide = (procedure: string, at: number, change: Partial<DecisionContext> = {}): unknown =>
      decideReception({ ...receive, procedure }, { text: code, provisional: false }, context(at, change));
    expect(decide('9.999999', monday)).toEqual(fail('procedure.unknown', { procedure: '9.999999' }));
    expect(decide('1.001193', instantOf('2027-01-04', '09:00'))).toEqual(fail('procedure.not-in-force', { procedure: '1.001193' }));
    const bare = { ...catalogue, calendars: [] };
    expect(decide('1.001193', monday, { catalogue: bare })).toMatchObject({ ok: false, fault: { code: 'calendar.missing' } });
  });
});

describe('result ready and hand-over', () => {
  it('name what they knew, so that contradicting acts can be told', () => {
    const { state, entries } = made();
    const ready = only(decideResultReady(state, { ...markReady, note: 'Đã ký' }, context(monday + hour)));
    expect(ready).toMatchObject({ after: [entries[0]!.hash], facts: { at: monday + hour, outcome: 'granted' }, personal: { note: 'Đã ký' } });
    const later = made(dossierKinds.resultReady);
    const returned = only(decideHandOver(later.state, handOver, context(monday + hour)));
    expect(returned).toMatchObject({ after: [later.entries[1]!.hash], facts: { receiver: 'applicant' } });
    expect(returned).not.toHaveProperty('personal');
    expect(returned.facts).not.toHaveProperty('rating');
  });

  it('may be a hand-over without "ready" before it', () => {
    expect(decideHandOver(made().state, handOver, context(monday + hour)).ok).toBe(true);
  });

  it('seals the name of a proxy', () => {
    const proxy = only(decideHandOver(made().state, { ...handOver, receiver: 'proxy', personal: { receiverName: 'Vi Văn Ân' } }, context(monday + hour)));
    expect(proxy.personal).toEqual({ receiverName: 'Vi Văn Ân' });
    expect(JSON.stringify(proxy.facts)).not.toContain('Vi Văn');
  });

  it('are refused the second time, with the time of the first', () => {
    const ready = made(dossierKinds.resultReady);
    const returned = made(dossierKinds.resultReady, dossierKinds.handedOver);
    const at = '23/11/2026 10:00';
    expect(decideResultReady(ready.state, markReady, context(monday + 2 * hour))).toEqual(fail('dossier.already-ready', { code, at }));
    expect(decideResultReady(returned.state, markReady, context(monday + 2 * hour))).toEqual(fail('dossier.already-returned', { code, at }));
    expect(decideHandOver(returned.state, handOver, context(monday + 2 * hour))).toEqual(fail('dossier.already-returned', { code, at }));
  });

  it('are refused while the dossier holds what this program does not know', () => {
    const { state } = made('dossier.transferred');
    expect(decideResultReady(state, markReady, context(monday + hour))).toEqual(fail('dossier.read-only', { code }));
    expect(decideHandOver(state, handOver, context(monday + hour))).toEqual(fail('dossier.read-only', { code }));
  });

  it.each([
    ['in the future', monday + 3 * hour, fail('dossier.claimed-time-in-future')],
    ['before the reception', monday - 1, fail('dossier.claimed-time-before-reception')],
  ])('are refused with a claimed time %s', (_name, claimedAt, refusal) => {
    const { state } = made();
    expect(decideResultReady(state, { ...markReady, claimedAt }, context(monday + 2 * hour))).toEqual(refusal);
    expect(decideHandOver(state, { ...handOver, claimedAt }, context(monday + 2 * hour))).toEqual(refusal);
  });

  it('keep a claimed time beside the working time', () => {
    const draft = only(decideResultReady(made().state, { ...markReady, claimedAt: monday + hour }, context(monday + 2 * hour)));
    expect(draft.facts).toMatchObject({ at: monday + 2 * hour, claimedAt: monday + hour });
  });
});
