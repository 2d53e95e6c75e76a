import { openSupplement, type AcceptedDossier, type Stretch } from '#shared/dossier/index.ts';
import { drawnForAudit } from './audit.ts';
import { completes, completingActs, completion, haltingActs, type Completion, type EndingAct } from './completion.ts';
import { finite, isFinal, judgeStretch, toPeople, type DossierCase, type Row } from './judge-stretch.ts';
import type { OldWay, Reason, Verdict } from './verdict.ts';

/** One stretch of the term with its verdict. */
interface JudgedStretch {
  readonly stretch: Stretch;
  /** The first act that ended it; undefined while it runs. */
  readonly done: Completion | undefined;
  readonly row: Row;
}

/**
 * The verdict on one dossier. Its term ran in one stretch or in several, each towards a due date *D*; *E* is the interval of the act
 * that ended the stretch: of "result ready", a hand-over or a stop, whichever is first, or of what stopped the term or moved
 * the date before that. For each stretch the first row that applies:
 *
 * | verdict | when |
 * |---|---|
 * | `entered_late` | min E > D, and an earlier time (by D) is claimed |
 * | `late` | min E > D; or it runs still, and every device that could complete the dossier is covered beyond D |
 * | `on_time` | the news came by D on the centre's clock; or max E ≤ D (`cleared` if the news came after D) |
 * | `in_term` | it runs still, now ≤ D |
 * | `awaiting_desk` | it runs still, now > D, and a device is not covered; after 7 days people decide |
 * | `undetermined` | the rest: people decide |
 *
 * A date that was missed stays missed, whatever came after it: one late stretch makes the dossier late, one that cannot be decided
 * leaves it to people. Else the last stretch decides; while the term stands still the dossier is `in_term`.
 *
 * People also decide where the program would otherwise judge on shaky ground: acts of two logs whose times exclude each
 * other though one names the other, entries of kinds it does not know, a provisional due date past which something
 * happened, and credible times of reception, supplement or payment that give another due date, if that other date
 * would give another verdict; and after an audit that left doubts. What two of them decided stands in place of the program's
 * verdict, which is told beside it.
 */
export function judgeDossier(subject: DossierCase): Verdict {
  const { state, entries, logs, now } = subject;
  const ends = completingActs(state, entries, logs);
  const done = completion(ends, entries);
  const stretches = state.stretches.map((stretch): JudgedStretch => {
    const first = completion([...ends, ...haltingActs(stretch, entries, logs)], entries);
    return { stretch, done: first, row: judgeStretch(subject, stretch, first) };
  });
  const { row: own, audit } = withAudit(subject, stretches, withUnknown(state, together(subject, stretches, done)));
  const row = withDecision(subject, own, done);
  const newsAt = done?.news?.receipt.at;
  const deciding = row.act ?? done?.byMax;
  return {
    dossier: state.id,
    kind: row.kind,
    ...(row.cause ? { cause: row.cause } : {}),
    complete: done !== undefined,
    due: state.due.at,
    ...(done ? { interval: { min: finite(done.min), max: finite(done.max) } } : {}),
    ...(deciding ? { grade: deciding.interval.grade, act: deciding.entry.hash } : {}),
    ...(newsAt === undefined ? {} : { newsAt }),
    oldWay: oldWay(stretches, done !== undefined, now),
    forPeople: row.forPeople ?? false,
    audit,
    ...(row === own ? {} : { program: own.kind }),
    ...(row === own || !subject.decision ? {} : { decision: subject.decision.proposal }),
    reasons: [
      { code: 'due', at: state.due.at, provisional: state.due.provisional },
      ...row.reasons,
      ...apologyReasons(state),
      ...(state.conflicts.length > 0 ? [{ code: 'conflict' as const, count: state.conflicts.length }] : []),
    ],
  };
}

/** The verdict of all stretches together: the last one's, unless an earlier date was missed, or may have been. */
function together(subject: DossierCase, stretches: readonly JudgedStretch[], done: Completion | undefined): Row {
  const last = stretches.at(-1);
  if (!last) throw new RangeError('an accepted dossier has a term');
  const earlier = stretches.slice(0, -1).flatMap((one) => earlierReasons(one));
  const current = standing(subject, last, done) ?? withCompletion(last.row, done);
  const reasons = [...current.reasons, ...earlier];
  for (const kind of ['late', 'undetermined', 'entered_late'] as const) {
    if (current.kind === kind) return { ...current, reasons };
    const found = stretches.find(({ row }) => row.kind === kind)?.row;
    if (found) return { kind, forPeople: found.forPeople ?? false, reasons, ...(found.act ? { act: found.act } : {}) };
  }
  if (current.kind !== 'on_time') return { ...current, reasons };
  const cleared = stretches.find(({ row }) => row.cause === 'unexplained')?.row ?? stretches.findLast(({ row }) => row.kind === 'cleared')?.row;
  return cleared?.cause ? { ...current, kind: 'cleared', cause: cleared.cause, reasons } : { ...current, reasons };
}

