import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agenciesInForce, agencyIdentifierOn, channelsOf, competentFor, settingsFor, staffOn, successorsOn } from '#shared/catalogue/index.ts';
import { defaultSettings } from '#shared/deadline/index.ts';
import { agency, procedure, smallCatalogue } from './samples.ts';

const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

describe('agencies over time', () => {
  it('go by the identifier of the day', () => {
    const moved = agency('x', { identifier: 'H37.9', identifiers: [{ identifier: 'H37.5', validFrom: '2025-07-01', validTo: '2025-12-31' }, { identifier: 'H37.6', validFrom: '2026-01-01' }] });
    expect(['2025-06-30', '2025-07-01', '2025-12-31', '2026-01-01', '2030-01-01'].map((day) => agencyIdentifierOn(moved, day))).toEqual(['H37.9', 'H37.5', 'H37.5', 'H37.6', 'H37.6']);
    expect(agencyIdentifierOn(agency('x', { identifier: 'H37.9' }), '2026-01-01')).toBe('H37.9');
  });

  it('exist from their first day to their last', () => {
    const catalogue = smallCatalogue();
    expect(ids(agenciesInForce(catalogue, '2025-06-30'))).toEqual(['old', 'province']);
    expect(ids(agenciesInForce(catalogue, '2025-07-01'))).toEqual(['new-1', 'new-2', 'province']);
  });

  it('are carried on by their successors, through chains and rings', () => {
    const catalogue = smallCatalogue({
      agencies: [
        agency('a', { validTo: '2024-12-31', successors: ['b', 'c', 'gone'] }), agency('b', { validTo: '2025-06-30', successors: ['d', 'a'] }), agency('c'), agency('d', { validFrom: '2025-07-01' }),
      ],
    });
    expect(ids(successorsOn(catalogue, 'a', '2024-06-01'))).toEqual(['a']);
    expect(ids(successorsOn(catalogue, 'a', '2025-03-01'))).toEqual(['b', 'c']);
    expect(ids(successorsOn(catalogue, 'a', '2026-01-01'))).toEqual(['c', 'd']);
    expect(successorsOn(catalogue, 'nobody', '2026-01-01')).toEqual([]);
  });

  it('never give an agency twice or one that is not in force, whatever the successors', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const some = fc.record({ successors: fc.subarray(names), ends: fc.option(fc.constantFrom('2024-12-31', '2025-06-30'), { nil: undefined }) });
    fc.assert(fc.property(fc.array(some, { minLength: 5, maxLength: 5 }), fc.constantFrom(...names), fc.constantFrom('2024-06-01', '2025-03-01', '2026-01-01'), (shape, start, day) => {
      const agencies = shape.map(({ successors, ends }, index) => agency(names[index] ?? '', { successors, ...(ends === undefined ? {} : { validTo: ends }) }));
      const found = successorsOn({ agencies }, start, day);
      expect(new Set(found).size).toBe(found.length);
      expect(found.every((one) => agenciesInForce({ agencies }, day).includes(one))).toBe(true);
    }));
  });

  it('are candidates by the level that decides, the receiving one first', () => {
    const catalogue = smallCatalogue();
    const both = procedure({ levels: ['province', 'commune'] });
    expect(ids(competentFor(catalogue, both, 'new-2', '2026-01-01'))).toEqual(['new-2', 'new-1', 'province']);
    expect(ids(competentFor(catalogue, { ...both, competentLevel: 'province' }, 'new-2', '2026-01-01'))).toEqual(['province']);
    expect(ids(competentFor(catalogue, procedure({ levels: ['district'] }), 'new-2', '2026-01-01'))).toEqual([]);
  });

  it('are candidates by name, or who carries on for the named', () => {
    const catalogue = smallCatalogue();
    const named = procedure({ levels: ['district', 'province'], handledBy: ['old', 'province'] });
    expect(ids(competentFor(catalogue, named, 'province', '2025-06-30'))).toEqual(['province', 'old']);
    expect(ids(competentFor(catalogue, named, 'province', '2025-07-01'))).toEqual(['province', 'new-1', 'new-2']);
  });
});

it('staff serve on the days named', () => {
  const staff = [
    { id: 's-1', name: 'A', agency: 'new-1', roles: ['clerk' as const], validTo: '2026-03-31' }, { id: 's-2', name: 'B', agency: 'new-1', roles: ['clerk' as const], validFrom: '2026-04-01' },
    { id: 's-3', name: 'C', agency: 'new-2', roles: ['clerk' as const] },
  ];
  expect(['2026-03-31', '2026-04-01'].map((day) => ids(staffOn({ staff }, 'new-1', day)))).toEqual([['s-1'], ['s-2']]);
});

it('a procedure’s own rules stand over the province’s', () => {
  const catalogue = smallCatalogue();
  expect(settingsFor(catalogue, procedure())).toEqual(defaultSettings);
  expect(settingsFor(catalogue, procedure({ settings: { dayOfReceiptCounts: true, transferCutOff: undefined } }))).toEqual({ ...defaultSettings, dayOfReceiptCounts: true });
  expect(channelsOf(procedure())).toEqual(['counter', 'post', 'online']);
  expect(channelsOf(procedure({ channels: ['online'] }))).toEqual(['online']);
});
