import { z } from 'zod';
import { headSchema } from './chain.ts';
import { uuidSchema } from './ids.ts';

/** A signed anchor as an installation saw it, and the uptimes between which it travelled. The anchor's own shape is `evidence/`'s. */
const seenAnchorSchema = z.object({
  /** The desk's number of the anchor, from 1, growing. */
  number: z.int().positive(),
  boot: z.string().max(64),
  /** Uptime when the request left, milliseconds. */
  requestUptime: z.int(),
  /** Uptime when the answer was there, milliseconds. */
  responseUptime: z.int(),
  /** What the wall clock said when the answer was there; logs of earlier programs do not have it. */
  wall: z.int().optional(),
  /** Exact signed text and its signature. */
  text: z.string().max(1024),
  signature: z.string().max(128),
});

/** Facts of `log.opened`, the first entry of every log. A log opened after a restore, a recovery, a fork or a transfer to another agency names its parent. */
export const logOpenedSchema = z.object({
  installation: uuidSchema,
  /** Raw Ed25519 public key of the log, base64url; heads of the log are signed with it. */
  publicKey: z.string().length(43),
  software: z.string().max(64),
  /** Head of the log this one continues. */
  parent: headSchema.optional(),
  why: z.enum(['enrolled', 'restored', 'recovered', 'forked', 'transferred']),
  /** The last anchor this installation had seen, whatever log it was for: time does not begin anew with a log. */
  anchor: seenAnchorSchema.optional(),
});
export type LogOpened = z.infer<typeof logOpenedSchema>;

/** Facts of `anchor.noted`: an anchor that is to bound what stands around it in the log. */
export const anchorNotedSchema = seenAnchorSchema.extend({
  why: z.enum(['before-act', 'after-act', 'link-lost', 'link-restored', 'day-closed', 'enrolled']),
});

/** The agency of every entry in the centre's own log. No desk can write under it: the centre takes entries of a desk's own agency only. */
export const centreAgency = 'centre';

/** Kinds of entries that are not about a dossier. */
export const logKinds = {
  opened: 'log.opened',
  anchorNoted: 'anchor.noted',
  linkLost: 'link.lost',
  linkRestored: 'link.restored',
  clockStepped: 'clock.stepped',
  clockSuspended: 'clock.suspended',
  clockConfirmed: 'clock.confirmed',
  dayClosed: 'day.closed',
  headWitnessed: 'head.witnessed',
} as const;
