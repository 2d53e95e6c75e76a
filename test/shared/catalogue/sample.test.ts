import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { agenciesInForce, agencyById, calendarFor, catalogueSchema, checkCatalogue, competentFor, procedureInForce, successorsOn } from '#shared/catalogue/index.ts';
import { civil, defaultSettings, dueDate, instantOf, weekdayOf } from '#shared/deadline/index.ts';

const text = readFileSync(join(__dirname, '../../../central/catalogue/sample/catalogue.json'), 'utf8');
const raw: unknown = JSON.parse(text);
const catalogue = catalogueSchema.parse(raw);

describe('the sample catalogue', () => {
  it('parses without losing anything, in NFC', () => {
    expect(catalogue).toEqual(raw);
    expect(text.normalize('NFC')).toBe(text);
  });

  it('holds together: staff, successors and sources lead somewhere', () => {
    const agencies = new Set(catalogue.agencies.map((agency) => agency.id));
    expect(catalogue.staff.filter((person) => !agencies.has(person.agency))).toEqual([]);
    expect(catalogue.agencies.flatMap((agency) => agency.successors).filter((id) => !agencies.has(id))).toEqual([]);
    for (const calendar of catalogue.calendars) {
      const named = [...calendar.daysOff, ...calendar.workedInstead].flatMap((day) => day.source);
      expect(named.filter((source) => !(source in calendar.sources))).toEqual([]);
    }
    const ids = catalogue.procedures.map((procedure) => `${procedure.code} ${procedure.version}`);
    expect(new Set(ids).size).toBe(ids.length);
    for (const procedure of catalogue.procedures) expect(new Set(procedure.papers.map((paper) => paper.code)).size).toBe(procedure.papers.length);
  });

  it('has no issues', () => {
    expect(checkCatalogue(catalogue)).toEqual([]);
  });

  it('tells the levels apart before and since 01/07/2025, and who carries on', () => {
    const levels = (day: string): string[] => [...new Set(agenciesInForce(catalogue, day).map(({ level }) => level))].sort();
    expect([levels('2025-06-30'), levels('2025-07-01')]).toEqual([['commune', 'district', 'province'], ['commune', 'province']]);
    expect(successorsOn(catalogue, 'ls-khanh-xuan', '2026-01-01').map(({ id }) => id)).toEqual(['ls-loc-binh']);
    expect(successorsOn(catalogue, 'ls-huyen-loc-binh', '2025-07-01')).toHaveLength(7);
    expect(procedureInForce(catalogue, '2.000815', '2025-06-30')).toMatchObject({ ok: true, value: { levels: ['district', 'commune'] } });
    const rules = procedureInForce(catalogue, '2.001955', '2026-01-01');
    expect(rules.ok && competentFor(catalogue, rules.value, 'ls-mai-pha', '2026-01-01').map(({ id }) => id)).toEqual(['ls-so-noi-vu']);
    expect(agencyById(catalogue, 'ls-mai-pha')?.units?.map(({ id }) => id)).toEqual(['tu-phap', 'kinh-te', 'van-hoa-xa-hoi']);
  });

  it('has what a desk needs: ten procedures in force, roles, no PIN', () => {
    const current = catalogue.procedures.filter((procedure) => procedureInForce(catalogue, procedure.code, '2026-11-24').ok);
    expect(new Set(current.map((procedure) => procedure.code)).size).toBeGreaterThanOrEqual(10);
    expect(new Set(catalogue.staff.flatMap((person) => person.roles))).toEqual(new Set(['clerk', 'specialist', 'supervisor', 'deskAdministrator', 'officer', 'administrator', 'auditor']));
    expect(catalogue.staff.some((person) => person.pin)).toBe(false);
    expect(catalogue.settings).toEqual(defaultSettings);
  });

  it('says of every identifier it made up that it is made up', () => {
    for (const agency of catalogue.agencies) expect(agency.note).toContain('dữ liệu mẫu');
  });

  it('exchanges every swapped day for a rest day that is worked', () => {
    const calendar = calendarFor(catalogue)!;
    const swapped = calendar.daysOff.filter((day) => day.kind === 'swapped').map((day) => day.date);
    expect(calendar.workedInstead.map((day) => day.insteadOf)).toEqual(swapped);
    expect(calendar.workedInstead.map((day) => weekdayOf(day.date))).toEqual([6, 6, 6, 6]);
  });

  it('gives every procedure in force a due date', () => {
    const acceptedAt = instantOf('2026-11-24', '09:00');
    for (const { code } of catalogue.procedures) {
      const procedure = procedureInForce(catalogue, code, civil(acceptedAt).date);
      if (!procedure.ok) throw new Error(code);
      const due = dueDate({ acceptedAt, term: procedure.value.term, calendar: calendarFor(catalogue)!, settings: catalogue.settings });
      expect(due).toMatchObject({ ok: true, value: { ruleSet: 'nd118', calendar: { id: 'vn-civil-servants', version: '2026-v3' }, provisional: false } });
    }
  });

  it('finds the version in force on a day', () => {
    expect(procedureInForce(catalogue, '1.001612', '2025-06-30')).toMatchObject({ ok: true, value: { version: 1, levels: ['district'] } });
    expect(procedureInForce(catalogue, '1.001612', '2025-07-01')).toMatchObject({ ok: true, value: { version: 2, levels: ['commune'] } });
    expect(procedureInForce(catalogue, '1.001612', '2023-12-31')).toMatchObject({ ok: false, fault: { code: 'procedure.not-in-force' } });
    expect(procedureInForce(catalogue, '9.999999', '2026-01-01')).toMatchObject({ ok: false, fault: { code: 'procedure.unknown', params: { procedure: '9.999999' } } });
    expect(agencyById(catalogue, 'ls-cao-loc')?.validTo).toBe('2025-06-30');
    expect(agencyById(catalogue, 'none')).toBeUndefined();
    expect(calendarFor(catalogue, 'other')).toBeUndefined();
  });
});
