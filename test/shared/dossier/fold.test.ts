import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dossierKinds, foldDossier, portalStatus } from '#shared/dossier/index.ts';
import { canonicalText, type Entry } from '#shared/log/index.ts';
import { day, hour, logWriter, monday, receivedFacts, uuids } from './sample.ts';

const next = uuids('fold');
const ready = { at: monday + hour, timeSource: 'anchor', outcome: 'granted', resultCount: 1 };
const handedOver = { at: monday + day, timeSource: 'anchor', method: 'counter', receiver: 'applicant', receiptShown: true };

const factsOf = new Map<string, object>([
  [dossierKinds.received, receivedFacts()], [dossierKinds.resultReady, ready], [dossierKinds.handedOver, handedOver],
]);

/** Two desks that act on one dossier, now and then hearing of each other; steps are random. */
const histories = fc.array(
  fc.record({
    desk: fc.nat(1),
    kind: fc.constantFrom(dossierKinds.received, dossierKinds.resultReady, dossierKinds.handedOver, 'dossier.paused-for-supplement'),
    hears: fc.boolean(),
    broken: fc.integer({ min: 0, max: 9 }).map((value) => value === 0),
  }),
  { minLength: 1, maxLength: 12 },
).map((steps) => {
  const dossier = next();
  const desks = [logWriter(next(), next), logWriter(next(), next)];
  const known: Entry[][] = [[], []];
  const all: Entry[] = [];
  for (const { desk, kind, hears, broken } of steps) {
    const mine = known[desk]!;
    if (hears) {
      mine.splice(0, mine.length, ...all);
      desks[desk]!.saw(Math.max(0, ...all.map(({ header }) => header.tick)));
    }
    const facts = factsOf.get(kind) ?? {};
    const entry = desks[desk]!.write({ kind, dossier, after: foldDossier(mine)?.frontier ?? [], facts: broken ? { at: 'hôm qua' } : { ...facts } });
    mine.push(entry);
    all.push(entry);
  }
  return all;
});

describe('the fold of a dossier', () => {
  it('is a function of the set of entries: neither order nor repetition counts', () => {
    fc.assert(fc.property(
      histories.chain((all) => fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
        fc.array(fc.constantFrom(...all), { maxLength: 5 }),
      )),
      ([all, shuffled, again]) => {
        expect(canonicalText(foldDossier([...shuffled, ...again]) ?? null)).toBe(canonicalText(foldDossier(all) ?? null));
      },
    ), { numRuns: 500 });
  });

  it('loses no entry: each is counted, and is the state, a conflict or unknown', () => {
    fc.assert(fc.property(histories, (all) => {
      const state = foldDossier(all);
      fc.pre(state !== undefined);
      const shown = [state.received, state.ready, state.handedOver].flatMap((act) => act?.origin.entry ?? []);
      const seen = [...shown, ...state.conflicts.map(({ other }) => other), ...state.unknown];
      expect(seen.toSorted()).toEqual(all.map(({ hash }) => hash).toSorted());
      expect(state.entryCount).toBe(all.length);
    }));
  });

  const dossier = next();
  function reception(): { writer: ReturnType<typeof logWriter>; first: Entry } {
    const writer = logWriter(next(), next);
    return { writer, first: writer.write({ kind: dossierKinds.received, dossier, after: [], facts: { ...receivedFacts() } }) };
  }

  it('goes from processing over ready to returned', () => {
    const { writer, first } = reception();
    const second = writer.write({ kind: dossierKinds.resultReady, dossier, after: [first.hash], facts: ready });
    const third = writer.write({ kind: dossierKinds.handedOver, dossier, after: [second.hash], facts: handedOver });
    const states = [[first], [first, second], [first, second, third]].map((entries) => foldDossier(entries)!);
    expect(states.map(({ stage }) => stage)).toEqual(['processing', 'ready', 'returned']);
    expect(states.map(portalStatus)).toEqual([4, 9, 10]);
    expect(states.map(({ frontier }) => frontier)).toEqual([[first.hash], [second.hash], [third.hash]]);
    expect(states.at(-1)).toMatchObject({ id: dossier, received: { code: 'H37.01-261123-0001' }, ready, handedOver, conflicts: [], unknown: [] });
  });

  it('keeps both of two acts that did not know each other, the earlier tick counting for the time being', () => {
    const { first } = reception();
    const here = logWriter(next(), next);
    const there = logWriter(next(), next);
    here.saw(5);
    const later = here.write({ kind: dossierKinds.handedOver, dossier, after: [first.hash], facts: handedOver });
    const earlier = there.write({ kind: dossierKinds.handedOver, dossier, after: [first.hash], facts: { ...handedOver, receiver: 'proxy' } });
    const state = foldDossier([later, first, earlier])!;
    expect(state.conflicts).toEqual([{ kind: dossierKinds.handedOver, kept: earlier.hash, other: later.hash }]);
    expect(state.handedOver?.receiver).toBe('proxy');
    expect(state.frontier).toEqual([earlier.hash, later.hash].toSorted());
  });

  it('does not order by the clock', () => {
    const { writer, first } = reception();
    const a = writer.write({ kind: dossierKinds.resultReady, dossier, after: [first.hash], facts: { ...ready, at: monday + day } });
    const b = writer.write({ kind: dossierKinds.resultReady, dossier, after: [first.hash], facts: { ...ready, at: monday } });
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

  it('has no state while the reception has not arrived', () => {
    const { writer, first } = reception();
    const second = writer.write({ kind: dossierKinds.resultReady, dossier, after: [first.hash], facts: ready });
    expect(foldDossier([second])).toBeUndefined();
    expect(foldDossier([second, first])?.stage).toBe('ready');
  });
});
