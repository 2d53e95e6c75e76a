import { attachedSchema, dossierKinds, type Attached } from '#shared/dossier/index.ts';
import { entryHeaderSchema } from '#shared/log/index.ts';
import { entriesAbout, type CentreReader } from '../store/index.ts';

/** An entry that names a content. */
export interface RecordedAttachment {
  /** The agency whose desk recorded it. */
  readonly agency: string;
  readonly facts: Attached;
}

/** All entries about a dossier that name a content, in the order of commits; none of an erased one. */
export async function recordedAttachments(store: CentreReader, dossier: string, sha256: string): Promise<readonly RecordedAttachment[]> {
  // What was erased is nobody's any more, and is not taken in again.
  if ((await store.erasedAmong([dossier])).size > 0) return [];
  const found: RecordedAttachment[] = [];
  for await (const { text } of entriesAbout(store, dossier)) {
    if (!text.includes(sha256)) continue;
    const { kind, agency, facts } = entryHeaderSchema.parse(JSON.parse(text));
    const attached = kind === dossierKinds.attached ? attachedSchema.safeParse(facts) : undefined;
    if (attached?.success === true && attached.data.sha256 === sha256) found.push({ agency, facts: attached.data });
  }
  return found;
}
