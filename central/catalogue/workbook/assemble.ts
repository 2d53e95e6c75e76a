import { readGeneral, readOverrides } from './items.ts';
import { problem, type WorkbookProblem } from './hints.ts';
import { sheets, type RowOf, type Rows, type SheetKey } from './sheets.ts';

/** Where in the workbook a part of the catalogue stands, by the path an issue names it with. */
export type Places = ReadonlyMap<string, { readonly sheet: string; readonly row: number }>;

export interface Assembled {
  /** A catalogue, not yet parsed. */
  readonly candidate: unknown;
  readonly places: Places;
  readonly problems: readonly WorkbookProblem[];
}

type Placed<Key extends SheetKey> = Rows[Key][number];

/** Rows of a side sheet by the thing they belong to; those that belong to nothing are problems. */
function byOwner<Key extends SheetKey>(key: Key, column: string, rows: readonly Placed<Key>[], ownerOf: (row: RowOf<Key>) => string, owners: ReadonlySet<string>, problems: WorkbookProblem[]): (owner: string) => readonly Placed<Key>[] {
  const groups = new Map<string, Placed<Key>[]>();
  for (const placed of rows) {
    const owner = ownerOf(placed.row);
    if (!owners.has(owner)) problems.push(problem(sheets[key].name, placed.at, column, 'noParent'));
    groups.set(owner, [...(groups.get(owner) ?? []), placed]);
  }
  return (owner) => groups.get(owner) ?? [];
}

/**
 * Puts a catalogue together from rows that were read one by one. `broken`: names of the sheets of which rows are missing because they
 * could not be read; what belongs to those is not missed.
 */
export function assemble(rows: Rows, broken: ReadonlySet<string>): Assembled {
  const problems: WorkbookProblem[] = [];
  const orphans: WorkbookProblem[] = [];
  const missed = (key: SheetKey): WorkbookProblem[] => (broken.has(sheets[key].name) ? [] : orphans);
  const places = new Map<string, { sheet: string; row: number }>();
  const place = (path: string, key: SheetKey, at: number): void => {
    if (!places.has(path)) places.set(path, { sheet: sheets[key].name, row: at });
  };
  const procedureName = ({ code, version }: { readonly code: string; readonly version: number }): string => `${code} v${version}`;
  const calendarName = ({ calendar, version }: { readonly calendar: string; readonly version: string }): string => `${calendar} ${version}`;
  const agencyIds = new Set(rows.agencies.map(({ row }) => row.id));
  const procedureNames = new Set(rows.procedures.map(({ row }) => procedureName(row)));
  const calendarNames = new Set(rows.calendars.map(({ row }) => calendarName(row)));

  const identifiers = byOwner('identifiers', 'Mã nội bộ', rows.identifiers, ({ agency }) => agency, agencyIds, missed('agencies'));
  const units = byOwner('units', 'Mã nội bộ', rows.units, ({ agency }) => agency, agencyIds, missed('agencies'));
  const papers = byOwner('papers', 'Mã thủ tục', rows.papers, procedureName, procedureNames, missed('procedures'));
  const results = byOwner('results', 'Mã thủ tục', rows.results, procedureName, procedureNames, missed('procedures'));
  const overrides = byOwner('overrides', 'Mã thủ tục', rows.overrides, procedureName, procedureNames, missed('procedures'));
  const daysOff = byOwner('daysOff', 'Mã lịch', rows.daysOff, calendarName, calendarNames, missed('calendars'));
  const workedInstead = byOwner('workedInstead', 'Mã lịch', rows.workedInstead, calendarName, calendarNames, missed('calendars'));
  const halfDays = byOwner('halfDays', 'Mã lịch', rows.halfDays, calendarName, calendarNames, missed('calendars'));
  const sources = byOwner('sources', 'Mã lịch', rows.sources, calendarName, calendarNames, missed('calendars'));

  const agencies = rows.agencies.map(({ at, row }) => {
    place(`agencies/${row.id}`, 'agencies', at);
    const own = units(row.id).map(({ row: { id, name } }) => ({ id, name }));
    const turns = identifiers(row.id).map(({ row: { identifier, validFrom, validTo } }) => ({ identifier, validFrom, validTo }));
    return { ...row, successors: row.successors ?? [], units: some(own), identifiers: some(turns) };
  });
  const procedures = rows.procedures.map(({ at, row }) => {
    const name = procedureName(row);
    place(`procedures/${name}`, 'procedures', at);
    const { fieldCode, fieldName, feeAmount, feeNote, ...rest } = row;
    return {
      ...rest, field: { code: fieldCode, name: fieldName }, fee: { amount: feeAmount, note: feeNote },
      papers: papers(name).map(({ row: { paper, name: words, kind, quantity, required } }) => ({ code: paper, name: words, kind, quantity, required })),
      results: results(name).map(({ row: { result, name: words } }) => ({ code: result, name: words })),
      settings: readOverrides(overrides(name), problems),
    };
  });
  const staff = rows.staff.map(({ at, row }) => {
    place(`staff/${row.id}`, 'staff', at);
    return row;
  });
  const calendars = rows.calendars.map(({ at, row }) => {
    const name = calendarName(row);
    place(`calendars/${name}`, 'calendars', at);
    const { calendar, version, coversFrom, coversTo, weeklyRest = [], morningFrom, morningTo, afternoonFrom, afternoonTo, note } = row;
    for (const key of ['daysOff', 'workedInstead', 'halfDays'] as const) {
      for (const { at: day, row: { date } } of { daysOff, workedInstead, halfDays }[key](name)) place(`calendars/${name}/${date}`, key, day);
    }
    return {
      id: calendar, version, coversFrom, coversTo, weeklyRest: weeklyRest.map(Number), sessions: [[morningFrom, morningTo], [afternoonFrom, afternoonTo]], note,
      daysOff: daysOff(name).map(({ row: { date, name: words, kind, sources: source = [] } }) => ({ date, name: words, kind, source })),
      workedInstead: workedInstead(name).map(({ row: { date, insteadOf, sources: source = [] } }) => ({ date, insteadOf, source })),
      halfDays: halfDays(name).map(({ row: { date, session, sources: source = [] } }) => ({ date, session, source })),
      sources: Object.fromEntries(sources(name).map(({ row: { source, words } }) => [source, words])),
    };
  });
  const general = readGeneral(rows.general, problems);
  return { candidate: { ...Object(general), version: 0, agencies, procedures, staff, calendars, leases: [] }, places, problems: [...orphans, ...problems] };
}

function some<T>(values: readonly T[]): readonly T[] | undefined {
  return values.length === 0 ? undefined : values;
}
