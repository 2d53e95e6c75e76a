import type { LogEvidence } from './log-record.ts';
import type { DelayCause, Reason, Span } from './verdict.ts';

/** News that follows its act within this was only on its way. Milliseconds. */
export const transitLimit = 15 * 60_000;

/** A stretch by the centre's clock. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What the centre says of its own hearing. */
export interface CentreSide {
  /** When it heard nothing of this log's desk. */
  readonly silences: readonly Stretch[];
  /** When it did not run: an outage for all. */
  readonly gaps: readonly Stretch[];
}

interface Part extends Stretch {
  readonly kind: 'outage' | 'centre-down' | 'desk-off';
}

/**
 * Why the news of an act came late, as far as the desk's log and the centre's own hearing tell together:
 *
 * - `transit`: all within 15 minutes;
 * - `outage`: from 15 minutes after the act at the latest the desk had no link, by its own log *and* by the centre's silence
 *   (or the centre itself was down), and the news came within 15 minutes of the end;
 * - `desk-off`: the same, but the machine was only switched off;
 * - `backlog`: after that, or without it, earlier entries of the same log kept arriving until this one;
 * - `unexplained`: anything else. Always audited.
 */
export function delayCause(act: { readonly seq: number; readonly span: Span }, news: { readonly at: number; readonly seq: number }, log: LogEvidence, centre: CentreSide): { cause: DelayCause; reasons: Reason[] } {
  const earliest = act.span.min ?? news.at;
  const latest = act.span.max ?? news.at;
  if (news.at - earliest <= transitLimit) return { cause: 'transit', reasons: [{ code: 'transit', delay: news.at - earliest }] };

  const parts = supported(act.seq, { from: earliest, to: news.at }, news.seq, log, centre);
  let reached = latest;
  const chained: Part[] = [];
  for (const part of parts) {
    if (part.from > reached + transitLimit) break;
    if (part.to <= reached) continue;
    chained.push(part);
    reached = part.to;
  }
  const reasons = chained.map((part): Reason => ({ code: part.kind === 'outage' ? 'link-lost' : part.kind, from: part.from, to: part.to }));
  if (news.at - reached <= transitLimit) return { cause: chained.some((part) => part.kind !== 'desk-off') ? 'outage' : 'desk-off', reasons };
  if (draining(act.seq, reached, news.at, log)) return { cause: 'backlog', reasons: [...reasons, { code: 'backlog', from: reached }] };
  return { cause: 'unexplained', reasons: [...reasons, { code: 'unexplained-delay' }] };
}

/** What both sides support and touches the delay, in order of time: the desk's word cut by the centre's silence, and the centre's own gaps. */
function supported(seq: number, delay: Stretch, newsSeq: number, log: LogEvidence, centre: CentreSide): Part[] {
  const quiet = [...centre.silences, ...centre.gaps];
  const parts: Part[] = [];
  for (const gap of centre.gaps) addCut(parts, 'centre-down', delay, gap);
  for (const outage of log.outages) {
    const said = { from: outage.from.min ?? -Infinity, to: outage.to?.max ?? Infinity };
    for (const silence of quiet) addCut(parts, 'outage', delay, silence, said);
  }
  for (const off of log.offBetween(seq, newsSeq)) {
    const said = { from: off.from ?? -Infinity, to: off.to ?? Infinity };
    for (const silence of quiet) addCut(parts, 'desk-off', delay, silence, said);
  }
  return parts.sort((a, b) => a.from - b.from || b.to - a.to);
}

function addCut(parts: Part[], kind: Part['kind'], delay: Stretch, ...stretches: readonly Stretch[]): void {
  const from = Math.max(...stretches.map((stretch) => stretch.from));
  const to = Math.min(...stretches.map((stretch) => stretch.to));
  if (to > from && to > delay.from && from < delay.to) parts.push({ kind, from, to });
}

/** Whether entries of the log before this one kept arriving, no pause longer than {@link transitLimit}, from one time to another. */
function draining(seq: number, from: number, to: number, log: LogEvidence): boolean {
  const times = new Set<number>();
  for (let earlier = seq - 1; earlier >= 1; earlier -= 1) {
    const at = log.arrival(earlier)?.at;
    if (at === undefined || at < from) break;
    if (at < to) times.add(at);
  }
  let reached = from;
  for (const at of [...times].sort((a, b) => a - b)) {
    if (at > reached + transitLimit) return false;
    reached = at;
  }
  return times.size > 0 && to - reached <= transitLimit;
}
