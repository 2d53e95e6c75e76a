import { describe, expect, it } from '@jest/globals';
import { checkCatalogue, checkChange, issueSentences, type Catalogue, type IssueKind, type WorkingCalendar } from '#shared/catalogue/index.ts';
import { agency, procedure, smallCatalogue } from './samples.ts';

const seen = new Set<IssueKind>();

function kinds(catalogue: Catalogue): string[] {
  const issues = checkCatalogue(catalogue);
  for (const { kind } of issues) seen.add(kind);
  return issues.map(({ kind, where }) => `${kind} ${where}`);
}

function calendar(change: Partial<WorkingCalendar>): Catalogue {
  const sound = smallCatalogue();
  return { ...sound, calendars: sound.calendars.map((one) => ({ ...one, ...change })) };
}

const day = (date: string, kind: 'holiday' | 'compensatory' | 'swapped' = 'holiday', source: string[] = []): WorkingCalendar['daysOff'][number] => ({ date, name: 'Nghỉ', kind, source });

describe('a catalogue', () => {
  it('that holds together has no issues', () => {
    expect(kinds(smallCatalogue())).toEqual([]);
  });

  it.each<[string, Partial<Catalogue>, string[]]>([
    ['an id used twice', { agencies: [agency('new-1'), agency('new-1')] }, ['agency.duplicate agencies/new-1']],
    ['an end before the beginning', { agencies: [agency('new-1', { validTo: '2023-01-01', successors: ['b'] }), agency('b', { validFrom: '2020-01-01' })] }, ['agency.dates agencies/new-1']],
    ['one identifier for two', { agencies: [agency('new-1'), agency('b', { identifiers: [{ identifier: 'H37.NEW2', validFrom: '2026-01-01' }] }), agency('c', { identifier: 'H37.NEW2' })] }, ['agency.identifier-shared agencies/c']],
    ['two identifiers on a day', { agencies: [agency('new-1', { identifiers: [{ identifier: 'H37.5', validFrom: '2025-01-01', validTo: '2025-12-31' }, { identifier: 'H37.6', validFrom: '2025-12-31' }] })] }, ['agency.identifier-overlap agencies/new-1']],
    ['an identifier that ends before it begins', { agencies: [agency('new-1', { identifiers: [{ identifier: 'H37.5', validFrom: '2025-01-01', validTo: '2024-12-31' }] })] }, ['agency.identifier-dates agencies/new-1']],
    ['an unknown successor', { agencies: [agency('new-1', { successors: ['nobody'] })] }, ['agency.successor-unknown agencies/new-1']],
    ['no successor', { agencies: [agency('new-1', { validTo: '2026-01-01' })] }, ['agency.successor-missing agencies/new-1']],
    ['a successor that comes too late', { agencies: [agency('new-1', { validTo: '2026-01-01', successors: ['b'] }), agency('b', { validFrom: '2026-01-03' })] }, ['agency.successor-early agencies/new-1']],
    ['a ring of successors', { agencies: [agency('new-1', { validTo: '2026-01-01', successors: ['b'] }), agency('b', { successors: ['new-1'] })] }, ['agency.successor-ring agencies/new-1']],
    ['a district after the districts', { agencies: [agency('new-1', { level: 'district' })] }, ['agency.district-in-force agencies/new-1']],
    ['two units of one id', { agencies: [agency('new-1', { units: [{ id: 'u', name: 'A' }, { id: 'u', name: 'B' }] })] }, ['unit.duplicate agencies/new-1']],
    ['a version twice', { procedures: [procedure({ validTo: '2024-12-31' }), procedure({ validFrom: '2025-01-01' })] }, ['procedure.duplicate procedures/1.001193 v1']],
    ['a version that ends before it begins', { procedures: [procedure({ validTo: '2023-12-31' })] }, ['procedure.dates procedures/1.001193 v1']],
    ['two versions on a day', { procedures: [procedure({ version: 2, validFrom: '2025-07-01' }), procedure({ validTo: '2025-07-01' })] }, ['procedure.overlap procedures/1.001193 v1']],
    ['a paper twice', { procedures: [procedure({ papers: [...procedure().papers, ...procedure().papers] })] }, ['procedure.paper-duplicate procedures/1.001193 v1']],
    ['a deciding level that is none of its own', { procedures: [procedure({ competentLevel: 'province' })] }, ['procedure.level-foreign procedures/1.001193 v1']],
    ['a deciding agency nobody knows', { procedures: [procedure({ handledBy: ['nobody'] })] }, ['procedure.agency-unknown procedures/1.001193 v1']],
    ['own rules that contradict', { procedures: [procedure({ settings: { outsideHoursWaitForOpening: false, dayTermEnds: 'timeOfAcceptance' } })] }, ['procedure.settings procedures/1.001193 v1']],
    ['a person twice', { staff: [...smallCatalogue().staff, ...smallCatalogue().staff] }, ['staff.duplicate staff/s-1']],
    ['a person of nowhere', { staff: [{ id: 's-1', name: 'A', agency: 'nobody', roles: ['clerk'] }] }, ['staff.agency-unknown staff/s-1']],
    ['a person who ends before beginning', { staff: [{ id: 's-1', name: 'A', agency: 'new-1', roles: ['clerk'], validFrom: '2026-02-01', validTo: '2026-01-31' }] }, ['staff.dates staff/s-1']],
    ['no calendar', { calendars: [] }, ['calendar.none calendars']],
    ['a calendar twice', { calendars: [...smallCatalogue().calendars, ...smallCatalogue().calendars] }, ['calendar.duplicate calendars/vn 1']],
  ])('with %s says so, and where', (_what, change, expected) => {
    expect(kinds(smallCatalogue(change))).toEqual(expected);
  });

  it.each<[string, Partial<WorkingCalendar>, string[]]>([
    ['a day it does not cover', { workedInstead: [], daysOff: [day('2027-01-01')] }, ['calendar.outside calendars/vn 1/2027-01-01']],
    ['a day off twice', { workedInstead: [], daysOff: [day('2026-01-01'), day('2026-01-01')] }, ['calendar.day-twice calendars/vn 1/2026-01-01']],
    ['a day off that is worked', { daysOff: [day('2026-01-02'), day('2026-01-10')] }, ['calendar.off-and-worked calendars/vn 1/2026-01-10']],
    ['a half day that is off', { workedInstead: [], daysOff: [day('2026-02-14')] }, ['calendar.off-and-half calendars/vn 1/2026-02-14']],
    ['a working day worked in exchange', { daysOff: [day('2026-01-02', 'swapped')], workedInstead: [{ date: '2026-01-09', insteadOf: '2026-01-02', source: [] }] }, ['calendar.worked-anyway calendars/vn 1/2026-01-09']],
    ['an exchange for a day that is not off', { daysOff: [] }, ['calendar.instead-not-off calendars/vn 1/2026-01-02']],
    ['two days for one', { daysOff: [day('2026-01-02', 'swapped')], workedInstead: [{ date: '2026-01-10', insteadOf: '2026-01-02', source: [] }, { date: '2026-01-11', insteadOf: '2026-01-02', source: [] }] }, ['calendar.instead-twice calendars/vn 1/2026-01-02']],
    ['a swapped day nobody works for', { workedInstead: [] }, ['calendar.swap-open calendars/vn 1/2026-01-02']],
    ['a source that is not listed', { workedInstead: [], daysOff: [day('2026-01-01', 'holiday', ['b', 'toString'])] }, ['calendar.source-unknown calendars/vn 1/2026-01-01', 'calendar.source-unknown calendars/vn 1/2026-01-01']],
  ])('whose calendar has %s says so', (_what, change, expected) => {
    expect(kinds(calendar(change))).toEqual(expected);
  });

  it('may not change what was published', () => {
    const published = smallCatalogue();
    const after = smallCatalogue({
      agencies: [...published.agencies.filter(({ id }) => id !== 'new-2'), agency('thief', { identifier: 'H37.32' })],
      procedures: [procedure({ term: { unit: 'workingDay', amount: 2 } })],
      calendars: published.calendars.map((one) => ({ ...one, halfDays: [] })),
    });
    const issues = checkChange(published, after);
    expect(issues.map(({ kind }) => kind)).toEqual(['change.agency-dropped', 'change.identifier-moved', 'change.procedure-edited', 'change.calendar-edited']);
    expect(issues[2]).toEqual({
      kind: 'change.procedure-edited', where: 'procedures/1.001193 v1',
      vi: 'Thủ tục 1.001193 phiên bản 1 đã công bố nên không sửa được. Hãy ghi ngày hết hiệu lực và thêm phiên bản 2.',
      en: 'Procedure 1.001193, version 1, was published and cannot be edited. Let it end and add version 2.',
    });
    const gone = checkChange(published, { ...published, procedures: [], calendars: [] });
    expect(gone.map(({ kind }) => kind)).toEqual(['change.procedure-dropped', 'change.calendar-dropped']);
    for (const { kind } of [...issues, ...gone]) seen.add(kind);
  });

  it('may add versions and end old ones', () => {
    const published = smallCatalogue();
    const [calendar2] = published.calendars;
    const after = smallCatalogue({
      procedures: [procedure({ validTo: '2026-11-30', note: 'hết hiệu lực' }), procedure({ version: 2, validFrom: '2026-12-01', term: { unit: 'workingDay', amount: 2 } })],
      calendars: [...published.calendars, { ...calendar2!, version: '2', daysOff: [...calendar2!.daysOff, day('2026-11-24')] }],
    });
    expect(checkChange(published, after)).toEqual([]);
    expect(kinds(after)).toEqual([]);
  });

  it('has every kind of issue shown above, its sentences filled', () => {
    expect(Object.keys(issueSentences).filter((kind) => ![...seen].some((one) => one === kind))).toEqual([]);
  });
});
