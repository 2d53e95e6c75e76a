import { describe, expect, it } from '@jest/globals';
import { openStages, orders, possibleIn, possibleOrders, stageSchema, type OrderName, type Stage } from '#shared/dossier/index.ts';
import { sentence, type Outcome } from '#shared/errors/index.ts';
import { catalogue, fiveDays } from './desks.ts';
import { give, inStage, noon, weeksLater } from './stages.ts';

const names = Object.keys(orders) as OrderName[];
const stages: readonly (Stage | 'none')[] = ['none', ...stageSchema.options];

/** What a stage alone does not decide: these orders need something beside it, which their own tests give them. */
const wanting: Readonly<Partial<Record<OrderName, string>>> = {
  computeDueAgain: 'dossier.due-final', recordResultCorrection: 'dossier.no-result-correction', settleConflict: 'dossier.no-such-conflict',
};

/** When an order is given: a stop for want of a supplement only after its fifteen days. */
const timeOf = (name: OrderName, stage: Stage | 'none'): number => (name === 'stop' && (stage === 'incomplete' || stage === 'supplement') ? weeksLater : noon);

function codeOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'ok' : outcome.fault.code;
}

describe.each(names)('%s', (name) => {
  const { kind } = orders[name];

  it.each(stages.filter((stage) => possibleIn[kind].includes(stage)))('is accepted in stage %s', (stage) => {
    const { place, dossier } = inStage(stage);
    const before = place.known.length;
    const outcome = give(place, name, dossier, stage, timeOf(name, stage));
    const expected = wanting[name] ?? (name === 'markReady' && stage === 'returned' ? 'dossier.already-returned' : 'ok');
    expect(codeOf(outcome)).toBe(expected);
    if (!outcome.ok) {
      expect(place.known).toHaveLength(before);
      return;
    }
    expect(outcome.value.map((entry) => entry.header.kind)).toContain(kind);
    expect(place.at(dossier)).toMatchObject({ conflicts: [], unknown: [] });
  });

  it.each(stages.filter((stage) => !possibleIn[kind].includes(stage)))('is refused in stage %s, with the article', (stage) => {
    const { place, dossier } = inStage(stage);
    const before = place.known.length;
    const outcome = give(place, name, dossier, stage, timeOf(name, stage));
    if (outcome.ok) throw new Error('it was accepted');
    expect(place.known).toHaveLength(before);
    const words = sentence(outcome.fault, 'vi');
    expect(words).not.toMatch(/[{}]/);
    if (stage === 'none') {
      expect(outcome.fault.code).toBe('dossier.unknown');
    } else if (name === 'submit' || (name === 'receive' && outcome.fault.code === 'dossier.already-received')) {
      // Not a rule but a fact: the dossier is there.
      expect(outcome.fault.code).toBe('dossier.already-received');
    } else {
      // Keeping the record straight is ruled by the decree as a whole.
      expect(words).toMatch(name === 'correct' || name === 'computeDueAgain' || name === 'attach' ? /\(NĐ 118\/2025\/NĐ-CP\)/ : /Điều \d+ NĐ 118\/2025\/NĐ-CP/);
    }
  });
});

describe('the orders that a page offers', () => {
  it.each(stageSchema.options)('in stage %s are those whose decision stands, then or later', (stage) => {
    const { place, dossier } = inStage(stage);
    const state = place.at(dossier);
    const procedure = catalogue.procedures.find(({ code }) => code === fiveDays);
    const possible = possibleOrders(state, { procedure, erased: false });
    for (const name of names) {
      const { place: fresh, dossier: same } = inStage(stage);
      const stands = give(fresh, name, same, stage, timeOf(name, stage)).ok;
      // The half of a hop that comes late can be recorded on what is done with; it is offered only where the other half waits.
      if (name === 'takeOver' && !openStages.includes(stage)) continue;
      expect([name, possible.includes(name)]).toEqual([name, stands]);
    }
    expect(possibleOrders(state, { procedure, erased: true })).not.toContain('correct');
    expect(possibleOrders({ ...state, unknown: ['0'.repeat(64)] }, { procedure, erased: false })).toEqual([]);
    expect(possibleOrders(state, { procedure: { extension: undefined }, erased: false })).not.toContain('extend');
  });
});
