import type Database from 'better-sqlite3';
import { instantOf } from '#shared/deadline/index.ts';
import { dossierKinds, inFoldOrder, stageGroups, type DutyName, type Stage } from '#shared/dossier/index.ts';
import type { Head } from '#shared/log/index.ts';
import type { DayCounts, DossierRow, DutyRow, HistoryLine, ListFilter, Page, Rows, StoreReader } from './contract.ts';
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
  readonly competentAgency: string;
  readonly beganAt: number;
  readonly acceptedAt: number | null;
  readonly dueAt: number | null;
  readonly appointmentAt: number | null;
  readonly haltedAt: number | null;
  readonly readyAt: number | null;
  readonly handedOverAt: number | null;
  readonly ownLog: string | null;
  readonly ownSeq: number | null;
  readonly conflicts: number;
  readonly unknown: number;
}

/** What the reader needs to know that changes only after a commit. */
export interface ReaderContext {
  /** Up to where the centre has an own log. */
  sentOf(log: string): Head | undefined;
  newestAt(): number | undefined;
  /** In the order in which they were opened. */
  ownLogs(): readonly string[];
}

const dayLength = 24 * 60 * 60 * 1000;
const end = Number.MAX_SAFE_INTEGER;

/**
 * The `WHERE` of the filters that do not go by stage. Those that do are read stage by stage: short lists read newest first cost
 * less than an index of their own, which every act would have to keep.
 */
