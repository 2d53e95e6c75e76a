import { z } from 'zod';
import { faultSchema } from '#shared/errors/index.ts';
import { uuidSchema } from '#shared/log/index.ts';

/**
 * Messages between the shell and the desk process, the same over `utilityProcess` and `child_process`. The first is
 * `open`; it is answered by `opened` or by `refused`, after which the process ends.
 *
 * The desk process owns the key envelope. Only the shell can reach the operating system's keychain (kho khóa), so the
 * desk process asks it to wrap and unwrap bytes with `keychain`, before `opened` and whenever the envelope is written
 * again (enrolment). The key itself never stays in the shell.
 */
export const openMessageSchema = z.object({
  type: z.literal('open'),
  folder: z.string(),
  keychain: z.object({
    /** What holds the keys: `dpapi`, `keychain`, `gnome_libsecret`, `kwallet6`, `basic_text`, `development`, … */
    backend: z.string().min(1).max(64),
    /** Whether it protects anything. If not, the desk process refuses with `key.keychain-missing`. */
    available: z.boolean(),
    /** Development only: go on with a keychain that protects nothing. Packages never say so. */
    allowDevelopment: z.boolean(),
  }),
  software: z.string(),
  /** A person asked for the recovery of a damaged store; one that is whole is only opened. */
  recover: z.literal(true).optional(),
  /** Names this run of the shell, random: a desk process started anew within it keeps whoever is signed in. */
  run: z.string().min(16).max(64).optional(),
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
  /** Answers `keychain` of the desk process; without `bytes` (base64) the keychain could not do it. */
  z.object({ type: z.literal('keychain'), id: z.int(), bytes: z.base64().optional() }),
  z.object({ type: z.literal('power'), event: z.enum(['suspend', 'resume']) }),
  z.object({ type: z.literal('close') }),
]);
export type ToDesk = z.infer<typeof toDeskSchema>;

export const fromDeskSchema = z.discriminatedUnion('type', [
  /** Asks the shell's keychain to wrap or unwrap `bytes` (base64). */
  z.object({ type: z.literal('keychain'), id: z.int(), operation: z.enum(['wrap', 'unwrap']), bytes: z.base64() }),
  z.object({ type: z.literal('opened'), log: uuidSchema.optional() }),
  z.object({ type: z.literal('refused'), fault: faultSchema }),
  /** `outcome` is checked against the channel's response schema by the receiver. */
  z.object({ type: z.literal('answer'), id: z.int(), outcome: z.unknown() }),
  z.object({ type: z.literal('event'), event: z.unknown() }),
  z.object({ type: z.literal('closed') }),
]);
export type FromDesk = z.infer<typeof fromDeskSchema>;
