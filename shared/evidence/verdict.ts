import { z } from 'zod';
import { hashSchema, uuidSchema } from '#shared/log/index.ts';
import { supportSchema } from './support.ts';

/** Milliseconds since 1970-01-01T00:00:00Z. */
const instant = z.int();

/**
 * How far machine evidence carries (mức chứng cứ): A, B and B by the wall clock let the program decide, C leaves the hard bound only.
 */
export const gradeSchema = z.enum(['A', 'B', 'B-wall', 'C']);
export type Grade = z.infer<typeof gradeSchema>;

/** A stretch of true time; null where nothing bounds it. Both ends belong to it. */
export const spanSchema = z.strictObject({ min: instant.nullable(), max: instant.nullable() });
export type Span = z.infer<typeof spanSchema>;

/** An anchor that bounded an act from within the same boot, and the span it alone leaves. */
export const anchorBoundSchema = z.strictObject({ number: z.int(), seq: z.int(), t: instant, rho: z.int(), min: instant, max: instant });
export type AnchorBound = z.infer<typeof anchorBoundSchema>;

/** Why an interval has not the next better grade, or what weakened it. */
export const weaknessSchema = z.enum([
  /** No anchor of the act's boot could be used. */
  'no-anchor-in-boot',
  /** Only an anchor before the act, none after it in its boot. */
  'forward-only',
  /** Only an anchor after the act, none before it in its boot. */
  'backward-only',
  'wide',
  /** First receipt later than 15 minutes after the last anchor before the act. */
  'receipt-late',
  'suspended',
  'gap-too-long',
  /** No contact before the act, so the gap has no known beginning. */
  'no-contact-before',
  /** The log up to the next anchor is not held yet. */
  'no-anchor-after',
  /** The wall clock went back without a recorded step before the act. */
  'wall-broken',
  /** It did so after the act, before the next contact: the wall clock bounds it from above only. */
  'wall-broken-later',
  'anchors-disagree',
  'uptime-back',
  /** A boot came again after another one. */
  'boot-returned',
  'fork',
  /** The bounds leave no time at all. */
  'empty',
  /** No anchor measures to the act; the wall clock does, between the contacts on both sides. */
  'by-wall',
  /** Nobody outside the office says that the line did not work, and nobody else closed the day before the machine was started again. */
  'unsupported',
]);
export type Weakness = z.infer<typeof weaknessSchema>;

/** Why a noted anchor does not count. */
export const ignoredAnchorSchema = z.strictObject({
  seq: z.int(),
  why: z.enum(['malformed', 'bad-signature', 'other-log', 'head-not-in-chain', 'impossible-uptimes', 'replayed']),
});
export type IgnoredAnchor = z.infer<typeof ignoredAnchorSchema>;

/** From what an interval follows; enough for an auditor to compute it again by hand. */
export const derivationSchema = z.strictObject({
  hard: spanSchema,
  /** The anchor noted before the act that gives the hard lower bound. */
  after: z.strictObject({ seq: z.int(), t: instant, rho: z.int() }).optional(),
  /** The first independent receipt of a head that covers the act. */
  receipt: z.strictObject({ by: z.enum(['centre', 'anchor', 'witness']), seq: z.int(), at: instant, rho: z.int() }).optional(),
  forward: anchorBoundSchema.optional(),
  backward: anchorBoundSchema.optional(),
  /** What the wall clock leaves, where it was weighed. */
  wall: z.strictObject({
    min: instant, max: instant, offsets: z.tuple([z.int(), z.int()]), allowance: z.int(), anchors: z.tuple([z.int(), z.int()]),
  }).optional(),
  /** What stands for the desk besides its own clocks, where that was asked for. */
  support: supportSchema.optional(),
  /** Contact to contact around the act, milliseconds. */
  gap: z.int().optional(),
  weaknesses: z.array(weaknessSchema),
  /** Anchors of the same gap that do not count. */
  ignored: z.array(ignoredAnchorSchema),
});
export type Derivation = z.infer<typeof derivationSchema>;

/** The credible interval *E* of one act: it happened between `min` and `max`, by evidence of the given grade. */
export const credibleIntervalSchema = z.strictObject({ ...spanSchema.shape, grade: gradeSchema, derivation: derivationSchema });
export type CredibleInterval = z.infer<typeof credibleIntervalSchema>;

/** What the province says of a dossier. `cleared` is the part of on time whose news came after the due date. */
export const verdictKindSchema = z.enum(['entered_late', 'late', 'on_time', 'cleared', 'in_term', 'awaiting_desk', 'undetermined']);
export type VerdictKind = z.infer<typeof verdictKindSchema>;

/** Why the news of a cleared dossier came late. */
export const delayCauseSchema = z.enum(['transit', 'outage', 'backlog', 'desk-off', 'unexplained']);
export type DelayCause = z.infer<typeof delayCauseSchema>;

/** What the old way says: complete is when the news arrives. */
export const oldWaySchema = z.enum(['on_time', 'late', 'in_term', 'overdue']);
export type OldWay = z.infer<typeof oldWaySchema>;

/** Acts that end a stretch of the term: the first four complete the dossier, the others stop the term or give it another date. */
export const endingKindSchema = z.enum([
  'ready', 'handed-over', 'stopped', 'stop-requested',
  'supplement-requested', 'supplement-completed', 'payment-requested', 'paid', 'extended', 'apologised', 'due-computed-again',
]);
export type EndingKind = z.infer<typeof endingKindSchema>;

