import { z } from 'zod';
import { verdictKindSchema } from '#shared/evidence/index.ts';
import { hashSchema, uuidSchema } from '#shared/log/index.ts';
import { publicKeySchema } from '#shared/sync/index.ts';

/** The actor of what the centre notes by itself in its own log. */
export const centreActor = 'centre';

/** Kinds of entries in the centre's own log (nhật ký của trung tâm). */
export const centreKinds = {
  opened: 'centre.opened',
  receipt: 'centre.receipt',
  heartbeatGap: 'centre.heartbeat-gap',
  enrolled: 'centre.enrolled',
  approved: 'centre.approved',
  revoked: 'centre.revoked',
  transferOrdered: 'centre.transfer-ordered',
  logOpened: 'centre.log-opened',
  cataloguePublished: 'centre.catalogue-published',
  leaseIssued: 'centre.lease-issued',
  forkSeen: 'centre.fork-seen',
  codeMapped: 'code.mapped',
  heard: 'centre.heard',
  silence: 'centre.silence',
  ticketRecorded: 'centre.ticket-recorded',
  ticketWithdrawn: 'centre.ticket-withdrawn',
  branchKept: 'centre.branch-kept',
  decisionProposed: 'centre.decision-proposed',
  decisionConfirmed: 'centre.decision-confirmed',
  decisionWithdrawn: 'centre.decision-withdrawn',
  audited: 'centre.audited',
  officerSet: 'centre.officer-set',
  codeIssued: 'centre.code-issued',
} as const;

/** Kinds of entries by which officers say what they decided about a dossier, and what they found when they audited it. */
export const saidByOfficers: ReadonlySet<string> = new Set([centreKinds.decisionProposed, centreKinds.decisionConfirmed, centreKinds.decisionWithdrawn, centreKinds.audited]);

/** A time by the centre's clock, milliseconds since 1970-01-01T00:00:00Z. */
const at = z.int();
/** The centre's own bound on the error of that time, milliseconds; null while its clock was not synchronised. */
const rho = z.int().nonnegative().nullable();

/** First entry of the centre's log. */
export const centreOpenedSchema = z.object({ publicKey: publicKeySchema, recoveryKey: publicKeySchema, software: z.string().max(64), at, rho });

/**
 * Receipt (biên nhận) of a head: at `at ± rho` the centre held the entries `first … seq` of `log`, the last with `hash`.
 * Written in the same transaction as the entries. This is the *R* of credible time: what the receipt covers happened no
 * later than `at + rho`. With `rho` null it proves that the entries were there, in this order among the centre's own
 * entries, but no time. `bundle` is the SHA-256 of the file that brought them by USB: then the desk was not heard over the line at that time,
 * and the entry's actor is the officer who took the file in.
 */
export const centreReceiptSchema = z.object({ log: uuidSchema, first: z.int().positive(), seq: z.int().positive(), hash: hashSchema, bundle: hashSchema.optional(), at, rho });
export type CentreReceipt = z.infer<typeof centreReceiptSchema>;

/** The centre itself did not run from `from` to `to`, by its own clock: an outage for every desk. */
export const centreHeartbeatGapSchema = z.object({ from: at, to: at, rho });

/** An installation took a one-time code. `publicKey` is also the key of its log. */
export const centreEnrolledSchema = z.object({
  installation: uuidSchema, log: uuidSchema, agency: z.string().max(64), desk: z.string().max(100), publicKey: publicKeySchema,
  state: z.enum(['approved', 'pending']), at, rho,
});

/** An administrator compared the key's fingerprint, or took the installation out of service. */
export const centreStateSchema = z.object({ installation: uuidSchema, at, rho });

/**
 * An installation is to serve another agency from the first log on that it opens there. Until then it goes on for the one before: what its clerks
 * confirmed there is theirs. Several may be ordered; the last one counts, and those before it stay possible: a desk may have gone meanwhile.
 */
export const centreTransferOrderedSchema = z.object({ installation: uuidSchema, agency: z.string().max(64), desk: z.string().max(100), at, rho });

/**
 * An enrolled installation opened a further log after a restore, a recovery, a fork or a transfer. `agency`: whose log it is; without it (earlier
 * programs) the one of the enrolment.
 */
export const centreLogOpenedSchema = z.object({ installation: uuidSchema, log: uuidSchema, parent: uuidSchema.nullable(), agency: z.string().max(64).optional(), at, rho });

/**
 * A catalogue was published; `sha256` is the hash of its exact text. `openSha256` is that of its text without the verifiers of PINs, which
 * an exported file leaves out because short PINs could be guessed from them; earlier programs did not note it.
 */
export const centreCataloguePublishedSchema = z.object({ version: z.int().positive(), sha256: hashSchema, openSha256: hashSchema.optional(), at, rho });

/** A block of daily code numbers was leased to a log. */
export const centreLeaseIssuedSchema = z.object({ lease: z.string().max(64), log: uuidSchema, revision: z.int().positive(), first: z.int(), last: z.int(), at, rho });

/**
 * A dossier that a desk received under a code of its own (mã tạm) was given its official code: the number is the agency's on
 * that civil day, and no lease holds it. Once per dossier, for ever.
 */
