import { logKinds, type ReadEntry } from '#shared/log/index.ts';
import { leastElapsed, mostElapsed } from './drift.ts';
import type { DeskOff, DeskOutage } from './log-record.ts';
import { linkLostSchema } from './readings.ts';
import type { Span } from './verdict.ts';

type IntervalOf = (seq: number) => Span | undefined;

/**
 * The stretches without a link as the desk wrote them down: from `link.lost` (back to its last answer, where it says so) to
 * the next `link.restored`. A second loss without a return in between belongs to the first.
 */
export function deskOutages(entries: readonly ReadEntry[], interval: IntervalOf): DeskOutage[] {
  const outages: DeskOutage[] = [];
  let open: { fromSeq: number; from: Span } | undefined;
  for (const entry of entries) {
    const { kind, seq, clock } = entry.header;
    if (kind !== logKinds.linkLost && kind !== logKinds.linkRestored) continue;
    const span = interval(seq);
    if (!span) continue;
    if (kind === logKinds.linkLost && !open) {
      const facts = linkLostSchema.safeParse(entry.header.facts);
      const since = facts.success && facts.data.lastAnswerUptime !== null ? Math.max(0, clock.uptime - facts.data.lastAnswerUptime) : 0;
      open = { fromSeq: seq, from: { min: span.min === null ? null : span.min - mostElapsed(since), max: span.max } };
    }
    if (kind === logKinds.linkRestored && open) {
      outages.push({ ...open, toSeq: seq, to: { min: span.min, max: span.max } });
      open = undefined;
    }
  }
  if (open) outages.push({ ...open, toSeq: null, to: null });
  return outages;
}

/** The stretches between two entries in which the machine was off: one boot ended and another began. */
export function offStretches(entries: readonly ReadEntry[], fromSeq: number, toSeq: number, interval: IntervalOf): DeskOff[] {
  const off: DeskOff[] = [];
  for (let seq = Math.max(1, fromSeq) + 1; seq <= Math.min(toSeq, entries.length); seq += 1) {
    const before = entries[seq - 2]?.header.clock;
    const after = entries[seq - 1]?.header.clock;
    if (!before || !after || before.boot === after.boot) continue;
    const last = interval(seq - 1)?.min ?? null;
    const first = interval(seq)?.max ?? null;
    off.push({ from: last, to: first === null ? null : first - leastElapsed(after.uptime) });
  }
  return off;
}
