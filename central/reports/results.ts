import type { Catalogue } from '#shared/catalogue/index.ts';
import type { OldWay, Verdict } from '#shared/evidence/index.ts';
import type { BesideCounts, MovedDossier, ResultCounts, ResultRow, Results } from '#shared/province/index.ts';
import type { JudgedDossier, JudgedProvince } from '../judge/index.ts';
import { conflictedDossiers } from './conflicts.ts';
import { agencyName } from './names.ts';

const levels = ['province', 'district', 'commune'] as const;

/** Column in which a dossier stands; `received` and `resolved` are sums. */
type Column = Exclude<keyof ResultCounts, 'received' | 'resolved'>;

function oldColumn(old: OldWay): Column {
  const columns = { on_time: 'onTime', late: 'late', in_term: 'inProgress', overdue: 'overdue' } as const;
  return columns[old];
}

function credibleColumn(verdict: Verdict): Column {
  switch (verdict.kind) {
    case 'on_time':
    case 'cleared':
      return 'onTime';
    case 'late':
      return verdict.complete ? 'late' : 'overdue';
    case 'in_term':
      return 'inProgress';
    case 'awaiting_desk':
      return 'awaitingDesk';
    case 'entered_late':
      return 'enteredLate';
    case 'undetermined':
      return 'undetermined';
  }
}

interface Growing {
  oldWay: Record<keyof ResultCounts, number>;
  credible: Record<keyof ResultCounts, number>;
  cleared: number;
  moved: number;
  beside: Record<keyof BesideCounts, number>;
}

function emptyRow(): Growing {
  const counts = (): Record<keyof ResultCounts, number> => ({
    received: 0, resolved: 0, onTime: 0, late: 0, inProgress: 0, overdue: 0, awaitingDesk: 0, enteredLate: 0, undetermined: 0,
  });
  return {
    oldWay: counts(), credible: counts(), cleared: 0, moved: 0,
    beside: { submitted: 0, notAccepted: 0, awaitingApplicant: 0, stopped: 0, apologised: 0 },
  };
}

/**
 * Results by level of the dossiers accepted from `from` up to before `to` (milliseconds), the old way beside the credible
 * way, and every dossier that stands differently in the two; what was handed in then and is not accepted is counted beside. The
 * level is that of the competent agency at reception.
 */
export function resultsOf(judged: JudgedProvince, period: { readonly from: number; readonly to: number }, catalogue: Catalogue | undefined): Results {
  const rows = new Map(levels.map((level) => [level, emptyRow()]));
  const total = emptyRow();
  const moved: MovedDossier[] = [];
  for (const dossier of judged.dossiers.values()) {
    const { received } = dossier.state;
    if (received.acceptedAt < period.from || received.acceptedAt >= period.to) continue;
    const row = rows.get(received.level);
    const differs = oldColumn(dossier.verdict.oldWay) !== credibleColumn(dossier.verdict);
    for (const one of row ? [row, total] : [total]) count(one, dossier, differs);
    if (differs) moved.push(movedDossier(dossier, catalogue));
  }
  for (const { state } of judged.unaccepted.values()) {
    const { submitted, stage } = state;
    if (!submitted || submitted.submittedAt < period.from || submitted.submittedAt >= period.to) continue;
    const row = rows.get(submitted.level);
    for (const { beside } of row ? [row, total] : [total]) beside[stage === 'not-accepted' ? 'notAccepted' : 'submitted'] += 1;
  }
  moved.sort((a, b) => a.verdict.due - b.verdict.due || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  return {
    ...period,
    now: judged.now,
    levels: [...rows].map(([level, row]) => ({ level, ...finished(row) })),
    total: finished(total),
    moved,
    conflicted: conflictedDossiers(judged, catalogue),
  };
}

function count(row: Growing, { state, verdict }: JudgedDossier, differs: boolean): void {
  for (const [counts, column] of [[row.oldWay, oldColumn(verdict.oldWay)], [row.credible, credibleColumn(verdict)]] as const) {
    counts.received += 1;
    counts[column] += 1;
    if (verdict.complete) counts.resolved += 1;
  }
  if (verdict.kind === 'cleared') row.cleared += 1;
  if (differs) row.moved += 1;
  if (state.stage === 'supplement' || state.stage === 'payment') row.beside.awaitingApplicant += 1;
  if (state.stage === 'stopped') row.beside.stopped += 1;
  if (state.apologised) row.beside.apologised += 1;
}

function finished(row: Growing): ResultRow {
  return { oldWay: { ...row.oldWay }, credible: { ...row.credible }, cleared: row.cleared, moved: row.moved, beside: { ...row.beside } };
}

function movedDossier({ state, verdict }: JudgedDossier, catalogue: Catalogue | undefined): MovedDossier {
  const { code, procedure, competentAgency } = state;
  const { level } = state.received;
  return {
    dossier: state.id, code, procedure, level, agency: competentAgency, agencyName: agencyName(catalogue, competentAgency), oldWay: verdict.oldWay, verdict,
  };
}
