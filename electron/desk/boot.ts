import { z } from 'zod';
import { base64url } from '#shared/log/index.ts';
import type { Random } from '#shared/ports.ts';

/** What was known about the boot at the program's last start; kept with the desk's data. */
export const bootRecordSchema = z.object({ boot: z.string().min(1).max(64), identity: z.string().max(128), uptime: z.number(), hrtime: z.number() });
export type BootRecord = z.infer<typeof bootRecordSchema>;

/** What the machine says at this start. */
export interface BootObservation {
  /** The system's own boot identity; undefined where it gives none. */
  readonly identity: string | undefined;
  readonly uptime: number;
  readonly hrtime: number;
  /** Whether the identity alone proves the boot (Linux: a random id per boot). */
  readonly proves: boolean;
}

/** How far uptime and monotonic time may disagree and still be one boot, milliseconds plus a share of the time passed. */
const slack = { fixed: 2_000, share: 0.001 };

/**
 * The boot id of this start. On Linux it is the system's own. Elsewhere it is a new one unless the system's identity,
 * uptime and monotonic time all continue from the record: a false "same boot" would let uptime prove what it cannot,
 * a false "new boot" only costs evidence.
 */
export function bootOf(now: BootObservation, last: BootRecord | undefined, random: Random): BootRecord {
  const { identity, uptime, hrtime } = now;
  if (now.proves && identity !== undefined) return { boot: identity, identity, uptime, hrtime };
  if (last && identity !== undefined && identity === last.identity) {
    const passed = uptime - last.uptime;
    const ran = hrtime - last.hrtime;
    const agree = Math.abs(passed - ran) <= slack.fixed + slack.share * Math.abs(passed);
    if (passed >= 0 && ran >= 0 && agree) return { boot: last.boot, identity, uptime, hrtime };
  }
  return { boot: base64url(random.bytes(16)), identity: identity ?? '', uptime, hrtime };
}
