import type { Catalogue } from '#shared/catalogue/index.ts';
import {
  headWitnessedSchema, lineStretches, weighing, type EvidencePorts, type LogEvidence, type LineWitness, type LogRecord, type OutsideStretch,
} from '#shared/evidence/index.ts';
import { headIsSigned, logKinds, logOpenedSchema, type ReadEntry, type Head } from '#shared/log/index.ts';
import type { Steps } from '#shared/steps.ts';
import type { CentreWord, EnrolledDesk } from './centre-word.ts';
import { daysOffBy } from './days-off.ts';
import type { BranchLog, DeskLog, ProvinceData } from './source.ts';

/** Evidence weighed before, by log; reused where nothing it follows from has changed. */
export type EvidenceShelf = Map<string, { readonly key: string; readonly evidence: LogEvidence }>;

/** A log with what it proves, as known at the time of the centre's word. */
export interface WeighedLog extends DeskLog {
  readonly evidence: LogEvidence;
  /** Head of the log it continues, as its first entry names it. */
  readonly parent: Head | undefined;
  /** The other branches of a forked log. */
  readonly branches: readonly BranchLog[];
}

/**
 * Weighs every log as far as the centre had acknowledged it, in two rounds: what a log proves by itself; and with that, what others say of it (desks of
 * other agencies on its line, siblings that saw its head).
 */
export function* evidenceOfLogs(data: ProvinceData, word: CentreWord, ports: EvidencePorts, shelf: EvidenceShelf = new Map()): Steps<Map<string, WeighedLog>> {
  const known = new Map(data.desks.map((desk) => [desk.log, heldPart(desk, word)]));
  const supervisors = supervisorsOf(data.catalogues);
  const version = data.catalogues.at(-1)?.version;
  const daysOff = daysOffBy(data.catalogues.at(-1));
  const deskOf = new Map(word.desks.flatMap((desk) => desk.logs.map((log) => [log, desk])));
  const agencyOf = new Map(word.desks.flatMap(({ services }) => services.flatMap(({ agency, logs: own }) => own.map((log) => [log, agency]))));
  const alone = new Map<string, { readonly record: LogRecord; readonly evidence: LogEvidence; readonly parent: Head | undefined }>();

  const weigh = function* (desk: DeskLog, trail: ReadonlySet<string>): Steps<LogEvidence> {
    const done = alone.get(desk.log);
    if (done) return done.evidence;
    const parent = parentOf(desk);
    // Logs that name each other in a circle are nobody's parents.
    const before = parent && !trail.has(parent.log) ? known.get(parent.log) : undefined;
    const parentEvidence = before && (yield* weigh(before, new Set([...trail, desk.log])));
    const forkAt = word.forks.get(desk.log);
    const record: LogRecord = {
      log: desk.log,
      entries: desk.entries,
      receipts: word.receipts.get(desk.log) ?? [],
      claims: word.hearing.claims(desk.log),
      parentMin: parentEvidence && parent && before ? endOf(parentEvidence, before, parent) : null,
      supervisors: supervisors.get(agencyOf.get(desk.log) ?? '') ?? new Set(),
      daysOff,
      ...(forkAt === undefined ? {} : { forkAt }),
    };
    const evidence = yield* weighed(shelf, version, desk.log, record, ports);
    alone.set(desk.log, { record, evidence, parent });
    return evidence;
  };
  for (const desk of known.values()) yield* weigh(desk, new Set());

  const outside = outsideOf(word, data.catalogues.at(-1), { deskOf, agencyOf }, (log) => alone.get(log)?.evidence);
  const witnesses = yield* witnessesOf(known.values(), deskOf, ports, (log) => alone.get(log)?.evidence);
  const logs = new Map<string, WeighedLog>();
  for (const desk of known.values()) {
    yield;
    const first = alone.get(desk.log);
    if (!first) continue;
    const stretches = outside(desk.log);
    const seen = witnesses.get(desk.log) ?? [];
    const record: LogRecord = { ...first.record, outside: stretches, witnesses: seen };
    const branches = branchesOf(desk, data, word);
    const branchEvidence: LogEvidence[] = [];
    for (const branch of branches) branchEvidence.push(yield* weighed(shelf, version, `${desk.log} ${branch.branch}`, branchRecord(record, desk, branch, branches, word), ports));
    const plain = stretches.length === 0 && seen.length === 0 && branches.length === 0;
    const evidence = plain ? first.evidence : yield* weighed(shelf, version, `${desk.log} supported`, record, ports, branchEvidence);
    logs.set(desk.log, { ...desk, evidence, parent: first.parent, branches });
  }
  return logs;
}

