import { z } from 'zod';
import { faultSchema } from '#shared/errors/index.ts';
import { uuidSchema } from '#shared/log/index.ts';

/** The backups of the store (sao lưu). */
export const backupViewSchema = z.object({
  folder: z.string(),
  /** On the disk of the store itself: one failure takes both. */
  sameDisk: z.boolean(),
  count: z.int().nonnegative(),
  /** Working time of the last good one. */
  lastAt: z.int().optional(),
  /** It is older than two days. */
  stale: z.boolean(),
  /** Why the last attempt failed. */
  fault: faultSchema.optional(),
});
export type BackupView = z.infer<typeof backupViewSchema>;

/** The last recovery of a damaged or lost store (khôi phục), for as long as this store lives. */
export const recoveredViewSchema = z.object({
  at: z.int(),
  /** When the backup was made that it began with; missing where there was none. */
  backupAt: z.int().optional(),
  /** Entries beyond it that were rescued from the damaged file. */
  rescued: z.int().nonnegative(),
  /** Entries that were read but still wait for what came before them. */
  behind: z.int().nonnegative(),
  /** Where the damaged file was set aside. */
  aside: z.string().optional(),
});
export type RecoveredView = z.infer<typeof recoveredViewSchema>;

/** A bundle for the way by USB, as it was written. */
export const writtenBundleSchema = z.object({
  chosen: z.literal(true),
  /** Its name, and the folder it stands in. */
  name: z.string(),
  folder: z.string(),
  entries: z.int().positive(),
  bytes: z.int().positive(),
  /** Entries that found no room in it and go with the next one. */
  left: z.int().nonnegative(),
});
export type WrittenBundle = z.infer<typeof writtenBundleSchema>;

/** What a receipt of the centre said. */
export const readReceiptSchema = z.object({
  chosen: z.literal(true),
  /** When the centre took the bundle in, by its own clock, milliseconds. */
  at: z.int(),
  /** Entries that are marked as sent by it, and how many still wait. */
  marked: z.int().nonnegative(),
  waiting: z.int().nonnegative(),
  /** Logs of which the centre did not take something, and why. */
  refusals: z.array(z.object({ log: uuidSchema, fault: faultSchema })),
});
export type ReadReceiptView = z.infer<typeof readReceiptSchema>;
