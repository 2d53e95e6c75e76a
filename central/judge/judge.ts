import type { Catalogue } from '#shared/catalogue/index.ts';
import { foldDossier, isAccepted, type AcceptedDossier, type DossierState } from '#shared/dossier/index.ts';
import { evidenceOf, judgeDossier, type CentreSide, type Decision, type EvidencePorts, type LogEvidence, type Verdict } from '#shared/evidence/index.ts';
import type { Entry } from '#shared/log/index.ts';
import { centreWord, type CentreWord } from './centre-word.ts';
import { devicesOf } from './devices.ts';
import { dueWhen } from './due-when.ts';
import { evidenceOfLogs, type EvidenceShelf, type WeighedLog } from './evidence-of-logs.ts';
import type { ProvinceData } from './source.ts';

/** One dossier with its verdict. */
export interface JudgedDossier {
  readonly state: AcceptedDossier;
  readonly entries: readonly Entry[];
  readonly verdict: Verdict;
}

/** A dossier that was handed in and is not accepted, or never was: no term runs, there is nothing to judge. */
export interface UnacceptedDossier {
  readonly state: DossierState;
  readonly entries: readonly Entry[];
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
  evidenceFor(entry: Entry): LogEvidence | undefined;
}

/** Judges a province again and again, doing over only what new entries may have changed. */
export interface ProvinceJudge {
  judge(data: ProvinceData, now: number): JudgedProvince;
}

/** What is kept of a dossier between two judgings. */
interface Kept {
  readonly entries: readonly Entry[];
  readonly state: DossierState | undefined;
  /** Of a verdict that neither the time nor another desk can change: all that it followed from. */
  readonly settled?: { readonly basis: string; readonly catalogues: number; readonly judged: JudgedDossier };
}

/**
 * Judges every dossier from the desks' logs, the centre's own log, the catalogue and a given `now` alone: the same data
 * gives the identical verdicts, in any order and at any later time. What the centre did not yet have at `now` plays no part. A
 * dossier that is not accepted, or whose reception has not arrived, is not judged.
 */
export function judgeProvince(data: ProvinceData, now: number, ports: EvidencePorts): JudgedProvince {
  return judging(data, now, ports, new Map(), undefined);
}

/** A judge that keeps what it has weighed; that changes the time it takes, never the result. */
export function provinceJudge(ports: EvidencePorts): ProvinceJudge {
  const shelf: EvidenceShelf = new Map();
  const kept = new Map<string, Kept>();
  return { judge: (data, now) => judging(data, now, ports, shelf, kept) };
}

/** `kept`: what was judged before; without it nothing is kept. */
function judging(data: ProvinceData, now: number, ports: EvidencePorts, shelf: EvidenceShelf, kept: Map<string, Kept> | undefined): JudgedProvince {
  const word = centreWord(data.own, now);
  const logs = evidenceOfLogs(data, word, ports, shelf);
  const evidence = new Map([...logs].map(([id, log]) => [id, log.evidence]));
  const centreSide = hearing(word);
  const dossiers = new Map<string, JudgedDossier>();
  const unaccepted = new Map<string, UnacceptedDossier>();
  for (const [id, entries] of entriesByDossier(logs)) {
    const before = kept?.get(id);
    const same = before && sameEntries(before.entries, entries) ? before : undefined;
    const state = same ? same.state : foldDossier(entries);
    if (!state || !isAccepted(state)) {
      kept?.set(id, { entries, state });
      if (state) unaccepted.set(id, { state, entries });
      continue;
    }
    const decision = decisionOn(word, id);
    const basis = decision || !kept ? undefined : basisOf(entries, evidence);
    if (basis !== undefined && same?.settled?.basis === basis && same.settled.catalogues === data.catalogues.length) {
      dossiers.set(id, same.settled.judged);
      continue;
    }
    const judged = { state, entries, verdict: judgeOne(state, entries, logs, evidence, word, centreSide, data.catalogues, decision, now) };
    dossiers.set(id, judged);
    const settled = basis !== undefined && isSettled(judged.verdict) ? { basis, catalogues: data.catalogues.length, judged } : undefined;
    kept?.set(id, { entries, state, ...(settled ? { settled } : {}) });
  }
  return {
    now, dossiers, unaccepted, logs, word, centreSide,
    evidenceFor: ({ header: { log, seq }, hash }) => evidenceOf(evidence, { log, seq, hash }),
  };
}

function judgeOne(
  state: AcceptedDossier, entries: readonly Entry[], logs: ReadonlyMap<string, WeighedLog>, evidence: ReadonlyMap<string, LogEvidence>, word: CentreWord,
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
function sameEntries(some: readonly Entry[], others: readonly Entry[]): boolean {
  return some.length === others.length && some.every((entry, index) => entry === others[index]);
}

/** Complete, and by nothing but the intervals of its own entries: no cause of a delay, no audit, nobody waited for. */
function isSettled({ complete, kind, reasons }: Verdict): boolean {
  return complete && (kind === 'on_time' || kind === 'late') && !reasons.some(({ code }) => code === 'not-complete' || code === 'audit' || code === 'unexplained-delay' || code === 'transit'
    || code === 'link-lost' || code === 'centre-down' || code === 'desk-off' || code === 'backlog');
}

function basisOf(entries: readonly Entry[], logs: ReadonlyMap<string, LogEvidence>): string {
  return entries.map(({ header: { log, seq }, hash }) => evidenceOf(logs, { log, seq, hash })?.stamp(seq) ?? '').join('\n');
}

function decisionOn({ decisions }: CentreWord, dossier: string): Decision | undefined {
  const standing = decisions.get(dossier)?.standing;
  if (!standing?.closed) return undefined;
  const { proposal, outcome, basis, proposedBy, closed } = standing;
  return { proposal, outcome, basis, at: closed.at, by: [proposedBy, closed.by] };
}

function entriesByDossier(logs: ReadonlyMap<string, WeighedLog>): Map<string, Entry[]> {
  const found = new Map<string, Entry[]>();
  const take = (entry: Entry): void => {
    const { dossier } = entry.header;
    if (dossier === undefined) return;
    const list = found.get(dossier);
    if (list) list.push(entry);
    else found.set(dossier, [entry]);
  };
  for (const { entries, branches } of logs.values()) {
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
