import { z } from 'zod';
import type { HistoryLine as HeldLine, StoreReader } from '#db/index.ts';
import { actOf, dossierKinds, type DossierState } from '#shared/dossier/index.ts';
import type { HistoryLine } from '#shared/ipc/index.ts';
import { centreAgency, type SealedBody } from '#shared/log/index.ts';
import { detailsOf, type DetailNames } from './history-details.ts';
import { actorName, agencyName } from './lines.ts';

/** What a clerk wrote, in whichever kind of sealed body. */
const wordsSchema = z.object({
  reason: z.string().optional(), note: z.string().optional(), contact: z.string().optional(),
  receiverName: z.string().optional(), authorisation: z.string().optional(), postalItem: z.string().optional(),
});

/** The clerk's words of a body; undefined where there are none, or they are erased. */
function wordsOf(kind: string, body: SealedBody | undefined): string | undefined {
  if (!body || 'erased' in body) return undefined;
  const read = wordsSchema.safeParse(JSON.parse(body.body));
  if (!read.success) return undefined;
  const { reason, note, contact, receiverName, authorisation, postalItem } = read.data;
  const said = [
    reason,
    // A correction's body repeats the dossier's note; its own words are the reason.
    kind === dossierKinds.corrected ? undefined : note,
    contact && `Liên hệ: ${contact}`,
    receiverName && `Người nhận: ${receiverName}`,
    authorisation && `Ủy quyền: ${authorisation}`,
    postalItem && `Bưu gửi: ${postalItem}`,
  ].filter((words) => words !== undefined && words !== '');
  return said.length > 0 ? said.join('. ') : undefined;
}

/** The timeline of a dossier (lịch sử hồ sơ), in the fold's order. */
export function historyOf(read: StoreReader, state: DossierState, names: DetailNames): HistoryLine[] {
  const dropped = new Set(state.dropped);
  return read.history(state.id).map((held) => lineOf(held, read, names, dropped));
}

function lineOf({ entry, at, sent }: HeldLine, read: StoreReader, names: DetailNames, dropped: ReadonlySet<string>): HistoryLine {
  const { kind, actor, agency, seq, clock } = entry.header;
  const act = actOf(entry);
  const words = wordsOf(kind, read.sealed(entry.hash));
  return {
    kind, at: at ?? clock.wall, seq, hash: entry.hash, sent,
    ...(words === undefined ? {} : { words }),
    // Officers of the province are in no desk's catalogue.
    ...(agency === centreAgency ? { actorName: 'Cán bộ tỉnh', agencyName: 'Trung tâm tỉnh' } : { actorName: actorName(names.catalogue, actor), agencyName: agencyName(names.catalogue, agency) }),
    details: act ? detailsOf(act, names) : [],
    dropped: dropped.has(entry.hash),
  };
}
