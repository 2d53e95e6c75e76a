import { attachedSchema, dossierKinds, erasureOf, foldDossier, openStages, type Erased } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { entryHeaderSchema, type Entry, type EntryHeader } from '#shared/log/index.ts';
import type { CentreAttachmentFiles } from '../attachments/index.ts';
import { centreAuditedSchema, centreDecisionClosedSchema, centreDecisionProposedSchema, centreKinds, type OwnLog } from '../ledger/index.ts';
import { entriesAbout, type CentreReader, type CentreStore, type HeldEntry } from '../store/index.ts';
import type { CentreTime } from '../time/index.ts';

export interface ErasingPorts {
  readonly store: CentreStore;
  readonly own: OwnLog;
  readonly time: CentreTime;
  readonly attachments: CentreAttachmentFiles;
}

export interface EraseRequest {
  readonly dossier: string;
  /** Number and date of the decision; nothing personal: every holder keeps it. */
  readonly authority: string;
}

/** What an erasure came to. */
export interface Erasing {
  readonly dossier: string;
  /** Sealed bodies that were there and are no more. */
  readonly bodies: number;
  /** Contents of digitised papers removed from the centre's disk. */
  readonly contents: number;
  /** Whether the store's files hold nothing of them any more; else others were reading, and the same again does it. */
  readonly cleansed: boolean;
}

/** Entries read at once. */
const page = 500;

/** One entry with what is said in it. */
interface Read {
  readonly held: HeldEntry;
  readonly header: EntryHeader;
}

/**
 * Erases the personal data of a finished dossier (xóa thông tin cá nhân; Law 91/2025/QH15, Decree 356/2025/NĐ-CP): the sealed bodies of all entries about it, of
 * whichever log or branch; what officers wrote down about it; the contents of its digitised papers that no other dossier names. The decision is an
 * entry of the centre's own log about the dossier, in the same transaction, and goes to every agency with a part in it like any other; what
 * arrives later is kept without its body. The same again erases what is left and decides nothing twice. Errors: `dossier.unknown`, `erasure.not-finished`.
 */
export async function eraseDossier({ store, own, time, attachments }: ErasingPorts, { dossier, authority }: EraseRequest): Promise<Outcome<Erasing>> {
  const done = await store.transaction(async (writer): Promise<Outcome<{ readonly bodies: number; readonly about: readonly Read[] }>> => {
    const about: Read[] = [];
    for await (const held of entriesAbout(writer, dossier)) about.push(read(held));
    const state = foldDossier(about.map(asEntry));
    if (!state) return fail('dossier.unknown', { code: dossier });
    if (openStages.includes(state.stage)) return fail('erasure.not-finished', { code: state.code });
    const said = await saidAbout(writer, own.log, dossier);
    const bodies = await writer.eraseBodies([...about, ...said].map(({ held }) => held.commit));
    await writer.addErasure(dossier);
    if (!about.some(({ header }) => erasureOf(header))) {
      const reading = time.read();
      const facts: Erased = { authority, bodies, at: reading.now, rho: reading.rho ?? null };
      await own.append(writer, reading, [{ kind: dossierKinds.erased, facts, dossier }]);
    }
    return ok({ bodies, about });
  });
  if (!done.ok) return done;
  const { bodies, about } = done.value;
  const contents = await removeContents(store, attachments, dossier, about);
  return ok({ dossier, bodies, contents, cleansed: await store.cleanse() });
}

function asEntry({ held: { text, hash }, header }: Read): Entry {
  return { text, hash, header };
}

function read(held: HeldEntry): Read {
  return { held, header: entryHeaderSchema.parse(JSON.parse(held.text)) };
}

/** What officers wrote about a dossier in the centre's own log: proposals with their grounds, withdrawals, audits. */
async function saidAbout(reader: CentreReader, log: string, dossier: string): Promise<readonly Read[]> {
  const found: Read[] = [];
  const proposals = new Set<string>();
  for (let from = 1; ; from += page) {
    const entries = await reader.entries(log, from, page);
    for (const held of entries) {
      if (held.body === undefined) continue;
      const one = read(held);
      const { kind, facts } = one.header;
      if (kind === centreKinds.decisionProposed) {
        const proposed = centreDecisionProposedSchema.parse(facts);
        if (proposed.dossier !== dossier) continue;
        proposals.add(proposed.proposal);
        found.push(one);
      } else if (kind === centreKinds.decisionWithdrawn || kind === centreKinds.decisionConfirmed) {
        if (proposals.has(centreDecisionClosedSchema.parse(facts).proposal)) found.push(one);
      } else if (kind === centreKinds.audited && centreAuditedSchema.parse(facts).dossier === dossier) found.push(one);
    }
    if (entries.length < page) return found;
  }
}

/** Contents have no chain to stand in for them; one that another dossier has as well stays. */
async function removeContents(reader: CentreReader, files: CentreAttachmentFiles, dossier: string, about: readonly Read[]): Promise<number> {
  const names = new Map<string, { readonly agency: string; readonly sha256: string }>();
  for (const { header } of about) {
    const attached = header.kind === dossierKinds.attached ? attachedSchema.safeParse(header.facts).data : undefined;
    if (attached) names.set(`${attached.sha256} ${header.agency}`, { agency: header.agency, sha256: attached.sha256 });
  }
  let removed = 0;
  for (const name of names.values()) {
    if (await reader.namedElsewhere(name.sha256, dossier)) continue;
    if (await files.remove(name)) removed += 1;
  }
  return removed;
}
