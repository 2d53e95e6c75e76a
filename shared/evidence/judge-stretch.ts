import type { AcceptedDossier, Stretch } from '#shared/dossier/index.ts';
import type { ReadEntry } from '#shared/log/index.ts';
import { completes, type Completion, type EndingAct } from './completion.ts';
import { delayCause, type CentreSide } from './delay-cause.ts';
import { evidenceOf, type LogEvidence } from './log-record.ts';
import type { DelayCause, Reason, VerdictKind } from './verdict.ts';

/** After this long people decide on a dossier that waits for a desk. Milliseconds. */
export const awaitingLimit = 7 * 24 * 3_600_000;

/** A printed due date is a whole minute of the desk's working time: so far the credible time of an act may lie beside it. Milliseconds. */
export const dueTolerance = 60_000;

/** An installation that could complete the dossier, and to when the centre holds all it did (null: nothing is known). */
export interface Device {
  readonly installation: string;
  readonly coveredTo: number | null;
}

/** An act whose time a due date was computed from. */
export interface TimedAct {
  /** Hash of its entry. */
  readonly entry: string;
  /** When it was, by the desk's working time; milliseconds. */
  readonly told: number;
  /** Whether a later time of it makes the due date later (a reception, a completed supplement), or earlier (the request that stopped the term). */
  readonly delays: boolean;
}

/** Everything a verdict depends on. */
export interface DossierCase {
  readonly state: AcceptedDossier;
  /** All entries of the dossier that the centre holds at `now`. */
  readonly entries: readonly ReadEntry[];
  /** Evidence of every log those entries lie in. */
  readonly logs: ReadonlyMap<string, LogEvidence>;
  /** Every device that could complete it: of an agency that has a part in it. */
  readonly devices: readonly Device[];
  /** What the centre says of its hearing of a log. */
  centreSide(log: string): CentreSide;
  /** The due date of a stretch, had each act that decides it happened when `when` says; undefined where it cannot be computed. */
  dueAt?(stretch: Stretch, when: (act: TimedAct) => number): number | undefined;
  /** What two officers decided, if they did. */
  readonly decision?: Decision | undefined;
  /** What was found when the act with this hash was audited. */
  audited?(act: string): 'as-judged' | 'doubtful' | undefined;
  /** The centre's time, milliseconds. */
  readonly now: number;
}

/** A decision of two different officers. `open` leaves the dossier to the evidence again. */
export interface Decision {
  readonly proposal: string;
  readonly outcome: 'on_time' | 'late' | 'open';
  /** When it was confirmed, by the centre's clock. */
  readonly at: number;
  readonly by: readonly [proposed: string, confirmed: string];
  /** The program's verdict it was proposed on. */
  readonly basis: { readonly kind: VerdictKind; readonly due: number; readonly min: number | null; readonly max: number | null };
}

/** A row of the table of verdicts with what led to it. */
export interface Row {
  readonly kind: VerdictKind;
  readonly cause?: DelayCause;
  readonly forPeople?: boolean;
  readonly reasons: readonly Reason[];
  readonly act?: EndingAct;
}

/**
 * The verdict on one stretch of the term: the table of {@link judgeDossier} for its due date and the first act that ended it, and
 * people in its place where it stands on shaky ground: a provisional due date past which something happened, and credible
 * times of the acts that gave it which lead to another date, if by that date the verdict would be another.
 */
export function judgeStretch(subject: DossierCase, stretch: Stretch, done: Completion | undefined): Row {
  const due = stretch.due.at;
  const row = firstRow(subject, done, due);
  if (!isFinal(row.kind)) return row;
  if (stretch.due.provisional && row.kind === 'late') return toPeople(row, { code: 'due-provisional' });
  const other = otherDue(subject, stretch);
  if (!other) return row;
  const disputed: Reason = stretch === subject.state.stretches[0] ? { code: 'due-disputed', ...other } : { code: 'moved-due-disputed', told: due, ...other };
  const same = [other.min, other.max].every((at) => side(firstRow(subject, done, at).kind) === side(row.kind));
  return same ? { ...row, reasons: [...row.reasons, disputed] } : toPeople(row, disputed);
}

/** Whether a verdict says how a due date was met. */
export function isFinal(kind: VerdictKind): boolean {
  return kind !== 'in_term' && kind !== 'awaiting_desk' && kind !== 'undetermined';
}

/** The same ground, but two people decide. */
export function toPeople(row: Row, reason: Reason): Row {
  return { kind: 'undetermined', forPeople: true, reasons: [...row.reasons, reason], ...(row.act ? { act: row.act } : {}) };
}

export function finite(value: number): number | null {
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
  if (inTime) return { kind: 'on_time', act: byMax, reasons: [ended(byMax, done), ...newsReasons(done)] };
  if (torn) return { kind: 'undetermined', forPeople: true, act: byMax, reasons: [ended(byMax, done), ...newsReasons(done), { code: 'weakness', weakness: 'empty' }] };
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

function side(kind: VerdictKind): VerdictKind {
  return kind === 'cleared' ? 'on_time' : kind;
}

/** The due dates that the credible times of the acts behind a stretch give, if the told one is not among them. */
function otherDue(subject: DossierCase, stretch: Stretch): { min: number; max: number } | undefined {
  if (!subject.dueAt) return undefined;
  const { origin } = subject.state.received;
  // Where nothing bounds an act it could have been at any time: that disputes nothing.
  let bounded = true;
  const at = (end: 'min' | 'max', entry: string): number => {
    const header = entry === origin.entry ? origin : subject.entries.find(({ hash }) => hash === entry)?.header;
    const bound = header && evidenceOf(subject.logs, { log: header.log, seq: header.seq, hash: entry })?.interval(header.seq)?.[end];
    bounded &&= bound !== null && bound !== undefined;
    return end === 'min' ? (bound ?? 0) - dueTolerance : (bound ?? 0) + dueTolerance;
  };
  // The reception lies behind every date.
  for (const end of ['min', 'max'] as const) at(end, origin.entry);
  if (!bounded) return undefined;
  const min = subject.dueAt(stretch, ({ entry, delays }) => at(delays ? 'min' : 'max', entry));
  const max = subject.dueAt(stretch, ({ entry, delays }) => at(delays ? 'max' : 'min', entry));
  if (!bounded || min === undefined || max === undefined) return undefined;
  return stretch.due.at < min || stretch.due.at > max ? { min, max } : undefined;
}

function ended(act: EndingAct, done: Completion): Reason {
  return { code: completes(act) ? 'completed' : 'halted', act: act.act, min: finite(done.min), max: finite(done.max), grade: act.interval.grade };
}

function actReasons(act: EndingAct, done: Completion): Reason[] {
  const { interval } = act;
  const { derivation } = interval;
  const measured = interval.grade === 'A' || interval.grade === 'B';
  return [
    ended(act, done),
    {
      code: 'basis',
      forward: measured && derivation.forward !== undefined,
      backward: measured && derivation.backward !== undefined,
      wall: interval.grade === 'B-wall',
      after: derivation.hard.min,
      before: derivation.hard.max,
    },
    ...(derivation.support ? [{ code: 'supported' as const, support: derivation.support }] : []),
    ...derivation.weaknesses.filter((weakness) => interval.grade === 'C' || weakness === 'wall-broken-later').map((weakness): Reason => ({ code: 'weakness', weakness })),
    ...(derivation.ignored.length > 0 ? [{ code: 'ignored-anchors' as const, count: derivation.ignored.length }] : []),
  ];
}

function newsReasons(done: Completion): Reason[] {
  return done.news ? [{ code: 'news', at: done.news.receipt.at }] : [];
}
