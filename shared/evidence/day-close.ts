import { z } from 'zod';
import { timeSourceSchema } from '#shared/dossier/index.ts';
import { headSchema } from '#shared/log/index.ts';

/**
 * Facts of `day.closed`, the day's close (chốt ngày): a supervisor, having given their PIN once more, confirms what the desk did on a civil day.
 * The entry's actor is who closed. The head it names stands on the printed close sheet too, so that paper outside the
 * machine fixes the log up to there.
 */
export const dayClosedSchema = z.object({
  /** Civil date in Viet Nam, `yyyy-MM-dd`, by the desk's working time when it was closed. */
  date: z.iso.date(),
  /** The log's end that was confirmed: the entry before this one. */
  head: headSchema.omit({ log: true }),
  /** Working time of the close, milliseconds, and where it came from. */
  at: z.int(),
  timeSource: timeSourceSchema,
  /** What the desk counted for the day. */
  received: z.int().nonnegative(),
  ready: z.int().nonnegative(),
  returned: z.int().nonnegative(),
  /** Entries the centre had not acknowledged at that moment. */
  unsent: z.int().nonnegative(),
});
export type DayClosed = z.infer<typeof dayClosedSchema>;
