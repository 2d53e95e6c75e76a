import type { ListFilter, Rows } from '#db/index.ts';
import { calendarFor, procedureInForce, type Catalogue, type Procedure } from '#shared/catalogue/index.ts';
import { addDays, civil, dueDate, explain, instantOf } from '#shared/deadline/index.ts';
import type { DossierState } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { DossierView, ParsedRequestOf, ResponseOf } from '#shared/ipc/index.ts';
import { parseDossierCode } from '#shared/catalogue/index.ts';
import { classifyScan } from '#shared/vietnamese/index.ts';
import { dossierLines, isLate, procedureName } from './lines.ts';
import { searchProcedures } from './procedure-search.ts';
import { enrolled, type Workplace } from './workplace.ts';

/** How many procedures a search shows. */
const proceduresShown = 30;

/** Procedures in force today that the desk's level handles, as typed. Error: `enrol.required`. */
export function findProcedures(workplace: Workplace, text: string): Outcome<ResponseOf<'procedure.search'>> {
  const desk = enrolled(workplace);
  if (!desk.ok) return desk;
  const { catalogue } = desk.value;
  const { date } = civil(workplace.time.best());
  const codes = new Set(catalogue.procedures.map(({ code }) => code));
  const inForce = [...codes].flatMap((code) => {
    const found = procedureInForce(catalogue, code, date);
    return found.ok ? [found.value] : [];
  });
  return ok({ procedures: searchProcedures(inForce, text, proceduresShown) });
}

/** The due date as it would stand if the dossier were accepted now. Errors: `procedure.*`, `calendar.missing`, `clock.confirm-needed`, `enrol.required`. */
export function previewReception(workplace: Workplace, code: string): Outcome<ResponseOf<'reception.preview'>> {
  const desk = enrolled(workplace);
  if (!desk.ok) return desk;
  const { catalogue } = desk.value;
  const now = workplace.time.now();
  if (!now.ok) return now;
  const acceptedAt = now.value.at;
  const { date } = civil(acceptedAt);
  const procedure = procedureInForce(catalogue, code, date);
  if (!procedure.ok) return procedure;
  const calendar = calendarFor(catalogue);
  if (!calendar) return fail('calendar.missing', { date });
  const due = dueDate({ acceptedAt, term: procedure.value.term, calendar, settings: catalogue.settings });
  if (!due.ok) return due;
  return ok({ procedure: procedure.value, due: due.value, explanation: explain(due.value, 'vi'), acceptedAt });
}

/** One dossier whole. Error: `dossier.unknown`. */
export function viewDossier(workplace: Workplace, id: string): Outcome<DossierView> {
  const state = workplace.store.read.dossier(id);
  return state ? ok(dossierView(workplace, state)) : fail('dossier.unknown', { code: id });
}

/** By its code, as typed or scanned from barcode or QR. Error: `dossier.unknown`. */
export function viewDossierByCode(workplace: Workplace, text: string): Outcome<DossierView> {
  const { read } = workplace.store;
  const scan = classifyScan(text);
  const code = scan.kind === 'dossierCode' ? scan.code : (parseDossierCode(text)?.code ?? text.trim());
  const byId = scan.kind === 'dossierCode' && scan.dossier !== undefined ? read.dossier(scan.dossier) : undefined;
  const state = byId ?? read.dossierByCode(code);
  // What was typed in a wrong field may be personal: only a code's own shape goes into the sentence.
  return state ? ok(dossierView(workplace, state)) : fail('dossier.unknown', { code: parseDossierCode(code)?.code ?? '' });
}

