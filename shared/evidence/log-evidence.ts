import type { ReadEntry } from '#shared/log/index.ts';
import { atOnce, type Steps } from '#shared/steps.ts';
import { deskOutages, offStretches } from './desk-outages.ts';
import { gradeOf, type Graded } from './grade.ts';
import { hardBounds, type HardBound } from './hard-bound.ts';
import type { EvidencePorts, LogEvidence, LogRecord, Receipt } from './log-record.ts';
import { machineStory } from './machine-story.ts';
import { readingNotedAnchors, type NotedAnchor } from './noted-anchors.ts';
import { boundBy, sameBootBounds, type SameBoot } from './same-boot.ts';
import { Spans } from './spans.ts';
import { closesOf, supportedFromOutside } from './support.ts';
import type { CredibleInterval, Span } from './verdict.ts';
import { wallBound, type WallBound } from './wall-bound.ts';
import { wallsOf } from './walls.ts';

/**
 * How long before the centre's answer the desk may have looked up the head it claims: the centre's single-use nonces live ten
 * minutes, and a request is repeated once. What a head claim covers ends that much earlier. Milliseconds.
 */
export const claimSlack = 12 * 60_000;

interface Weighed extends Graded {
  readonly hard: HardBound;
  readonly uptime: number;
  readonly sameBoot: SameBoot;
  readonly gap: number | undefined;
  readonly contactBefore: number;
  readonly nextNoted: number | undefined;
}

/**
 * What one log proves about time. An interval is the intersection *E* of
 *
 * - the same-boot bounds by the anchors of its boot (`drift.ts`), or where those are missing what the wall clock leaves (`wall-bound.ts`),
 * - the hard bound (`hard-bound.ts`),
 * - the log's order: not before min *E* of an earlier entry, not after max *E* of a later one, among entries of grade A and B
 *
 * for the grades A and B, and the hard bound alone for grade C. Both ends are rounded outwards to whole milliseconds.
 */
export function logEvidence(record: LogRecord, ports: EvidencePorts, branches: readonly LogEvidence[] = []): LogEvidence {
  return atOnce(weighing(record, ports, branches));
}

