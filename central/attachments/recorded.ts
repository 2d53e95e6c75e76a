import { attachedSchema, dossierKinds, type Attached } from '#shared/dossier/index.ts';
import { entryHeaderSchema } from '#shared/log/index.ts';
import type { CentreReader } from '../store/index.ts';

/** An entry that names a content. */
export interface RecordedAttachment {
  /** The agency whose desk recorded it. */
  readonly agency: string;
  readonly facts: Attached;
}

/** Entries of a dossier read at once. */
const page = 500;

/** All entries about a dossier that name a content, in the order of commits; none of an erased one. */
export async function recordedAttachments(store: CentreReader, dossier: string, sha256: string): Promise<readonly RecordedAttachment[]> {
  // What was erased is nobody's any more, and is not taken in again.
  if ((await store.erasedAmong([dossier])).size > 0) return [];
  const found: RecordedAttachment[] = [];
  let after = 0;
  for (;;) {
    const entries = await store.entriesOfDossier(dossier, after, page);
    for (const { text } of entries) {
      if (!text.includes(sha256)) continue;
      const { kind, agency, facts } = entryHeaderSchema.parse(JSON.parse(text));
      const attached = kind === dossierKinds.attached ? attachedSchema.safeParse(facts) : undefined;
      if (attached?.success === true && attached.data.sha256 === sha256) found.push({ agency, facts: attached.data });
    }
    const last = entries.at(-1);
    if (!last || entries.length < page) return found;
    after = last.commit;
  }
}
