import type { EntryHeader } from '#shared/log/index.ts';
import { dossierKinds } from './kinds.ts';

/** What of an entry tells who has a part in its dossier. */
export type PartHeader = Pick<EntryHeader, 'kind' | 'agency' | 'facts'>;

/** Facts that name an agency, whatever kind of entry they stand in: also in kinds this program does not know yet. */
const namingFacts = ['receivingAgency', 'competentAgency', 'fromAgency', 'toAgency'] as const;

/** Most letters of an agency's id; longer texts name none. */
const longestId = 64;

/** The agencies an entry names as having a part in its dossier: the one that acted, first, and those in its facts. */
export function agenciesOfEntry({ agency, facts }: PartHeader): readonly string[] {
  const named = namingFacts.map((name) => facts[name]).filter((value) => typeof value === 'string' && value !== '' && value.length <= longestId);
  return [...new Set([agency, ...named.map(String)])];
}

/** Whether an entry opens its dossier: it says which agency receives it (Art. 17, Decree 118/2025/NĐ-CP). */
function opens({ facts }: PartHeader): boolean {
  return typeof facts['receivingAgency'] === 'string';
}

/**
 * The agencies that have a part in a dossier (cơ quan có liên quan), from its entries in the order in which they were
 * committed. A part is given, never taken: the first entry that opens the dossier gives one to all whom it names; after
 * that only who has a part (or the `authority`, the centre itself) can give one. So nobody comes into a dossier by writing
 * its id into a log of their own. A word given early counts as soon as its giver has a part: logs arrive in any order.
 */
export function partiesOf(headers: readonly PartHeader[], authority: string): readonly string[] {
  const opening = headers.find(opens);
  if (!opening) return [];
  const parties = new Set(agenciesOfEntry(opening));
  for (let before = 0; before !== parties.size; ) {
    before = parties.size;
    for (const header of headers) {
      if (!parties.has(header.agency) && header.agency !== authority) continue;
      for (const agency of agenciesOfEntry(header)) if (agency !== authority) parties.add(agency);
    }
  }
  return [...parties];
}

/** Kinds after which usually nothing more is done on a dossier: desks take these later than the open ones. */
const closingKinds: ReadonlySet<string> = new Set([dossierKinds.handedOver, dossierKinds.stopped, dossierKinds.notAccepted]);

/** Whether an entry closes its dossier. It only orders what desks are sent; the state of a dossier is the fold's. */
export function closesDossier({ kind }: Pick<EntryHeader, 'kind'>): boolean {
  return closingKinds.has(kind);
}

/** The dossier's code (mã hồ sơ) that an entry gives, if it gives one. */
export function codeInEntry({ facts }: Pick<EntryHeader, 'facts'>): string | undefined {
  const { code } = facts;
  return typeof code === 'string' && code !== '' && code.length <= 64 ? code : undefined;
}
