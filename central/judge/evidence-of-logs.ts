import { logEvidence, type EvidencePorts, type LogEvidence, type LogRecord } from '#shared/evidence/index.ts';
import { logKinds, logOpenedSchema, type Head } from '#shared/log/index.ts';
import type { CentreWord } from './centre-word.ts';
import type { DeskLog, ProvinceData } from './source.ts';

/** Evidence weighed before, by log; reused where nothing it follows from has changed. */
export type EvidenceShelf = Map<string, { readonly key: string; readonly evidence: LogEvidence }>;

/** A log with what it proves, as known at the time of the centre's word. */
export interface WeighedLog extends DeskLog {
  readonly evidence: LogEvidence;
  /** Head of the log it continues, as its first entry names it. */
  readonly parent: Head | undefined;
}

/** Weighs every log as far as the centre had acknowledged it. */
export function evidenceOfLogs(data: ProvinceData, word: CentreWord, ports: EvidencePorts, shelf: EvidenceShelf = new Map()): Map<string, WeighedLog> {
  const known = new Map(data.desks.map((desk) => [desk.log, heldPart(desk, word)]));
  const weighed = new Map<string, WeighedLog>();
  const weigh = (desk: DeskLog, trail: ReadonlySet<string>): WeighedLog => {
    const done = weighed.get(desk.log);
    if (done) return done;
    const parent = parentOf(desk);
    // Logs that name each other in a circle are nobody's parents.
    const before = parent && !trail.has(parent.log) ? known.get(parent.log) : undefined;
    const parentEvidence = before && weigh(before, new Set([...trail, desk.log]));
    const forkAt = word.forks.get(desk.log);
    const record: LogRecord = {
      log: desk.log,
      entries: desk.entries,
      receipts: word.receipts.get(desk.log) ?? [],
      claims: word.hearing.claims(desk.log),
      parentMin: parentEvidence && parent ? endOf(parentEvidence, parent) : null,
      ...(forkAt === undefined ? {} : { forkAt }),
    };
    const key = [record.entries.length, record.receipts.length, datedReceipts(record), record.claims?.at(-1)?.at, record.parentMin, forkAt].join(' ');
    const kept = shelf.get(desk.log);
    const evidence = kept?.key === key ? kept.evidence : logEvidence(record, ports);
    shelf.set(desk.log, { key, evidence });
    const result = { ...desk, evidence, parent };
    weighed.set(desk.log, result);
    return result;
  };
  for (const desk of known.values()) weigh(desk, new Set());
  return weighed;
}

/** How many receipts are dated: a later entry of the centre's log may date an earlier receipt. */
function datedReceipts(record: LogRecord): number {
  return record.receipts.filter(({ proof }) => proof !== null).length;
}

/** The part of a log that the centre had acknowledged by the time of its word. */
function heldPart(desk: DeskLog, word: CentreWord): DeskLog {
  const held = (word.receipts.get(desk.log) ?? []).reduce((most, { seq }) => Math.max(most, seq), 0);
  return { ...desk, entries: desk.entries.slice(0, held) };
}

function parentOf(desk: DeskLog): Head | undefined {
  const first = desk.entries[0];
  if (first?.header.kind !== logKinds.opened) return undefined;
  const facts = logOpenedSchema.safeParse(first.header.facts);
  return facts.success ? facts.data.parent : undefined;
}

/** Hard lower bound of a log's named head; where the centre holds less than that head, of what it holds. */
function endOf(log: WeighedLog, head: Head): number | null {
  const named = log.entries[head.seq - 1];
  if (named && named.hash !== head.hash) return null;
  return log.evidence.interval(Math.min(head.seq, log.evidence.held))?.derivation.hard.min ?? null;
}
