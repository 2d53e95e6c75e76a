import { z } from 'zod';
import type { DeskStore, Grafted } from '#db/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import { followChain, parseEntry, sealedBodySchema, uuidSchema } from '#shared/log/index.ts';
import type { Hasher } from '#shared/ports.ts';
import type { CarriedEntry } from '#shared/sync/index.ts';

/** Entries that were rescued behind a gap, in order: kept in the store until what belongs before them comes. */
const remainderSchema = z.array(z.object({
  log: uuidSchema,
  entries: z.array(z.object({ text: z.string(), body: sealedBodySchema.optional() })),
}));
const memoName = 'salvaged';

export function keepRemainder(store: DeskStore, behind: Grafted['behind']): void {
  const value = behind.map(({ log, entries }) => ({ log, entries: entries.map(({ entry, body }) => ({ text: entry.text, ...(body ? { body } : {}) })) }));
  const kept = store.memo.save(memoName, value);
  if (!kept.ok) throw new DomainError(kept.fault.code, kept.fault.params);
}

/**
 * Adds to the ends of own earlier logs what was rescued and follows now, because the centre gave back what was missing. How many entries were
 * added, and how many still wait. What came by another way meanwhile is dropped from the waiting.
 */
export function rejoinRemainder(store: DeskStore, hasher: Hasher): { readonly added: number; readonly waiting: number } {
  const held = store.memo.load(memoName, remainderSchema);
  if (!held || held.length === 0) return { added: 0, waiting: 0 };
  const own = new Set(store.ownLogs());
  let added = 0;
  const left = held.flatMap(({ log, entries }) => {
    if (!own.has(log)) return [{ log, entries }];
    const end = store.head(log);
    const read = entries.flatMap(({ text, body }): CarriedEntry[] => {
      const entry = parseEntry(text, hasher);
      return entry.ok && entry.value.header.seq > end.seq ? [body ? { entry: entry.value, body } : { entry: entry.value }] : [];
    });
    const count = following(end, read);
    if (count > 0) {
      const merged = store.merge(read.slice(0, count));
      if (!merged.ok) throw new DomainError(merged.fault.code, merged.fault.params);
    }
    // Only what really stands in the log now is let go of.
    const after = store.head(log).seq;
    added += after - end.seq;
    const rest = entries.filter(({ text }) => seqOf(text, hasher) > after);
    return rest.length > 0 ? [{ log, entries: rest }] : [];
  });
  if (JSON.stringify(left) !== JSON.stringify(held)) {
    const kept = store.memo.save(memoName, left);
    if (!kept.ok) throw new DomainError(kept.fault.code, kept.fault.params);
  }
  return { added, waiting: left.reduce((sum, { entries }) => sum + entries.length, 0) };
}

/** How many rescued entries wait for what came before them. */
export function waitingRemainder(store: DeskStore): number {
  return (store.memo.load(memoName, remainderSchema) ?? []).reduce((sum, { entries }) => sum + entries.length, 0);
}

function following(end: ReturnType<DeskStore['head']>, entries: readonly CarriedEntry[]): number {
  let count = 0;
  let head = end;
  for (const { entry } of entries) {
    const next = followChain(head, [entry]);
    if (!next.ok) break;
    head = next.value;
    count += 1;
  }
  return count;
}

function seqOf(text: string, hasher: Hasher): number {
  const entry = parseEntry(text, hasher);
  return entry.ok ? entry.value.header.seq : 0;
}
