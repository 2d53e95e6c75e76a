import type { z } from 'zod';
import { refused } from './refused.ts';

/** JSON of a request in its shape. Throws `Refused`: `request.not-json`, `message.malformed` with the name of the call. */
export function jsonOf<T>(bytes: Uint8Array, schema: z.ZodType<T>, where: string): T {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refused('request.not-json');
  }
  return inShape(value, schema, where);
}

/** A value in its shape. Throws `Refused` `message.malformed`. */
export function inShape<T>(value: unknown, schema: z.ZodType<T>, where: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw refused('message.malformed', { where });
  return parsed.data;
}
