import { z } from 'zod';
import type { DeskStore } from '#db/index.ts';
import { uuidSchema } from '#shared/log/index.ts';

/** Logs of which the centre asked, in a receipt, for entries it had acknowledged before: it was put back from a backup. */
const memoSchema = z.record(uuidSchema, z.int().positive());
const memoName = 'resend';

/** After which entry of a log the next bundle begins. */
export function sendFrom(store: DeskStore, log: string): number {
  const needed = store.memo.load(memoName, memoSchema)?.[log];
  return Math.min(store.sent(log).seq, needed === undefined ? Infinity : needed - 1);
}

/** Keeps from where on the centre wants a log, or that it wants no more than what waits. Lost, it is asked for once more. */
export function keepResend(store: DeskStore, log: string, need: number | undefined): void {
  const { [log]: before, ...others } = store.memo.load(memoName, memoSchema) ?? {};
  if (before !== need) store.memo.save(memoName, need === undefined ? others : { ...others, [log]: need });
}
