import { agenciesOfEntry, closesDossier, codeInEntry, erasureOf, partiesOf } from '#shared/dossier/index.ts';
import type { EntryHeader } from '#shared/log/index.ts';
import { centreAgency } from '../ledger/index.ts';

/** What is known of a dossier's sharing: the agencies with a part in it, and the place of the entry that closed it (null: open). */
export interface Shared {
  readonly parties: ReadonlySet<string>;
  readonly closedAt: number | null;
}

/** An entry on a dossier with its place in the order of commits and the bytes of its text and body. */
export interface PlacedEntry {
  readonly id: number;
  readonly header: EntryHeader;
  readonly bytes: number;
}

/** An entry that an agency is shown at a place. */
export interface Showing {
  readonly agency: string;
  readonly position: number;
  readonly entry: number;
  readonly bytes: number;
}

/** What an entry that was added changes. */
export interface SharedAnew {
  readonly shared: Shared;
  /** Agencies that have a part from now on. */
  readonly joined: readonly string[];
  readonly shown: readonly Showing[];
  /** The dossier's code, where the entry gives one. */
  readonly code: string | undefined;
}

/** Whether a header can give a part to somebody who has none yet. */
function mayGive(header: EntryHeader, parties: ReadonlySet<string>): boolean {
  if (parties.size === 0) return true;
  return (parties.has(header.agency) || header.agency === centreAgency) && agenciesOfEntry(header).some((agency) => !parties.has(agency));
}

/** Whether {@link share} may ask for the history if these headers are added in this order: for a store that has to fetch it before. May say yes too often. */
export function mayNeedHistory({ parties, closedAt }: Shared, headers: readonly EntryHeader[]): boolean {
  return parties.size === 0 || closedAt !== null || headers.some((header) => closesDossier(header) || agenciesOfEntry(header).some((agency) => !parties.has(agency)));
}

/**
 * Keeps what agencies are shown in step with the entries; asked once for each, in the order of commits. `history`: all entries on the
 * dossier up to this one and with it, in that order.
 */
export function share({ parties: before, closedAt }: Shared, { id, header, bytes }: PlacedEntry, history: () => readonly PlacedEntry[]): SharedAnew {
  const parties = new Set(before);
  const joined: string[] = [];
  const shown: Showing[] = [];
  if (erasureOf(header)) {
    // It opens nothing again: who left the dossier out because it was closed has nothing to erase.
    for (const agency of parties) shown.push({ agency, position: id, entry: id, bytes });
    return { shared: { parties, closedAt }, joined, shown, code: undefined };
  }
  const gives = mayGive(header, parties);
  const all = gives || closedAt !== null ? history() : [];
  if (closedAt !== null) {
    // A desk that left the dossier out because it was closed has nothing of it yet: it comes again, whole.
    for (const agency of parties) for (const one of all) if (one.id !== id) shown.push({ agency, position: id, entry: one.id, bytes: one.bytes });
  }
  if (gives) {
    for (const agency of partiesOf(all.map((one) => one.header), centreAgency)) {
      if (parties.has(agency)) continue;
      parties.add(agency);
      joined.push(agency);
      // Its own entries an agency was shown when they came.
      for (const one of all) if (one.id !== id && one.header.agency !== agency) shown.push({ agency, position: id, entry: one.id, bytes: one.bytes });
    }
  }
  for (const agency of new Set([...parties, header.agency])) if (agency !== centreAgency) shown.push({ agency, position: id, entry: id, bytes });
  return { shared: { parties, closedAt: closesDossier(header) ? id : null }, joined, shown, code: codeInEntry(header) };
}
