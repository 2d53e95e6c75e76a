import type { Agency, Catalogue, Procedure, WorkingCalendar } from '#shared/catalogue/index.ts';
import { generalRows, overrideRows } from './items.ts';
import type { RowOf, SheetKey } from './sheets.ts';

/** The rows that say what a catalogue says. PIN verifiers and leases are no part of a workbook. */
export function rowsOf(catalogue: Catalogue): { readonly [Key in SheetKey]: readonly RowOf<Key>[] } {
  const { agencies, procedures, staff, calendars } = catalogue;
  return {
    general: generalRows(catalogue),
    agencies: agencies.map(agencyRow),
    identifiers: agencies.flatMap(({ id, identifiers = [] }) => identifiers.map(({ identifier, validFrom, validTo }) => ({ agency: id, identifier, validFrom, validTo }))),
    units: agencies.flatMap((agency) => (agency.units ?? []).map(({ id, name }) => ({ agency: agency.id, id, name }))),
    procedures: procedures.map(procedureRow),
    papers: procedures.flatMap(({ code, version, papers }) => papers.map(({ code: paper, name, kind, quantity, required }) => ({ code, version, paper, name, kind, quantity, required }))),
    results: procedures.flatMap(({ code, version, results }) => results.map(({ code: result, name }) => ({ code, version, result, name }))),
    overrides: procedures.flatMap(overrideRows),
    staff: staff.map(({ id, name, agency, roles, validFrom, validTo, note }) => ({ id, name, agency, roles, validFrom, validTo, note })),
    calendars: calendars.map(calendarRow),
    daysOff: calendars.flatMap((calendar) => calendar.daysOff.map(({ date, name, kind, source }) => ({ ...named(calendar), date, name, kind, sources: listed(source) }))),
    workedInstead: calendars.flatMap((calendar) => calendar.workedInstead.map(({ date, insteadOf, source }) => ({ ...named(calendar), date, insteadOf, sources: listed(source) }))),
    halfDays: calendars.flatMap((calendar) => calendar.halfDays.map(({ date, session, source }) => ({ ...named(calendar), date, session, sources: listed(source) }))),
    sources: calendars.flatMap((calendar) => Object.entries(calendar.sources).map(([source, words]) => ({ ...named(calendar), source, words }))),
  };
}

function listed<T>(values: readonly T[] | undefined): T[] | undefined {
  return values === undefined || values.length === 0 ? undefined : [...values];
}

function named({ id, version }: WorkingCalendar): { readonly calendar: string; readonly version: string } {
  return { calendar: id, version };
}

function agencyRow({ id, identifier, name, level, validFrom, validTo, successors, line, note }: Agency): RowOf<'agencies'> {
  return { id, identifier, name, level, validFrom, validTo, successors: listed(successors), line, note };
}

function procedureRow(procedure: Procedure): RowOf<'procedures'> {
  const { code, version, name, field, levels, competentLevel, handledBy, validFrom, validTo, term, extension, supplement, immediate, channels, financial, fee, note } = procedure;
  return {
    code, version, name, fieldCode: field.code, fieldName: field.name, levels, competentLevel, handledBy: listed(handledBy), validFrom, validTo, term, extension, supplement,
    immediate, channels: listed(channels), financial, feeAmount: fee.amount, feeNote: fee.note, note,
  };
}

const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const;

function calendarRow(calendar: WorkingCalendar): RowOf<'calendars'> {
  const { coversFrom, coversTo, weeklyRest, sessions: [morning, afternoon], note } = calendar;
  return {
    ...named(calendar), coversFrom, coversTo, weeklyRest: listed(weekdays.filter((day) => weeklyRest.includes(Number(day)))),
    morningFrom: morning[0], morningTo: morning[1], afternoonFrom: afternoon[0], afternoonTo: afternoon[1], note,
  };
}
