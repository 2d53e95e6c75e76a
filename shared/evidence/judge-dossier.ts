import type { AcceptedDossier } from '#shared/dossier/index.ts';
import type { Entry } from '#shared/log/index.ts';
import { completingActs, completion, type CompletingAct, type Completion } from './completion.ts';
import { delayCause, type CentreSide } from './delay-cause.ts';
import type { LogEvidence } from './log-record.ts';
import type { DelayCause, Reason, Verdict, VerdictKind } from './verdict.ts';

/** After this long people decide on a dossier that waits for a desk. Milliseconds. */
export const awaitingLimit = 7 * 24 * 3_600_000;

/** A printed due date is a whole minute of the desk's working time: so far the credible reception may lie beside it. Milliseconds. */
export const dueTolerance = 60_000;

/** An installation that could complete the dossier, and to when the centre holds all it did (null: nothing is known). */
export interface Device {
  readonly installation: string;
  readonly coveredTo: number | null;
}

/** Everything a verdict depends on. */
export interface DossierCase {
  readonly state: AcceptedDossier;
  /** All entries of the dossier that the centre holds at `now`. */
  readonly entries: readonly Entry[];
  /** Evidence of every log those entries lie in. */
  readonly logs: ReadonlyMap<string, LogEvidence>;
  /** Every device that could complete it: of an agency that receives, is competent or handles. */
  readonly devices: readonly Device[];
  /** What the centre says of its hearing of a log. */
  centreSide(log: string): CentreSide;
  /** The due date that a reception at another time would have had; undefined where it cannot be computed. */
  dueAt?(acceptedAt: number): number | undefined;
  /** The centre's time, milliseconds. */
  readonly now: number;
}

interface Row {
  readonly kind: VerdictKind;
  readonly cause?: DelayCause;
  readonly forPeople?: boolean;
  readonly reasons: readonly Reason[];
  readonly act?: CompletingAct;
}

/**
 * The verdict on one dossier: the first row that applies. *D* is the due instant printed on the receipt, *E* the interval of
 * "result ready" or of a hand-over, whichever is first.
 *
 * | verdict | when |
 * |---|---|
 * | `entered_late` | min E > D, and an earlier time (by D) is claimed |
 * | `late` | min E > D; or not complete, and every device that could complete it is covered beyond D |
 * | `on_time` | the news came by D on the centre's clock; or max E ≤ D (`cleared` if the news came after D) |
 * | `in_term` | not complete, now ≤ D |
 * | `awaiting_desk` | not complete, now > D, and a device is not covered; after 7 days people decide |
 * | `undetermined` | the rest: people decide |
 *
 * People also decide where the program would otherwise judge on shaky ground: acts of two logs whose times exclude each
 * other though one names the other, entries of kinds it does not know, a provisional
 * due date past which something happened, and a credible time of reception that gives another due date, if that other
 * date would give another verdict.
 */
