import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideCodeMapping, dossierKinds, foldDossier, orders, type DossierState, type OrderName } from '#shared/dossier/index.ts';
import { canonicalText, type Entry } from '#shared/log/index.ts';
import { desk, handedIn, handOver, morning, person, ready, receive, supplement, type Desk } from './desks.ts';
import { give } from './stages.ts';
import { day, hour, logWriter, monday, receivedFacts, uuids } from './sample.ts';

const names = Object.keys(orders) as OrderName[];

interface Step {
  readonly desk: number;
  readonly order: OrderName;
  /** Which other desks it hears of first. */
  readonly hears: readonly number[];
  readonly pass: number;
}

const steps = fc.array(fc.record<Step>({
  desk: fc.nat(2), order: fc.constantFrom(...names), hears: fc.subarray([0, 1, 2]), pass: fc.constantFrom(60_000, hour, day, 16 * day),
}), { minLength: 3, maxLength: 25 });

/** What came of a schedule: the desks and the one dossier they all worked on. */
interface Played {
  readonly desks: readonly Desk[];
  readonly dossier: string;
  readonly entries: readonly Entry[];
  readonly refused: number;
}

/** Each desk decides on what it knows at its step; the clock is one. Settlements take the first contradiction the desk sees. */
function play(schedule: readonly Step[], everybodyHears: boolean, begins: 'submit' | 'receive'): Played {
  const desks = [desk(), desk(), desk()];
  const dossier = desks[0]!.uuid();
  if (begins === 'submit') desks[0]!.does('submit', dossier, morning, handedIn);
  else desks[0]!.does('receive', dossier, morning, receive);
  for (const place of desks.slice(1)) place.hear(desks[0]!);
  let now = morning;
  let refused = 0;
  for (const { desk: index, order, hears, pass } of schedule) {
    now += pass;
    const place = desks[index]!;
    for (const other of everybodyHears ? [0, 1, 2] : hears) if (other !== index) place.hear(desks[other]!);
    const state = place.at(dossier);
    const [conflict] = state.conflicts;
    const outcome = order === 'settleConflict' && conflict
      ? place.order(order, dossier, now, { keep: conflict.kept, drop: conflict.other, text: 'Theo bản giấy' })
      : give(place, order, dossier, state.stage, now);
    if (!outcome.ok) refused += 1;
  }
  const entries = new Map(desks.flatMap(({ known }) => known).map((entry) => [entry.hash, entry]));
  return { desks, dossier, entries: [...entries.values()], refused };
}

/** Every entry that a state shows. */
function shownIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(shownIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'entry' || key === 'begunBy') && typeof inner === 'string' ? [inner] : shownIn(inner));
}

/** Whether the author of one entry knew another. */
function knew(entries: readonly Entry[], author: string, other: string): boolean {
  const after = new Map(entries.map(({ hash, header }) => [hash, header.after ?? []]));
  const seen = new Set<string>();
  const waiting = [...(after.get(author) ?? [])];
  while (waiting.length > 0) {
    const hash = waiting.pop()!;
    if (seen.has(hash)) continue;
    seen.add(hash);
    waiting.push(...(after.get(hash) ?? []));
  }
  return seen.has(other);
}

const begins = fc.constantFrom('submit' as const, 'receive' as const);

