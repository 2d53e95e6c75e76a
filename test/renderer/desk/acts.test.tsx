import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { formatDueDate, instantOf } from '#shared/deadline/index.ts';
import * as at from '../harness/mechanism.ts';
import { alt, confirm, form, offered, opened, stage } from './opened.tsx';
import { field, saidLine } from './show.tsx';

afterEach(cleanup);

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
    await screen.findByRole('option', { name: 'Ủy ban nhân dân xã Đồng Đăng' });
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
