import { erasureOf } from '#shared/dossier/index.ts';
import { bodyFits, type Entry } from '#shared/log/index.ts';
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
 * What the store makes of one of its own logs. `settled`: this disk has the whole of its line, so what else comes of the log was written by another disk.
 * `open`: the end of the line may have been lost with a disk, and is taken over where it follows.
 */
export type OwnLine = 'settled' | 'open';

/**
 * Stores entries of other logs, of own logs that this disk had lost, and of other branches of its own. Must run inside a transaction. What is here
 * already is passed over; a body that was missing or has been erased meanwhile is taken over.
 */
export function mergeEntries(table: EntryTable, carried: readonly CarriedEntry[], own: ReadonlyMap<string, OwnLine>, hasher: Hasher): MergeResult {
  const dossiers = new Set<string>();
  const forks: string[] = [];
  const misfits: string[] = [];
  let stored = 0;
  let tick = 0;
  for (const { entry, body } of carried) {
    const { dossier } = entry.header;
    const held = table.byHash(entry.hash);
    const where = held ? undefined : placeOf(table, entry, own.get(entry.header.log));
    if (where === 'unknown') continue;
    if (where === 'beside') forks.push(entry.hash);
    const id = held?.id ?? table.add(entry, undefined, where === 'beside');
    if (!held) {
      stored += 1;
      tick = Math.max(tick, entry.header.tick);
    }
    const fits = bodyFits(entry, body, hasher);
    if (!fits) misfits.push(entry.hash);
    const changed = fits && body !== undefined && takeBody(table, id, body);
    if (dossier !== undefined && (!held || changed)) dossiers.add(dossier);
  }
  const erased = eraseAgain(table, carried, dossiers);
  const incomplete = carried.flatMap(({ entry: { header } }) => (header.dossier !== undefined && header.after?.some((hash) => !table.holds(hash)) === true ? [header.dossier] : []));
  return { stored, dossiers: [...dossiers], erased, forks, misfits, incomplete: [...new Set(incomplete)], tick };
}

/** What the centre erased stays erased, in whichever order the erasure and the bodies come. Dossiers of which an erasure is among what came. */
function eraseAgain(table: EntryTable, carried: readonly CarriedEntry[], changed: Set<string>): string[] {
  const about = new Set(carried.flatMap(({ entry: { header } }) => header.dossier ?? []));
  const came = new Set(carried.flatMap(({ entry: { header } }) => (erasureOf(header) ? (header.dossier ?? []) : [])));
  for (const dossier of about) {
    const [erasure] = table.erasures(dossier);
    if (erasure && table.eraseDossier(erasure) > 0) changed.add(dossier);
  }
  return [...came];
}

/** Where an entry stands that is not here yet: on its log's line, or beside it. Unknown while the end of its log may be missing; it comes with that. */
function placeOf(table: EntryTable, { header: { log, seq, prev } }: Entry, own: OwnLine | undefined): 'line' | 'beside' | 'unknown' {
  if (own === 'settled' || table.atPlace(log, seq)) return 'beside';
  if (own === undefined) return 'line';
  const end = table.end(log);
  return end?.seq === seq - 1 && end.hash === prev ? 'line' : 'unknown';
}

function takeBody(table: EntryTable, id: number, body: NonNullable<CarriedEntry['body']>): boolean {
  if (!table.bodyOfEntry(id)) {
    table.addBody(id, body, erasedElsewhere);
    return true;
  }
  return 'erased' in body && table.eraseBody(id, erasedElsewhere);
}