describe('the fold of a dossier on which several desks worked', () => {
  it('is a function of the set of entries: neither order nor repetition counts, and all desks come to the same', () => {
    fc.assert(fc.property(steps, begins, fc.infiniteStream(fc.nat(1_000_000)), (schedule, first, numbers) => {
      const { desks, dossier, entries } = play(schedule, false, first);
      const state = canonicalText(foldDossier(entries) ?? null);
      const shuffled = entries.map((entry) => ({ entry, place: numbers.next().value ?? 0 })).sort((a, b) => a.place - b.place).map(({ entry }) => entry);
      expect(canonicalText(foldDossier([...shuffled, ...shuffled.slice(0, 5)]) ?? null)).toBe(state);
      for (const place of desks) {
        for (const other of desks) place.hear(other);
        expect(canonicalText(place.at(dossier))).toBe(state);
      }
    }), { numRuns: 200 });
  });

  it('contradicts nothing where every desk knew what went before', () => {
    fc.assert(fc.property(steps, begins, (schedule, first) => {
      const { entries, refused } = play(schedule, true, first);
      expect(foldDossier(entries)?.conflicts).toEqual([]);
      expect(refused + entries.length).toBeGreaterThan(schedule.length);
    }), { numRuns: 200 });
  });

  it('finds contradictions only between acts that did not know each other', () => {
    fc.assert(fc.property(steps, begins, (schedule, first) => {
      const { entries } = play(schedule.filter(({ order }) => order !== 'settleConflict'), false, first);
      for (const { kept, other } of foldDossier(entries)?.conflicts ?? []) {
        expect([knew(entries, kept, other), knew(entries, other, kept)]).toEqual([false, false]);
      }
    }), { numRuns: 300 });
  });

  it('loses no entry: each is shown, contradicts another, or was dropped by people', () => {
    fc.assert(fc.property(steps, begins, (schedule, first) => {
      const { entries } = play(schedule, false, first);
      const state = foldDossier(entries)!;
      const seen = new Set([...shownIn(state), ...state.conflicts.map(({ other }) => other), ...state.dropped]);
      const settlements = entries.filter(({ header }) => header.kind === dossierKinds.conflictSettled);
      expect(entries.filter(({ hash }) => !seen.has(hash) && !settlements.some((one) => one.hash === hash))).toEqual([]);
      expect(state.entryCount).toBe(entries.length);
    }), { numRuns: 200 });
  });
});

/** Two desks that both know one received dossier. */
function pair(): { one: Desk; two: Desk; dossier: string } {
  const [one, two] = [desk(), desk()];
  const dossier = one.uuid();
  one.does('receive', dossier, morning, receive);
  two.hear(one);
  return { one, two, dossier };
}

function merged(one: Desk, two: Desk, dossier: string): DossierState {
  one.hear(two);
  two.hear(one);
  expect(canonicalText(one.at(dossier))).toBe(canonicalText(two.at(dossier)));
  return one.at(dossier);
}

const nga = { applicant: { ...person.applicant, fullName: 'Lê Thị Hằng Nga' } };
const away = { applicant: { ...person.applicant, address: 'Đồng Đăng' } };

