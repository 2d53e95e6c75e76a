import { z } from 'zod';
import { levelSchema } from '#shared/catalogue/index.ts';
import { uuidSchema } from '#shared/log/index.ts';

const instant = z.int();

/** How long a desk may be silent and still be called connected: anchors come at least each 5 minutes. Milliseconds. */
export const connectedWithin = 10 * 60_000;

/** One desk as the officer sees it. */
export const deskLineSchema = z.strictObject({
  installation: uuidSchema,
  desk: z.string(),
  agency: z.string(),
  agencyName: z.string(),
  /** Name of the agency it is ordered to and has not gone to yet. */
  goesToName: z.string().optional(),
  level: levelSchema.optional(),
  enrolment: z.enum(['approved', 'pending', 'revoked']),
  connection: z.enum(['connected', 'silent', 'never']),
  lastHeardAt: instant.optional(),
  log: uuidSchema.optional(),
  /** Entries the centre holds of the desk's present log. */
  held: z.int().nonnegative(),
  /** Entries the desk last said it had beyond those; absent where it did not say. */
  behind: z.int().nonnegative().optional(),
  /** When the last entries arrived. */
  lastArrivalAt: instant.optional(),
  /** Everything the desk did before this is at the centre. */
  coveredTo: instant.optional(),
  /** Dossiers whose verdict waits for this desk. */
  awaited: z.int().nonnegative(),
  forked: z.boolean(),
});
export type DeskLine = z.infer<typeof deskLineSchema>;

/** All desks, and when the centre itself was down. */
export const desksSchema = z.strictObject({
  now: instant,
  desks: z.array(deskLineSchema),
  centreGaps: z.array(z.strictObject({ from: instant, to: instant })),
});
export type Desks = z.infer<typeof desksSchema>;
