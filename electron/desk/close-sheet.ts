import { formatDate, formatDateTime } from '#shared/deadline/index.ts';
import type { TimeSource } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ResponseOf } from '#shared/ipc/index.ts';
import { closeOf } from './day-close.ts';
import { closeSheetPage } from './forms/index.ts';
import { enrolled, type Workplace } from './workplace.ts';

const sourceWords: Readonly<Record<TimeSource, string>> = {
  anchor: 'theo giờ trung tâm', wall: 'theo đồng hồ máy', confirmed: 'theo giờ cán bộ xác nhận',
};

/** The sheet of the last close, if it is of this civil day (`yyyy-MM-dd`). Errors: `day.not-closed`, `enrol.required`. */
export function closeSheetHtml(workplace: Workplace, date: string): Outcome<ResponseOf<'close-sheet.html'>> {
  const desk = enrolled(workplace);
  if (!desk.ok) return desk;
  const kept = closeOf(workplace.store, date);
  if (!kept) return fail('day.not-closed', { day: formatDate(date) });
  const { catalogue, identity, agency } = desk.value;
  const { view, timeSource, log } = kept;
  return ok(closeSheetPage({
    agencyName: agency.name, provinceName: catalogue.province.name, desk: identity.desk,
    day: formatDate(view.date), closedAt: formatDateTime(view.at), timeSource: sourceWords[timeSource], supervisor: view.by,
    received: view.received, ready: view.ready, returned: view.returned, unsent: view.unsent, actsSince: view.actsSince,
    log, confirmed: view.head, close: { seq: view.seq, hash: view.hash },
  }, workplace.fonts));
}
