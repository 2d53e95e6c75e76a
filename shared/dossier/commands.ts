import { z } from 'zod';
import { uuidSchema } from '#shared/log/index.ts';
import { channelSchema, handedOverPersonalSchema, handedOverSchema, receivedPaperSchema, receivedPersonalSchema, resultReadySchema } from './acts.ts';

/**
 * What a clerk can order. `act` is minted where the button is pressed: sending the same command twice changes nothing
 * and gives the same answer.
 */
export const receiveCommandSchema = z.object({
  act: uuidSchema,
  dossier: uuidSchema,
  procedure: z.string().min(1).max(64),
  personal: receivedPersonalSchema,
  papers: z.array(receivedPaperSchema).max(100),
  sets: z.int().min(1).max(99),
  channel: channelSchema,
  /** When it was handed in, if before its acceptance (online, post); milliseconds. */
  submittedAt: z.int().optional(),
});
export type ReceiveCommand = z.infer<typeof receiveCommandSchema>;

export const resultReadyCommandSchema = z.object({
  act: uuidSchema,
  dossier: uuidSchema,
  outcome: resultReadySchema.shape.outcome,
  resultCount: resultReadySchema.shape.resultCount,
  claimedAt: z.int().optional(),
  note: z.string().trim().max(1000).optional(),
});
export type ResultReadyCommand = z.infer<typeof resultReadyCommandSchema>;

export const handOverCommandSchema = z.object({
  act: uuidSchema,
  dossier: uuidSchema,
  method: handedOverSchema.shape.method,
  receiver: handedOverSchema.shape.receiver,
  receiptShown: z.boolean(),
  rating: handedOverSchema.shape.rating,
  claimedAt: z.int().optional(),
  personal: handedOverPersonalSchema.optional(),
});
export type HandOverCommand = z.infer<typeof handOverCommandSchema>;