const conditions = {
  all: 'TRUE',
  overdue: 'halted_at IS NULL AND due_at < ?',
  due: 'halted_at IS NULL AND due_at >= ? AND due_at < ?',
} as const satisfies Record<Exclude<ListFilter['kind'], keyof typeof stageGroups>, string>;

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
    d.dossier AS id, d.code, d.provisional, d.procedure, l.name, d.stage, d.receiving_agency AS receivingAgency,
    d.competent_agency AS competentAgency, d.began_at AS beganAt, d.accepted_at AS acceptedAt, d.due_at AS dueAt, d.appointment_at AS appointmentAt,
    d.halted_at AS haltedAt, d.ready_at AS readyAt, d.handed_over_at AS handedOverAt, d.own_log AS ownLog, d.own_seq AS ownSeq, d.conflicts, d.unknown
  `;
  const state = db.prepare<[string], { state: string }>('SELECT state FROM dossier WHERE dossier = ?');
  const stateByCode = db.prepare<[string, string], { state: string }>('SELECT state FROM dossier WHERE code = ? OR former_code = ? ORDER BY id LIMIT 1');
  const codeTaken = db.prepare<[string, string], { id: number }>('SELECT id FROM dossier WHERE code = ? OR former_code = ? LIMIT 1');
  const placeOf = db.prepare<[string], { id: number }>('SELECT id FROM dossier WHERE dossier = ?');
  const rowAt = db.prepare<[number], RowColumns>(`SELECT ${columns} FROM dossier d JOIN lookup l ON l.id = d.id WHERE d.id = ?`);
  const touched = db.prepare<[number, number, number, number, number, number], { id: number }>(`
    SELECT id FROM (
      SELECT id, accepted_at AS at FROM dossier WHERE accepted_at >= ? AND accepted_at < ?
      UNION ALL SELECT id, ready_at FROM dossier WHERE ready_at >= ? AND ready_at < ?
      UNION ALL SELECT id, handed_over_at FROM dossier WHERE handed_over_at >= ? AND handed_over_at < ?
    ) GROUP BY id ORDER BY max(at) DESC, id DESC
  `);
  const counting = (column: string): Database.Statement<[number, number, string | null, string | null], { count: number }> =>
    db.prepare(`SELECT count(*) AS count FROM dossier WHERE ${column} >= ? AND ${column} < ? AND (? IS NULL OR receiving_agency = ?)`);
  const received = counting('accepted_at');
  const ready = counting('ready_at');
  const returned = counting('handed_over_at');
  const due = db.prepare<[number, number], { count: number }>(
    'SELECT count(*) AS count FROM dossier WHERE halted_at IS NULL AND due_at >= ? AND due_at < ?',
  );
  const dutyCounts = db.prepare<[number, number, number], { duty: DutyName; count: number; past: number }>(
    'SELECT duty, count(*) AS count, sum(by_at < ?) AS past FROM duty WHERE from_at <= ? AND until_at >= ? GROUP BY duty ORDER BY duty',
  );
  const provisional = db.prepare<[number], { state: string }>(
    "SELECT d.state FROM duty JOIN dossier d ON d.id = duty.dossier WHERE duty = 'replace-provisional-due' ORDER BY by_at LIMIT ?",
  );
  const otherVersion = db.prepare<[string, string, number], { state: string }>(`
    SELECT state FROM dossier WHERE halted_at IS NULL AND due_at IS NOT NULL AND calendar = ? AND calendar_version <> ? ORDER BY due_at LIMIT ?
  `);
  const lists = new Map<string, Database.Statement<number[], { id: number }>>();

  function sent(log: string, seq: number): boolean {
    const known = context.sentOf(log);
    // An entry of another installation came from the centre, so the centre has it.
    return known === undefined || seq <= known.seq;
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
      competentAgency: row.competentAgency,
      beganAt: row.beganAt,
      ...(row.acceptedAt === null ? {} : { acceptedAt: row.acceptedAt }),
      ...(row.dueAt === null ? {} : { dueAt: row.dueAt }),
      ...(row.appointmentAt === null ? {} : { appointmentAt: row.appointmentAt }),
      ...(row.haltedAt === null ? {} : { haltedAt: row.haltedAt }),
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
      const row = stateByCode.get(code, code);
      return row && readState(row.state);
    },
    row(id) {
      const place = placeOf.get(id);
      return place && lines([place.id])[0];
    },
    codeTaken: (code) => codeTaken.get(code, code) !== undefined,
    search: (text, asked) => page(lookup.search(text, startOf(asked), asked.limit + 1), asked.limit),
    list(filter, asked) {
      const rest = [startOf(asked), asked.limit + 1];
      if (filter.kind === 'all' || filter.kind === 'overdue' || filter.kind === 'due') {
        return page(ids(conditions[filter.kind], [...valuesOf(filter), ...rest]), asked.limit);
      }
      const found = stageGroups[filter.kind].flatMap((stage) => ids(`stage = '${stage}'`, rest));
      return page(found.sort((a, b) => b - a).slice(0, asked.limit + 1), asked.limit);
    },
    dayLog(civilDate) {
      const { from, to } = dayOf(civilDate);
      return lines(touched.all(from, to, from, to, from, to).map(({ id }) => id));
    },
    counts(civilDate, receivingAgency): DayCounts {
      const { from, to } = dayOf(civilDate);
      const agency = receivingAgency ?? null;
      const count = (counted: typeof received): number => counted.get(from, to, agency, agency)?.count ?? 0;
      return { received: count(received), ready: count(ready), returned: count(returned) };
    },
    recordedHere(civilDate, behind) {
      const { from, to } = dayOf(civilDate);
      const logs = context.ownLogs();
      const counts = { received: 0, ready: 0, returned: 0, acts: 0 };
      for (const log of behind ? logs.slice(Math.max(0, logs.indexOf(behind.log))) : logs) {
        for (const { kind, at } of entries.actsBack(log, from, log === behind?.log ? behind.seq : 0)) {
          if (at >= to) continue;
          counts.acts += 1;
          if (kind === dossierKinds.received) counts.received += 1;
          else if (kind === dossierKinds.resultReady) counts.ready += 1;
          else if (kind === dossierKinds.handedOver) counts.returned += 1;
        }
      }
      return counts;
    },
    countDue: (from, to) => due.get(from, to)?.count ?? 0,
    byIdNumber: (number, limit) => lines(lookup.byIdNumber(number, limit)),
    history: (dossier) => [...entries.ofDossier(dossier)].sort((a, b) => inFoldOrder(a.entry, b.entry)).map(({ entry, at, beside }): HistoryLine => {
      const known = beside || sent(entry.header.log, entry.header.seq);
      return at === undefined ? { entry, sent: known } : { entry, at, sent: known };
    }),
    duties(at, limit, kinds) {
      const wanted = kinds?.length ? `AND duty IN (${kinds.map(() => '?').join(', ')})` : '';
      const found = db.prepare<unknown[], { id: number; duty: DutyName; by: number }>(
        `SELECT dossier AS id, duty, by_at AS by FROM duty WHERE from_at <= ? AND until_at >= ? ${wanted} ORDER BY by_at, dossier LIMIT ?`,
      ).all(at, at, ...(kinds ?? []), limit + 1);
      const rows = found.slice(0, limit).flatMap(({ id, duty, by }): DutyRow[] => lines([id]).map((row) => ({ duty, by, row })));
      return { rows, more: found.length > limit };
    },
    dutyCounts: (at) => dutyCounts.all(at, at, at),
    provisionalDues: (limit) => provisional.all(limit).map(({ state: text }) => readState(text)),
    underOtherVersion: ({ id, version }, limit) => otherVersion.all(id, version, limit).map(({ state: text }) => readState(text)),
    sealed(entryHash) {
      const held = entries.byHash(entryHash);
      return held && entries.bodyOfEntry(held.id);
    },
    personal(dossier) {
      const row = state.get(dossier);
      const held = row && entries.byHash(readState(row.state).personalEntry);
      return held && personOf(entries.bodyOfEntry(held.id));
    },
    newestAt: () => context.newestAt(),
  };
}
