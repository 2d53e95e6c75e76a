import { z } from 'zod';
import { faultSchema } from '#shared/errors/index.ts';
import { uuidSchema } from '#shared/log/index.ts';

/**
 * Messages between the shell and the desk process, the same over `utilityProcess` and `child_process`. The first is
 * `open`; it is answered by `opened` or by `refused`, after which the process ends.
 */
export const openMessageSchema = z.object({
  type: z.literal('open'),
  folder: z.string(),
  /** Raw database key, base64; held in memory only. */
  key: z.string(),
  software: z.string(),
  banners: z.array(z.enum(['development-key', 'injected-clock'])),
  centre: z.object({ url: z.string(), enrolmentCode: z.string().optional(), pinnedKey: z.string().optional() }).optional(),
  /** Folder with the fonts the forms embed. */
  fonts: z.string().optional(),
  /** Development only: file that drives the injected clock. */
  clockFile: z.string().optional(),
});
export type OpenMessage = z.infer<typeof openMessageSchema>;

export const toDeskSchema = z.discriminatedUnion('type', [
  openMessageSchema,
  z.object({ type: z.literal('call'), id: z.int(), channel: z.string(), request: z.unknown() }),
  z.object({ type: z.literal('power'), event: z.enum(['suspend', 'resume']) }),
  z.object({ type: z.literal('close') }),
]);
export type ToDesk = z.infer<typeof toDeskSchema>;

export const fromDeskSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), log: uuidSchema.optional() }),
  z.object({ type: z.literal('refused'), fault: faultSchema }),
  /** `outcome` is checked against the channel's response schema by the receiver. */
  z.object({ type: z.literal('answer'), id: z.int(), outcome: z.unknown() }),
  z.object({ type: z.literal('event'), event: z.unknown() }),
  z.object({ type: z.literal('closed') }),
]);
export type FromDesk = z.infer<typeof fromDeskSchema>;
