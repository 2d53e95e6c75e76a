import type { Catalogue } from '#shared/catalogue/index.ts';
import { foldDossier, isAccepted, type AcceptedDossier, type DossierState } from '#shared/dossier/index.ts';
import { evidenceOf, judgeDossier, type CentreSide, type Decision, type EvidencePorts, type LogEvidence, type Verdict } from '#shared/evidence/index.ts';
import type { ReadEntry } from '#shared/log/index.ts';
import { atOnce, type Steps } from '#shared/steps.ts';
import { hasher } from '../keys/index.ts';
import { readingCentreWord, type CentreWord } from './centre-word.ts';
import { devicesOf } from './devices.ts';
import { dueWhen } from './due-when.ts';
import { evidenceOfLogs, type EvidenceShelf, type WeighedLog } from './evidence-of-logs.ts';
import type { ProvinceData } from './source.ts';

/** One dossier with its verdict. */
export interface JudgedDossier {
  readonly state: AcceptedDossier;
  readonly entries: readonly ReadEntry[];
  readonly verdict: Verdict;
}

/** A dossier that was handed in and is not accepted, or never was: no term runs, there is nothing to judge. */
export interface UnacceptedDossier {
  readonly state: DossierState;
  readonly entries: readonly ReadEntry[];
}

/** All dossiers as judged at `now`. */
export interface JudgedProvince {
  readonly now: number;
  readonly dossiers: ReadonlyMap<string, JudgedDossier>;
  readonly unaccepted: ReadonlyMap<string, UnacceptedDossier>;
  readonly logs: ReadonlyMap<string, WeighedLog>;
  readonly word: CentreWord;
  /** What the centre heard of a log's desk. */
  centreSide(log: string): CentreSide;
  /** What the log, or the branch of a forked log, proves in which an entry stands. */
  evidenceFor(entry: ReadEntry): LogEvidence | undefined;
}

/** Judges a province again and again, doing over only what new entries may have changed. */
export interface ProvinceJudge {
  judge(data: ProvinceData, now: number): JudgedProvince;
  /** The same in steps. One judging has to come to its end before another begins. */
  inSteps(data: ProvinceData, now: number): Steps<JudgedProvince>;
}

/** What is kept of a dossier between two judgings. */
interface Kept {
  readonly entries: readonly ReadEntry[];
  readonly state: DossierState | undefined;
  /** Of a verdict that neither the time nor another desk can change: all that it followed from. */
  readonly settled?: Settled;
}

interface Settled {
  readonly basis: string;
  /** Which weighings of its logs that was; the same ones say the same. */
  readonly weighings: string;
  readonly catalogues: number;
  readonly judged: JudgedDossier;
}

/** What a judge keeps. */
interface Memory {
  readonly shelf: EvidenceShelf;
  readonly kept: Map<string, Kept>;
  /** Numbers of weighings. They are no part of what is kept, so that a weighing of the past can go. */
  readonly numbers: WeakMap<LogEvidence, number>;
  weighings: number;
}

/**
 * Judges every dossier from the desks' logs, the centre's own log, the catalogue and a given `now` alone: the same data
 * gives the identical verdicts, in any order and at any later time. What the centre did not yet have at `now` plays no part. A
 * dossier that is not accepted, or whose reception has not arrived, is not judged.
 */
export function judgeProvince(data: ProvinceData, now: number, ports: EvidencePorts): JudgedProvince {
  return atOnce(judging(data, now, ports, undefined));
}

/** A judge that keeps what it has weighed; that changes the time it takes, never the result. */
export function provinceJudge(ports: EvidencePorts): ProvinceJudge {
  const memory: Memory = { shelf: new Map(), kept: new Map(), numbers: new WeakMap(), weighings: 0 };
  const remembering: EvidencePorts = { ...ports, opened: new Map() };
  let latest = -Infinity;
  const inSteps = (data: ProvinceData, now: number): Steps<JudgedProvince> => {
    // Who asks how it stood earlier does not make the next judging of the present begin anew.
    if (now < latest) return judging(data, now, remembering, undefined);
    latest = now;
    return judging(data, now, remembering, memory);
  };
  return { judge: (data, now) => atOnce(inSteps(data, now)), inSteps };
}

