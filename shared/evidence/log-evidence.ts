import type { Entry } from '#shared/log/index.ts';
import { deskOutages, offStretches } from './desk-outages.ts';
import { gradeOf } from './grade.ts';
import { hardBounds, type HardBound } from './hard-bound.ts';
import type { EvidencePorts, LogEvidence, LogRecord, Receipt } from './log-record.ts';
import { machineStory } from './machine-story.ts';
import { readNotedAnchors, type NotedAnchor } from './noted-anchors.ts';
import { sameBootBounds, type SameBoot } from './same-boot.ts';
import type { CredibleInterval, Grade, Span, Weakness } from './verdict.ts';

/**
 * How long before the centre's answer the desk may have looked up the head it claims: the centre's single-use nonces live ten
 * minutes, and a request is repeated once. What a head claim covers ends that much earlier. Milliseconds.
 */
export const claimSlack = 12 * 60_000;

interface Weighed {
  readonly entry: Entry;
  readonly hard: HardBound;
  readonly sameBoot: SameBoot;
  readonly gap: number | undefined;
  readonly contactBefore: number;
  readonly nextNoted: number | undefined;
  min: number;
  max: number;
  grade: Grade;
  weaknesses: Weakness[];
}

/**
 * What one log proves about time. An interval is the intersection *E* of
 *
 * - the same-boot bounds by the anchors of its boot (`drift.ts`),
 * - the hard bound (`hard-bound.ts`),
 * - the log's order: not before min *E* of an earlier entry, not after max *E* of a later one, among entries of grade A and B
 *
 * for grades A and B, and the hard bound alone for grade C. Both ends are rounded outwards to whole milliseconds.
 */
export function logEvidence(record: LogRecord, ports: EvidencePorts): LogEvidence {
  const { log, entries } = record;
  const { counted, ignored } = readNotedAnchors(log, entries, ports);
  const story = machineStory(entries, counted);
  const hard = hardBounds(record, counted);
  const bounds = sameBootBounds(counted, story);
  const contacts = contactsOf(record, counted);

  const weighed = entries.map((entry, index): Weighed => {
    const own = hard[index];
    if (!own) throw new RangeError('one hard bound per entry');
    const { seq, clock } = entry.header;
    const sameBoot = bounds(entry);
    const contactBefore = contacts.before(seq);
    const nextNoted = contacts.nextNoted(seq);
    const after = Math.min(nextNoted?.anchor.t ?? Infinity, own.receipt?.at ?? Infinity);
    const gap = contactBefore && Number.isFinite(after) ? Math.max(0, after - contactBefore.at) : undefined;
    const min = Math.max(sameBoot.min, own.min);
    const max = Math.min(sameBoot.max, own.max);
    const graded = gradeOf({
      seq, boot: clock.boot, width: max - min, sameBoot, hard: own, contactBefore, nextNoted: nextNoted?.seq, gap, held: entries.length,
      forked: record.forkAt !== undefined && seq >= record.forkAt, story,
    });
    return { entry, hard: own, sameBoot, gap, contactBefore: contactBefore?.seq ?? 0, nextNoted: nextNoted?.seq, min, max, ...graded };
  });
  keepOrder(weighed);

  const interval = (seq: number): CredibleInterval | undefined => {
    const found = weighed[seq - 1];
    if (!found) return undefined;
    const near = (anchorSeq: number): boolean => anchorSeq >= found.contactBefore && anchorSeq <= (found.nextNoted ?? entries.length);
    return {
      ...(found.grade === 'C' ? span(found.hard.min, found.hard.max) : span(found.min, found.max)),
      grade: found.grade,
      derivation: {
        hard: span(found.hard.min, found.hard.max),
        ...(found.hard.after ? { after: { seq: found.hard.after.seq, t: found.hard.after.anchor.t, rho: found.hard.after.anchor.rho } } : {}),
        ...(found.hard.receipt ? { receipt: found.hard.receipt } : {}),
        ...(found.sameBoot.forward ? { forward: found.sameBoot.forward } : {}),
        ...(found.sameBoot.backward ? { backward: found.sameBoot.backward } : {}),
        ...(found.gap === undefined ? {} : { gap: found.gap }),
        weaknesses: found.weaknesses,
        ignored: ignored.filter((anchor) => near(anchor.seq)),
      },
    };
  };

  return {
    log,
    held: entries.length,
    interval,
    arrival: arrivals(record),
    coveredTo: coverage(record, hard),
    outages: deskOutages(entries, interval),
    offBetween: (fromSeq, toSeq) => offStretches(entries, fromSeq, toSeq, interval),
    ignored,
    anchors: counted.map(({ seq, number, anchor }) => ({ seq, number, t: anchor.t, rho: anchor.rho })),
  };
}

