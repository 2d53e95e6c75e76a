import { attachedPersonalSchema, type DossierState } from '#shared/dossier/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import type { Procedure } from '#shared/catalogue/index.ts';
import type { DeskStore } from '#db/index.ts';

/** The digitised papers of a dossier as they are listed, each content once, with how far it is on its way; none of an erased dossier. */
export function attachmentLines(store: DeskStore, state: DossierState, procedure: Procedure | undefined): DossierView['attachments'] {
  if (state.erased) return [];
  const waiting = new Set(store.attachments.waiting().map(({ sha256 }) => sha256));
  const seen = new Set<string>();
  return state.attachments.flatMap(({ sha256, of, paper, bytes, media, at, origin }) => {
    if (seen.has(sha256)) return [];
    seen.add(sha256);
    const heldAt = store.attachments.heldAt(sha256);
    const body = store.read.sealed(origin.entry);
    const personal = body && !('erased' in body) ? attachedPersonalSchema.safeParse(JSON.parse(body.body)).data : undefined;
    return [{
      sha256, of, bytes, media, at,
      ...(paper === undefined ? {} : { paperName: procedure?.papers.find(({ code }) => code === paper)?.name ?? paper }),
      ...(personal?.name === undefined ? {} : { name: personal.name }),
      standing: waiting.has(sha256) ? ('waiting' as const) : heldAt === undefined ? ('elsewhere' as const) : ('held' as const),
      ...(heldAt === undefined ? {} : { heldAt }),
    }];
  });
}