/** Without a memory nothing is kept. */
function* judging(data: ProvinceData, now: number, ports: EvidencePorts, memory: Memory | undefined): Steps<JudgedProvince> {
  const word = yield* readingCentreWord(data.own, now);
  const logs = yield* evidenceOfLogs(data, word, ports, memory?.shelf);
  const evidence = new Map([...logs].map(([id, log]) => [id, log.evidence]));
  const centreSide = hearing(word);
  const dossiers = new Map<string, JudgedDossier>();
  const unaccepted = new Map<string, UnacceptedDossier>();
  let count = 0;
  for (const [id, entries] of yield* entriesByDossier(logs)) {
    count += 1;
    if (count % 16 === 0) yield;
    const before = memory?.kept.get(id);
    const same = before && sameEntries(before.entries, entries) ? before : undefined;
    const state = same ? same.state : foldDossier(entries);
    if (!state || !isAccepted(state)) {
      memory?.kept.set(id, { entries, state });
      if (state) unaccepted.set(id, { state, entries });
      continue;
    }
    const decision = decisionOn(word, id);
    const settled = same?.settled;
    if (memory && same && settled && !decision && settled.catalogues === data.catalogues.length) {
      const weighings = weighingsOf(entries, evidence, memory);
      if (settled.weighings === weighings || settled.basis === basisOf(entries, evidence)) {
        if (settled.weighings !== weighings) memory.kept.set(id, { ...same, settled: { ...settled, weighings } });
        dossiers.set(id, settled.judged);
        continue;
      }
    }
    const judged = { state, entries, verdict: judgeOne(state, entries, logs, evidence, word, centreSide, data.catalogues, decision, now) };
    dossiers.set(id, judged);
    if (!memory) continue;
    const mayKeep = !decision && isSettled(judged.verdict);
    memory.kept.set(id, {
      entries, state, ...(mayKeep ? { settled: { basis: basisOf(entries, evidence), weighings: weighingsOf(entries, evidence, memory), catalogues: data.catalogues.length, judged } } : {}),
    });
  }
  return {
    now, dossiers, unaccepted, logs, word, centreSide,
    evidenceFor: ({ header: { log, seq }, hash }) => evidenceOf(evidence, { log, seq, hash }),
  };
}

function judgeOne(
  state: AcceptedDossier, entries: readonly ReadEntry[], logs: ReadonlyMap<string, WeighedLog>, evidence: ReadonlyMap<string, LogEvidence>, word: CentreWord,
  centreSide: JudgedProvince['centreSide'], catalogues: readonly Catalogue[], decision: Decision | undefined, now: number,
): Verdict {
  const dueAt = dueWhen(state, catalogues);
  return judgeDossier({
    state, entries, logs: evidence, centreSide, now, decision,
    // Only a dossier that is not complete asks for them.
    get devices() {
      return devicesOf(state, entries, logs, word);
    },
    audited: (act) => word.audited.get(act)?.finding,
    ...(dueAt ? { dueAt } : {}),
  });
}

/** Entries that are there do not go, and none changes: as many, and the same last one, are the same. */
function sameEntries(some: readonly ReadEntry[], others: readonly ReadEntry[]): boolean {
  return some.length === others.length && some.every((entry, index) => entry === others[index]);
}

/** Complete, and by nothing but the intervals of its own entries: no cause of a delay, no audit, nobody waited for. */
function isSettled({ complete, kind, reasons }: Verdict): boolean {
  return complete && (kind === 'on_time' || kind === 'late') && !reasons.some(({ code }) => code === 'not-complete' || code === 'audit' || code === 'unexplained-delay' || code === 'transit'
    || code === 'link-lost' || code === 'centre-down' || code === 'desk-off' || code === 'backlog');
}

/** Told apart by a hash: the texts themselves are longer than all else that is kept of a dossier. */
function basisOf(entries: readonly ReadEntry[], logs: ReadonlyMap<string, LogEvidence>): string {
  return hasher.sha256(Buffer.from(entries.map(({ header: { log, seq }, hash }) => evidenceOf(logs, { log, seq, hash })?.stamp(seq) ?? '').join('\n')));
}

/** Of each entry's log the number of its weighing. */
function weighingsOf(entries: readonly ReadEntry[], logs: ReadonlyMap<string, LogEvidence>, memory: Memory): string {
  return entries.map(({ header: { log, seq }, hash }) => {
    const weighed = evidenceOf(logs, { log, seq, hash });
    if (!weighed) return 0;
    const known = memory.numbers.get(weighed);
    if (known !== undefined) return known;
    memory.weighings += 1;
    memory.numbers.set(weighed, memory.weighings);
    return memory.weighings;
  }).join(' ');
}

function decisionOn({ decisions }: CentreWord, dossier: string): Decision | undefined {
  const standing = decisions.get(dossier)?.standing;
  if (!standing?.closed) return undefined;
  const { proposal, outcome, basis, proposedBy, closed } = standing;
  return { proposal, outcome, basis, at: closed.at, by: [proposedBy, closed.by] };
}

function* entriesByDossier(logs: ReadonlyMap<string, WeighedLog>): Steps<Map<string, ReadEntry[]>> {
  const found = new Map<string, ReadEntry[]>();
  const take = (entry: ReadEntry): void => {
    const { dossier } = entry.header;
    if (dossier === undefined) return;
    const list = found.get(dossier);
    if (list) list.push(entry);
    else found.set(dossier, [entry]);
  };
  for (const { entries, branches } of logs.values()) {
    yield;
    entries.forEach(take);
    for (const branch of branches) branch.entries.forEach(take);
  }
  return found;
}

/** What the centre heard of each log's desk, whichever of its logs it wrote at the time. */
function hearing(word: CentreWord): (log: string) => CentreSide {
  const sides = new Map<string, CentreSide>();
  for (const { logs } of word.desks) {
    const side = word.hearing.side(logs, word.gaps);
    for (const log of logs) sides.set(log, side);
  }
  return (log) => sides.get(log) ?? word.hearing.side([log], word.gaps);
}
