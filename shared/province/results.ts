import { z } from 'zod';
import { levelSchema } from '#shared/catalogue/index.ts';
import { oldWaySchema, verdictSchema } from '#shared/evidence/index.ts';
import { uuidSchema } from '#shared/log/index.ts';

const instant = z.int();
const count = z.int().nonnegative();

/**
 * One row of the results. `received` is the sum of the others but `resolved`, which is the sum of `onTime`, `late` and those
 * complete dossiers that people must decide. The old way knows no `awaitingDesk`, `enteredLate` or `undetermined`.
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

/** Both columns of a row, and how many of the credible column's on time are cleared. */
export const resultRowSchema = z.strictObject({ oldWay: resultCountsSchema, credible: resultCountsSchema, cleared: count, moved: count });
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
});
export type Results = z.infer<typeof resultsSchema>;
