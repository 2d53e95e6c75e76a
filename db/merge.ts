import { bodyFits } from '#shared/log/index.ts';
import type { Hasher } from '#shared/ports.ts';
import type { CarriedEntry } from '#shared/sync/index.ts';
import type { Merged } from './contract.ts';
import type { EntryTable } from './entries.ts';

/** Named where a body arrives already erased: the decision itself is an entry in the centre's log. */
const erasedElsewhere = 'centre';

/** What a merge brought, with the greatest tick among it. */
export interface MergeResult extends Merged {
  readonly tick: number;
}

/**
 * Stores entries of other logs, and of own logs that this disk had lost. Must run inside a transaction. What is here
 * already is passed over; a body that was missing or has been erased meanwhile is taken over.
 */
export function mergeEntries(table: EntryTable, carried: readonly CarriedEntry[], hasher: Hasher): MergeResult {
  const dossiers = new Set<string>();
  const forks: string[] = [];
  const misfits: string[] = [];
  let stored = 0;
  let tick = 0;
  for (const { entry, body } of carried) {
    const { log, seq, dossier } = entry.header;
    const held = table.byHash(entry.hash);
    if (!held && table.atPlace(log, seq)) {
      forks.push(entry.hash);
      continue;
    }
    const id = held?.id ?? table.add(entry, undefined);
    if (!held) {
      stored += 1;
      tick = Math.max(tick, entry.header.tick);
    }
    const fits = bodyFits(entry, body, hasher);
    if (!fits) misfits.push(entry.hash);
    const changed = fits && body !== undefined && takeBody(table, id, body);
    if (dossier !== undefined && (!held || changed)) dossiers.add(dossier);
  }
  const incomplete = carried.flatMap(({ entry: { header } }) => (header.dossier !== undefined && header.after?.some((hash) => !table.holds(hash)) === true ? [header.dossier] : []));
  return { stored, dossiers: [...dossiers], forks, misfits, incomplete: [...new Set(incomplete)], tick };
}

function takeBody(table: EntryTable, id: number, body: NonNullable<CarriedEntry['body']>): boolean {
  if (!table.bodyOfEntry(id)) {
    table.addBody(id, body, erasedElsewhere);
    return true;
  }
  return 'erased' in body && table.eraseBody(id, erasedElsewhere);
}