/** A span with null for an open end. */
function span(min: number, max: number): Span {
  return { min: Number.isFinite(min) ? min : null, max: Number.isFinite(max) ? max : null };
}

/** Cuts the intervals of grade A and B by each other along the log; one that becomes empty falls to C. */
function keepOrder(weighed: readonly Weighed[]): void {
  const trusted = weighed.filter(({ grade }) => grade !== 'C');
  const own = trusted.map(({ min, max }) => ({ min, max }));
  let floor = -Infinity;
  for (const [index, item] of trusted.entries()) {
    floor = Math.max(floor, own[index]?.min ?? -Infinity);
    item.min = floor;
  }
  let ceiling = Infinity;
  for (let index = trusted.length - 1; index >= 0; index -= 1) {
    const item = trusted[index];
    if (!item) continue;
    ceiling = Math.min(ceiling, own[index]?.max ?? Infinity);
    item.max = ceiling;
    if (item.min <= item.max) continue;
    item.grade = 'C';
    item.weaknesses = ['empty'];
  }
}

interface Contacts {
  before(seq: number): { seq: number; at: number } | undefined;
  nextNoted(seq: number): NotedAnchor | undefined;
}

/** The noted anchors around each place of the log. */
function contactsOf(record: LogRecord, anchors: readonly NotedAnchor[]): Contacts {
  const before: ({ seq: number; at: number } | undefined)[] = [];
  const after: (NotedAnchor | undefined)[] = [];
  const notedAt = new Map(anchors.map((anchor) => [anchor.seq, anchor]));
  let last = record.parentMin === undefined || record.parentMin === null ? undefined : { seq: 0, at: record.parentMin };
  let next: NotedAnchor | undefined;
  for (let seq = 1; seq <= record.entries.length; seq += 1) {
    before.push(last);
    const noted = notedAt.get(seq);
    if (noted && (!last || noted.anchor.t >= last.at)) last = { seq, at: noted.anchor.t };
  }
  for (let seq = record.entries.length; seq >= 1; seq -= 1) {
    after.push(next);
    next = notedAt.get(seq) ?? next;
  }
  after.reverse();
  return { before: (seq) => before[seq - 1], nextNoted: (seq) => after[seq - 1] };
}

/** The first receipt, in the centre's order, whose head is this chain's and covers an entry. */
function arrivals(record: LogRecord): (seq: number) => Receipt | undefined {
  const growing: Receipt[] = [];
  for (const receipt of record.receipts) {
    if (record.entries[receipt.seq - 1]?.hash === receipt.hash && receipt.seq > (growing.at(-1)?.seq ?? 0)) growing.push(receipt);
  }
  return (seq) => {
    let low = 0;
    let high = growing.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((growing[middle]?.seq ?? Infinity) < seq) low = middle + 1;
      else high = middle;
    }
    return growing[low];
  };
}

/**
 * Up to when the centre knows all that the log's machine did. Whatever is not held comes after the last entry held, so not
 * before its hard lower bound: a head anchored at *t* covers to *t* − *ρ*. A head that the log itself claimed as its last in
 * a signed request covers to the time of the claim, less {@link claimSlack}. A fork may hide acts
 * from its first double place on.
 */
function coverage(record: LogRecord, hard: readonly HardBound[]): number | null {
  const sure = record.forkAt === undefined ? record.entries.length : Math.min(record.entries.length, record.forkAt - 1);
  let to = hard[sure - 1]?.min ?? record.parentMin ?? -Infinity;
  if (record.forkAt === undefined) {
    for (const claim of record.claims ?? []) {
      if (record.entries[claim.seq - 1]?.hash === claim.hash) to = Math.max(to, claim.at - claim.rho - claimSlack);
    }
  }
  return Number.isFinite(to) ? to : null;
}
