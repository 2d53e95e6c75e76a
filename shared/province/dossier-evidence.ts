import { z } from 'zod';
import { levelSchema } from '#shared/catalogue/index.ts';
import { credibleIntervalSchema, verdictSchema } from '#shared/evidence/index.ts';
import { hashSchema, uuidSchema } from '#shared/log/index.ts';

const instant = z.int();

/** One line of a dossier's evidence, in the order of `at`. Acts stand where the middle of their credible interval lies. */
export const evidenceLineSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('act'),
    act: z.enum(['received', 'ready', 'handed-over']),
    at: instant,
    /** What the desk's working time said, and from where it had it. */
    recordedAt: instant,
    recordedBy: z.enum(['anchor', 'wall', 'confirmed']),
    claimedAt: instant.optional(),
    /** What the wall clock said. */
    wall: instant,
    interval: credibleIntervalSchema,
    arrivedAt: instant.optional(),
    entry: hashSchema,
    log: uuidSchema,
    seq: z.int(),
    agency: z.string(),
    agencyName: z.string(),
    /** Whether another act of the same kind contradicts it. */
    conflict: z.boolean(),
  }),
  /** An anchor around one of the acts. */
  z.strictObject({ type: z.literal('anchor'), at: instant, rho: z.int(), number: z.int(), log: uuidSchema, seq: z.int() }),
  /** No link: as the desk says, and as the centre says (its own silence about this desk, or its own down-time). */
  z.strictObject({ type: z.literal('outage'), at: instant, to: instant.nullable(), by: z.enum(['desk', 'centre-heard-nothing', 'centre-down']), log: uuidSchema.optional() }),
  z.strictObject({ type: z.literal('desk-off'), at: instant, to: instant, log: uuidSchema }),
  z.strictObject({ type: z.literal('due'), at: instant, provisional: z.boolean() }),
  /** When the centre learned that the dossier is complete. */
  z.strictObject({ type: z.literal('news'), at: instant }),
]);
export type EvidenceLine = z.infer<typeof evidenceLineSchema>;

/** One dossier's evidence, for the officer's page and for the two people who decide. No personal data. */
export const dossierEvidenceSchema = z.strictObject({
  dossier: uuidSchema,
  code: z.string(),
  procedure: z.string(),
  level: levelSchema,
  receivingAgency: z.string(),
  competentAgency: z.string(),
  competentAgencyName: z.string(),
  now: instant,
  verdict: verdictSchema,
  /** The verdict's reasons in words. */
  words: z.strictObject({ vi: z.array(z.string()), en: z.array(z.string()) }),
  timeline: z.array(evidenceLineSchema),
});
export type DossierEvidence = z.infer<typeof dossierEvidenceSchema>;
