import { dossierKinds, handedOverSchema, resultReadySchema } from '#shared/dossier/index.ts';
import type { Entry } from '#shared/log/index.ts';
import type { LogEvidence, Receipt } from './log-record.ts';
import type { CredibleInterval } from './verdict.ts';

/** An act that makes a dossier complete: "result ready", or a hand-over, which implies it was ready no later. */
export interface CompletingAct {
  readonly entry: Entry;
  readonly act: 'ready' | 'handed-over';
  readonly claimedAt: number | undefined;
  readonly interval: CredibleInterval;
  readonly arrival: Receipt | undefined;
  readonly log: LogEvidence;
}

/** When a dossier was first complete, and which acts bound that. */
export interface Completion {
  /** min of the mins; -Infinity where nothing bounds it. */
  readonly min: number;
  /** min of the maxes; Infinity where nothing bounds it. */
  readonly max: number;
  readonly byMin: CompletingAct;
  readonly byMax: CompletingAct;
  readonly acts: readonly CompletingAct[];
  /** The act whose news reached the centre first, and that receipt; undefined without receipts. */
  readonly news: { readonly act: CompletingAct; readonly receipt: Receipt } | undefined;
}

/** The completing acts among a dossier's entries, contradicting ones included: all of them bound the first. */
export function completingActs(entries: readonly Entry[], logs: ReadonlyMap<string, LogEvidence>): CompletingAct[] {
  const acts: CompletingAct[] = [];
  for (const entry of entries) {
    const { kind, facts, log: logId, seq } = entry.header;
    const schema = kind === dossierKinds.resultReady ? resultReadySchema : kind === dossierKinds.handedOver ? handedOverSchema : undefined;
    const parsed = schema?.safeParse(facts);
    const log = logs.get(logId);
    const interval = log?.interval(seq);
    if (!parsed?.success || !log || !interval) continue;
    acts.push({
      entry, log, interval, act: kind === dossierKinds.resultReady ? 'ready' : 'handed-over', claimedAt: parsed.data.claimedAt, arrival: log.arrival(seq),
    });
  }
  return acts;
}

/**
 * *E* of the dossier: the first of its completing acts happened in [min of the mins, min of the maxes]. An act that surely
 * followed another completing one (later in the same log, or naming it in `after`) cannot be the first, so its min is left
 * out; its max still holds for the first.
 */
export function completion(acts: readonly CompletingAct[]): Completion | undefined {
  const firsts = acts.filter((act) => !acts.some((other) => follows(act, other)));
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

function follows(act: CompletingAct, other: CompletingAct): boolean {
  const [a, b] = [act.entry.header, other.entry.header];
  if (a.log === b.log) return a.seq > b.seq;
  return a.after?.includes(other.entry.hash) ?? false;
}

function least(acts: readonly CompletingAct[], of: (act: CompletingAct) => number): CompletingAct | undefined {
  let best: CompletingAct | undefined;
  for (const act of acts) if (!best || of(act) < of(best)) best = act;
  return best;
}