/** The same in steps of some entries each. */
export function* weighing(record: LogRecord, ports: EvidencePorts, branches: readonly LogEvidence[] = []): Steps<LogEvidence> {
  const { log, entries, outside = [] } = record;
  const { counted, ignored } = yield* readingNotedAnchors(log, entries, ports);
  const story = machineStory(entries, counted);
  const walls = wallsOf(entries);
  const hard = hardBounds(record, counted);
  const bounds = sameBootBounds(counted, story);
  const contacts = contactsOf(record, counted);

  const wallOf = (seq: number): WallBound | undefined => {
    const before = contacts.before(seq)?.noted;
    const after = contacts.nextNoted(seq);
    return before && after ? wallBound(seq, before, after, walls) : undefined;
  };
  const closes = closesOf(entries, record.supervisors ?? new Set(), (seq) => {
    const entry = entries[seq - 1];
    const own = entry && bounds(entry);
    const found = own && Number.isFinite(own.max - own.min) ? own : wallOf(seq);
    return found && (found.min + found.max) / 2;
  });

  const weigh = (entry: ReadEntry): Weighed => {
    const { seq, clock } = entry.header;
    const own = hard(seq);
    const sameBoot = bounds(entry);
    const contactBefore = contacts.before(seq);
    const nextNoted = contacts.nextNoted(seq);
    const after = Math.min(nextNoted?.anchor.t ?? Infinity, own.centre?.at ?? Infinity);
    const gap = contactBefore && Number.isFinite(after) ? Math.max(0, after - contactBefore.at) : undefined;
    const graded = gradeOf({
      seq, boot: clock.boot, sameBoot, hard: own, contactBefore, nextNoted: nextNoted?.seq, gap, held: entries.length,
      forked: record.forkAt !== undefined && seq >= record.forkAt, story, walls,
      daysOff: () => (contactBefore && record.daysOff ? record.daysOff(contactBefore.at, after) : 0),
      wall: () => wallOf(seq),
      support: (stretch) => supportedFromOutside(stretch, outside) ?? closes.over(entry, stretch),
    });
    return { hard: own, uptime: clock.uptime, sameBoot, gap, contactBefore: contactBefore?.seq ?? 0, nextNoted: nextNoted?.seq, ...graded };
  };
  const spans = new Spans(entries.length);
  for (const [index, entry] of entries.entries()) {
    if (index % 256 === 0) yield;
    spans.put(index, weigh(entry));
  }
  spans.keepOrder((index) => hard(index + 1));

  const interval = (seq: number): CredibleInterval | undefined => {
    const entry = entries[seq - 1];
    return entry && intervalOf(spans.ordered(seq - 1, weigh(entry)));
  };
  const intervalOf = (found: Weighed): CredibleInterval => {
    const near = (anchorSeq: number): boolean => anchorSeq >= found.contactBefore && anchorSeq <= (found.nextNoted ?? entries.length);
    return {
      ...span(found.span.min, found.span.max),
      grade: found.grade,
      derivation: {
        hard: span(found.hard.min, found.hard.max),
        ...(found.hard.after ? { after: { seq: found.hard.after.seq, t: found.hard.after.anchor.t, rho: found.hard.after.anchor.rho } } : {}),
        ...(found.hard.receipt ? { receipt: found.hard.receipt } : {}),
        ...(found.sameBoot.forward ? { forward: boundBy(found.sameBoot.forward, found.uptime) } : {}),
        ...(found.sameBoot.backward ? { backward: boundBy(found.sameBoot.backward, found.uptime) } : {}),
        ...(found.wall ? { wall: { ...found.wall, offsets: [...found.wall.offsets], anchors: [...found.wall.anchors] } } : {}),
        ...(found.support ? { support: found.support } : {}),
        ...(found.gap === undefined ? {} : { gap: found.gap }),
        weaknesses: found.weaknesses,
        ignored: ignored.filter((anchor) => near(anchor.seq)),
      },
    };
  };

  const arrival = arrivals(record);
  return {
    log,
    held: entries.length,
    interval,
    stamp: (seq) => JSON.stringify([interval(seq), arrival(seq)]),
    holds: (seq, hash) => entries[seq - 1]?.hash === hash,
    arrival,
    coveredTo: coverage(record, hard),
    outages: deskOutages(entries, interval),
    offBetween: (fromSeq, toSeq) => offStretches(entries, fromSeq, toSeq, interval),
    ignored,
    branches,
    anchors: counted.map(({ seq, number, anchor }) => ({ seq, number, t: anchor.t, rho: anchor.rho })),
  };
}

/** A span with null for an open end. */
function span(min: number, max: number): Span {
  return { min: Number.isFinite(min) ? min : null, max: Number.isFinite(max) ? max : null };
}

/** A contact: the noted anchor that shows it, or the end of the log before. */
interface Contact {
  readonly seq: number;
  readonly at: number;
  readonly noted: NotedAnchor | undefined;
}

interface Contacts {
  before(seq: number): Contact | undefined;
  nextNoted(seq: number): NotedAnchor | undefined;
}

/** The noted anchors around each place of the log. */
function contactsOf(record: LogRecord, anchors: readonly NotedAnchor[]): Contacts {
  const before: (Contact | undefined)[] = [];
  const after: (NotedAnchor | undefined)[] = [];
  const notedAt = new Map(anchors.map((anchor) => [anchor.seq, anchor]));
  let last: Contact | undefined = record.parentMin === undefined || record.parentMin === null ? undefined : { seq: 0, at: record.parentMin, noted: undefined };
  let next: NotedAnchor | undefined;
  for (let seq = 1; seq <= record.entries.length; seq += 1) {
    before.push(last);
    const noted = notedAt.get(seq);
    if (noted && (!last || noted.anchor.t >= last.at)) last = { seq, at: noted.anchor.t, noted };
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
function coverage(record: LogRecord, hard: (seq: number) => HardBound): number | null {
  const sure = record.forkAt === undefined ? record.entries.length : Math.min(record.entries.length, record.forkAt - 1);
  let to = sure > 0 ? hard(sure).min : (record.parentMin ?? -Infinity);
  if (record.forkAt === undefined) {
    for (const claim of record.claims ?? []) {
      if (record.entries[claim.seq - 1]?.hash === claim.hash) to = Math.max(to, claim.at - claim.rho - claimSlack);
    }
  }
  return Number.isFinite(to) ? to : null;
}
