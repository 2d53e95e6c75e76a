import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { useWindow } from '#renderer/desk/state/window.ts';
import { formatDueDate, instantOf } from '#shared/deadline/index.ts';
import type { ChannelName } from '#shared/ipc/index.ts';
import * as at from '../harness/mechanism.ts';
import { FakeDesk, type Kept } from './fake-desk.ts';
import { field, saidLine, show, type Shown } from './show.tsx';

afterEach(cleanup);

interface Opened extends Shown {
  dossier: string;
  kept: () => Kept;
}

/** A dossier's page, its dossier brought where it stands by orders. The supervisor may give every order. */
async function opened(bring: (desk: FakeDesk) => string, as: 'supervisor' | 'clerk' = 'supervisor'): Promise<Opened> {
  const desk = new FakeDesk();
  const dossier = bring(desk);
  const shown = await show({ desk, as });
  await act(async () => useWindow.getState().go({ name: 'dossier', dossier }));
  await screen.findByText('Việc có thể làm');
  return { ...shown, dossier, kept: () => desk.dossiers.get(dossier)! };
}

const offered = (): string[] => [...document.querySelectorAll('.rail-acts .button .grow')].map((one) => one.textContent ?? '');
const accented = (): string | undefined => document.querySelector('.rail-acts .button-primary .grow')?.textContent ?? undefined;
const confirm = '{Control>}{Enter}{/Control}';
const alt = (letter: string): string => `{Alt>}${letter}{/Alt}`;
const stage = ({ kept }: Opened): string => kept().state.stage;

async function form({ user }: Shown, key: string, name: string): Promise<HTMLElement> {
  await user.keyboard(key);
  return await screen.findByRole('group', { name });
}

describe('the page of a dossier', () => {
  it('says who, what, how it stands, until when and how far that is, and the portal’s status by its official name', async () => {
    await opened((desk) => at.forwarded(desk, true, { name: 'Lê Xuân Trường' }));
    const head = screen.getByRole('region', { name: 'Hồ sơ' });
    expect(head.textContent).toContain('Lê Xuân Trường');
    expect(head.textContent).toContain('Đang giải quyết · Còn 7 ngày');
    expect(head.textContent).toContain('thứ Hai 30/11/2026 17:30 · còn 7 ngày');
    expect(head.textContent).toContain('4 · Đang xử lý');
    const hops = within(screen.getByRole('table', { name: 'Phiếu kiểm soát (Mẫu 06)' })).getAllByRole('row')[1];
    expect(hops?.textContent).toContain('23/11/2026 09:40');
    expect(hops?.textContent).toContain('23/11/2026 10:02');
    expect(hops?.textContent).toContain('trước hạn');
  });

  it('accents the next sensible act and says that a half of a hop is missing', async () => {
    await opened((desk) => at.forwarded(desk, false));
    await waitFor(() => expect(accented()).toBe('Nhận bàn giao'));
    expect(screen.getByText('bên nhận chưa ghi')).toBeTruthy();
  });

  it.each<[string, (desk: FakeDesk) => string, string]>([
    ['submitted', at.submitted, 'Tiếp nhận'],
    ['incomplete', at.incomplete, 'Tiếp nhận'],
    ['received', at.received, 'Chuyển hồ sơ'],
    ['in supplement', at.inSupplement, 'Ghi nhận bổ sung'],
    ['in payment', at.inPayment, 'Ghi đã nộp tiền'],
    ['withdrawn', at.stopRequested, 'Dừng giải quyết'],
    ['ready', at.ready, 'Trả kết quả'],
    ['contradicted', at.contradicted, 'Giải quyết mâu thuẫn'],
  ])('%s: the next act is at hand', async (_, bring, next) => {
    const { desk } = await opened((fresh) => {
      const dossier = bring(fresh);
      // Nothing is overdue on the Monday itself.
      fresh.now = instantOf('2026-11-23', '14:03');
      return dossier;
    });
    await waitFor(() => expect(accented()).toBe(next));
    expect(document.activeElement?.textContent).toContain(next);
    expect(desk.calls.some(({ name }) => name === 'dossier.get')).toBe(true);
  });

  it('offers what is possible and not what would be about nothing', async () => {
    await opened(at.received);
    expect(offered()).toEqual(['Chuyển hồ sơ', 'Nhận bàn giao', 'Yêu cầu bổ sung', 'Yêu cầu nộp tiền', 'Có kết quả', 'Trả kết quả', 'Xin lỗi, hẹn lại', 'Gia hạn', 'Người nộp xin rút', 'Sửa thông tin']);
    cleanup();
    await opened(at.received, 'clerk');
    expect(offered()).not.toContain('Xin lỗi, hẹn lại');
  });

  it('leads back to where one came from', async () => {
    const shown = await opened(at.received);
    await act(async () => useWindow.getState().go({ name: 'dossier', dossier: shown.dossier, from: 'duties' }));
    await shown.user.keyboard('{Escape}');
    await screen.findByRole('heading', { name: 'Việc cần làm' });
  });
});

