import { z } from 'zod';
import { faultSchema } from '#shared/errors/index.ts';
import { uuidSchema } from '#shared/log/index.ts';
import { receiptLimit } from '#shared/sync/index.ts';

/** What became of a bundle that an officer took in. */
export const takenBundleSchema = z.strictObject({
  desk: z.string(),
  agencyName: z.string(),
  /** When the desk wrote it, by its own clock. */
  writtenAt: z.int(),
  /** Entries it brought, and how many of them were new here. */
  entries: z.int().nonnegative(),
  fresh: z.int().nonnegative(),
  /** Logs of which something was not taken, and why. */
  refusals: z.array(z.strictObject({ log: uuidSchema, fault: faultSchema })),
  /** The receipt's file for the way back: its name and its text. */
  receipt: z.strictObject({ name: z.string().max(120), text: z.string().max(receiptLimit) }),
});
export type TakenBundleView = z.infer<typeof takenBundleSchema>;