/** Of the cleared ones some are audited: those whose delay nothing explains, and a sample. An audit that leaves doubts leaves them to two people. */
function withAudit(subject: DossierCase, stretches: readonly JudgedStretch[], row: Row): { row: Row; audit: boolean } {
  const { act } = row;
  const unexplained = stretches.some((one) => one.row.cause === 'unexplained');
  const why = unexplained ? 'unexplained' : row.kind === 'cleared' && act && drawnForAudit(act) ? 'drawn' : undefined;
  if (!why) return { row, audit: false };
  const finding = act && subject.audited?.(act.entry.hash);
  const reason: Reason = { code: 'audit', why, ...(finding ? { finding } : {}) };
  if (finding === 'doubtful' && isFinal(row.kind)) return { row: toPeople(row, reason), audit: false };
  return { row: { ...row, reasons: [...row.reasons, reason] }, audit: finding === undefined };
}

/** What two officers decided stands in place of the program's row. Where that has changed since they did, it comes before them again. */
function withDecision({ decision, state }: DossierCase, row: Row, done: Completion | undefined): Row {
  if (!decision || decision.outcome === 'open') return row;
  const { basis, outcome, at, by } = decision;
  const min = done ? finite(done.min) : null;
  const max = done ? finite(done.max) : null;
  const outdated = basis.kind !== row.kind || basis.due !== state.due.at || basis.min !== min || basis.max !== max;
  const said: Reason = { code: 'decided', outcome, at, by: [...by], outdated };
  return { kind: outcome, forPeople: outdated, reasons: [said, ...row.reasons], ...(row.act ? { act: row.act } : {}) };
}

/** While the term stands still nothing can be late that was not before. */
function standing({ state, now }: DossierCase, { stretch, done: halt, row }: JudgedStretch, done: Completion | undefined): Row | undefined {
  if (done || !halt || stretch.haltedBy === undefined) return undefined;
  if (row.kind !== 'on_time' && row.kind !== 'cleared') return row;
  const payment = state.stage === 'payment' ? state.payments.at(-1)?.requested : undefined;
  return {
    kind: 'in_term',
    reasons: [
      { code: 'not-complete', now },
      {
        code: 'standing-still', why: payment ? 'payment' : 'supplement', min: finite(halt.min), max: finite(halt.max),
        until: payment?.payBy ?? openSupplement(state)?.requested.completeBy ?? null,
      },
      ...row.reasons.filter(({ code }) => code !== 'halted'),
    ],
  };
}

/** Where the term had stopped before the dossier was complete, what completed it is told as well. */
function withCompletion(row: Row, done: Completion | undefined): Row {
  if (!done || !row.act || completes(row.act)) return row;
  const { byMax } = done;
  const complete: Reason = { code: 'completed', act: byMax.act, min: finite(done.min), max: finite(done.max), grade: byMax.interval.grade };
  return { ...row, reasons: [...row.reasons, complete] };
}

/** What became of a due date that does not stand any more; in full where it was not simply kept. */
function earlierReasons({ stretch, done, row }: JudgedStretch): Reason[] {
  const act: EndingAct | undefined = row.act ?? done?.byMax;
  if (!done || !act) return [];
  const outcome = row.kind === 'late' ? 'late' : row.kind === 'on_time' || row.kind === 'cleared' ? 'kept' : 'unsure';
  const { at, provisional } = stretch.due;
  const said: Reason = {
    code: 'earlier-due', at, provisional, outcome, act: act.act, min: finite(done.min), max: finite(done.max), grade: act.interval.grade,
  };
  const shown = row.kind === 'on_time' ? row.reasons.filter(({ code }) => code === 'due-disputed' || code === 'moved-due-disputed') : row.reasons;
  return [said, ...shown.filter(({ code }) => code !== 'halted' && code !== 'completed')];
}

/** Entries that cannot be read may change everything: people decide. */
function withUnknown({ unknown }: AcceptedDossier, row: Row): Row {
  return unknown.length > 0 && isFinal(row.kind) ? toPeople(row, { code: 'unknown-entries', count: unknown.length }) : row;
}

function apologyReasons({ apologised }: AcceptedDossier): Reason[] {
  if (!apologised || apologised.movesDue) return [];
  const { appointment } = apologised;
  return [{ code: 'apologised', appointment: appointment.appointment ?? appointment.at }];
}

/** The old way: an act happens when its news arrives. */
function oldWay(stretches: readonly JudgedStretch[], complete: boolean, now: number): OldWay {
  const missed = stretches.some(({ stretch, done }) => (done ? (done.news?.receipt.at ?? Infinity) : now) > stretch.due.at);
  if (complete) return missed ? 'late' : 'on_time';
  return missed ? 'overdue' : 'in_term';
}
