import { z } from 'zod';
import { headSchema } from '#shared/log/index.ts';

/**
 * Facts of `head.witnessed`: this desk saw, on its office's network, the signed head of a sibling desk's log. The witness's own
 * entry has a time of its own, so the sibling's entries up to that head happened no later; and those after it, where the
 * sibling said that this was its end, no earlier than the witness's entry before.
 */
export const headWitnessedSchema = headSchema.extend({
  /** By the sibling log's key, base64url. */
  signature: z.string().length(86),
});
export type HeadWitnessed = z.infer<typeof headWitnessedSchema>;
