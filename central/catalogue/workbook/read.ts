import readWorkbook from 'read-excel-file/universal';
import { z } from 'zod';
import { catalogueSchema, checkCatalogue, checkChange, type Catalogue, type CatalogueIssue } from '#shared/catalogue/index.ts';
import { DomainError, type Fault } from '#shared/errors/index.ts';
import { fold } from '#shared/vietnamese/index.ts';
import { assemble, type Assembled, type Places } from './assemble.ts';
import { cellSchema, isBlank, tidy, type Cell } from './cells.ts';
import { hints, problem, type Hint, type WorkbookProblem } from './hints.ts';
import { headingOf, sheets, type Rows, type RowOf, type SheetKey } from './sheets.ts';
import { lookInto } from './unpack.ts';

/** Name of the first sheet, which is for people. */
export const guideName = 'Hướng dẫn';

export type WorkbookOutcome =
  | { readonly ok: true; readonly catalogue: Catalogue }
  | { readonly ok: false; readonly problems: readonly WorkbookProblem[] };

type Table = readonly (readonly Cell[])[];
const tablesSchema = z.array(z.object({ sheet: z.string(), data: z.array(z.array(cellSchema)) }));

/**
 * Reads a workbook of the catalogue (.xlsx) and checks it, also against what is published. All problems are named at once, by sheet, row and
 * column. PINs are not in a workbook: people keep the one they have. Throws `DomainError` `catalogue.not-a-workbook`,
 * `catalogue.workbook-too-large`, `catalogue.workbook-unreadable` for a file of which no sheet can be read.
 */
export async function catalogueOfWorkbook(file: Buffer, published: Catalogue | undefined): Promise<WorkbookOutcome> {
  await lookInto(file);
  const tables = await tablesOf(file);
  const problems: WorkbookProblem[] = [];
  const rows = rowsOfTables(tables, problems);
  const assembled = assemble(rows, new Set(problems.map(({ sheet }) => sheet)));
  problems.push(...assembled.problems);
  if (problems.length > 0) return { ok: false, problems };
  return checked(assembled, published);
}

async function tablesOf(file: Buffer): Promise<ReadonlyMap<string, Table>> {
  const bytes = new Uint8Array(file).buffer;
  const read = await readWorkbook(bytes, { trim: false }).catch((error: unknown) => {
    throw new DomainError('catalogue.workbook-unreadable', placeIn(error), error);
  });
  const tables = tablesSchema.safeParse(read);
  if (!tables.success) throw new DomainError('catalogue.workbook-unreadable', { row: '?', column: '?' }, tables.error);
  return new Map(tables.data.map(({ sheet, data }) => [sheet, data]));
}