describe('two desks that do not know each other’s act', () => {
  it.each<[string, (place: Desk, dossier: string) => unknown, (place: Desk, dossier: string) => unknown]>([
    ['make it ready', (place, id) => place.does('markReady', id, morning, ready), (place, id) => place.does('markReady', id, morning, { outcome: 'refused', resultCount: 1 })],
    ['hand it over', (place, id) => place.does('handOver', id, morning, handOver), (place, id) => place.does('handOver', id, morning, handOver)],
    ['ask for a supplement, and have the result', (place, id) => place.does('requestSupplement', id, morning, supplement), (place, id) => place.does('markReady', id, morning, ready)],
    ['extend it', (place, id) => place.does('extend', id, morning, { by: { unit: 'workingDay', amount: 1 }, text: 'x' }), (place, id) => place.does('extend', id, morning, { by: { unit: 'workingDay', amount: 2 }, text: 'x' })],
    ['apologise', (place, id) => place.does('apologise', id, morning, { date: '2026-12-07', cause: 'agency', text: 'x' }), (place, id) => place.does('apologise', id, morning, { date: '2026-12-08', cause: 'agency', text: 'x' })],
    ['hand it over, and hear that it is withdrawn', (place, id) => place.does('handOver', id, morning, handOver), (place, id) => place.does('requestStop', id, morning, { text: 'x' })],
    ['correct who it is about', (place, id) => place.does('correct', id, morning, { personal: nga, text: 'x' }), (place, id) => place.does('correct', id, morning, { personal: away, text: 'x' })],
  ])('%s: one contradiction, the earlier in the fold’s order counting for the time being', (_name, first, second) => {
    const { one, two, dossier } = pair();
    first(one, dossier);
    second(two, dossier);
    const state = merged(one, two, dossier);
    expect(state.conflicts).toHaveLength(1);
    expect(one.order('settleConflict', dossier, morning, { keep: '0'.repeat(64), drop: state.conflicts[0]!.other, text: 'x' })).toMatchObject({ ok: false, fault: { code: 'dossier.no-such-conflict' } });
    // People may keep the one that does not count yet.
    one.does('settleConflict', dossier, morning + hour, { keep: state.conflicts[0]!.other, drop: state.conflicts[0]!.kept, text: 'Theo bản giấy' });
    const settled = merged(one, two, dossier);
    expect(settled).toMatchObject({ conflicts: [], dropped: [state.conflicts[0]!.kept] });
    expect(shownIn(settled)).toContain(state.conflicts[0]!.other);
  });

  it.each<[string, (place: Desk, dossier: string) => unknown, (place: Desk, dossier: string) => unknown]>([
    ['tell the applicant twice', (place, id) => place.does('forward', id, morning, { hop: place.uuid(), to: { agency: place.agency, unit: 'tu-phap' }, paper: false }), (place, id) => place.does('markReady', id, morning, ready)],
    ['correct different parts', (place, id) => place.does('correct', id, morning, { personal: nga, text: 'x' }), (place, id) => place.does('correct', id, morning, { personal: person, papers: [], text: 'x' })],
  ])('%s: no contradiction, both count', (_name, first, second) => {
    const { one, two, dossier } = pair();
    first(one, dossier);
    second(two, dossier);
    const state = merged(one, two, dossier);
    expect(state.conflicts).toEqual([]);
    expect(one.known.map(({ hash }) => hash).filter((hash) => !shownIn(state).includes(hash))).toEqual([]);
  });

  it('correct different parts: the name that was set right stays, whichever comes first', () => {
    for (const order of [0, 1]) {
      const { one, two, dossier } = pair();
      const acts = [() => one.does('correct', dossier, morning, { personal: nga, text: 'x' }), () => two.does('correct', dossier, morning, { personal: person, sets: 3, text: 'x' })];
      for (const act of order === 0 ? acts : acts.toReversed()) act();
      const state = merged(one, two, dossier);
      expect([one.person(dossier), state.sets]).toEqual([expect.objectContaining({ applicant: nga.applicant }), 3]);
    }
  });

  it('keep a correction that the reception did not know', () => {
    const [one, two] = [desk(), desk()];
    const dossier = one.uuid();
    one.does('submit', dossier, morning, handedIn);
    two.hear(one);
    one.does('correct', dossier, morning, { personal: nga, text: 'x' });
    two.does('receive', dossier, morning, receive);
    const state = merged(one, two, dossier);
    expect([state.stage, state.conflicts, one.person(dossier)]).toEqual(['processing', [], expect.objectContaining({ applicant: nga.applicant })]);
  });

  it('may compute one date; two dates contradict', () => {
    const { one, two, dossier } = pair();
    const late = { at: morning, timeSource: 'anchor' as const };
    const due = { ...one.at(dossier).due!, provisional: true };
    // Both were told a provisional date by an extension, and both compute it again.
    one.write([{ kind: dossierKinds.extended, dossier, after: one.at(dossier).frontier, facts: { ...late, by: { unit: 'workingDay', amount: 1 }, due } }]);
    two.hear(one);
    const again = (place: Desk, to: number): void => void place.write([{ kind: dossierKinds.dueComputedAgain, dossier, after: place.at(dossier).frontier, facts: { ...late, due: { ...due, provisional: false, at: to } } }]);
    again(one, due.at + day);
    again(two, due.at + day);
    expect(merged(one, two, dossier).conflicts).toEqual([]);
    const three = desk();
    three.hear(two);
    three.known.splice(-2);
    again(three, due.at + 2 * day);
    expect(merged(one, three, dossier).conflicts).toHaveLength(1);
  });

  it('settle a contradiction differently: that is one itself', () => {
    const { one, two, dossier } = pair();
    one.does('markReady', dossier, morning, ready);
    two.does('markReady', dossier, morning, { outcome: 'refused', resultCount: 1 });
    const [{ kept, other }] = merged(one, two, dossier).conflicts as [DossierState['conflicts'][number]];
    one.does('settleConflict', dossier, morning, { keep: kept, drop: other, text: 'x' });
    two.does('settleConflict', dossier, morning, { keep: other, drop: kept, text: 'y' });
    const state = merged(one, two, dossier);
    expect(state.conflicts).toMatchObject([{ kind: dossierKinds.conflictSettled }]);
    one.does('settleConflict', dossier, morning, { keep: state.conflicts[0]!.kept, drop: state.conflicts[0]!.other, text: 'z' });
    expect(merged(one, two, dossier)).toMatchObject({ stage: 'ready', conflicts: [] });
  });
});