function dossierView({ store, time }: Workplace, state: DossierState): DossierView {
  const catalogue = store.catalogue.current();
  const { received, ready, handedOver } = state;
  const procedure = versionOf(catalogue, received.procedure, received.procedureVersion);
  const personal = store.read.personal(state.id);
  const names = new Map(catalogue?.staff.map(({ id, name }) => [id, name]));
  return {
    id: state.id, stage: state.stage, received,
    ...(ready ? { ready } : {}),
    ...(handedOver ? { handedOver } : {}),
    ...(personal ? { personal } : {}),
    procedureName: procedure?.name ?? procedureName(catalogue, received.procedure),
    field: procedure?.field.name ?? '',
    papers: received.papers.map(({ code, kind, quantity, present }) => ({
      paper: procedure?.papers.find((paper) => paper.code === code) ?? { code, name: code, kind, quantity: Math.max(1, quantity), required: false },
      quantity, present,
    })),
    results: procedure?.results.map(({ name }) => name) ?? [],
    late: isLate({ dueAt: received.due.at, readyAt: ready?.at, handedOverAt: handedOver?.at }, time.best()),
    conflicts: state.conflicts.length,
    readOnly: state.unknown.length > 0,
    history: store.read.history(state.id).map(({ entry, at, sent }) => ({
      kind: entry.header.kind, at: at ?? entry.header.clock.wall, actorName: names.get(entry.header.actor) ?? entry.header.actor,
      seq: entry.header.seq, hash: entry.hash, sent,
    })),
  };
}

/** The version a dossier was received under; it keeps it for ever. */
export function versionOf(catalogue: Catalogue | undefined, code: string, version: number): Procedure | undefined {
  const versions = catalogue?.procedures.filter((procedure) => procedure.code === code) ?? [];
  return versions.find((procedure) => procedure.version === version) ?? versions.at(-1);
}

/** A list of dossiers, newest first, of one kind and perhaps only those that fit some words. */
export function listDossiers({ store, time }: Workplace, request: ParsedRequestOf<'dossier.list'>): ResponseOf<'dossier.list'> {
  const now = time.best();
  const catalogue = store.catalogue.current();
  const { text = '', filter, after, limit } = request;
  const found = text.trim() === ''
    ? store.read.list(listFilter(filter, now), { limit, ...(after === undefined ? {} : { after }) })
    : searchFiltered(filter);
  return { lines: dossierLines(found.rows, catalogue, now), more: found.more };

  /** The search knows words only; what the list leaves out is passed over until the page is full. */
  function searchFiltered(kind: typeof filter): Rows {
    const rows = [];
    let from = after;
    for (;;) {
      const page = store.read.search(text, { limit, ...(from === undefined ? {} : { after: from }) });
      for (const [index, row] of page.rows.entries()) {
        if (!belongs(row, kind, now)) continue;
        rows.push(row);
        if (rows.length === limit) return { rows, more: page.more || index < page.rows.length - 1 };
      }
      from = page.rows.at(-1)?.id;
      if (!page.more || from === undefined) return { rows, more: false };
    }
  }
}

type FilterName = ParsedRequestOf<'dossier.list'>['filter'];

function tomorrow(now: number): { from: number; to: number } {
  const { date } = civil(now);
  return { from: instantOf(addDays(date, 1)), to: instantOf(addDays(date, 2)) };
}

function listFilter(filter: FilterName, now: number): ListFilter {
  if (filter === 'due-tomorrow') return { kind: 'due', ...tomorrow(now) };
  return filter === 'overdue' ? { kind: 'overdue', now } : { kind: filter };
}

function belongs(row: Rows['rows'][number], filter: FilterName, now: number): boolean {
  switch (filter) {
    case 'all': return true;
    case 'open': return row.stage !== 'returned';
    case 'ready': case 'returned': return row.stage === filter;
    case 'overdue': return row.stage === 'processing' && row.dueAt < now;
    // due-tomorrow
    default: {
      const { from, to } = tomorrow(now);
      return row.stage === 'processing' && row.dueAt >= from && row.dueAt < to;
    }
  }
}

/** The day's log (sổ theo dõi trong ngày): four figures and the dossiers that moved. Error: `date.invalid`. */
export function viewDay({ store, time }: Workplace, date: string | undefined): Outcome<ResponseOf<'day.view'>> {
  const now = time.best();
  const day = date ?? civil(now).date;
  if (Number.isNaN(Date.parse(`${day}T00:00:00Z`))) return fail('date.invalid', { value: day });
  const counts = store.read.counts(day);
  const { from, to } = tomorrow(now);
  return ok({
    date: day, received: counts.received, returned: counts.returned,
    dueTomorrow: store.read.countDue(from, to),
    waitingToSend: store.pendingSummary().dossiers,
    lines: dossierLines(store.read.dayLog(day), store.catalogue.current(), now),
  });
}
