import { z } from 'zod';
import { catalogueSchema } from '#shared/catalogue/index.ts';
import { faultSchema } from '#shared/errors/index.ts';
import { signedAnchorSchema } from '#shared/evidence/index.ts';
import { hashSchema, headSchema, uuidSchema } from '#shared/log/index.ts';

/** Version of the protocol, the `v1` of every path. */
export const protocolVersion = 1;

/** Limits of one batch (lô). A log's own largest entry always fits. */
export const batchLimits = { entries: 1000, compressedBytes: 256 * 1024, inflatedBytes: 8 * 1024 * 1024 } as const;

/** Limits of one page (trang) of entries, bytes of its text. A desk on a bad line asks for smaller ones; the largest entry always fits. */
export const pageLimits = { least: 16 * 1024, most: 1024 * 1024, cursor: 4096 } as const;

/** Ed25519 public key, 32 bytes raw, base64url without padding; the bits its last letter leaves over are zero, so that a key is written in one way only. */
export const publicKeySchema = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);
/** Ed25519 signature, 64 bytes, base64url without padding, written in one way only. */
export const signatureSchema = z.string().regex(/^[A-Za-z0-9_-]{85}[AQgw]$/);

/**
 * The X25519 key to which desks encrypt what they send by USB, raw, signed by the centre's Ed25519 key. It stands in the answers to the enrolment and
 * about the catalogue; older centres have none.
 */
export const announcedKeySchema = z.object({ key: publicKeySchema, signature: signatureSchema });
export type AnnouncedKey = z.infer<typeof announcedKeySchema>;

/**
 * `POST /v1/enrol`: a one-time code and the new installation's public key. `log` is minted by the desk; the log's key is
 * the installation's key.
 */
