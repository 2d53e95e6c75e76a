import { civil } from '#shared/deadline/index.ts';
import type { Grade, VerdictKind } from '#shared/evidence/index.ts';
import { logKinds } from '#shared/log/index.ts';
import type { RunResult } from './run.ts';
import { cheatKinds, type CheatKind, type TrueDossier } from './record.ts';
import { rho } from './centre.ts';
import type { Level } from './province.ts';

/** Counts of one level of the province's report. */
export interface LevelRow {
  received: number;
  resolved: number;
  onTime: number;
  late: number;
  inProgress: number;
  forPeople: number;
}

/** What was judged against what was true. Counts. */
export interface Score {
  dossiers: number;
  /** Truly in time and done honestly; truly too late and not hidden. */
  inTime: number;
  tooLate: number;
  inTimeCalledLate: number;
  lateCalledInTime: number;
  /** Of honest results in time whose news came after the due date: without a shut-down in between, and with. */
  delayed: { same: number; restarted: number };
  undetermined: { same: number; restarted: number };
  /** Why these are for people: how often each weakness and reason is named of them. */
  undeterminedBy: Record<string, number>;
  /** Those recorded on a day that the office closed. */
  restartedClosing: number;
  undeterminedClosing: number;
  intervals: number;
  intervalsTrue: number;
  /** What the old way says of honest results in time. */
  oldWayLate: number;
  grades: Record<Grade, number>;
  /** Of cheats: tried, by what was made of them; `passed` by grade. */
  cheats: Record<CheatKind, { tried: number; late: number; people: number; passed: Record<Grade, number> }>;
  levels: Record<Level, { true: LevelRow; old: LevelRow; credible: LevelRow }>;
  /** Examples of what must not be, for whoever looks for the reason. */
  wrong: string[];
  typedLate: number;
  crashes: number;
  closes: number;
  steps: number;
  events: number;
  requests: number;
  refusals: Record<string, number>;
  refused: Record<string, number>;
}

const noGrades = (): Record<Grade, number> => ({ A: 0, B: 0, 'B-wall': 0, C: 0 });
const noRow = (): LevelRow => ({ received: 0, resolved: 0, onTime: 0, late: 0, inProgress: 0, forPeople: 0 });
const noLevel = (): Score['levels'][Level] => ({ true: noRow(), old: noRow(), credible: noRow() });

export function emptyScore(): Score {
  const none = (): Score['cheats'][CheatKind] => ({ tried: 0, late: 0, people: 0, passed: noGrades() });
  return {
    dossiers: 0, inTime: 0, tooLate: 0, inTimeCalledLate: 0, lateCalledInTime: 0, delayed: { same: 0, restarted: 0 }, undetermined: { same: 0, restarted: 0 }, undeterminedBy: {},
    restartedClosing: 0, undeterminedClosing: 0, intervals: 0, intervalsTrue: 0, oldWayLate: 0, grades: noGrades(),
    cheats: Object.fromEntries(cheatKinds.map((kind) => [kind, none()])) as Score['cheats'],
    levels: { province: noLevel(), district: noLevel(), commune: noLevel() },
    wrong: [], typedLate: 0, crashes: 0, closes: 0, steps: 0, events: 0, requests: 0, refusals: {}, refused: {},
  };
}

const inTimeKinds: ReadonlySet<VerdictKind> = new Set(['on_time', 'cleared']);
const lateKinds: ReadonlySet<VerdictKind> = new Set(['late']);

/** Holds the verdicts against the world's book. */
export function scoreOf({ book, judged, refusals, refused, events, requests }: RunResult): Score {
  const score = emptyScore();
  const closed = closedDays(judged);
  for (const record of book.dossiers.values()) {
    const verdict = judged.dossiers.get(record.id)?.verdict;
    if (!verdict) {
      score.wrong.push(`${record.id} of ${record.agency}: confirmed at the desk and not at the centre`);
      continue;
    }
    score.dossiers += 1;
    const late = record.doneAt === undefined ? judged.now > record.due : record.doneAt > record.due;
    countLevels(score.levels[record.level as Level], record, late, judged.now, verdict);
    if (record.cheat !== undefined && record.doneAt !== undefined) countCheat(score, record, verdict);
    else if (record.typedLate) score.typedLate += 1;
    else countHonest(score, record, verdict, closed, book.starts.get(record.agency) ?? []);
  }
  for (const [hash, truth] of book.acts) {
    const record = [...(entryIndex(judged).get(hash) ?? [])][0];
    if (!record) continue;
    const interval = judged.evidenceFor(record)?.interval(record.header.seq);
    if (!interval || interval.grade === 'C') continue;
    score.grades[interval.grade] += 1;
    score.intervals += 1;
    if ((interval.min ?? -Infinity) - rho <= truth && truth <= (interval.max ?? Infinity) + rho) score.intervalsTrue += 1;
    else if (!cheated(book, record.header.dossier)) score.wrong.push(`interval of ${record.header.kind} seq ${record.header.seq} of ${record.header.agency}, grade ${interval.grade}: ${interval.min}–${interval.max}, in truth ${truth}`);
    else {
      score.intervals -= 1;
      score.grades[interval.grade] -= 1;
    }
  }
  return {
    ...score, crashes: book.crashes, closes: book.closes, steps: book.steps, events, requests, refusals: Object.fromEntries(refusals), refused: Object.fromEntries(refused),
  };
}

