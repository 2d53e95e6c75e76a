import { z } from 'zod';
import { entryLimit, hashSchema, uuidSchema } from '#shared/log/index.ts';
import { publicKeySchema, signatureSchema } from '#shared/sync/index.ts';

/**
 * An exported file: NDJSON in UTF-8, compressed with gzip. The first line says what the file is; then sections follow, each begun by a line with
 * `section`. See docs/protocol.md, "Exported files".
 */
export const exportFormat = 'quay-export';
export const exportVersion = 1;

/** First line. */
export const exportHeaderSchema = z.strictObject({
  format: z.literal(exportFormat),
  v: z.literal(exportVersion),
  software: z.string().max(64),
  /** The centre's time at which the snapshot was taken, milliseconds: verdicts are as of then, unless another time is asked for. */
  now: z.int(),
  centre: z.strictObject({
    /** The centre's own log. */
    log: uuidSchema,
    /** Its keys: anchors and the heads of its own log are signed by one of them. */
    keys: z.array(publicKeySchema).min(1).max(8),
  }),
  /** Whether the sealed bodies are in the file. Without them an entry stands on one line, whatever it seals. */
  bodies: z.boolean(),
  /** The desks' logs in the file: all that the centre's own log knows, or those named. */
  logs: z.union([z.literal('all'), z.array(uuidSchema).min(1)]),
});
export type ExportHeader = z.infer<typeof exportHeaderSchema>;

/** A file of a kind or version that this program does not read still says which. */
export const exportNameSchema = z.looseObject({ format: z.literal(exportFormat), v: z.int() });

/** The signed end of a log or branch. */
const endSchema = z.strictObject({ seq: z.int().positive(), hash: hashSchema, signature: signatureSchema });

/** A log: this line, then `count` entries from `seq` 1 on, each followed by its sealed body where it has one and bodies are in the file. */
export const logSectionSchema = z.strictObject({
  section: z.literal('log'),
  log: uuidSchema,
  /** Null: the centre's own. */
  installation: uuidSchema.nullable(),
  publicKey: publicKeySchema,
  count: z.int().nonnegative(),
  /** Null while the log is empty. */
  head: endSchema.nullable(),
});
export type LogSection = z.infer<typeof logSectionSchema>;

/** Another branch of a forked log: this line, then `count` entries from `first` on; the first one's hash names the branch. */
export const branchSectionSchema = z.strictObject({
  section: z.literal('branch'),
  log: uuidSchema,
  branch: hashSchema,
  first: z.int().positive(),
  count: z.int().positive(),
  /** Null where an earlier program did not keep its signature. */
  head: endSchema.nullable(),
});
export type BranchSection = z.infer<typeof branchSectionSchema>;

/** A published catalogue: this line, then its text without the verifiers of PINs on the next. */
export const catalogueSectionSchema = z.strictObject({ section: z.literal('catalogue'), version: z.int().positive() });
export type CatalogueSection = z.infer<typeof catalogueSectionSchema>;

/** What the centre itself judged from the same data at `now`; only where all logs are in the file. */
export const verdictsSectionSchema = z.strictObject({ section: z.literal('verdicts'), count: z.int().nonnegative(), sha256: hashSchema });
export type VerdictsSection = z.infer<typeof verdictsSectionSchema>;

/** Last line: how many lines stand before it, the hash of all their bytes with their line feeds, and the centre's signature of that hash. */
export const endSectionSchema = z.strictObject({ section: z.literal('end'), lines: z.int().positive(), sha256: hashSchema, signature: signatureSchema });
export type EndSection = z.infer<typeof endSectionSchema>;

export const sectionSchema = z.discriminatedUnion('section', [logSectionSchema, branchSectionSchema, catalogueSectionSchema, verdictsSectionSchema, endSectionSchema]);
export type Section = z.infer<typeof sectionSchema>;

/**
 * Longest lines, bytes. A body's text stands inside a string once more, where every byte of it may take six.
 * A catalogue holds a province's procedures.
 */
export const exportLimits = { header: 64 * 1024, entry: entryLimit, body: 7 * entryLimit, catalogue: 64 * 1024 * 1024 } as const;

const encoder = new TextEncoder();

/** The bytes that the signature of a whole file covers. */
export function exportBytes(sha256: string): Uint8Array {
  return encoder.encode(`quay-export-v1\n${sha256}\n`);
}