describe('each act by the keyboard alone', () => {
  it('a supplement in the examination: papers, reason, form 02, and what becomes of the term', async () => {
    const shown = await opened(at.received);
    const panel = await form(shown, alt('b'), 'Yêu cầu bổ sung');
    expect(panel.textContent).toContain('được tính lại từ đầu khi hồ sơ đủ');
    expect(panel.textContent).toContain('thứ Năm 26/11/2026 17:30');
    await waitFor(() => expect(document.activeElement).toBe(within(panel).getAllByRole('checkbox')[0]));
    await shown.user.keyboard(` ${confirm}`);
    await screen.findByText('Ghi lý do; nội dung này được in trên phiếu.');
    expect(shown.desk.requests('supplement.request')).toEqual([]);
    await waitFor(() => expect(document.activeElement).toBe(field('Lý do')));
    await shown.user.keyboard(`Tờ khai thiếu chữ ký.${confirm}`);
    await waitFor(() => expect(stage(shown)).toBe('supplement'));
    expect(shown.desk.requests('supplement.request')[0]).toMatchObject({ text: 'Tờ khai thiếu chữ ký.', contact: 'Hoàng Văn Hùng', papers: [{ quantity: 1 }] });
    await waitFor(() => expect(shown.desk.requests('receipt.print')).toEqual([{ dossier: shown.dossier, form: 'supplement' }]));
    const by = shown.kept().state.supplements[0]!.requested.completeBy;
    await waitFor(() => expect(saidLine()).toContain(`Người nộp bổ sung chậm nhất ${formatDueDate(by)}.`));
    await screen.findByText('Chờ người nộp bổ sung');
  });

  it('the papers that came complete it, and the new due date is told', async () => {
    const shown = await opened(at.inSupplement);
    await form(shown, alt('b'), 'Ghi nhận bổ sung');
    await shown.user.keyboard(confirm);
    await waitFor(() => expect(stage(shown)).toBe('processing'));
    expect(shown.desk.requests('supplement.complete')[0]?.papers).toMatchObject([{ present: true, quantity: 1 }]);
    await waitFor(() => expect(saidLine()).toContain(`Hạn trả mới: ${formatDueDate(shown.kept().state.due!.at)}.`));
    await shown.user.click(screen.getByRole('button', { name: 'In Mẫu 01' }));
    await waitFor(() => expect(shown.desk.requests('receipt.print').map((one) => one.form)).toEqual(['reception']));
  });

  it('goes on to a unit found by unaccented words; nowhere chosen is said at the field', async () => {
    const shown = await opened(at.received);
    await form(shown, alt('c'), 'Chuyển hồ sơ');
    await waitFor(() => expect(document.activeElement).toBe(field('Nơi nhận')));
    await shown.user.keyboard(confirm);
    await screen.findByText('Chọn cơ quan hoặc bộ phận nhận.');
    await shown.user.click(field('Nơi nhận'));
    await shown.user.keyboard('tu phap');
    await within(await screen.findByRole('listbox', { name: 'Danh sách gợi ý' })).findByText('cơ quan này');
    await shown.user.keyboard(`{Enter}${confirm}`);
    await waitFor(() => expect(shown.kept().state.hops).toHaveLength(1));
    expect(shown.desk.requests('transfer.give')[0]).toMatchObject({ to: { agency: 'ls-mai-pha', unit: 'tu-phap' }, paper: true });
  });

  it('is taken over under the giver’s hop, with what did not come', async () => {
    const shown = await opened((desk) => at.forwarded(desk, false));
    const panel = await form(shown, alt('n'), 'Nhận bàn giao');
    await shown.user.click(within(panel).getAllByRole('checkbox')[0]!);
    await shown.user.keyboard(confirm);
    await waitFor(() => expect(shown.kept().state.hops[0]?.taken).toBeDefined());
    expect(shown.kept().state.hops).toHaveLength(1);
    expect(shown.kept().state.hops[0]?.taken?.missingPapers).toHaveLength(1);
    await screen.findByText(/thiếu 1 giấy tờ/);
  });

  it('is taken over without the giver’s half only with the giver named', async () => {
    const shown = await opened(at.received);
    await form(shown, alt('n'), 'Nhận bàn giao');
    await shown.user.keyboard(confirm);
    await screen.findByText('Chọn nơi giao hồ sơ.');
    await shown.user.click(field('Nơi giao'));
    await shown.user.keyboard('dong dang');
    await screen.findByRole('option', { name: /Đồng Đăng/ });
    await shown.user.keyboard(`{Enter}${confirm}`);
    await waitFor(() => expect(shown.kept().state.hops).toMatchObject([{ fromAgency: 'ls-dong-dang' }]));
  });

  it('a payment is asked for with its amount and day, then recorded', async () => {
    const shown = await opened(at.received);
    await form(shown, alt('p'), 'Yêu cầu nộp tiền');
    await shown.user.keyboard(`mười nghìn${confirm}`);
    await screen.findByText('Nhập số tiền bằng chữ số, ví dụ 1.200.000.');
    await shown.user.clear(field('Số tiền (đồng)'));
    await shown.user.type(field('Số tiền (đồng)'), '1.200.000{Enter}27/11/2026');
    await shown.user.keyboard(confirm);
    await waitFor(() => expect(stage(shown)).toBe('payment'));
    expect(shown.desk.requests('payment.request')[0]).toMatchObject({ amount: 1_200_000, payBy: instantOf('2026-11-27', '23:59') });
    const panel = await form(shown, alt('p'), 'Ghi đã nộp tiền');
    expect(panel.textContent).toContain('1.200.000 đ');
    await shown.user.keyboard(confirm);
    await waitFor(() => expect(stage(shown)).toBe('processing'));
  });

  it('an extension stays within what the procedure allows: the refusal stands at the amount', async () => {
    const shown = await opened(at.received);
    const panel = await form(shown, alt('g'), 'Gia hạn');
    await waitFor(() => expect(panel.isConnected ? panel.textContent : document.body.textContent).toContain('tối đa 3 ngày làm việc'));
    await shown.user.type(field('Gia hạn thêm'), '9');
    await shown.user.type(field('Lý do'), 'Cần xác minh tại địa phương khác.');
    await shown.user.keyboard(confirm);
    await waitFor(() => expect(field('Gia hạn thêm').getAttribute('aria-invalid')).toBe('true'));
    expect(document.body.textContent).toContain('không cho gia hạn như vậy');
    await shown.user.clear(field('Gia hạn thêm'));
    await shown.user.type(field('Gia hạn thêm'), `3${confirm}`);
    await waitFor(() => expect(shown.kept().state.extensions).toHaveLength(1));
    expect(shown.desk.requests('term.extend').at(-1)).toMatchObject({ by: { unit: 'workingDay', amount: 3 } });
    expect(offered()).not.toContain('Gia hạn');
  });

  it('an apology: its latest day, the new appointment, form 04; too early is said at the date', async () => {
    const shown = await opened(at.received);
    const panel = await form(shown, alt('x'), 'Xin lỗi, hẹn lại');
    expect(panel.textContent).toContain('Chủ nhật 29/11/2026 23:59');
    await screen.findByText('Sau khi lưu không sửa lại được. Hãy kiểm tra kỹ trước khi lưu.');
    await shown.user.keyboard('25/11/2026');
    await shown.user.type(field('Lý do'), `Chờ kết quả xác minh.${confirm}`);
    await waitFor(() => expect(field('Hẹn lại ngày').getAttribute('aria-invalid')).toBe('true'));
    await shown.user.clear(field('Hẹn lại ngày'));
    await shown.user.type(field('Hẹn lại ngày'), `3/12/2026${confirm}`);
    await waitFor(() => expect(shown.kept().state.apologised).toBeDefined());
    expect(shown.desk.requests('term.apologise').at(-1)).toMatchObject({ date: '2026-12-03', cause: 'agency' });
    await waitFor(() => expect(shown.desk.requests('receipt.print')).toEqual([{ dossier: shown.dossier, form: 'apology' }]));
    expect(saidLine()).toContain('Hẹn lại thứ Năm 03/12/2026 17:30.');
    expect(offered()).not.toContain('Xin lỗi, hẹn lại');
  });

  it('a provisional due date is computed again under the calendar published since', async () => {
    const shown = await opened(at.provisional);
    expect(screen.getByText('· tạm tính')).toBeTruthy();
    await form(shown, alt('h'), 'Tính lại ngày hẹn');
    await shown.user.keyboard(confirm);
    await waitFor(() => expect(shown.kept().state.due?.provisional).toBe(false));
    expect(saidLine()).toContain('Hạn trả mới:');
  });

  it('a withdrawal, and the stop that follows: form 05 both times', async () => {
    const shown = await opened(at.received);
    await form(shown, alt('r'), 'Người nộp xin rút');
    await shown.user.keyboard(`Gia đình đổi ý.${confirm}`);
    await waitFor(() => expect(stage(shown)).toBe('stop-requested'));
    await form(shown, alt('d'), 'Dừng giải quyết');
    expect(field('Căn cứ dừng').value).toBe('applicant-request');
    await shown.user.selectOptions(field('Căn cứ dừng'), 'payment-not-made');
    await shown.user.type(field('Lý do'), `Theo đơn xin rút.${confirm}`);
    await screen.findByText('Căn cứ này không phù hợp với tình trạng của hồ sơ. Hãy chọn căn cứ khác.');
    await shown.user.selectOptions(field('Căn cứ dừng'), 'applicant-request');
    await shown.user.keyboard(confirm);
    await waitFor(() => expect(stage(shown)).toBe('stopped'));
    await waitFor(() => expect(shown.desk.requests('receipt.print').map(({ form: one }) => one)).toEqual(['stop', 'stop']));
    await screen.findByText('Đã dừng giải quyết');
  });

  it('a result, granted or refused with form 03, at an earlier time only as a claim', async () => {
    const shown = await opened(at.received);
    await form(shown, '{F9}', 'Có kết quả');
    await shown.user.selectOptions(field('Kết quả'), 'refused');
    await shown.user.type(field('Lý do từ chối'), 'Không đủ căn cứ.');
    await shown.user.click(field('Thực tế đã có kết quả sớm hơn lúc bấm lưu'));
    await shown.user.type(field('Ngày thực tế'), '01/11/2026');
    await shown.user.keyboard(confirm);
    await screen.findByText('Nhập ngày và giờ thực tế, ví dụ 24/11/2026 và 14:05.');
    await shown.user.type(field('Giờ thực tế'), `9:05${confirm}`);
    await screen.findByText('Thời điểm khai báo trước khi tiếp nhận hồ sơ. Hãy nhập lại.');
    await shown.user.clear(field('Ngày thực tế'));
    await shown.user.type(field('Ngày thực tế'), `23/11/2026${confirm}`);
    await waitFor(() => expect(shown.kept().ready).toMatchObject({ outcome: 'refused', claimedAt: instantOf('2026-11-23', '09:05') }));
    await waitFor(() => expect(shown.desk.requests('receipt.print')).toEqual([{ dossier: shown.dossier, form: 'refusal' }]));
  });

  it('a notice, then a correction of the result with its own limit', async () => {
    const shown = await opened(at.ready);
    await form(shown, alt('o'), 'Thông báo kết quả');
    await shown.user.keyboard(confirm);
    await waitFor(() => expect(shown.kept().state.notified).toMatchObject([{ means: 'phone' }]));
    await form(shown, alt('k'), 'Đính chính kết quả');
    await shown.user.type(field('Lý do'), `Sai năm sinh.${confirm}`);
    await waitFor(() => expect(shown.kept().state.resultCorrections).toHaveLength(1));
    await waitFor(() => expect(saidLine()).toContain('Đính chính chậm nhất 26/11/2026'));
    await form(shown, alt('k'), 'Đã đính chính xong');
    await shown.user.keyboard(confirm);
    await waitFor(() => expect(shown.kept().state.resultCorrections[0]?.corrected).toBeDefined());
  });

  it('a correction of data shows what changes before it is saved, and offers the receipt again', async () => {
    const shown = await opened(at.received);
    const panel = await form(shown, alt('s'), 'Sửa thông tin');
    const changes = within(panel).getByRole('status', { name: 'Sẽ thay đổi' });
    expect(changes.textContent).toContain('Chưa có nội dung nào khác với hiện tại.');
    await shown.user.type(field('Lý do sửa'), `Gõ nhầm.${confirm}`);
    await screen.findByText(/không có gì thay đổi/);
    await shown.user.clear(field('Họ tên'));
    await shown.user.type(field('Họ tên'), 'Nguyễn Văn Ân');
    expect(changes.textContent).toContain('Họ tên: Nguyễn Văn An → Nguyễn Văn Ân');
    await shown.user.clear(field('Số CCCD'));
    await shown.user.type(field('Số CCCD'), `12${confirm}`);
    await waitFor(() => expect(field('Số CCCD').getAttribute('aria-invalid')).toBe('true'));
    await shown.user.clear(field('Số CCCD'));
    await shown.user.type(field('Số CCCD'), `020090123456${confirm}`);
    await waitFor(() => expect(shown.kept().personal.applicant.fullName).toBe('Nguyễn Văn Ân'));
    expect(shown.kept().state.corrections[0]?.fields).toEqual(['applicant.fullName']);
    await screen.findByRole('button', { name: 'In Mẫu 01' });
  });

  it('a contradiction is settled by choosing a side; the other is struck through in the timeline', async () => {
    const shown = await opened(at.contradicted);
    const panel = await form(shown, alt('m'), 'Giải quyết mâu thuẫn');
    const [first, second] = within(panel).getAllByRole('radio');
    expect(panel.textContent).toContain('Trung tâm Phục vụ hành chính công tỉnh Lạng Sơn');
    expect(panel.textContent).toContain('Không đủ căn cứ để đăng ký lại.');
    await shown.user.keyboard(confirm);
    await screen.findByText('Chọn thao tác được giữ.');
    act(() => first?.focus());
    await shown.user.click(second!);
    await shown.user.type(field('Lý do'), `Đã đối chiếu hồ sơ giấy.${confirm}`);
    await waitFor(() => expect(shown.kept().state.conflicts).toEqual([]));
    expect(shown.kept().ready?.outcome).toBe('refused');
    await waitFor(() => expect(document.querySelectorAll('.timeline-act.dropped')).toHaveLength(1));
    expect(document.querySelector('.timeline-act.dropped')?.textContent).toContain('Có kết quả (không còn giá trị)');
  });

  it('a refusal of reception of what was submitted prints form 03', async () => {
    const shown = await opened(at.submitted);
    await form(shown, alt('u'), 'Từ chối tiếp nhận');
    await shown.user.type(field('Lý do'), `Không thuộc thẩm quyền của xã.${confirm}`);
    await waitFor(() => expect(stage(shown)).toBe('not-accepted'));
    await waitFor(() => expect(shown.desk.requests('receipt.print')).toEqual([{ dossier: shown.dossier, form: 'refusal' }]));
    expect(offered()).toEqual([]);
  });
});

