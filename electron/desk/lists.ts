import { closeIsDue } from './close-due.ts';
import { closeOf } from './day-close.ts';
import type { DossierRow, ListFilter, Rows } from '#db/index.ts';
import { addDays, civil, instantOf } from '#shared/deadline/index.ts';
import { stageGroups, type Stage } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ParsedRequestOf, ResponseOf } from '#shared/ipc/index.ts';
import { dossierLines } from './lines.ts';
import type { Workplace } from './workplace.ts';

type FilterName = ParsedRequestOf<'dossier.list'>['filter'];

/** A list of dossiers, newest first, of one kind and perhaps only those that fit some words. */
export function listDossiers(workplace: Workplace, request: ParsedRequestOf<'dossier.list'>): ResponseOf<'dossier.list'> {
  const { read } = workplace.store;
  const { text = '', after, limit } = request;
  const filter = listFilter(request.filter, workplace.time.best());
  const found = text.trim() === '' ? read.list(filter, { limit, ...(after === undefined ? {} : { after }) }) : searched();
  return { lines: dossierLines(workplace, found.rows), more: found.more };

  /** The search knows words only; what the list leaves out is passed over until the page is full. */
  function searched(): Rows {
    const rows: DossierRow[] = [];
    let from = after;
    for (;;) {
      const page = read.search(text, { limit, ...(from === undefined ? {} : { after: from }) });
      for (const [index, row] of page.rows.entries()) {
        if (!belongs(row, filter)) continue;
        rows.push(row);
        if (rows.length === limit) return { rows, more: page.more || index < page.rows.length - 1 };
      }
      from = page.rows.at(-1)?.id;
      if (!page.more || from === undefined) return { rows, more: false };
    }
  }
}

function tomorrow(now: number): { from: number; to: number } {
  const { date } = civil(now);
  return { from: instantOf(addDays(date, 1)), to: instantOf(addDays(date, 2)) };
}

function listFilter(filter: FilterName, now: number): ListFilter {
  if (filter === 'due-tomorrow') return { kind: 'due', ...tomorrow(now) };
  return filter === 'overdue' ? { kind: 'overdue', now } : { kind: filter };
}

/** Whether a list holds a row: the same as the store's own filters. */
function belongs({ stage, dueAt, haltedAt }: DossierRow, filter: ListFilter): boolean {
  if (filter.kind === 'all') return true;
  const running = haltedAt === undefined && dueAt !== undefined;
  if (filter.kind === 'overdue') return running && dueAt < filter.now;
  if (filter.kind === 'due') return running && dueAt >= filter.from && dueAt < filter.to;
  const group: readonly Stage[] = stageGroups[filter.kind];
  return group.includes(stage);
}

/** The day's log (sổ theo dõi trong ngày) of the agency's desks: its figures, what is to be done now, and the dossiers that moved. Error: `date.invalid`. */
export function viewDay(workplace: Workplace, date: string | undefined): Outcome<ResponseOf<'day.view'>> {
  const { store, time } = workplace;
  const now = time.best();
  const day = date ?? civil(now).date;
  if (Number.isNaN(Date.parse(`${day}T00:00:00Z`))) return fail('date.invalid', { value: day });
  const agency = store.identity()?.agency;
  const counts = store.read.counts(day, agency);
  const { from, to } = tomorrow(now);
  const closed = closeOf(store, day)?.view;
  return ok({
    date: day, ...(closed ? { closed } : {}), ...(day === civil(now).date && closeIsDue(store, now) ? { closeDue: true } : {}), received: counts.received, returned: counts.returned,
    dueTomorrow: store.read.countDue(from, to),
    waitingToSend: store.pendingSummary().dossiers,
    duties: [...store.read.dutyCounts(now)],
    lines: dossierLines(workplace, store.read.dayLog(day).filter(({ receivingAgency }) => receivingAgency === agency)),
    now,
  });
}

/** What is to be done now (việc cần làm), the most urgent first. */
export function listDuties(workplace: Workplace, { kinds, limit }: ParsedRequestOf<'duty.list'>): ResponseOf<'duty.list'> {
  const now = workplace.time.best();
  const { rows, more } = workplace.store.read.duties(now, limit, kinds);
  const lines = dossierLines(workplace, rows.map(({ row }) => row));
  return { duties: rows.flatMap(({ duty, by }, index) => (lines[index] ? [{ duty, by, past: by < now, line: lines[index] }] : [])), more };
}
