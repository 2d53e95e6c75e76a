import type { CodeLease } from '#shared/catalogue/index.ts';
import { civil } from '#shared/deadline/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import type { Random } from '#shared/ports.ts';
import { centreKinds, type OwnLog } from '../ledger/index.ts';
import type { CentreWriter, Installation, StoredLease } from '../store/index.ts';
import type { CentreReading } from '../time/index.ts';
import { latestCatalogue, nextRevision } from './publish.ts';

/** Daily numbers in one lease. The busiest desks of a province take in about a hundred dossiers a day. */
export const numbersInLease = 250;
/** Daily numbers an agency has, as its codes have four digits. Beyond them desks go on with provisional codes. */
const numbersOfAgency = 9_999;

/** The lease in the shape desks are given. */
export function leaseForDesk(lease: StoredLease, agencyIdentifier: string): CodeLease {
  return { id: lease.id, log: lease.log, agencyIdentifier, validFrom: lease.validFrom, validTo: lease.validTo, first: lease.first, last: lease.last };
}

/**
 * Sees to it that the installation's log has a lease of codes for this civil year and the next: a block of the agency's
 * daily numbers that no other log of the agency gets in those years. A log that has one keeps its block for the years
 * that follow. Does nothing where the agency is not published or has no block left.
 */
export async function ensureLease(writer: CentreWriter, own: OwnLog, random: Random, installation: Installation, reading: CentreReading): Promise<void> {
  const catalogue = await latestCatalogue(writer);
  if (!catalogue?.agencies.some(({ id }) => id === installation.agency)) return;
  const held = await writer.leases(installation.agency);
  const mine = held.filter(({ log }) => log === installation.log);
  const year = Number(civil(reading.now).date.slice(0, 4));
  const needed = [year, year + 1].filter((wanted) => !mine.some(({ validFrom, validTo }) => validFrom <= `${wanted}-01-01` && validTo >= `${wanted}-12-31`));
  if (needed.length === 0) return;

  const first = mine[0]?.first ?? held.reduce((next, { last }) => Math.max(next, last + 1), 1);
  const last = first + numbersInLease - 1;
  if (last > numbersOfAgency) return;
  for (const wanted of needed) {
    const revision = await nextRevision(writer);
    const lease = {
      id: mintUuid(reading.now, random), log: installation.log, agency: installation.agency, revision, first, last,
      validFrom: `${wanted}-01-01`, validTo: `${wanted}-12-31`,
    };
    await writer.addLease(lease);
    const facts = { lease: lease.id, log: lease.log, revision, first, last, at: reading.now, rho: reading.rho ?? null };
    await own.append(writer, reading, [{ kind: centreKinds.leaseIssued, facts }]);
  }
}
