import type { Bounds } from './drift.ts';
import type { HardBound } from './hard-bound.ts';
import type { MachineStory } from './machine-story.ts';
import type { SameBoot } from './same-boot.ts';
import type { Support } from './support.ts';
import type { Grade, Weakness } from './verdict.ts';
import type { WallBound } from './wall-bound.ts';
import type { Walls } from './walls.ts';

/** Conditions of the grades, milliseconds. */
export const gradeLimits = {
  /** A: width of the interval. */
  width: 120_000,
  /** A: from the last anchor before the act to its first receipt. */
  receipt: 15 * 60_000,
  /** A and B: contact to contact. */
  gap: 7 * 24 * 3_600_000,
  /** The same where days off are not counted: a week has as many working days. Else an outage beside the Tết holidays would always be too long. */
  workedGap: 5 * 24 * 3_600_000,
} as const;

/** All that the grade of one entry depends on. */
export interface GradeCase {
  readonly seq: number;
  readonly boot: string;
  readonly sameBoot: SameBoot;
  readonly hard: HardBound;
  /** Last contact before the entry: seq of the noted anchor (0 for the parent's) and its time. */
  readonly contactBefore: { readonly seq: number; readonly at: number } | undefined;
  /** Seq of the first anchor noted after it. */
  readonly nextNoted: number | undefined;
  readonly gap: number | undefined;
  /** How much of the gap were days off. */
  daysOff(): number;
  readonly held: number;
  readonly forked: boolean;
  readonly story: MachineStory;
  readonly walls: Walls;
  /** What the wall clock leaves, where both contacts tell it. */
  wall(): WallBound | undefined;
  /** What stands for a time in that interval besides the desk's own clocks. */
  support(span: Bounds): Support | undefined;
}

/** A grade, the interval it lets stand, and what keeps it from a better one. */
export interface Graded {
  readonly grade: Grade;
  readonly weaknesses: Weakness[];
  /** Cut by the hard bound. For grade C that bound alone. */
  readonly span: Bounds;
  readonly wall?: WallBound;
  readonly support?: Support;
}

/**
 * The grade of an entry's interval, and what keeps it from a better one.
 *
 * - **A**: forward and backward in the same boot, consistent, width ≤ 120 s, first receipt ≤ 15 min after the last
 *   anchor before, and that receipt the centre's.
 * - **B**: backward; or forward, with wall continuity and support. No suspend in the stretch, gap ≤ 7 days.
 * - **B by the wall clock**: a boot without a usable anchor, or a suspend, in a gap ≤ 7 days, with wall continuity and support.
 * - **C**: anything else; only the hard bound holds.
 *
 * A gap of more than 7 days is not too long where it has no more than 5 without its days off.
 *
 * Wall continuity is asked for from the contact before up to the act, and up to the close where a close supports it. What the clock did after that tells
 * nothing of the act: whoever put it back before could have left no trace after. By the wall clock it then bounds from above only, for
 * a clock seen to go back may have stood ahead since before the act.
 *
 * Support is asked for wherever the machine was switched off between the act and the next anchor, forward evidence included: to the outside
 * a virtual machine that stood still over the due date and was then shut down looks like one that had been switched off earlier.
 */
export function gradeOf(subject: GradeCase): Graded {
  const { sameBoot, hard, story, seq } = subject;
  const c = (...weaknesses: Weakness[]): Graded => ({ grade: 'C', weaknesses, span: { min: hard.min, max: hard.max } });
  if (subject.forked) return c('fork');
  if (!sameBoot.forward && !sameBoot.backward) return byWall(subject, [...(sameBoot.obstacle ? [sameBoot.obstacle] : []), 'no-anchor-in-boot']);
  const span = cut(sameBoot, hard);
  if (span.max < span.min) return c('empty');
  if (!subject.contactBefore || subject.gap === undefined) return c('no-contact-before');
  if (isTooLong(subject.gap, subject)) return c('gap-too-long');
  if (story.slept(subject.boot, Math.max(1, subject.contactBefore.seq), subject.nextNoted ?? subject.held)) return byWall(subject, ['suspended']);

  const weaknesses: Weakness[] = [];
  const since = Math.max(1, Math.min(subject.contactBefore.seq, seq));
  if (!sameBoot.backward) {
    weaknesses.push('forward-only');
    if (subject.nextNoted === undefined) return c(...weaknesses, 'no-anchor-after');
    if (!subject.walls.continuous(since, seq)) return c(...weaknesses, 'wall-broken');
    if (!unbrokenSupport(subject, span, since)) return c(...weaknesses, 'unsupported');
  }
  if (!sameBoot.forward) weaknesses.push('backward-only');
  if (span.max - span.min > gradeLimits.width) weaknesses.push('wide');
  if (!hard.centre || hard.centre.at - subject.contactBefore.at > gradeLimits.receipt) weaknesses.push('receipt-late');
  if (weaknesses.length === 0) return { grade: 'A', weaknesses, span };
  // Of grade B it also says how often such acts are audited.
  const support = subject.support(span);
  return { grade: 'B', weaknesses, span, ...(support ? { support } : {}) };
}

function isTooLong(gap: number, subject: GradeCase): boolean {
  return gap > gradeLimits.gap && gap - subject.daysOff() > gradeLimits.workedGap;
}

/** Reasons for which no uptime measures to an act though nothing is wrong: a machine switched off or asleep. */
const innocent: ReadonlySet<Weakness> = new Set(['no-anchor-in-boot', 'suspended']);

/** The grade where uptime does not measure: B by the wall clock, or C. */
function byWall(subject: GradeCase, weaknesses: Weakness[]): Graded {
  const { hard, contactBefore, nextNoted, gap } = subject;
  const c = (...more: Weakness[]): Graded => ({ grade: 'C', weaknesses: [...weaknesses, ...more], span: { min: hard.min, max: hard.max } });
  if (!weaknesses.every((one) => innocent.has(one))) return c();
  if (!contactBefore || contactBefore.seq === 0 || gap === undefined) return c('no-contact-before');
  if (isTooLong(gap, subject)) return c('gap-too-long');
  if (nextNoted === undefined) return c('no-anchor-after');
  const wall = subject.wall();
  if (!wall || !subject.walls.continuous(contactBefore.seq, subject.seq)) return c('wall-broken');
  const later = !subject.walls.continuous(subject.seq, nextNoted);
  const span = cut(wall, hard);
  // A clock that went back later may have stood ahead at the act: no contradiction.
  if (span.max < span.min) return { ...c(later ? 'wall-broken-later' : 'empty'), wall };
  const support = unbrokenSupport(subject, span, contactBefore.seq);
  if (!support) return { ...c('unsupported'), wall };
  const by: Weakness[] = [...weaknesses, 'by-wall', ...(later ? ['wall-broken-later' as const] : [])];
  return { grade: 'B-wall', weaknesses: by, span: later ? { min: hard.min, max: span.max } : span, wall, support };
}

/** Support whose own day is told by a clock that did not break before it. */
function unbrokenSupport(subject: GradeCase, span: Bounds, since: number): Support | undefined {
  const found = subject.support(span);
  return found?.by === 'close' && !subject.walls.continuous(since, found.seq) ? undefined : found;
}

function cut({ min, max }: Bounds, hard: HardBound): Bounds {
  return { min: Math.max(min, hard.min), max: Math.min(max, hard.max) };
}
