import type { ReadEntry } from '#shared/log/index.ts';
import { conflictSettledSchema } from './acts/index.ts';
import { dossierKinds } from './kinds.ts';
import type { Conflict } from './state.ts';

/** What people decided about contradictions. */
export interface Settlements {
  /** Entries that count for nothing. */
  readonly dropped: ReadonlySet<string>;
  /** Settlements that contradict each other. */
  readonly conflicts: readonly Conflict[];
}

/**
 * Reads the settlements of a dossier, given in the fold's order. A later settlement may drop an earlier one, so they are looked
 * through from the last; of those that stand, one that drops what an earlier one keeps is a contradiction itself.
 */
export function readSettlements(ordered: readonly ReadEntry[]): Settlements {
  const dropped = new Set<string>();
  const standing: { entry: string; kept: string; drops: readonly string[] }[] = [];
  const settlements = ordered.filter(({ header }) => header.kind === dossierKinds.conflictSettled);
  const droppedSettlements = new Set<string>();
  for (const { header, hash } of [...settlements].reverse()) {
    const facts = conflictSettledSchema.safeParse(header.facts);
    if (!facts.success || droppedSettlements.has(hash)) continue;
    for (const drop of facts.data.dropped) droppedSettlements.add(drop);
    standing.unshift({ entry: hash, kept: facts.data.kept, drops: facts.data.dropped });
  }
  const conflicts: Conflict[] = [];
  const keptBy = new Map<string, string>();
  for (const { entry, kept, drops } of standing) {
    const against = drops.map((drop) => keptBy.get(drop)).find((found) => found !== undefined);
    if (against !== undefined) {
      conflicts.push({ kind: dossierKinds.conflictSettled, kept: against, other: entry });
      continue;
    }
    keptBy.set(kept, entry);
    for (const drop of drops) dropped.add(drop);
  }
  return { dropped, conflicts };
}
