import { z } from 'zod';
import { hashSchema, uuidSchema } from '#shared/log/index.ts';
import { publicKeySchema } from '#shared/sync/index.ts';

/** The agency and the actor of every entry in the centre's own log. */
export const centreAgency = 'centre';
export const centreActor = 'centre';

/** Kinds of entries in the centre's own log (nhật ký của trung tâm). */
export const centreKinds = {
  opened: 'centre.opened',
  receipt: 'centre.receipt',
  heartbeatGap: 'centre.heartbeat-gap',
  enrolled: 'centre.enrolled',
  approved: 'centre.approved',
  revoked: 'centre.revoked',
  logOpened: 'centre.log-opened',
  cataloguePublished: 'centre.catalogue-published',
  leaseIssued: 'centre.lease-issued',
  forkSeen: 'centre.fork-seen',
  codeMapped: 'code.mapped',
} as const;

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
 * entries, but no time.
 */
export const centreReceiptSchema = z.object({ log: uuidSchema, first: z.int().positive(), seq: z.int().positive(), hash: hashSchema, at, rho });
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

/** An enrolled installation opened a further log after a restore, a recovery or a fork. */
export const centreLogOpenedSchema = z.object({ installation: uuidSchema, log: uuidSchema, parent: uuidSchema.nullable(), at, rho });

/** A catalogue was published; `sha256` is the hash of its exact text. */
export const centreCataloguePublishedSchema = z.object({ version: z.int().positive(), sha256: hashSchema, at, rho });

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
