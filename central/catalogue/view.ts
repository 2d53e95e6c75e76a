import { agencyById, type Catalogue } from '#shared/catalogue/index.ts';
import type { CentreReader, Installation } from '../store/index.ts';
import { leaseForDesk } from './lease.ts';
import { latestCatalogue } from './publish.ts';

/** What one installation is given: the catalogue with the staff of its own agency and the leases of its own log. */
export interface DeskCatalogue {
  /** Revision of the newest part; 0 while nothing is published. */
  readonly version: number;
  readonly catalogue: Catalogue | undefined;
}

/** Most siblings an answer names. */
const mostSiblings = 200;

/** Keys of the other approved installations of an installation's agency, in a fixed order. */
export async function siblingsFor(reader: CentreReader, { id, agency }: Installation): Promise<string[]> {
  const all = await reader.installations();
  return all.filter((other) => other.id !== id && other.agency === agency && other.state === 'approved').map(({ publicKey }) => publicKey).sort().slice(0, mostSiblings);
}

/**
 * The catalogue as one installation sees it. PIN verifiers leave the centre only for the agency whose staff they are.
 * The version is that of the published catalogue or of the log's newest lease, whichever came later; entries that name it
 * can be traced to the published text, which is the last one not newer.
 */
export async function catalogueFor(reader: CentreReader, installation: Installation): Promise<DeskCatalogue> {
  const published = await latestCatalogue(reader);
  if (!published) return { version: 0, catalogue: undefined };
  const own = agencyById(published, installation.agency);
  const leases = (await reader.leases(installation.agency)).filter(({ log }) => log === installation.log);
  const version = leases.reduce((newest, { revision }) => Math.max(newest, revision), published.version);
  const staff = published.staff.filter(({ agency }) => agency === installation.agency);
  return { version, catalogue: { ...published, version, staff, leases: own ? leases.flatMap((lease) => leaseForDesk(lease, own)) : [] } };
}
