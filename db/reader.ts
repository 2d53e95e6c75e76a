import type Database from 'better-sqlite3';
import { instantOf } from '#shared/deadline/index.ts';
import { inFoldOrder, type Stage } from '#shared/dossier/index.ts';
import type { Head } from '#shared/log/index.ts';
import type { DayCounts, DossierRow, HistoryLine, ListFilter, Page, Rows, StoreReader } from './contract.ts';
import type { EntryTable } from './entries.ts';
import { personOf } from './projections/dossiers.ts';
import type { Lookup } from './projections/lookup.ts';
import { readState } from './projections/state.ts';

interface RowColumns {
  readonly id: string;
  readonly code: string;
  readonly provisional: number;
  readonly procedure: string;
  readonly name: string | null;
  readonly stage: Stage;
  readonly receivingAgency: string;
  readonly acceptedAt: number;
  readonly dueAt: number;
  readonly readyAt: number | null;
  readonly handedOverAt: number | null;
  readonly ownLog: string | null;
  readonly ownSeq: number | null;
  readonly conflicts: number;
  readonly unknown: number;
}

/** What the reader needs to know that changes only after a commit. */
export interface ReaderContext {
  acknowledgedOf(log: string): Head | undefined;
  newestAt(): number | undefined;
}

const dayLength = 24 * 60 * 60 * 1000;
const end = Number.MAX_SAFE_INTEGER;

/** The `WHERE` of each filter. */
const conditions = {
  all: 'TRUE',
  processing: "stage = 'processing'",
  ready: "stage = 'ready'",
  returned: "stage = 'returned'",
  overdue: "stage = 'processing' AND due_at < ?",
  due: "stage = 'processing' AND due_at >= ? AND due_at < ?",
} as const satisfies Record<Exclude<ListFilter['kind'], 'open'> | 'processing', string>;

/** The values its question marks stand for. */
function valuesOf(filter: ListFilter): readonly number[] {
  if (filter.kind === 'overdue') return [filter.now];
  return filter.kind === 'due' ? [filter.from, filter.to] : [];
}

/** The civil day (Asia/Ho_Chi_Minh, no summer time) as instants: from, and up to but not including. */
function dayOf(civilDate: string): { from: number; to: number } {
  const from = instantOf(civilDate, '00:00');
  return { from, to: from + dayLength };
}