export const enrolRequestSchema = z.object({
  code: z.string().min(8).max(64),
  installation: uuidSchema,
  log: uuidSchema,
  publicKey: publicKeySchema,
  software: z.string().max(64),
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

export const enrolResponseSchema = z.object({
  installation: uuidSchema,
  log: uuidSchema,
  /** Internal id of the agency the code was made out for. */
  agency: z.string().max(64),
  /** Name of the desk as the administrator wrote it ("Quầy 2"). */
  desk: z.string().max(100),
  /** `approved`, or `pending` until an administrator has compared the key's fingerprint. */
  state: z.enum(['approved', 'pending']),
  /** The centre's keys: anchors and pages are signed with the first; the next is announced. */
  centreKeys: z.array(publicKeySchema).min(1),
  /** Raw X25519 public key to which the desk's database key is wrapped for recovery. */
  recoveryKey: publicKeySchema,
  bundleKey: announcedKeySchema.optional(),
});
export type EnrolResponse = z.infer<typeof enrolResponseSchema>;

/** First line of a batch. The head's signature covers the head alone, so what a later desk says beside it is passed over. */
export const batchHeaderSchema = z.object({
  v: z.literal(protocolVersion),
  log: uuidSchema,
  first: z.int().positive(),
  last: z.int().positive(),
  /** Hash of entry `first - 1`; zeros for the first entry. */
  prevHash: hashSchema,
  /** Hash of entry `last`: the head this batch brings. */
  headHash: hashSchema,
  count: z.int().positive().max(batchLimits.entries),
  /** Signature of the head by the log's key. */
  headSig: signatureSchema,
});
export type BatchHeader = z.infer<typeof batchHeaderSchema>;

/** `POST /v1/logs/{log}/batches`, 200: read back after the commit. */
export const batchResponseSchema = z.object({
  ack: headSchema.omit({ log: true }),
  /** How long to wait before the next batch, milliseconds; not at all where the centre names no time. */
  pace: z.int().nonnegative().default(0),
  /** Entries kept but marked because their body does not fit its schema. */
  marked: z.array(z.int()).optional(),
});
export type BatchResponse = z.infer<typeof batchResponseSchema>;

/** `GET /v1/logs/{log}/head`. */
export const headResponseSchema = headSchema;

/** `POST /v1/anchor`. */
export const anchorRequestSchema = z.object({ nonce: z.string().length(22), head: headSchema });
export const anchorResponseSchema = z.object({ anchor: signedAnchorSchema });

/** Codes of dossiers that this installation received under codes of its own; see {@link catalogueResponseSchema}. */
const mappedCodesSchema = z.object({
  codes: z.array(z.object({ dossier: uuidSchema, provisional: z.string().max(64), code: z.string().max(64) })).max(1000),
  /** What to ask with next, as `codes`. */
  to: z.int().nonnegative(),
  /** Whether there are more to fetch now. */
  more: z.boolean(),
});

/** The agency an installation is to serve, as which desk (điều chuyển thiết bị), and the catalogue it needs there. */
export const transferredSchema = z.object({ agency: z.string().min(1).max(64), desk: z.string().max(100), version: z.int().nonnegative(), catalogue: catalogueSchema.optional() });

/**
 * `GET /v1/catalogue?since=N&codes=M&low=1`: the whole catalogue for this installation if it is newer than N; and, where M is given, the
 * official codes (mã hồ sơ) that its provisional ones were mapped to after M. `low` asks for more numbers for today; `log` names the log the desk writes;
 * `moving` is the version of the catalogue it has for an agency it is to go to, 0 for none.
 */
export const catalogueResponseSchema = z.object({
  version: z.int(), catalogue: catalogueSchema.optional(), mapped: mappedCodesSchema.optional(), bundleKey: announcedKeySchema.optional(),
  /** Keys of the agency's other approved installations: their announcements on the office's network may be written down. */
  siblings: z.array(publicKeySchema).max(200).optional(),
  /** The installation is to serve another agency than the named log's; with the catalogue if the desk asks with `moving` and it is newer. */
  transferred: transferredSchema.optional(),
});
export type CatalogueResponse = z.input<typeof catalogueResponseSchema>;

/** First line of a page of entries. */
export const pageHeaderSchema = z.object({
  v: z.literal(protocolVersion),
  /** The installation the page is for. */
  installation: uuidSchema,
  /** Path and query exactly as asked, so that no page can stand in for another. */
  request: z.string().max(8192),
  count: z.int().nonnegative(),
  /** What to ask with next, as `since`; opaque to the desk. */
  cursor: z.string().min(1).max(pageLimits.cursor),
  /** Whether there is more to fetch now. */
  more: z.boolean(),
  /** What this page leaves to be fetched; bytes of texts and bodies. */
  left: z.object({ entries: z.int().nonnegative(), bytes: z.int().nonnegative() }),
  /** The cursor that was asked with is not of this centre as it is now; the page begins anew. */
  anew: z.literal(true).optional(),
});
export type PageHeader = z.infer<typeof pageHeaderSchema>;

/** Last line of a page: signature of all before it by the centre's key. */
export const pageSignatureSchema = z.object({ signature: signatureSchema });

/** `GET /v1/dossiers?code=…`: the dossiers with that code in which the agency has a part. */
export const dossiersResponseSchema = z.object({ dossiers: z.array(uuidSchema).max(100) });

/** The version that any message with one names: of a page, a batch. Read before the rest, which may have another form then. */
const versionSchema = z.object({ v: z.int() });

/** The version of a message in a later form than this program reads; undefined for any other. */
export function laterVersion(value: unknown): number | undefined {
  const { data } = versionSchema.safeParse(value);
  return data && data.v > protocolVersion ? data.v : undefined;
}

/** Every answer that is not 2xx, as the centre writes it; the desk reads it by `readProblem`. `need` and `kept` help the desk to go on. */
export const problemSchema = z.object({
  fault: faultSchema,
  /** `log.gap`: the seq to send from. */
  need: z.int().optional(),
  /** `log.fork`: the log is held with other entries, and this branch of it is kept up to here; read back after the commit. */
  kept: headSchema.omit({ log: true }).optional(),
  /** Sentences for a reader without this table. */
  vi: z.string(),
  en: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

/** The header by which the centre gives the next single-use nonce (RFC 8555 §6.5 does the same). */
export const nonceHeader = 'replay-nonce';
