import { z } from 'zod';
import { codes, type ErrorCode } from './codes.ts';
import type { Fault, Outcome } from './fault.ts';

const known = z.custom<ErrorCode>((value) => typeof value === 'string' && value in codes);

export const faultSchema: z.ZodType<Fault> = z.object({
  code: known,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** An outcome that crossed a boundary (IPC, the desk process's port). */
export function outcomeSchema<T>(value: z.ZodType<T>): z.ZodType<Outcome<T>> {
  return z.union([z.object({ ok: z.literal(true), value }), z.object({ ok: z.literal(false), fault: faultSchema })]);
}