export const codeMappedSchema = z.object({
  dossier: uuidSchema, provisional: z.string().max(64), code: z.string().max(64), day: z.iso.date(), agency: z.string().max(64), at, rho,
});

/** A log came with another entry at a place already held: a cloned disk or a rolled-back image. Both branches are kept. */
export const centreForkSeenSchema = z.object({ log: uuidSchema, seq: z.int().positive(), held: hashSchema, other: hashSchema, at, rho });

/**
 * What the centre heard of its desks from `from` to `to`: for each log that was heard, when last, and the last head it named as
 * its own end in a signed request with the time of that claim. Written every so often, so that what verdicts need of it
 * stands in the signed log and not only in tables.
 */
export const centreHeardSchema = z.object({
  from: at,
  to: at,
  at,
  rho,
  logs: z.array(z.object({
    log: uuidSchema,
    lastAt: at,
    claim: z.object({ seq: z.int().nonnegative(), hash: hashSchema, at, rho: z.int().nonnegative() }).optional(),
  })).max(200),
});
export type CentreHeard = z.infer<typeof centreHeardSchema>;

/** Nothing was heard of a log's desk from `from` to `to`, though the centre ran. */
export const centreSilenceSchema = z.object({ log: uuidSchema, from: at, to: at, rho, at });
export type CentreSilence = z.infer<typeof centreSilenceSchema>;

/**
 * An operator's ticket (phiếu báo sự cố của nhà mạng): the line of these agencies, or of everybody, did not work from `from` to `to`. What is
 * said later of the same outage is a ticket of its own that replaces this one.
 */
export const centreTicketSchema = z.object({
  ticket: uuidSchema,
  /** The operator's own number of it. */
  reference: z.string().min(1).max(100),
  operator: z.string().min(1).max(200),
  /** Internal ids; empty with `everywhere`. */
  agencies: z.array(z.string().max(64)).max(300),
  everywhere: z.boolean(),
  from: at,
  to: at,
  replaces: uuidSchema.optional(),
  at,
  rho,
});
export type CentreTicket = z.infer<typeof centreTicketSchema>;

/** A ticket was recorded by mistake and counts for nothing. */
export const centreTicketWithdrawnSchema = z.object({ ticket: uuidSchema, at, rho });

/** Entries of another branch of a forked log were kept: `first … seq`, the last with `hash`, on the branch that begins with the entry `branch`. */
export const centreBranchKeptSchema = z.object({ log: uuidSchema, branch: hashSchema, first: z.int().positive(), seq: z.int().positive(), hash: hashSchema, bundle: hashSchema.optional(), at, rho });
export type CentreBranchKept = z.infer<typeof centreBranchKeptSchema>;

/**
 * One officer proposes what a dossier is to count as; it counts once a different one has confirmed it. `open` takes an earlier decision back
 * and leaves the dossier to the evidence. `basis` is the program's own verdict it was proposed on. Why, and which papers,
 * stand in the sealed body: they may name people.
 */
export const decisionOutcomes = ['on_time', 'late', 'open'] as const;
export const decisionBasisSchema = z.object({ kind: verdictKindSchema, due: at, min: at.nullable(), max: at.nullable() });
export const centreDecisionProposedSchema = z.object({
  proposal: uuidSchema,
  dossier: uuidSchema,
  outcome: z.enum(decisionOutcomes),
  basis: decisionBasisSchema,
  /** The proposal of the decision it replaces. */
  reverses: uuidSchema.optional(),
  at,
  rho,
});
export type CentreDecisionProposed = z.infer<typeof centreDecisionProposedSchema>;
export const decisionPersonalSchema = z.object({ why: z.string().min(1).max(4000), papers: z.array(z.string().min(1).max(300)).min(1).max(20) });
export type DecisionPersonal = z.infer<typeof decisionPersonalSchema>;

/** A different officer confirmed the proposal: from here on it counts. Or it was withdrawn, by its author or by whoever disagrees. */
export const centreDecisionClosedSchema = z.object({ proposal: uuidSchema, at, rho });

/** Why a proposal was withdrawn, or why an audit found what it did; sealed beside the entry. */
export const reasonPersonalSchema = z.object({ why: z.string().min(1).max(4000) });
export type ReasonPersonal = z.infer<typeof reasonPersonalSchema>;

/** One officer looked at the papers of an act that was drawn for audit. `doubtful` hands the dossier to two people. Why stands in the sealed body. */
export const centreAuditedSchema = z.object({ dossier: uuidSchema, act: hashSchema, finding: z.enum(['as-judged', 'doubtful']), at, rho });
export type CentreAudited = z.infer<typeof centreAuditedSchema>;

/** An officer was added, or given another name, other roles or another password. Their name and the name they sign in with stand in the sealed body. */
export const centreOfficerSetSchema = z.object({ officer: z.string().max(64), roles: z.array(z.string().max(64)).max(20), added: z.boolean(), at, rho });

/** A one-time enrolment code was made for a desk. The code itself is nowhere but with whom it was given to. */
export const centreCodeIssuedSchema = z.object({ agency: z.string().max(64), desk: z.string().max(100), approves: z.boolean(), expiresAt: at, at, rho });
