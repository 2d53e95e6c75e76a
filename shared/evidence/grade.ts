import type { HardBound } from './hard-bound.ts';
import type { MachineStory } from './machine-story.ts';
import type { SameBoot } from './same-boot.ts';
import type { Grade, Weakness } from './verdict.ts';

/** Conditions of the grades, milliseconds. */
export const gradeLimits = {
  /** A: width of the interval. */
  width: 120_000,
  /** A: from the last anchor before the act to its first receipt. */
  receipt: 15 * 60_000,
  /** A and B: contact to contact. */
  gap: 7 * 24 * 3_600_000,
} as const;

/** All that the grade of one entry depends on. */
export interface GradeCase {
  readonly seq: number;
  readonly boot: string;
  readonly width: number;
  readonly sameBoot: SameBoot;
  readonly hard: HardBound;
  /** Last contact before the entry: seq of the noted anchor (0 for the parent's) and its time. */
  readonly contactBefore: { readonly seq: number; readonly at: number } | undefined;
  /** Seq of the first anchor noted after it. */
  readonly nextNoted: number | undefined;
  readonly gap: number | undefined;
  readonly held: number;
  readonly forked: boolean;
  readonly story: MachineStory;
}

/**
 * The grade of an entry's interval, and what keeps it from a better one.
 *
 * - **A**: forward and backward in the same boot, consistent, width ≤ 120 s, first receipt ≤ 15 min after the last
 *   anchor before, and that receipt the centre's.
 * - **B**: backward; or forward with wall continuity to the next anchor. No suspend in the stretch, gap ≤ 7 days.
 * - **C**: anything else; only the hard bound holds.
 */
export function gradeOf(subject: GradeCase): { grade: Grade; weaknesses: Weakness[] } {
  const { sameBoot, hard, story, seq } = subject;
  const c = (...weaknesses: Weakness[]): { grade: Grade; weaknesses: Weakness[] } => ({ grade: 'C', weaknesses });
  if (subject.forked) return c('fork');
  if (!sameBoot.forward && !sameBoot.backward) return c(...(sameBoot.obstacle ? [sameBoot.obstacle] : []), 'no-anchor-in-boot');
  if (subject.width < 0) return c('empty');
  if (!subject.contactBefore || subject.gap === undefined) return c('no-contact-before');
  if (subject.gap > gradeLimits.gap) return c('gap-too-long');
  if (story.slept(subject.boot, Math.max(1, subject.contactBefore.seq), subject.nextNoted ?? subject.held)) return c('suspended');

  const weaknesses: Weakness[] = [];
  if (!sameBoot.backward) {
    weaknesses.push('forward-only');
    if (subject.nextNoted === undefined) return c(...weaknesses, 'no-anchor-after');
    if (!story.wallContinuous(Math.max(1, Math.min(subject.contactBefore.seq, seq)), subject.nextNoted)) return c(...weaknesses, 'wall-broken');
  }
  if (!sameBoot.forward) weaknesses.push('backward-only');
  if (subject.width > gradeLimits.width) weaknesses.push('wide');
  if (!hard.receipt || hard.receipt.at - subject.contactBefore.at > gradeLimits.receipt) weaknesses.push('receipt-late');
  return { grade: weaknesses.length === 0 ? 'A' : 'B', weaknesses };
}
