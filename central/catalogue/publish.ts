import { catalogueSchema, type Catalogue } from '#shared/catalogue/index.ts';
import type { Hasher } from '#shared/ports.ts';
import { centreKinds, type OwnLog } from '../ledger/index.ts';
import type { CentreReader, CentreStore, CentreWriter } from '../store/index.ts';
import type { CentreTime } from '../time/index.ts';

const revisionNote = 'catalogue.revision';

/**
 * The next number of a change to what desks are given: a published catalogue or a new lease. Catalogues and leases share
 * one sequence, so that "newer than N" is one comparison for each desk.
 */
export async function nextRevision(writer: CentreWriter): Promise<number> {
  const revision = Number((await writer.note(revisionNote)) ?? '0') + 1;
  await writer.setNote(revisionNote, String(revision));
  return revision;
}

/** The catalogue (danh mục) published last. */
export async function latestCatalogue(reader: CentreReader): Promise<Catalogue | undefined> {
  const held = await reader.latestCatalogue();
  return held && catalogueSchema.parse(JSON.parse(held.text));
}

/**
 * Publishes a catalogue under the next revision and notes its hash in the centre's log. Its own version and leases are
 * ignored: the centre numbers versions, and leases are kept apart. Returns the version.
 */
export async function publishCatalogue(
  ports: { readonly store: CentreStore; readonly own: OwnLog; readonly time: CentreTime; readonly hasher: Hasher },
  catalogue: Catalogue,
  actor?: string,
): Promise<number> {
  return ports.store.transaction(async (writer) => {
    const version = await nextRevision(writer);
    const text = JSON.stringify({ ...catalogueSchema.parse(catalogue), version, leases: [] });
    const reading = ports.time.read();
    await writer.addCatalogue({ version, text, publishedAt: reading.now });
    const facts = { version, sha256: ports.hasher.sha256(new TextEncoder().encode(text)), at: reading.now, rho: reading.rho ?? null };
    await ports.own.append(writer, reading, [{ kind: centreKinds.cataloguePublished, facts }], actor);
    return version;
  });
}