/** `version`: of the catalogue that says who may close days and which days are off. */
function* weighed(shelf: EvidenceShelf, version: number | undefined, name: string, record: LogRecord, ports: EvidencePorts, branches: readonly LogEvidence[] = []): Steps<LogEvidence> {
  const key = JSON.stringify([
    record.entries.length, record.entries.at(-1)?.hash, record.receipts.length, datedReceipts(record), record.claims?.length, record.parentMin, record.forkAt,
    [...(record.supervisors ?? [])], record.outside, record.witnesses, branches.map(({ held }) => held), version,
  ]);
  const kept = shelf.get(name);
  if (kept?.key === key) return kept.evidence;
  const evidence = yield* weighing(record, ports, branches);
  shelf.set(name, { key, evidence });
  return evidence;
}

/** How many receipts are dated: a later entry of the centre's log may date an earlier receipt. */
function datedReceipts(record: LogRecord): number {
  return record.receipts.filter(({ proof }) => proof !== null).length;
}

/** The part of a log that the centre had acknowledged by the time of its word. */
function heldPart(desk: DeskLog, word: CentreWord): DeskLog {
  const held = (word.receipts.get(desk.log) ?? []).reduce((most, { seq }) => Math.max(most, seq), 0);
  return held === desk.entries.length ? desk : { ...desk, entries: desk.entries.slice(0, held) };
}

/** The branches of a log, each as far as the centre had kept it by the time of its word. */
function branchesOf(desk: DeskLog, data: ProvinceData, word: CentreWord): BranchLog[] {
  return (data.branches ?? []).filter(({ log }) => log === desk.log).flatMap((branch) => {
    const held = (word.branchReceipts.get(branch.branch) ?? []).reduce((most, { seq }) => Math.max(most, seq), 0);
    const entries = branch.entries.filter(({ header }) => header.seq <= held);
    return entries.length > 0 ? [{ ...branch, entries }] : [];
  });
}

/** A branch as a log of its own: the common beginning, then what differs; forked from where its way leaves the main line. */
function branchRecord(main: LogRecord, desk: DeskLog, branch: BranchLog, branches: readonly BranchLog[], word: CentreWord): LogRecord {
  const { entries, leavesAt, names } = wayTo(desk, branch, branches);
  return {
    ...main,
    entries,
    receipts: [...main.receipts, ...names.flatMap((name) => word.branchReceipts.get(name) ?? [])],
    forkAt: Math.min(leavesAt, main.forkAt ?? leavesAt),
  };
}

/** All entries of a branch from the log's first on, which may lead over another branch. */
function wayTo(desk: DeskLog, branch: BranchLog, branches: readonly BranchLog[]): { readonly entries: readonly ReadEntry[]; readonly leavesAt: number; readonly names: readonly string[] } {
  const [first] = branch.entries;
  const from = first?.header.seq ?? 1;
  const onMain = from === 1 || desk.entries[from - 2]?.hash === first?.header.prev;
  const parent = onMain ? undefined : branches.find((other) => other !== branch && other.entries.some(({ hash, header }) => hash === first?.header.prev && header.seq === from - 1));
  if (!parent) return { entries: [...desk.entries.slice(0, from - 1), ...branch.entries], leavesAt: from, names: [branch.branch] };
  const before = wayTo(desk, parent, branches.filter((other) => other !== branch));
  return { entries: [...before.entries.slice(0, from - 1), ...branch.entries], leavesAt: before.leavesAt, names: [...before.names, branch.branch] };
}

function parentOf(desk: DeskLog): Head | undefined {
  const first = desk.entries[0];
  if (first?.header.kind !== logKinds.opened) return undefined;
  const facts = logOpenedSchema.safeParse(first.header.facts);
  return facts.success ? facts.data.parent : undefined;
}

