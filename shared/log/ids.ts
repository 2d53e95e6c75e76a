import { z } from 'zod';
import type { Random } from '#shared/ports.ts';

/** UUID version 7 (RFC 9562): time-ordered, minted at the desk, never changed. Logs, dossiers, acts and installations have one. */
export const uuidSchema = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** Lower-case hexadecimal SHA-256. */
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** Mints a UUIDv7 from a wall time in milliseconds and 10 random bytes. The time part only spreads ids; nothing is judged by it. */
export function mintUuid(wall: number, random: Random): string {
  const time = Math.max(0, Math.floor(wall)).toString(16).padStart(12, '0').slice(-12);
  const bytes = random.bytes(10);
  const at = (index: number): number => bytes[index] ?? 0;
  const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
  const a = hex((at(0) & 0x0f) << 8 | at(1), 3);
  const b = hex(((at(2) & 0x3f) | 0x80) << 8 | at(3), 4);
  const rest = Array.from(bytes.subarray(4, 10), (byte) => hex(byte, 2)).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a}-${b}-${rest}`;
}