describe('the fold of entries as they arrive', () => {
  const next = uuids('fold');
  const dossier = next();
  const result = { at: monday + hour, timeSource: 'anchor', outcome: 'granted', resultCount: 1 };

  function reception(): { writer: ReturnType<typeof logWriter>; first: Entry } {
    const writer = logWriter(next(), next);
    return { writer, first: writer.write({ kind: dossierKinds.received, dossier, after: [], facts: { ...receivedFacts() } }) };
  }

  it('does not order by the clock', () => {
    const { writer, first } = reception();
    const a = writer.write({ kind: dossierKinds.resultReady, dossier, after: [first.hash], facts: { ...result, at: monday + day } });
    const b = writer.write({ kind: dossierKinds.resultReady, dossier, after: [first.hash], facts: { ...result, at: monday } });
    expect(foldDossier([b, a, first])?.ready?.origin.entry).toBe(a.hash);
  });

  it('keeps entries of unknown kind or shape and says so', () => {
    const { writer, first } = reception();
    const unknown = writer.write({ kind: 'dossier.merged-into', dossier, after: [first.hash] });
    const misshapen = writer.write({ kind: dossierKinds.resultReady, dossier, after: [unknown.hash], facts: { at: 'sáng nay' } });
    const state = foldDossier([first, unknown, misshapen])!;
    expect(state.unknown).toEqual([unknown.hash, misshapen.hash]);
    expect(state.stage).toBe('processing');
  });

  it('has no state while the beginning has not arrived', () => {
    const { writer, first } = reception();
    const second = writer.write({ kind: dossierKinds.resultReady, dossier, after: [first.hash], facts: result });
    expect(foldDossier([second])).toBeUndefined();
    expect(foldDossier([second, first])?.stage).toBe('ready');
  });

  it('shows an act that stands before the beginning that counts as a contradiction', () => {
    const elsewhere = logWriter(next(), next);
    const early = elsewhere.write({ kind: dossierKinds.resultReady, dossier, after: [], facts: result });
    const writer = logWriter(next(), next);
    writer.saw(5);
    const first = writer.write({ kind: dossierKinds.received, dossier, after: [], facts: { ...receivedFacts() } });
    expect(foldDossier([early, first])?.conflicts).toEqual([{ kind: dossierKinds.resultReady, kept: first.hash, other: early.hash }]);
  });

  it('takes a "ready" that arrives after the hand-over', () => {
    const { writer, first } = reception();
    const over = writer.write({ kind: dossierKinds.handedOver, dossier, after: [first.hash], facts: { at: monday + day, timeSource: 'anchor', method: 'counter', receiver: 'applicant', receiptShown: true } });
    const elsewhere = logWriter(next(), next);
    elsewhere.saw(9);
    const late = elsewhere.write({ kind: dossierKinds.resultReady, dossier, after: [first.hash], facts: result });
    expect(foldDossier([first, over, late])).toMatchObject({ stage: 'returned', conflicts: [], ready: { at: monday + hour } });
  });

  it('goes by the official code once a provisional one is mapped, and notes it once', () => {
    const writer = logWriter(next(), next);
    const first = writer.write({ kind: dossierKinds.received, dossier, after: [], facts: { ...receivedFacts({ code: 'T-AB12-0001', provisional: true }) } });
    const mapping = { code: 'H37.01-261123-0042', provisional: 'T-AB12-0001' };
    const [draft] = decideCodeMapping(foldDossier([first])!, mapping);
    const mapped = writer.write({ kind: draft!.kind, dossier, after: draft!.after, facts: draft!.facts });
    const state = foldDossier([first, mapped])!;
    expect(state).toMatchObject({ code: 'H37.01-261123-0042', formerCode: 'T-AB12-0001', provisional: false });
    expect(decideCodeMapping(state, mapping)).toEqual([]);
    const other = writer.write({ kind: dossierKinds.codeMapped, dossier, after: [], facts: { ...mapping, code: 'H37.01-261123-0043' } });
    expect(foldDossier([first, mapped, other])).toMatchObject({ code: 'H37.01-261123-0042', conflicts: [{ kept: mapped.hash, other: other.hash }] });
  });
});
