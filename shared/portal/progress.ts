import { actOf, foldDossier, inFoldOrder, portalStatus } from '#shared/dossier/index.ts';
import type { ReadEntry } from '#shared/log/index.ts';
import { agencyNameIn, portalDate, staffNameIn, type PortalSource } from './dossier.ts';
import type { PortalProgress } from './messages.ts';
import { stepWords } from './words.ts';

/**
 * The steps of a dossier's course that `wanted` asks for, in its order, each with its credible time and the status after it. What
 * people decided counts for nothing, and what contradicts another act and is not settled, is no step.
 */
export function portalProgress(source: PortalSource, entries: readonly ReadEntry[], wanted: (entry: ReadEntry) => boolean): PortalProgress[] {
  const { state, catalogue } = source;
  const aside = new Set([...state.dropped, ...state.conflicts.map(({ other }) => other)]);
  const ordered = [...entries].sort(inFoldOrder).filter(({ hash }) => !aside.has(hash));
  return ordered.flatMap((entry, index): PortalProgress[] => {
    const act = wanted(entry) ? actOf(entry) : undefined;
    const words = act && stepWords(act, (id) => agencyNameIn(catalogue, id));
    const at = source.credible(entry.hash);
    const then = words === undefined ? undefined : foldDossier(ordered.slice(0, index + 1));
    if (words === undefined || at === undefined || !then) return [];
    return [{
      MaHoSo: state.code,
      NguoiXuLy: staffNameIn(catalogue, entry.header.actor),
      ThoiDiemXuLy: portalDate(at),
      PhongBanXuLy: agencyNameIn(catalogue, entry.header.agency),
      NoiDungXuLy: words,
      TrangThai: String(portalStatus(then)),
      NgayKetThucTheoQuyDinh: portalDate(then.due?.at),
    }];
  });
}
