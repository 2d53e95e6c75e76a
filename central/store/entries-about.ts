import type { CentreReader, HeldEntry } from './port.ts';

/** Entries read at once. */
const page = 500;

/** All entries about a dossier, of whichever log or branch, in the order of commits. */
export async function* entriesAbout(reader: CentreReader, dossier: string): AsyncGenerator<HeldEntry> {
  for (let after = 0; ; ) {
    const entries = await reader.entriesOfDossier(dossier, after, page);
    yield* entries;
    const last = entries.at(-1);
    if (!last || entries.length < page) return;
    after = last.commit;
  }
}
