import { agencyById, agencyIdentifierOn, type Agency, type CodeLease } from '#shared/catalogue/index.ts';
import { addDays, civil } from '#shared/deadline/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import type { Random } from '#shared/ports.ts';
import { centreKinds, type OwnLog } from '../ledger/index.ts';
import type { CentreWriter, Installation, StoredLease } from '../store/index.ts';
import type { CentreReading } from '../time/index.ts';
import { latestCatalogue, nextRevision } from './publish.ts';

/** Daily numbers in one lease. The busiest desks of a province take in about a hundred dossiers a day. */
export const numbersInLease = 250;
/** Daily numbers one log may come to hold where its blocks run low. */
const numbersOfLog = 4 * numbersInLease;
/** Where blocks are cut from an agency's numbers. When the usual ones are gone (many counters, many new logs), smaller ones follow. */
const bands = [{ from: 1, to: 6_000, size: numbersInLease }, { from: 6_001, to: 8_999, size: 50 }] as const;
/**
 * Daily numbers of an agency that are leased out; those above are the centre's own, for dossiers received under provisional
 * codes. Beyond them desks go on with provisional codes.
 */
export const numbersForLeases: number = bands[1].to;

/**
 * The lease in the shape desks are given: in as many parts as the agency has identifiers in that time. All parts have one id, so
 * that numbers used on a day count on where its identifier is changed after the fact.
 */
export function leaseForDesk(lease: StoredLease, agency: Pick<Agency, 'identifier' | 'identifiers'>): readonly CodeLease[] {
  const { id, log, first, last, validFrom, validTo } = lease;
  const turns = (agency.identifiers ?? []).flatMap((one) => [one.validFrom, ...(one.validTo === undefined ? [] : [addDays(one.validTo, 1)])]);
  const starts = [validFrom, ...new Set(turns.filter((day) => day > validFrom && day <= validTo))].sort();
  return starts.map((from, index) => {
    const next = starts[index + 1];
    return { id, log, first, last, agencyIdentifier: agencyIdentifierOn(agency, from), validFrom: from, validTo: next === undefined ? validTo : addDays(next, -1) };
  });
}

/**
 * Sees to it that the installation's log has a lease of codes for this civil year and the next: a block of the agency's
 * daily numbers that no other log of the agency has in that year, dead logs included. A log keeps its block for the years that
 * follow where it can. `more`: its numbers of today run low, so that it gets a further block for the rest of the year, within
 * reason. Does nothing where the agency is not published or has no block left.
 */
export async function ensureLease(writer: CentreWriter, own: OwnLog, random: Random, installation: Installation, reading: CentreReading, more = false): Promise<void> {
  const today = civil(reading.now).date;
  const year = Number(today.slice(0, 4));
  const held = [...(await writer.leases(installation.agency))];
  const mine = held.filter(({ log }) => log === installation.log);
  const needed = [year, year + 1].map((wanted) => ({ validFrom: `${wanted}-01-01`, validTo: `${wanted}-12-31` }))
    .filter(({ validFrom, validTo }) => !mine.some((lease) => lease.validFrom <= validFrom && lease.validTo >= validTo));
  const now = mine.filter(({ validFrom, validTo }) => validFrom <= today && today <= validTo);
  if (more && now.length > 0 && numbersIn(now) < numbersOfLog) needed.push({ validFrom: today, validTo: `${year}-12-31` });
  if (needed.length === 0) return;
  const catalogue = await latestCatalogue(writer);
  if (!catalogue || !agencyById(catalogue, installation.agency)) return;

  for (const { validFrom, validTo } of needed) {
    const usual = held.find(({ log }) => log === installation.log);
    const block = freeBlock(held.filter((lease) => lease.validFrom <= validTo && lease.validTo >= validFrom), usual);
    if (!block) return;
    const revision = await nextRevision(writer);
    const lease: StoredLease = { id: mintUuid(reading.now, random), log: installation.log, agency: installation.agency, revision, ...block, validFrom, validTo };
    await writer.addLease(lease);
    held.push(lease);
    const facts = { lease: lease.id, log: lease.log, revision, ...block, at: reading.now, rho: reading.rho ?? null };
    await own.append(writer, reading, [{ kind: centreKinds.leaseIssued, facts }]);
  }
}

function numbersIn(leases: readonly StoredLease[]): number {
  return leases.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

type Block = Pick<StoredLease, 'first' | 'last'>;

/** A block that touches no lease of its year: the usual one, else the lowest. */
function freeBlock(taken: readonly StoredLease[], usual: Block | undefined): Block | undefined {
  const free = ({ first, last }: Block): boolean => taken.every((lease) => lease.last < first || lease.first > last);
  if (usual && free(usual)) return { first: usual.first, last: usual.last };
  for (const { from, to, size } of bands) {
    for (let first = from; first + size - 1 <= to; first += size) {
      const block = { first, last: first + size - 1 };
      if (free(block)) return block;
    }
  }
  return undefined;
}
