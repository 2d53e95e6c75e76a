import { instantOf } from '#shared/deadline/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import type { FakeDesk } from '../desk/fake-desk.ts';
import { otherLog } from '../desk/fake-log.ts';
import { command, id } from './dossiers.ts';

/** Dossiers on every stretch of their way, each brought there by the orders themselves. All give the dossier's id. */

const procedure = '1.004884';

/** Received on the Monday before noon, five working days. */
export function received(desk: FakeDesk, change: Parameters<typeof command>[0] = {}, at = instantOf('2026-11-23', '08:30')): string {
  const order = command({ procedure, ...change });
  const papers = desk.catalogue.procedures.find(({ code }) => code === (change.procedure ?? procedure))?.papers ?? [];
  desk.receive({ ...order, papers: papers.map((paper) => ({ code: paper.code, kind: paper.kind, quantity: paper.quantity, present: paper.required })) }, at);
  return order.dossier;
}

/** Handed in online and not answered. */
export function submitted(desk: FakeDesk, change: Parameters<typeof command>[0] = {}, at = instantOf('2026-11-23', '09:10')): string {
  const { act, dossier, procedure: code, personal } = command({ procedure, ...change });
  desk.give('submission.save', { act, dossier, procedure: code, personal, channel: 'online', submittedAt: at, portalCode: 'G22.99.18-261123-1187' }, at + 5 * 60_000);
  return dossier;
}

/** A supplement was asked for before any term ran. */
export function incomplete(desk: FakeDesk, change: Parameters<typeof command>[0] = {}, at = instantOf('2026-11-20', '10:00')): string {
  const { act, dossier, procedure: code, personal, channel } = command({ procedure, ...change });
  desk.give('supplement.request', {
    act, dossier, papers: [], text: 'Thiếu bản chính Giấy chứng sinh; tờ khai chưa có chữ ký của người yêu cầu.', intake: { procedure: code, personal, channel },
  }, at);
  return dossier;
}

/** A supplement was asked for in the examination; the term stands still. */
export function inSupplement(desk: FakeDesk, change: Parameters<typeof command>[0] = {}): string {
  const dossier = received(desk, change, instantOf('2026-11-19', '09:00'));
  const [paper] = desk.dossiers.get(dossier)?.state.papers ?? [];
  desk.give('supplement.request', {
    act: id(), dossier, text: 'Bản sao giấy tờ hộ tịch bị mờ, không đọc được số đăng ký.', contact: 'Lương Đức Thắng',
    papers: paper ? [{ code: paper.code, kind: paper.kind, quantity: 1 }] : [],
  }, instantOf('2026-11-20', '15:20'));
  return dossier;
}

export function inPayment(desk: FakeDesk, change: Parameters<typeof command>[0] = {}): string {
  const dossier = received(desk, { procedure: '2.001035', ...change });
  desk.give('payment.request', { act: id(), dossier, amount: 1_200_000, payBy: instantOf('2026-11-27', '23:59'), note: 'Thuế thu nhập cá nhân và lệ phí trước bạ' }, instantOf('2026-11-23', '10:15'));
  return dossier;
}

export function stopRequested(desk: FakeDesk, change: Parameters<typeof command>[0] = {}): string {
  const dossier = received(desk, change);
  desk.give('stop.request', { act: id(), dossier, text: 'Gia đình thay đổi nơi cư trú, xin rút hồ sơ.' }, instantOf('2026-11-23', '11:05'));
  return dossier;
}

/** Gone to a unit; `taken` tells whether it was taken over there. */
export function forwarded(desk: FakeDesk, taken: boolean, change: Parameters<typeof command>[0] = {}): string {
  const dossier = received(desk, change);
  const hop = id();
  desk.give('transfer.give', { act: id(), dossier, hop, to: { agency: 'ls-mai-pha', unit: 'tu-phap' }, paper: true, note: 'Kèm 02 bản sao' }, instantOf('2026-11-23', '09:40'));
  if (taken) desk.give('transfer.take', { act: id(), dossier, hop, missingPapers: [] }, instantOf('2026-11-23', '10:02'));
  return dossier;
}

export function ready(desk: FakeDesk, change: Parameters<typeof command>[0] = {}): string {
  const dossier = received(desk, change);
  desk.give('result.mark-ready', { act: id(), dossier, outcome: 'granted', resultCount: 1 }, instantOf('2026-11-23', '13:31'));
  return dossier;
}

/** Handed over here, and stopped at another desk that did not know it. */
export function contradicted(desk: FakeDesk, change: Parameters<typeof command>[0] = {}): string {
  const dossier = received(desk, change);
  const before = desk.dossiers.get(dossier)?.state.frontier ?? [];
  desk.give('result.mark-ready', { act: id(), dossier, outcome: 'granted', resultCount: 1 }, instantOf('2026-11-23', '13:31'));
  desk.log.write(
    [{ kind: dossierKinds.resultReady, dossier, after: before, facts: { at: instantOf('2026-11-23', '13:20'), timeSource: 'anchor', outcome: 'refused', resultCount: 1 }, personal: { note: 'Không đủ căn cứ để đăng ký lại.' } }],
    { act: id(), actor: 'tt-02', at: instantOf('2026-11-23', '13:20'), agency: 'ls-centre', log: otherLog },
    before,
  );
  return dossier;
}

/** Its due date runs past the calendar that was published then; the whole calendar is there now. */
export function provisional(desk: FakeDesk, change: Parameters<typeof command>[0] = {}): string {
  const whole = desk.catalogue;
  const short = whole.calendars.map((calendar) => ({ ...calendar, version: '2026-v2', coversTo: '2026-11-30' }));
  desk.catalogue = { ...whole, calendars: short };
  const dossier = received(desk, { procedure: '1.001776', ...change });
  desk.catalogue = { ...whole, calendars: [...short, ...whole.calendars.filter(({ version }) => version !== '2026-v2')] };
  return dossier;
}

/** One of each, with long names and every mark. */
export function everyStage(desk: FakeDesk): void {
  submitted(desk, { name: 'Nguyễn Hoàng Thị Thùy Dương', number: '020192003318' });
  submitted(desk, { name: 'Bế Văn Đàm', number: '020075002299' }, instantOf('2026-11-20', '08:05'));
  incomplete(desk, { name: 'Lường Thị Ngọc Ánh', number: '020188001234' });
  inSupplement(desk, { name: 'Triệu Quỳnh Trâm', number: '020197001122' });
  inPayment(desk, { name: 'Công ty Trách nhiệm hữu hạn Thương mại và Dịch vụ Xứ Lạng', number: '020079001207' });
  stopRequested(desk, { name: 'Đặng Quốc Việt', number: '020086005570' });
  forwarded(desk, false, { name: 'Tôn Nữ Hoàng Thị Kim Ngân Quỳnh Trâm', number: '020197001122', address: 'Số nhà 12B, ngõ 48, đường Nguyễn Thị Minh Khai, thôn Khòn Khuyên, xã Mai Pha, tỉnh Lạng Sơn' });
  forwarded(desk, true, { name: 'Lê Xuân Trường', number: '020075002299' });
  ready(desk, { name: 'Hoàng Thị Thúy Hằng', number: '020185004411' });
  contradicted(desk, { name: 'Vi Thị Nguyệt', number: '020168000219' });
  provisional(desk, { name: 'Nông Quốc Khánh', number: '020079001207' });
}
