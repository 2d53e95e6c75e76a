import { z } from 'zod';
import { levelSchema } from '#shared/catalogue/index.ts';
import { dossierKinds, stageSchema } from '#shared/dossier/index.ts';
import { credibleIntervalSchema, verdictSchema } from '#shared/evidence/index.ts';
import { hashSchema, uuidSchema } from '#shared/log/index.ts';

const instant = z.int();

/** An act of a dossier. */
export const actKindSchema = z.enum(Object.values(dossierKinds));
export type ActKind = z.infer<typeof actKindSchema>;

/** Another act of the same dossier, as a line names it. */
export const actRefSchema = z.strictObject({ act: actKindSchema, agencyName: z.string(), seq: z.int() });
export type ActRef = z.infer<typeof actRefSchema>;

/** One line of a dossier's evidence, in the order of `at`. Acts stand where the middle of their credible interval lies. */
export const evidenceLineSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('act'),
    act: actKindSchema,
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
    /** The due date it gave. */
    due: instant.optional(),
    /** The new appointment it gave without moving the due date. */
    appointment: instant.optional(),
    /** Until when somebody has to do what it asks for. */
    until: instant.optional(),
    /** Names of the agencies, for a hop of form 06. */
    from: z.string().optional(),
    to: z.string().optional(),
    /** The acts it contradicts. */
    against: z.array(actRefSchema),
    /** For a settlement: what counts, and what counts for nothing any more. */
    kept: actRefSchema.optional(),
    drops: z.array(actRefSchema).optional(),
    /** Whether people decided that it counts for nothing. */
    dropped: z.boolean(),
    /** Whether it completes the dossier, stops the term or moves the due date. */
    decides: z.boolean(),
  }),
  /** An anchor around one of the acts. */
  z.strictObject({ type: z.literal('anchor'), at: instant, rho: z.int(), number: z.int(), log: uuidSchema, seq: z.int() }),
  /** No link: as the desk says, and as the centre says (its own silence about this desk, or its own down-time). */
  z.strictObject({ type: z.literal('outage'), at: instant, to: instant.nullable(), by: z.enum(['desk', 'centre-heard-nothing', 'centre-down']), log: uuidSchema.optional() }),
  z.strictObject({ type: z.literal('desk-off'), at: instant, to: instant, log: uuidSchema }),
  /** A due date, by which act it was given, whether it is the one that counts now, and what became of it; unsaid where an earlier date decided. */
  z.strictObject({
    type: z.literal('due'), at: instant, provisional: z.boolean(), by: actKindSchema, current: z.boolean(), outcome: z.enum(['kept', 'late', 'unsure', 'open']).optional(),
  }),
  /** The term stood still, by credible time; `to` is open while it does. */
  z.strictObject({ type: z.literal('standing-still'), at: instant, to: instant.nullable(), why: z.enum(['supplement', 'payment']) }),
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
  stage: stageSchema,
  receivingAgency: z.string(),
  receivingAgencyName: z.string(),
  competentAgency: z.string(),
  competentAgencyName: z.string(),
  now: instant,
  /** None for a dossier that is not accepted: no term runs. */
  verdict: verdictSchema.optional(),
  /** The verdict's reasons in words. */
  words: z.strictObject({ vi: z.array(z.string()), en: z.array(z.string()) }),
  timeline: z.array(evidenceLineSchema),
});
export type DossierEvidence = z.infer<typeof dossierEvidenceSchema>;
