import { z } from 'zod';
import { verdictKindSchema, type Verdict } from '#shared/evidence/index.ts';
import { hashSchema, uuidSchema } from '#shared/log/index.ts';

const instant = z.int();

/** Text that people typed: composed letters, nothing at the ends. */
const typed = (most: number) => z.string().trim().min(1).max(most).normalize('NFC');

/** What a decision makes of a dossier; `open` takes an earlier decision back and leaves the dossier to the evidence. */
export const decisionOutcomeSchema = z.enum(['on_time', 'late', 'open']);
export type DecisionOutcome = z.infer<typeof decisionOutcomeSchema>;

/** The program's own verdict on which something was proposed. */
export const verdictBasisSchema = z.strictObject({ kind: verdictKindSchema, due: instant, min: instant.nullable(), max: instant.nullable() });
export type VerdictBasis = z.infer<typeof verdictBasisSchema>;

/** What the program itself says, whatever people decided since. */
export function basisOfVerdict({ program, kind, due, interval }: Verdict): VerdictBasis {
  return { kind: program ?? kind, due, min: interval?.min ?? null, max: interval?.max ?? null };
}

export function sameBasis(one: VerdictBasis, other: VerdictBasis): boolean {
  return one.kind === other.kind && one.due === other.due && one.min === other.min && one.max === other.max;
}

/** A proposal. `proposal` is minted where the button was pressed: sent again it is recorded once. `basis` and `reverses` are what the officer saw. */
export const proposeRequestSchema = z.strictObject({
  proposal: uuidSchema,
  dossier: uuidSchema,
  outcome: decisionOutcomeSchema,
  basis: verdictBasisSchema,
  /** The decision that stands, if one does. */
  reverses: uuidSchema.optional(),
  why: typed(4000),
  /** Which papers it rests on, as people name them. */
  papers: z.array(typed(300)).min(1).max(20),
});
export type ProposeRequest = z.infer<typeof proposeRequestSchema>;

/** Takes a proposal back, or disagrees with another officer's. */
export const withdrawRequestSchema = z.strictObject({ why: typed(4000) });
export type WithdrawRequest = z.infer<typeof withdrawRequestSchema>;

export const auditFindingSchema = z.enum(['as-judged', 'doubtful']);

/** What an officer found when looking at the papers of an act. */
export const auditRequestSchema = z.strictObject({ dossier: uuidSchema, act: hashSchema, finding: auditFindingSchema, why: typed(4000) });
export type AuditRequest = z.infer<typeof auditRequestSchema>;

/** An officer; the name is empty where the centre itself or its operator acted. */
export const personSchema = z.strictObject({ id: z.string(), name: z.string() });
export type Person = z.infer<typeof personSchema>;

/** A sealed body that cannot be shown: erased by law, or not the one the entry was made with. */
export const unreadableSchema = z.strictObject({ unreadable: z.enum(['erased', 'unfit']) });
export const groundsSchema = z.union([z.strictObject({ why: z.string(), papers: z.array(z.string()) }), unreadableSchema]);
export type Grounds = z.infer<typeof groundsSchema>;

/** What one officer proposed, with its grounds, and what became of it. */
export const proposalSchema = z.strictObject({
  proposal: uuidSchema,
  outcome: decisionOutcomeSchema,
  basis: verdictBasisSchema,
  reverses: uuidSchema.optional(),
  by: personSchema,
  at: instant,
  grounds: groundsSchema,
  /** Whether whoever asks proposed it: then somebody else must confirm. */
  mine: z.boolean(),
  /** Whether the program's verdict is still the one it was proposed on, and the decision it replaces still stands. */
  current: z.boolean(),
  closed: z.strictObject({ how: z.enum(['confirmed', 'withdrawn']), by: personSchema, at: instant, why: z.string().optional() }).optional(),
});
export type ProposalLine = z.infer<typeof proposalSchema>;

/** All that people said about one dossier. Grounds may name people. */
export const dossierDecisionsSchema = z.strictObject({
  dossier: uuidSchema,
  now: instant,
  /** Absent for a dossier that is not judged. */
  basis: verdictBasisSchema.optional(),
  /** Whether something may be proposed now: it is before people or a decision stands, and no proposal is open. */
  mayPropose: z.boolean(),
  /** The proposal that counts. */
  standing: uuidSchema.optional(),
  /** In the order in which they were made. */
  proposals: z.array(proposalSchema),
  /** The act that waits to be audited. */
  audit: z.strictObject({ act: hashSchema, why: z.enum(['unexplained', 'drawn']) }).optional(),
  /** What was found in audits of this dossier's acts. */
  audited: z.array(z.strictObject({ act: hashSchema, finding: auditFindingSchema, by: personSchema, at: instant, grounds: groundsSchema })),
});
export type DossierDecisions = z.infer<typeof dossierDecisionsSchema>;
