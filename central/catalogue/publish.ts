import { catalogueSchema, checkCatalogue, checkChange, type Catalogue, type CatalogueIssue } from '#shared/catalogue/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import type { Hasher } from '#shared/ports.ts';
import { centreKinds, type OwnLog } from '../ledger/index.ts';
import type { CentreReader, CentreStore, CentreWriter } from '../store/index.ts';
import type { CentreTime } from '../time/index.ts';

const revisionNote = 'catalogue.revision';

/** A catalogue that does not hold together, or that changes what was published: `catalogue.inconsistent`, with all that is wrong. */
export class CatalogueRefused extends DomainError {
  readonly issues: readonly CatalogueIssue[];
  constructor(issues: readonly CatalogueIssue[]) {
    super('catalogue.inconsistent', { count: issues.length, where: issues[0]?.where ?? '' });
    this.issues = issues;
  }
}

/**
 * The next number of a change to what desks are given: a published catalogue or a new lease. Catalogues and leases share
 * one sequence, so that "newer than N" is one comparison for each desk.
 */
export async function nextRevision(writer: CentreWriter): Promise<number> {
  const revision = Number((await writer.note(revisionNote)) ?? '0') + 1;
  await writer.setNote(revisionNote, String(revision));
  return revision;
}

/** The text read last and what it says: desks ask all day, and it changes a few times a year. */
let readLast: { readonly text: string; readonly catalogue: Catalogue } | undefined;

/** The catalogue (danh mục) published last. */
export async function latestCatalogue(reader: CentreReader): Promise<Catalogue | undefined> {
  const held = await reader.latestCatalogue();
  if (held && readLast?.text !== held.text) readLast = { text: held.text, catalogue: catalogueSchema.parse(JSON.parse(held.text)) };
  return held && readLast?.catalogue;
}

/** The text of a published catalogue without what its staff's PINs are checked against; everything else stays as it stands there. */
export function textWithoutPins(text: string): string {
  // Keys keep their order through JSON, so that the text is the same wherever it is made.
  return JSON.stringify(JSON.parse(text), (key, value: unknown) => (key === 'pin' ? undefined : value));
}

export interface PublishPorts {
  readonly store: CentreStore;
  readonly own: OwnLog;
  readonly time: CentreTime;
  readonly hasher: Hasher;
}

/** Who publishes; and, in development alone, that the sample may replace an older sample. */
export interface Publishing {
  readonly actor?: string | undefined;
  readonly replaces?: boolean | undefined;
}

/**
 * Publishes a catalogue under the next revision and notes its hash in the centre's log. Its own version and leases are
 * ignored: the centre numbers versions, and leases are kept apart. Returns the version. Throws {@link CatalogueRefused}; then
 * nothing is published.
 */
export async function publishCatalogue(ports: PublishPorts, catalogue: Catalogue, { actor, replaces = false }: Publishing = {}): Promise<number> {
  return ports.store.transaction(async (writer) => {
    // As desks will read it.
    const asRead = catalogueSchema.parse(JSON.parse(JSON.stringify({ ...catalogue, leases: [] })));
    const before = replaces ? undefined : await latestCatalogue(writer);
    const issues = [...checkCatalogue(asRead), ...(before ? checkChange(before, asRead) : [])];
    if (issues.length > 0) throw new CatalogueRefused(issues);
    const version = await nextRevision(writer);
    const text = JSON.stringify({ ...asRead, version });
    const reading = ports.time.read();
    await writer.addCatalogue({ version, text, publishedAt: reading.now });
    const hashOf = (of: string): string => ports.hasher.sha256(new TextEncoder().encode(of));
    const facts = { version, sha256: hashOf(text), openSha256: hashOf(textWithoutPins(text)), at: reading.now, rho: reading.rho ?? null };
    await ports.own.append(writer, reading, [{ kind: centreKinds.cataloguePublished, facts }], actor);
    return version;
  });
}

/** Whether it could be published now, and what stands against it. */
export async function checkPublication(reader: CentreReader, catalogue: Catalogue): Promise<readonly CatalogueIssue[]> {
  const before = await latestCatalogue(reader);
  return [...checkCatalogue(catalogue), ...(before ? checkChange(before, catalogue) : [])];
}
