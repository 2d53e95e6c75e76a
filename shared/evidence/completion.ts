import { actOf, dossierKinds, isDossierKind, type AcceptedDossier, type DossierKind, type Stretch } from '#shared/dossier/index.ts';
import type { ReadEntry } from '#shared/log/index.ts';
import { evidenceOf, type LogEvidence, type Receipt } from './log-record.ts';
import type { CredibleInterval, EndingKind } from './verdict.ts';

/**
 * An act that ends a stretch of the term: it completes the dossier, or the term stops or runs towards another date from there on.
 * "Result ready" completes, and so does a hand-over, which implies it was ready no later; a stop ends the authority's term as well.
 */
export interface EndingAct {
  readonly entry: ReadEntry;
  readonly act: EndingKind;
  readonly claimedAt: number | undefined;
  readonly interval: CredibleInterval;
  readonly arrival: Receipt | undefined;
  readonly log: LogEvidence;
}

/** When the first of some acts happened, and which of them bound that. */
export interface Completion {
  /** min of the mins; -Infinity where nothing bounds it. */
  readonly min: number;
  /** min of the maxes; Infinity where nothing bounds it. */
  readonly max: number;
  readonly byMin: EndingAct;
  readonly byMax: EndingAct;
  readonly acts: readonly EndingAct[];
  /** The act whose news reached the centre first, and that receipt; undefined without receipts. */
  readonly news: { readonly act: EndingAct; readonly receipt: Receipt } | undefined;
}

const completing: Partial<Record<DossierKind, EndingKind>> = {
  [dossierKinds.resultReady]: 'ready', [dossierKinds.handedOver]: 'handed-over', [dossierKinds.stopped]: 'stopped',
};
const halting: Partial<Record<DossierKind, EndingKind>> = {
  [dossierKinds.supplementRequested]: 'supplement-requested', [dossierKinds.supplementCompleted]: 'supplement-completed',
  [dossierKinds.paymentRequested]: 'payment-requested', [dossierKinds.paid]: 'paid', [dossierKinds.extended]: 'extended',
  [dossierKinds.apologised]: 'apologised', [dossierKinds.dueComputedAgain]: 'due-computed-again',
};
const completions: ReadonlySet<EndingKind> = new Set(['ready', 'handed-over', 'stopped', 'stop-requested']);

/** Whether an act completes its dossier, and does not only stop or move the term. */
export function completes({ act }: Pick<EndingAct, 'act'>): boolean {
  return completions.has(act);
}

/**
 * The completing acts among a dossier's entries, contradicting ones included: all of them bound the first. Where the applicant asked to
 * stop and was stopped for it, the asking ended the authority's term. What people decided counts for nothing is left out.
 */
export function completingActs(state: AcceptedDossier, entries: readonly ReadEntry[], logs: ReadonlyMap<string, LogEvidence>): EndingAct[] {
  const dropped = new Set(state.dropped);
  const withdrawn = state.stopped?.reason === 'applicant-request';
  return entries.flatMap((entry) => {
    const { kind } = entry.header;
    if (dropped.has(entry.hash) || !isDossierKind(kind)) return [];
    const ending = completing[kind] ?? (withdrawn && kind === dossierKinds.stopRequested ? 'stop-requested' : undefined);
    return ending ? endingAct(entry, ending, logs) : [];
  });
}

/** The act that stopped the term in a stretch or gave it another date; none while the stretch runs. */
export function haltingActs({ haltedBy }: Stretch, entries: readonly ReadEntry[], logs: ReadonlyMap<string, LogEvidence>): EndingAct[] {
  const entry = haltedBy === undefined ? undefined : entries.find(({ hash }) => hash === haltedBy);
  const ending = entry && isDossierKind(entry.header.kind) ? halting[entry.header.kind] : undefined;
  return entry && ending ? endingAct(entry, ending, logs) : [];
}

function endingAct(entry: ReadEntry, act: EndingKind, logs: ReadonlyMap<string, LogEvidence>): EndingAct[] {
  const { seq } = entry.header;
  const log = evidenceOf(logs, { log: entry.header.log, seq, hash: entry.hash });
  const interval = log?.interval(seq);
  const read = actOf(entry);
  if (!read || !log || !interval) return [];
  const claimedAt = 'claimedAt' in read.facts ? read.facts.claimedAt : undefined;
  return [{ entry, log, interval, act, claimedAt, arrival: log.arrival(seq) }];
}

/**
 * *E* of some ending acts among a dossier's entries: the first of them happened in [min of the mins, min of the maxes]. An act that
 * surely followed another of them (later in the same log, or naming in `after` what is it or followed it) cannot be the first,
 * so its min is left out; its max still holds for the first.
 */
export function completion(acts: readonly EndingAct[], entries: readonly ReadEntry[]): Completion | undefined {
  const firsts = acts.length < 2 ? acts : acts.filter((act) => !acts.some((other) => act !== other && follows(act.entry, other.entry, entries)));
  const byMin = least(firsts, (act) => act.interval.min ?? -Infinity);
  const byMax = least(acts, (act) => act.interval.max ?? Infinity);
  if (!byMin || !byMax) return undefined;
  const heard = acts.filter((act) => act.arrival !== undefined);
  const first = least(heard, (act) => act.arrival?.at ?? Infinity);
  return {
    min: byMin.interval.min ?? -Infinity,
    max: byMax.interval.max ?? Infinity,
    byMin,
    byMax,
    acts,
    news: first?.arrival ? { act: first, receipt: first.arrival } : undefined,
  };
}

/** Whether an entry can only have been made when the other was there: nobody can name a hash before it is. */
function follows(entry: ReadEntry, other: ReadEntry, entries: readonly ReadEntry[]): boolean {
  const seen = new Set<string>();
  const waiting = [entry];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const { log, seq, after } = one.header;
    if (after?.includes(other.hash) || (log === other.header.log && seq > other.header.seq)) return true;
    if (seen.has(one.hash)) continue;
    seen.add(one.hash);
    waiting.push(...entries.filter(({ hash, header }) => !seen.has(hash) && ((after?.includes(hash) ?? false) || (header.log === log && header.seq < seq))));
  }
  return false;
}

function least(acts: readonly EndingAct[], of: (act: EndingAct) => number): EndingAct | undefined {
  let best: EndingAct | undefined;
  for (const act of acts) if (!best || of(act) < of(best)) best = act;
  return best;
}