const ended = { act: endingKindSchema, min: instant.nullable(), max: instant.nullable(), grade: gradeSchema };

/** Reasons as data; `explainVerdict` says them in words. */
export const reasonSchema = z.discriminatedUnion('code', [
  /** The completing act whose bound decided. */
  z.strictObject({ code: z.literal('completed'), ...ended }),
  /** The act that stopped the term, or moved the date that counts, and whose bound decided. */
  z.strictObject({ code: z.literal('halted'), ...ended }),
  /** A due date that stood before the one that counts now: whether it was kept until it was halted or the dossier was complete. */
  z.strictObject({ code: z.literal('earlier-due'), at: instant, provisional: z.boolean(), outcome: z.enum(['kept', 'late', 'unsure']), ...ended }),
  /** The term stands still since an act in that interval, until the applicant has done their part. */
  z.strictObject({ code: z.literal('standing-still'), why: z.enum(['supplement', 'payment']), min: instant.nullable(), max: instant.nullable(), until: instant.nullable() }),
  /** An apology with a new appointment that does not move the due date. */
  z.strictObject({ code: z.literal('apologised'), appointment: instant }),
  z.strictObject({ code: z.literal('due'), at: instant, provisional: z.boolean() }),
  z.strictObject({ code: z.literal('news'), at: instant }),
  z.strictObject({ code: z.literal('link-lost'), from: instant, to: instant }),
  z.strictObject({ code: z.literal('centre-down'), from: instant, to: instant }),
  z.strictObject({ code: z.literal('desk-off'), from: instant, to: instant }),
  z.strictObject({ code: z.literal('backlog'), from: instant }),
  z.strictObject({ code: z.literal('transit'), delay: z.int() }),
  z.strictObject({ code: z.literal('unexplained-delay') }),
  z.strictObject({ code: z.literal('basis'), forward: z.boolean(), backward: z.boolean(), wall: z.boolean(), after: instant.nullable(), before: instant.nullable() }),
  /** What stands for the desk's clocks from outside, or the close of the day by another person. */
  z.strictObject({ code: z.literal('supported'), support: supportSchema }),
  z.strictObject({ code: z.literal('weakness'), weakness: weaknessSchema }),
  z.strictObject({ code: z.literal('straddles') }),
  z.strictObject({ code: z.literal('no-time-evidence') }),
  z.strictObject({ code: z.literal('claimed'), at: instant }),
  z.strictObject({ code: z.literal('not-complete'), now: instant }),
  /** The centre holds this log up to a head anchored at `to`. */
  z.strictObject({ code: z.literal('covered'), installation: z.string(), to: instant }),
  z.strictObject({ code: z.literal('not-covered'), installation: z.string(), to: instant.nullable() }),
  z.strictObject({ code: z.literal('no-device') }),
  z.strictObject({ code: z.literal('waited-too-long') }),
  z.strictObject({ code: z.literal('conflict'), count: z.int() }),
  z.strictObject({ code: z.literal('unknown-entries'), count: z.int() }),
  /** The credible time of reception gives another due date than the printed one. */
  z.strictObject({ code: z.literal('due-disputed'), min: instant, max: instant }),
  /** The same of a due date that later acts gave (a completed supplement, a payment, an extension): by their credible times. */
  z.strictObject({ code: z.literal('moved-due-disputed'), told: instant, min: instant, max: instant }),
  /** The term runs past the published calendars; the due date will be computed again. */
  z.strictObject({ code: z.literal('due-provisional') }),
  z.strictObject({ code: z.literal('ignored-anchors'), count: z.int() }),
  /** Two officers decided. `outdated`: on a verdict of the program that has changed since. */
  z.strictObject({ code: z.literal('decided'), outcome: z.enum(['on_time', 'late']), at: instant, by: z.tuple([z.string(), z.string()]), outdated: z.boolean() }),
  /** Drawn for audit, or to be audited because nothing explains the delay; and what was found. */
  z.strictObject({ code: z.literal('audit'), why: z.enum(['unexplained', 'drawn']), finding: z.enum(['as-judged', 'doubtful']).optional() }),
]);
export type Reason = z.infer<typeof reasonSchema>;

/** The verdict on one dossier (kết luận), a function of logs, receipts and a given now alone. */
export const verdictSchema = z.strictObject({
  dossier: uuidSchema,
  kind: verdictKindSchema,
  cause: delayCauseSchema.optional(),
  /** Whether "result ready", a hand-over or a stop is among the entries the centre holds. */
  complete: z.boolean(),
  /** The due instant that stands: printed on the receipt, or told since. Those before it are among the reasons. */
  due: instant,
  /** E of the first completing act; absent while not complete. */
  interval: spanSchema.optional(),
  grade: gradeSchema.optional(),
  /** Entry of the act whose bound decided. */
  act: hashSchema.optional(),
  /** When the centre learned that it is complete, by its own clock. */
  newsAt: instant.optional(),
  oldWay: oldWaySchema,
  /** Two people must decide. */
  forPeople: z.boolean(),
  /** To be audited by an officer, and not yet: a delay that nothing explains, always; of the cleared ones graded B a sample. */
  audit: z.boolean(),
  /** The program's own verdict, where two officers decided. */
  program: verdictKindSchema.optional(),
  /** The proposal of the decision that counts. */
  decision: uuidSchema.optional(),
  reasons: z.array(reasonSchema),
});
export type Verdict = z.infer<typeof verdictSchema>;