export function judgeDossier(subject: DossierCase): Verdict {
  const { state, now } = subject;
  const due = state.due.at;
  const done = completion(completingActs(subject.entries, subject.logs));
  const row = doubts(subject, done, due, firstRow(subject, done, due));
  const newsAt = done?.news?.receipt.at;
  const deciding = row.act ?? done?.byMax;
  return {
    dossier: state.id,
    kind: row.kind,
    ...(row.cause ? { cause: row.cause } : {}),
    complete: done !== undefined,
    due,
    ...(done ? { interval: { min: finite(done.min), max: finite(done.max) } } : {}),
    ...(deciding ? { grade: deciding.interval.grade, act: deciding.entry.hash } : {}),
    ...(newsAt === undefined ? {} : { newsAt }),
    oldWay: newsAt === undefined ? (now <= due ? 'in_term' : 'overdue') : newsAt <= due ? 'on_time' : 'late',
    forPeople: row.forPeople ?? false,
    audit: row.cause === 'unexplained',
    reasons: [
      { code: 'due', at: due, provisional: state.due.provisional },
      ...row.reasons,
      ...(state.conflicts.length > 0 ? [{ code: 'conflict' as const, count: state.conflicts.length }] : []),
    ],
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The table, row by row, for one due date. */
function firstRow(subject: DossierCase, done: Completion | undefined, due: number): Row {
  if (!done) return withoutCompletion(subject, due);
  const { news, byMin, byMax } = done;
  const inTime = news?.receipt.proof && news.receipt.at <= due && news.receipt.proof.at <= due;
  // Acts of two logs that exclude each other: one of them lies, and no row may lean on either.
  const torn = done.min > done.max;
  if (!torn && done.min > due) {
    const claim = done.acts.find((act) => act.claimedAt !== undefined && act.claimedAt <= due)?.claimedAt;
    const reasons = [...actReasons(byMin, done), ...newsReasons(done)];
    if (claim === undefined) return { kind: 'late', act: byMin, reasons };
    return { kind: 'entered_late', act: byMin, forPeople: true, reasons: [...reasons, { code: 'claimed', at: claim }] };
  }
  if (inTime) return { kind: 'on_time', act: byMax, reasons: [completed(byMax, done), ...newsReasons(done)] };
  if (torn) return { kind: 'undetermined', forPeople: true, act: byMax, reasons: [completed(byMax, done), ...newsReasons(done), { code: 'weakness', weakness: 'empty' }] };
  if (done.max <= due) {
    const reasons = [...actReasons(byMax, done), ...newsReasons(done)];
    if (!news || news.receipt.at <= due) return { kind: 'on_time', act: byMax, reasons };
    const { seq } = byMax.entry.header;
    const arrived = { at: news.receipt.at, seq: byMax.arrival?.seq ?? byMax.log.held };
    const delay = delayCause({ seq, span: byMax.interval }, arrived, byMax.log, subject.centreSide(byMax.log.log));
    return { kind: 'cleared', cause: delay.cause, act: byMax, reasons: [...reasons, ...delay.reasons] };
  }
  const straddles: Reason = done.min === -Infinity && done.max === Infinity ? { code: 'no-time-evidence' } : { code: 'straddles' };
  return { kind: 'undetermined', forPeople: true, act: byMax, reasons: [...actReasons(byMax, done), ...newsReasons(done), straddles] };
}

function withoutCompletion({ devices, now }: DossierCase, due: number): Row {
  const open: Reason = { code: 'not-complete', now };
  if (now <= due) return { kind: 'in_term', reasons: [open] };
  const missing = devices.filter(({ coveredTo }) => coveredTo === null || coveredTo <= due);
  if (devices.length > 0 && missing.length === 0) {
    return { kind: 'late', reasons: [open, ...devices.map((device): Reason => ({ code: 'covered', installation: device.installation, to: device.coveredTo ?? due }))] };
  }
  const waited = now - due > awaitingLimit;
  return {
    kind: 'awaiting_desk',
    forPeople: waited,
    reasons: [
      open,
      ...missing.map((device): Reason => ({ code: 'not-covered', installation: device.installation, to: device.coveredTo })),
      ...(devices.length === 0 ? [{ code: 'no-device' as const }] : []),
      ...(waited ? [{ code: 'waited-too-long' as const }] : []),
    ],
  };
}

/** Turns a verdict that stands on shaky ground into one for people. */
function doubts(subject: DossierCase, done: Completion | undefined, due: number, row: Row): Row {
  const { state } = subject;
  const final = row.kind !== 'in_term' && row.kind !== 'awaiting_desk' && row.kind !== 'undetermined';
  if (!final) return row;
  const forPeople = (reason: Reason): Row => ({ kind: 'undetermined', forPeople: true, reasons: [...row.reasons, reason], ...(row.act ? { act: row.act } : {}) });
  if (state.unknown.length > 0) return forPeople({ code: 'unknown-entries', count: state.unknown.length });
  if (state.due.provisional && row.kind === 'late') return forPeople({ code: 'due-provisional' });
  const other = otherDue(subject, due);
  if (!other) return row;
  const disputed: Reason = { code: 'due-disputed', ...other };
  const same = [other.min, other.max].every((at) => side(firstRow(subject, done, at).kind) === side(row.kind));
  return same ? { ...row, reasons: [...row.reasons, disputed] } : forPeople(disputed);
}

function side(kind: VerdictKind): VerdictKind {
  return kind === 'cleared' ? 'on_time' : kind;
}

/** The due dates that the credible time of reception gives, if the printed one is not among them. */
function otherDue(subject: DossierCase, due: number): { min: number; max: number } | undefined {
  const { origin } = subject.state.received;
  const span = subject.logs.get(origin.log)?.interval(origin.seq);
  if (!span || span.min === null || span.max === null || !subject.dueAt) return undefined;
  const min = subject.dueAt(span.min - dueTolerance);
  const max = subject.dueAt(span.max + dueTolerance);
  if (min === undefined || max === undefined) return undefined;
  return due < min || due > max ? { min, max } : undefined;
}

function completed(act: CompletingAct, done: Completion): Reason {
  return { code: 'completed', act: act.act, min: finite(done.min), max: finite(done.max), grade: act.interval.grade };
}

function actReasons(act: CompletingAct, done: Completion): Reason[] {
  const { interval } = act;
  const { derivation } = interval;
  return [
    completed(act, done),
    {
      code: 'basis',
      forward: interval.grade !== 'C' && derivation.forward !== undefined,
      backward: interval.grade !== 'C' && derivation.backward !== undefined,
      after: derivation.hard.min,
      before: derivation.hard.max,
    },
    ...(interval.grade === 'C' ? derivation.weaknesses.map((weakness): Reason => ({ code: 'weakness', weakness })) : []),
    ...(derivation.ignored.length > 0 ? [{ code: 'ignored-anchors' as const, count: derivation.ignored.length }] : []),
  ];
}

function newsReasons(done: Completion): Reason[] {
  return done.news ? [{ code: 'news', at: done.news.receipt.at }] : [];
}