/** Hard lower bound of a log's named head; where the centre holds less than that head, of what it holds. */
function endOf(evidence: LogEvidence, log: DeskLog, head: Head): number | null {
  const named = log.entries[head.seq - 1];
  if (named && named.hash !== head.hash) return null;
  return evidence.interval(Math.min(head.seq, evidence.held))?.derivation.hard.min ?? null;
}

/** By agency, the ids of all who are or were its supervisors: whether one was in service on the day is for the desk to ask. */
function supervisorsOf(catalogues: readonly Catalogue[]): Map<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { staff } of catalogues) {
    for (const { id, agency, roles } of staff) {
      if (!roles.includes('supervisor')) continue;
      const known = found.get(agency);
      if (known) known.add(id);
      else found.set(agency, new Set([id]));
    }
  }
  return found;
}

type EvidenceOf = (log: string) => LogEvidence | undefined;

/** What stands for a log's office from outside, in the times in which the centre heard nothing of it. */
function outsideOf(
  word: CentreWord, catalogue: Catalogue | undefined, { deskOf, agencyOf }: { readonly deskOf: ReadonlyMap<string, EnrolledDesk>; readonly agencyOf: ReadonlyMap<string, string> }, evidence: EvidenceOf,
): (log: string) => OutsideStretch[] {
  const lineOf = new Map((catalogue?.agencies ?? []).flatMap(({ id, line }) => (line === undefined ? [] : [[id, line] as const])));
  const onLine = new Map<string, LineWitness[]>();
  for (const { services, logs } of word.desks) {
    const { silences } = word.hearing.side(logs, []);
    for (const { agency, logs: own } of services) {
      const line = lineOf.get(agency);
      if (line === undefined || own.length === 0) continue;
      // What it wrote for another agency it wrote on another line.
      const witness = { agency, outages: own.flatMap((log) => evidence(log)?.outages ?? []), silences };
      const known = onLine.get(line);
      if (known) known.push(witness);
      else onLine.set(line, [witness]);
    }
  }
  const ofAgency = new Map<string, OutsideStretch[]>();
  const stretches = (agency: string): OutsideStretch[] => {
    const done = ofAgency.get(agency);
    if (done) return done;
    const line = lineOf.get(agency);
    const found: OutsideStretch[] = [
      ...word.gaps.map(({ from, to }): OutsideStretch => ({ by: 'centre-down', from, to })),
      ...word.tickets.filter(({ everywhere, agencies }) => everywhere || agencies.includes(agency)).map(({ from, to }): OutsideStretch => ({ by: 'ticket', from, to })),
      ...(line === undefined ? [] : lineStretches(onLine.get(line) ?? [], agency)),
    ];
    ofAgency.set(agency, found);
    return found;
  };
  return (log) => {
    const desk = deskOf.get(log);
    const agency = agencyOf.get(log);
    if (!desk || agency === undefined) return [];
    const quiet = [...word.hearing.side(desk.logs, []).silences, ...word.gaps];
    return stretches(agency).filter(({ from, to }) => quiet.some((own) => own.from < to && own.to > from));
  };
}

/** Heads that desks wrote down of their siblings: signed by the sibling's own key, of another installation. By the sibling's log. */
function* witnessesOf(
  desks: Iterable<DeskLog>, deskOf: ReadonlyMap<string, EnrolledDesk>, { verifier }: EvidencePorts, evidence: EvidenceOf,
): Steps<Map<string, NonNullable<LogRecord['witnesses']>>> {
  const found = new Map<string, { seq: number; hash: string; at: number }[]>();
  for (const { log, entries } of desks) {
    yield;
    for (const { header } of entries) {
      if (header.kind !== logKinds.headWitnessed) continue;
      const head = headWitnessedSchema.safeParse(header.facts);
      const sibling = head.success ? deskOf.get(head.data.log) : undefined;
      const at = evidence(log)?.interval(header.seq)?.max;
      if (!head.success || !sibling || at === null || at === undefined || sibling.logs.includes(log)) continue;
      if (!headIsSigned(head.data, sibling.publicKey, verifier)) continue;
      const { seq, hash } = head.data;
      const known = found.get(head.data.log);
      if (known) known.push({ seq, hash, at });
      else found.set(head.data.log, [{ seq, hash, at }]);
    }
  }
  return found;
}
