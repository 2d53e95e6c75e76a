import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agenciesOfEntry, partiesOf, type PartHeader } from '#shared/dossier/index.ts';

const opening: PartHeader = { kind: 'dossier.received', agency: 'a', facts: { receivingAgency: 'a', competentAgency: 'b' } };
const entry = (agency: string, facts: PartHeader['facts'] = {}): PartHeader => ({ kind: 'dossier.of-a-later-version', agency, facts });

const agency = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const entries = fc.array(fc.record({ agency, toAgency: fc.option(agency), receivingAgency: fc.option(agency) }).map(({ agency: who, toAgency, receivingAgency }) => entry(who, {
  ...(toAgency === null ? {} : { toAgency }), ...(receivingAgency === null ? {} : { receivingAgency }),
})), { maxLength: 12 });

describe('the agencies with a part in a dossier', () => {
  it('are named by the entry, whatever its kind', () => {
    expect(agenciesOfEntry(entry('a', { toAgency: 'b', fromAgency: 'c', handlingUnit: 'x', competentAgency: 5, receivingAgency: '' }))).toEqual(['a', 'c', 'b']);
  });

  it('come from the first that opens it, and from whoever was given a part', () => {
    expect(partiesOf([opening], 'centre')).toEqual(['a', 'b']);
    expect(partiesOf([entry('x', { toAgency: 'x' })], 'centre')).toEqual([]);
    expect(partiesOf([opening, entry('x', { toAgency: 'x' })], 'centre')).toEqual(['a', 'b']);
    expect(partiesOf([opening, entry('x', { receivingAgency: 'x' })], 'centre')).toEqual(['a', 'b']);
    expect(partiesOf([entry('c', { toAgency: 'd' }), opening, entry('b', { toAgency: 'c' })], 'centre')).toEqual(['a', 'b', 'c', 'd']);
    expect(partiesOf([opening, entry('centre', { competentAgency: 'e' })], 'centre')).toEqual(['a', 'b', 'e']);
  });

  it('never grow by what an outsider writes, and never shrink', () => {
    fc.assert(fc.property(entries, entries, (before, after) => {
      const all = [opening, ...before];
      const parties = partiesOf(all, 'centre');
      expect(partiesOf([...all, ...after.filter(({ agency: who }) => !parties.includes(who))], 'centre')).toEqual(parties);
      expect(partiesOf([...all, ...after], 'centre')).toEqual(expect.arrayContaining([...parties]));
    }));
  });
});