/** The reader names the row and the column of a cell it cannot make sense of, as a formula that was never computed. */
function placeIn(error: unknown): Fault['params'] {
  const [, row = '?', column = '?'] = /row (\d+), col (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
  return { row, column };
}

function rowsOfTables(tables: ReadonlyMap<string, Table>, problems: WorkbookProblem[]): Rows {
  const byName = new Map([...tables].map(([name, table]) => [fold(name), { name, table }]));
  const known = new Set([guideName, ...Object.values(sheets).map(({ name }) => name)].map(fold));
  for (const [folded, { name }] of byName) if (!known.has(folded)) problems.push(problem(name, 0, '', 'unknownSheet'));
  const rows = <Key extends SheetKey>(key: Key, schema: z.ZodType<RowOf<Key>>): readonly { readonly at: number; readonly row: RowOf<Key> }[] => {
    const { name } = sheets[key];
    const found = byName.get(fold(name));
    if (found) return rowsOfTable(name, headings(key), schema, found.table, problems);
    problems.push(problem(name, 0, '', 'missingSheet'));
    return [];
  };
  return {
    general: rows('general', sheets.general.row), agencies: rows('agencies', sheets.agencies.row), identifiers: rows('identifiers', sheets.identifiers.row),
    units: rows('units', sheets.units.row), procedures: rows('procedures', sheets.procedures.row), papers: rows('papers', sheets.papers.row),
    results: rows('results', sheets.results.row), overrides: rows('overrides', sheets.overrides.row), staff: rows('staff', sheets.staff.row),
    calendars: rows('calendars', sheets.calendars.row), daysOff: rows('daysOff', sheets.daysOff.row), workedInstead: rows('workedInstead', sheets.workedInstead.row),
    halfDays: rows('halfDays', sheets.halfDays.row), sources: rows('sources', sheets.sources.row),
  };
}

/** Headings by the keys of a sheet's rows. */
function headings(key: SheetKey): ReadonlyMap<string, string> {
  return new Map(Object.entries(sheets[key].row.shape).map(([name, cell]) => [name, headingOf(cell).header]));
}

function rowsOfTable<Row>(sheet: string, heads: ReadonlyMap<string, string>, schema: z.ZodType<Row>, table: Table, problems: WorkbookProblem[]): { at: number; row: Row }[] {
  const columns = columnsOf(sheet, heads, table[0] ?? [], problems);
  if (!columns) return [];
  return table.slice(1).flatMap((cells, index) => {
    // Rows count from 1, and the first has the headings.
    const at = index + 2;
    if (cells.every(isBlank)) return [];
    const row = schema.safeParse(Object.fromEntries([...columns].map(([key, column]) => [key, cells[column] ?? null])));
    if (row.success) return [{ at, row: row.data }];
    problems.push(...row.error.issues.map((issue) => cellProblem(sheet, at, heads.get(String(issue.path[0])) ?? '', issue.message, cells[columns.get(String(issue.path[0])) ?? -1] ?? null)));
    return [];
  });
}

function isHint(name: string): name is Hint {
  return Object.hasOwn(hints, name);
}

function cellProblem(sheet: string, at: number, column: string, message: string, cell: Cell): WorkbookProblem {
  if (typeof cell === 'string' && /^#(?:NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|SPILL!)$/.test(cell)) return problem(sheet, at, column, 'formulaError');
  return problem(sheet, at, column, isHint(message) ? message : 'value');
}

/** Which column holds what, by the headings in any order. Undefined where some are missing. */
function columnsOf(sheet: string, heads: ReadonlyMap<string, string>, first: readonly Cell[], problems: WorkbookProblem[]): ReadonlyMap<string, number> | undefined {
  const wanted = new Map([...heads].map(([key, header]) => [fold(header), key]));
  const columns = new Map<string, number>();
  for (const [index, cell] of first.entries()) {
    if (isBlank(cell)) continue;
    const written = tidy(String(cell));
    const key = wanted.get(fold(written));
    if (key === undefined) problems.push(problem(sheet, 1, written.slice(0, 60), 'unknownColumn'));
    else if (columns.has(key)) problems.push(problem(sheet, 1, written, 'repeatedColumn'));
    else columns.set(key, index);
  }
  const missing = [...heads].filter(([key]) => !columns.has(key));
  problems.push(...missing.map(([, header]) => problem(sheet, 1, header, 'missingColumn')));
  return missing.length === 0 ? columns : undefined;
}

function checked({ candidate, places }: Assembled, published: Catalogue | undefined): WorkbookOutcome {
  const parsed = catalogueSchema.safeParse(JSON.parse(JSON.stringify(candidate)));
  if (!parsed.success) {
    // Every cell fits by itself; what is left are rules over several cells of one row, as sessions that end before they start.
    return { ok: false, problems: parsed.error.issues.map(({ path }) => rowProblem(candidate, path, places)) };
  }
  const pins = new Map(published?.staff.map(({ id, pin }) => [id, pin]));
  const staff = parsed.data.staff.map((person) => {
    const pin = pins.get(person.id);
    return pin ? { ...person, pin } : person;
  });
  const catalogue = { ...parsed.data, staff, version: published?.version ?? 0 };
  const issues = [...checkCatalogue(catalogue), ...(published ? checkChange(published, catalogue) : [])];
  return issues.length === 0 ? { ok: true, catalogue } : { ok: false, problems: issues.map((issue) => placed(issue, places)) };
}

/** An issue of the catalogue at the row that it comes from; where it names a thing that is gone, at none. */
function placed({ where, vi, en }: CatalogueIssue, places: Places): WorkbookProblem {
  const found = places.get(where) ?? places.get(where.split('/').slice(0, -1).join('/'));
  return { sheet: found?.sheet ?? where, row: found?.row ?? 0, column: '', vi, en };
}

function rowProblem(candidate: unknown, path: readonly PropertyKey[], places: Places): WorkbookProblem {
  const [part = '', index] = path.map(String);
  const lists: Readonly<Record<string, unknown>> = Object(candidate);
  const things: unknown = lists[part];
  const thing: Readonly<Record<string, unknown>> = Object(Array.isArray(things) ? things[Number(index)] : undefined);
  const { id, code, version } = thing;
  const where = part === 'procedures' ? `${part}/${String(code)} v${String(version)}` : part === 'calendars' ? `${part}/${String(id)} ${String(version)}` : `${part}/${String(id)}`;
  const found = places.get(where) ?? (part === 'settings' || part === 'province' ? { sheet: sheets.general.name, row: 0 } : undefined);
  return { ...problem(found?.sheet ?? part, found?.row ?? 0, '', 'value') };
}