type Judged = RunResult['judged'];

/** Agency and civil date of each day that somebody closed. */
function closedDays({ logs }: Judged): Set<string> {
  return new Set([...logs.values()].flatMap(({ entries }) => entries.flatMap(({ header: { kind, agency, facts } }) => (kind === logKinds.dayClosed ? [dayOf(agency, String(facts['date']))] : []))));
}

function dayOf(agency: string, date: string): string {
  return `${agency} ${date}`;
}

type Verdict = NonNullable<ReturnType<Judged['dossiers']['get']>>['verdict'];
type Held = NonNullable<ReturnType<Judged['dossiers']['get']>>['entries'][number];

const indexes = new WeakMap<Judged, Map<string, Held[]>>();

function entryIndex(judged: Judged): Map<string, Held[]> {
  const known = indexes.get(judged);
  if (known) return known;
  const made = new Map<string, Held[]>();
  for (const { entries } of judged.dossiers.values()) for (const entry of entries) made.set(entry.hash, [entry]);
  indexes.set(judged, made);
  return made;
}

function cheated(book: RunResult['book'], dossier: string | undefined): boolean {
  return dossier !== undefined && book.dossiers.get(dossier)?.cheat !== undefined;
}

function countHonest(score: Score, record: TrueDossier, verdict: Verdict, closed: ReadonlySet<string>, starts: readonly number[]): void {
  if (record.doneAt === undefined) return;
  const inTime = record.doneAt <= record.due;
  if (!inTime) {
    score.tooLate += 1;
    // The centre's own clock decides within its bound.
    if (inTimeKinds.has(verdict.kind) && record.doneAt > record.due + rho) {
      score.lateCalledInTime += 1;
      score.wrong.push(`${record.id} of ${record.agency}: ${verdict.kind} by grade ${verdict.grade}, in truth ${(record.doneAt - record.due) / 1000} s too late`);
    }
    return;
  }
  score.inTime += 1;
  if (lateKinds.has(verdict.kind) || verdict.kind === 'entered_late') {
    score.inTimeCalledLate += 1;
    score.wrong.push(`${record.id} of ${record.agency}: ${verdict.kind} by grade ${verdict.grade}, in truth ${(record.due - record.doneAt) / 1000} s before its due date`);
  }
  if (verdict.oldWay === 'late' || verdict.oldWay === 'overdue') score.oldWayLate += 1;
  const { newsAt } = verdict;
  const { doneAt } = record;
  if (newsAt === undefined || newsAt <= record.due) return;
  const restarted = starts.some((at) => at > doneAt && at < newsAt);
  const people = verdict.kind === 'undetermined';
  score.delayed[restarted ? 'restarted' : 'same'] += 1;
  if (people) {
    score.undetermined[restarted ? 'restarted' : 'same'] += 1;
    const named = new Set([`grade ${verdict.grade}`, ...verdict.reasons.map((reason) => (reason.code === 'weakness' ? reason.weakness : reason.code))]);
    for (const name of named) score.undeterminedBy[name] = (score.undeterminedBy[name] ?? 0) + 1;
  }
  if (restarted && closed.has(dayOf(record.agency, civil(doneAt).date))) {
    score.restartedClosing += 1;
    if (people) score.undeterminedClosing += 1;
  }
}

function countCheat(score: Score, record: TrueDossier, verdict: Verdict): void {
  const { cheat } = record;
  if (cheat === undefined) return;
  const row = score.cheats[cheat];
  row.tried += 1;
  if (inTimeKinds.has(verdict.kind)) row.passed[verdict.grade ?? 'C'] += 1;
  else if (lateKinds.has(verdict.kind)) row.late += 1;
  else row.people += 1;
}

function countLevels(rows: Score['levels'][Level], record: TrueDossier, late: boolean, now: number, verdict: Verdict): void {
  const done = record.doneAt !== undefined;
  for (const row of [rows.true, rows.old, rows.credible]) row.received += 1;
  add(rows.true, done, late, !done && now <= record.due);
  add(rows.old, verdict.complete, verdict.oldWay === 'late' || verdict.oldWay === 'overdue', verdict.oldWay === 'in_term');
  if (inTimeKinds.has(verdict.kind)) add(rows.credible, true, false, false);
  else if (verdict.kind === 'late') add(rows.credible, verdict.complete, true, false);
  else if (verdict.kind === 'in_term') add(rows.credible, false, false, true);
  else {
    rows.credible.forPeople += 1;
    if (verdict.complete) rows.credible.resolved += 1;
  }
}

function add(row: LevelRow, done: boolean, late: boolean, inProgress: boolean): void {
  if (done) row.resolved += 1;
  if (inProgress) row.inProgress += 1;
  else if (late) row.late += 1;
  else if (done) row.onTime += 1;
}

/** Counts of two runs together. */
export function together<T>(one: T, other: T): T {
  if (typeof one === 'number' && typeof other === 'number') return (one + other) as T;
  if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other] as T;
  if (typeof one === 'object' && one !== null && typeof other === 'object' && other !== null) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    const of = (value: object, name: string): unknown => (value as Record<string, unknown>)[name];
    return Object.fromEntries([...names].map((name) => {
      const a = of(one, name);
      const b = of(other, name);
      return [name, a === undefined ? b : b === undefined ? a : together(a, b)];
    })) as T;
  }
  return one;
}