export function storeReader(db: Database.Database, entries: EntryTable, lookup: Lookup, context: ReaderContext): StoreReader {
  const columns = `
    d.dossier AS id, d.code, d.provisional, d.procedure, l.name, d.stage, d.receiving_agency AS receivingAgency, d.accepted_at AS acceptedAt,
    d.due_at AS dueAt, d.ready_at AS readyAt, d.handed_over_at AS handedOverAt, d.own_log AS ownLog, d.own_seq AS ownSeq, d.conflicts, d.unknown
  `;
  const state = db.prepare<[string], { state: string }>('SELECT state FROM dossier WHERE dossier = ?');
  const stateByCode = db.prepare<[string], { state: string }>('SELECT state FROM dossier WHERE code = ? ORDER BY id LIMIT 1');
  const codeTaken = db.prepare<[string], { id: number }>('SELECT id FROM dossier WHERE code = ? LIMIT 1');
  const placeOf = db.prepare<[string], { id: number }>('SELECT id FROM dossier WHERE dossier = ?');
  const rowAt = db.prepare<[number], RowColumns>(`SELECT ${columns} FROM dossier d JOIN lookup l ON l.id = d.id WHERE d.id = ?`);
  const touched = db.prepare<[number, number, number, number, number, number], { id: number }>(`
    SELECT id FROM (
      SELECT id, accepted_at AS at FROM dossier WHERE accepted_at >= ? AND accepted_at < ?
      UNION ALL SELECT id, ready_at FROM dossier WHERE ready_at >= ? AND ready_at < ?
      UNION ALL SELECT id, handed_over_at FROM dossier WHERE handed_over_at >= ? AND handed_over_at < ?
    ) GROUP BY id ORDER BY max(at) DESC, id DESC
  `);
  const counting = (column: string): Database.Statement<[number, number], { count: number }> =>
    db.prepare(`SELECT count(*) AS count FROM dossier WHERE ${column} >= ? AND ${column} < ?`);
  const received = counting('accepted_at');
  const ready = counting('ready_at');
  const returned = counting('handed_over_at');
  const due = db.prepare<[number, number], { count: number }>(
    "SELECT count(*) AS count FROM dossier WHERE stage = 'processing' AND due_at >= ? AND due_at < ?",
  );
  const lists = new Map<string, Database.Statement<number[], { id: number }>>();

  function sent(log: string, seq: number): boolean {
    const acknowledged = context.acknowledgedOf(log);
    // An entry of another installation came from the centre, so the centre has it.
    return acknowledged === undefined || seq <= acknowledged.seq;
  }

  function line(row: RowColumns): DossierRow {
    return {
      id: row.id,
      code: row.code,
      provisional: row.provisional === 1,
      procedure: row.procedure,
      ...(row.name === null ? {} : { applicantName: row.name }),
      stage: row.stage,
      receivingAgency: row.receivingAgency,
      acceptedAt: row.acceptedAt,
      dueAt: row.dueAt,
      ...(row.readyAt === null ? {} : { readyAt: row.readyAt }),
      ...(row.handedOverAt === null ? {} : { handedOverAt: row.handedOverAt }),
      sent: row.ownLog === null || row.ownSeq === null || sent(row.ownLog, row.ownSeq),
      conflict: row.conflicts > 0,
      readOnly: row.unknown > 0,
    };
  }

  function lines(places: readonly number[]): DossierRow[] {
    return places.flatMap((place) => {
      const row = rowAt.get(place);
      return row ? [line(row)] : [];
    });
  }

  /** One more than the page is asked for, so that the page knows whether there is more. */
  function page(places: readonly number[], limit: number): Rows {
    return { rows: lines(places.slice(0, limit)), more: places.length > limit };
  }

  /** Where a page starts: before this place. Nothing follows a dossier that is not here. */
  function startOf({ after }: Page): number {
    return after === undefined ? end : (placeOf.get(after)?.id ?? 0);
  }

  function ids(where: string, values: readonly number[]): readonly number[] {
    let statement = lists.get(where);
    if (!statement) {
      statement = db.prepare<number[], { id: number }>(`SELECT id FROM dossier WHERE ${where} AND id < ? ORDER BY id DESC LIMIT ?`);
      lists.set(where, statement);
    }
    return statement.all(...values).map(({ id }) => id);
  }

  return {
    dossier(id) {
      const row = state.get(id);
      return row && readState(row.state);
    },
    dossierByCode(code) {
      const row = stateByCode.get(code);
      return row && readState(row.state);
    },
    row(id) {
      const place = placeOf.get(id);
      return place && lines([place.id])[0];
    },
    codeTaken: (code) => codeTaken.get(code) !== undefined,
    search: (text, asked) => page(lookup.search(text, startOf(asked), asked.limit + 1), asked.limit),
    list(filter, asked) {
      const rest = [startOf(asked), asked.limit + 1];
      if (filter.kind !== 'open') return page(ids(conditions[filter.kind], [...valuesOf(filter), ...rest]), asked.limit);
      // Two short lists read newest first cost less than an index of their own, which every act would have to keep.
      const open = [...ids(conditions.processing, rest), ...ids(conditions.ready, rest)];
      return page(open.sort((a, b) => b - a), asked.limit);
    },
    dayLog(civilDate) {
      const { from, to } = dayOf(civilDate);
      return lines(touched.all(from, to, from, to, from, to).map(({ id }) => id));
    },
    counts(civilDate): DayCounts {
      const { from, to } = dayOf(civilDate);
      return {
        received: received.get(from, to)?.count ?? 0,
        ready: ready.get(from, to)?.count ?? 0,
        returned: returned.get(from, to)?.count ?? 0,
      };
    },
    countDue: (from, to) => due.get(from, to)?.count ?? 0,
    byIdNumber: (number, limit) => lines(lookup.byIdNumber(number, limit)),
    history: (dossier) => [...entries.ofDossier(dossier)].sort((a, b) => inFoldOrder(a.entry, b.entry)).map(({ entry, at }): HistoryLine => {
      const known = sent(entry.header.log, entry.header.seq);
      return at === undefined ? { entry, sent: known } : { entry, at, sent: known };
    }),
    sealed(entryHash) {
      const held = entries.byHash(entryHash);
      return held && entries.bodyOfEntry(held.id);
    },
    personal(dossier) {
      const row = state.get(dossier);
      const held = row && entries.byHash(readState(row.state).received.origin.entry);
      return held && personOf(entries.bodyOfEntry(held.id));
    },
    newestAt: () => context.newestAt(),
  };
}