describe('what was typed', () => {
  it('stays through Esc, another screen and a new start, until it is saved', async () => {
    const shown = await opened(at.received);
    await form(shown, alt('r'), 'Người nộp xin rút');
    await shown.user.keyboard('Gia đình đổi ý.{Escape}');
    expect(screen.queryByRole('group', { name: 'Người nộp xin rút' })).toBeNull();
    expect(screen.getByRole('button', { name: /Người nộp xin rút · đang nhập dở/ })).toBeTruthy();
    await waitFor(() => expect([...shown.desk.drafts.keys()]).toEqual(['acts.mp-hung']));
    const again = await show({ desk: shown.desk, as: 'supervisor' });
    await act(async () => useWindow.getState().go({ name: 'dossier', dossier: shown.dossier }));
    await screen.findByRole('button', { name: /Người nộp xin rút · đang nhập dở/ });
    await form(again, alt('r'), 'Người nộp xin rút');
    await waitFor(() => expect(field('Lý do').value).toBe('Gia đình đổi ý.'));
    await again.user.keyboard(confirm);
    await waitFor(() => expect(stage(shown)).toBe('stop-requested'));
    expect(screen.queryByText(/đang nhập dở/)).toBeNull();
  });

  it('is recorded once however often its answer is lost', async () => {
    const shown = await opened(at.received);
    await form(shown, alt('r'), 'Người nộp xin rút');
    await shown.user.keyboard('Gia đình đổi ý.');
    shown.desk.loseAnswerOf = 'stop.request';
    await shown.user.keyboard(confirm);
    await waitFor(() => expect(saidLine()).toContain('Nội dung đang nhập vẫn còn'));
    const before = shown.desk.log.seq;
    await shown.user.keyboard(confirm);
    await waitFor(() => expect(saidLine()).toContain('Người nộp xin rút: đã lưu'));
    expect(shown.desk.log.seq).toBe(before);
    const [first, second] = shown.desk.requests('stop.request');
    expect(second).toEqual(first);
  });

  it.each<[ChannelName, string, string]>([
    ['supplement.request', alt('b'), 'Yêu cầu bổ sung'],
    ['stop.request', alt('r'), 'Người nộp xin rút'],
  ])('%s: a refusal of the whole act stands over its buttons and keeps the words', async (channel, key, name) => {
    const shown = await opened(at.received);
    const panel = await form(shown, key, name);
    await shown.user.type(field('Lý do'), 'Lý do này.');
    shown.desk.faults.set(channel, { code: 'dossier.supplement-notice-late', params: { code: 'X', until: '26/11/2026 17:30', article: 'Điều 19 NĐ 118/2025/NĐ-CP' } });
    await shown.user.keyboard(confirm);
    await within(panel).findByText(/Đã quá hạn thông báo bổ sung.*Điều 19 NĐ 118\/2025/);
    expect(field('Lý do').value).toBe('Lý do này.');
  });
});
