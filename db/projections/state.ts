import { z } from 'zod';
import { handedOverSchema, receivedSchema, resultReadySchema, type DossierState } from '#shared/dossier/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import { hashSchema, uuidSchema } from '#shared/log/index.ts';

const origin = z.object({ entry: hashSchema, log: uuidSchema, seq: z.int(), tick: z.int(), agency: z.string(), actor: z.string() });

/** A dossier's state as the projection keeps it. */
const dossierStateSchema = z.object({
  id: uuidSchema,
  stage: z.enum(['processing', 'ready', 'returned']),
  received: receivedSchema.extend({ origin }),
  ready: resultReadySchema.extend({ origin }).exactOptional(),
  handedOver: handedOverSchema.extend({ origin }).exactOptional(),
  conflicts: z.array(z.object({ kind: z.string(), kept: hashSchema, other: hashSchema })),
  unknown: z.array(hashSchema),
  frontier: z.array(hashSchema),
  entryCount: z.int(),
});

/** Reads a state out of its column. Throws `store.damaged`. */
export function readState(text: string): DossierState {
  const state = dossierStateSchema.safeParse(JSON.parse(text));
  if (!state.success) throw new DomainError('store.damaged', {}, state.error);
  return state.data;
}
