import { z } from 'zod';
import { levelSchema } from '#shared/catalogue/index.ts';
import { oldWaySchema, verdictSchema } from '#shared/evidence/index.ts';
import { uuidSchema } from '#shared/log/index.ts';

const instant = z.int();
const count = z.int().nonnegative();

/**
 * One row of the results; received are those accepted. `received` is the sum of the others but `resolved` (completed or stopped), which is
 * the sum of `onTime`, `late` and those complete dossiers that people must decide. The old way knows no `awaitingDesk`, `enteredLate` or `undetermined`.
 */
export const resultCountsSchema = z.strictObject({
  received: count,
  resolved: count,
  onTime: count,
  late: count,
  /** Not complete, within the term. */
  inProgress: count,
  /** Not complete, past the due date. */
  overdue: count,
  awaitingDesk: count,
  enteredLate: count,
  undetermined: count,
});
export type ResultCounts = z.infer<typeof resultCountsSchema>;

/** Counts beside the table; none is one of its summands. */
export const besideCountsSchema = z.strictObject({
  /** Handed in in the period and neither accepted nor refused yet. */
  submitted: count,
  /** Handed in in the period and refused (form 03). */
  notAccepted: count,
  /** Of those in progress, the ones whose term stands still until the applicant has done their part. */
  awaitingApplicant: count,
  /** Of those resolved, the ones that were stopped (form 05). */
  stopped: count,
  /** Accepted ones for which an apology went out (form 04). */
  apologised: count,
});
export type BesideCounts = z.infer<typeof besideCountsSchema>;

/** Both columns of a row, how many of the credible column's on time are cleared, and the counts beside. */
export const resultRowSchema = z.strictObject({
  oldWay: resultCountsSchema, credible: resultCountsSchema, cleared: count, moved: count, beside: besideCountsSchema,
});
export type ResultRow = z.infer<typeof resultRowSchema>;

/** A dossier that stands differently in the two columns; its verdict holds the reasons. */
export const movedDossierSchema = z.strictObject({
  dossier: uuidSchema,
  code: z.string(),
  procedure: z.string(),
  level: levelSchema,
  /** Internal id and name of the competent agency. */
  agency: z.string(),
  agencyName: z.string(),
  oldWay: oldWaySchema,
  verdict: verdictSchema,
});
export type MovedDossier = z.infer<typeof movedDossierSchema>;

/** A dossier with acts that contradict each other and that nobody has settled yet. */
export const conflictedDossierSchema = z.strictObject({
  dossier: uuidSchema,
  code: z.string(),
  procedure: z.string(),
  level: levelSchema,
  agency: z.string(),
  agencyName: z.string(),
  /** How many contradictions. */
  count,
  /** The agencies whose acts contradict, by name. */
  between: z.array(z.string()),
});
export type ConflictedDossier = z.infer<typeof conflictedDossierSchema>;

/** Question: dossiers accepted from `from` up to before `to`, as known at `now` (default: the centre's time). */
export const resultsRequestSchema = z.strictObject({ from: instant, to: instant, now: instant.optional() });
export type ResultsRequest = z.infer<typeof resultsRequestSchema>;

/** Results by level, the old way beside the credible way, each difference down to its dossiers. */
export const resultsSchema = z.strictObject({
  from: instant,
  to: instant,
  now: instant,
  levels: z.array(z.strictObject({ level: levelSchema, ...resultRowSchema.shape })),
  total: resultRowSchema,
  moved: z.array(movedDossierSchema),
  /** All that wait to be settled at `now`, of whatever period. */
  conflicted: z.array(conflictedDossierSchema),
});
export type Results = z.infer<typeof resultsSchema>;
