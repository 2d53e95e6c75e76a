import { z } from 'zod';
import { levelSchema } from '#shared/catalogue/index.ts';
import { verdictSchema } from '#shared/evidence/index.ts';
import { uuidSchema } from '#shared/log/index.ts';
import { decisionOutcomeSchema, personSchema } from './decisions.ts';

const instant = z.int();

/** Why a dossier is before people; of several the first that applies, in this order. The last two are audits, which one officer makes. */
export const queueReasonSchema = z.enum([
  /** The verdict on which people decided has changed since. */
  'outdated',
  'doubtful-audit',
  /** Recorded after the due date, with an earlier time claimed. */
  'entered-late',
  /** Acts exclude each other, or there are entries this program does not know. */
  'contradiction',
  /** The credible times give another due date, or the date was provisional. */
  'due-disputed',
  /** Waited for a desk for more than 7 days. */
  'awaiting-desk',
  /** The interval lies on both sides of the due date, or there is none. */
  'straddles',
  /** Only a proposal waits: to change a decision in force, or one that evidence has overtaken. */
  'proposed',
  'audit-unexplained',
  'audit-drawn',
]);
export type QueueReason = z.infer<typeof queueReasonSchema>;

/** One dossier that waits for people. */
export const queueLineSchema = z.strictObject({
  dossier: uuidSchema,
  code: z.string(),
  procedure: z.string(),
  level: levelSchema,
  agency: z.string(),
  agencyName: z.string(),
  reason: queueReasonSchema,
  /** Since when it waits, by the centre's clock. */
  since: instant,
  verdict: verdictSchema,
  /** What is proposed and waits for another officer. */
  proposal: z.strictObject({ outcome: decisionOutcomeSchema, by: personSchema, at: instant, mine: z.boolean() }).optional(),
});
export type QueueLine = z.infer<typeof queueLineSchema>;

/** How many dossiers wait to be decided, how many of them for this officer's confirmation, and how many audits wait. */
export const queueCountsSchema = z.strictObject({
  decisions: z.int().nonnegative(),
  toConfirm: z.int().nonnegative(),
  audits: z.int().nonnegative(),
});
export type QueueCounts = z.infer<typeof queueCountsSchema>;

/** All that waits for people, the longest waiting first. */
export const queueSchema = z.strictObject({ now: instant, counts: queueCountsSchema, lines: z.array(queueLineSchema) });
export type Queue = z.infer<typeof queueSchema>;
