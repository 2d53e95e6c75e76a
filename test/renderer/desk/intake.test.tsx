import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { useWindow } from '#renderer/desk/state/window.ts';
import { instantOf } from '#shared/deadline/index.ts';
import * as at from '../harness/mechanism.ts';
import { FakeDesk, type Kept } from './fake-desk.ts';
import { card, field, keys, saidLine, show, type Shown } from './show.tsx';

afterEach(cleanup);

const confirm = '{Control>}{Enter}{/Control}';
const alt = (letter: string): string => `{Alt>}${letter}{/Alt}`;

/** A reception up to, but not including, the saving. */
async function filled(words = 'dang ky lai khai sinh', desk = new FakeDesk()): Promise<Shown & { kept: () => Kept | undefined }> {
  const shown = await show({ desk });
  await shown.user.keyboard(`{F3}${keys(card)}{Enter}`);
  await waitFor(() => expect(document.activeElement).toBe(field('Thủ tục')));
  await shown.user.keyboard(`${words}{Enter}`);
  await waitFor(() => expect(screen.getByLabelText('Hạn trả').textContent).toMatch(/\d{4}/));
  return { ...shown, kept: () => [...desk.dossiers.values()].at(-1) };
}

describe('reception beyond the usual', () => {
  it('for another agency, found by unaccented words, with the unit that handles it', async () => {
    const { desk, user, kept } = await filled('ban sao trich luc');
    await user.click(field('Tiếp nhận cho cơ quan khác'));
    await user.keyboard(confirm);
    await screen.findByText('Chọn cơ quan giải quyết, hoặc bỏ đánh dấu.');
    await user.click(field('Nơi giải quyết'));
    await user.keyboard('trung tam{Enter}');
    await user.selectOptions(await screen.findByLabelText('Bộ phận'), 'so-tu-phap');
    await user.keyboard(confirm);
    await waitFor(() => expect(kept()).toBeDefined());
    expect(desk.requests('reception.save').at(-1)).toMatchObject({ competentAgency: 'ls-centre', handlingUnit: 'so-tu-phap' });
    expect(kept()?.state).toMatchObject({ receivingAgency: 'ls-mai-pha', competentAgency: 'ls-centre' });
  });

  it('an agency that does not decide it: the refusal stands at the agency', async () => {
    const { user } = await filled();
    await user.click(field('Tiếp nhận cho cơ quan khác'));
    await user.click(field('Nơi giải quyết'));
    await user.keyboard(`trung tam{Enter}${confirm}`);
    await waitFor(() => expect(field('Nơi giải quyết').getAttribute('aria-invalid')).toBe('true'));
    expect(document.body.textContent).toContain('không có thẩm quyền với thủ tục này');
    expect(field('Họ tên').value).toBe('Nguyễn Văn An');
  });

  it('received and returned in one act; form 01 only where it is asked for', async () => {
    const { desk, user, kept } = await filled('khai sinh');
    await user.click(field('Trả kết quả ngay'));
    await user.click(field('Rất hài lòng'));
    expect(screen.getByRole('button', { name: 'Lưu và trả' })).toBeTruthy();
    await user.keyboard(confirm);
    await waitFor(() => expect(saidLine()).toMatch(/^Đã tiếp nhận và trả kết quả H37\.90\.01-261123-0001 · Nguyễn Văn An$/));
    expect(kept()?.state).toMatchObject({ stage: 'returned', handedOver: { rating: 'very' } });
    expect(desk.requests('receipt.print')).toEqual([]);
  });

  it('is not offered at once where the procedure takes days', async () => {
    await filled();
    expect(screen.queryByLabelText('Trả kết quả ngay')).toBeNull();
  });

  it('the receipt is printed for a result at once where the applicant asks for it', async () => {
    const { desk, user } = await filled('khai sinh');
    await user.click(field('Trả kết quả ngay'));
    await user.click(field('Người nộp đề nghị giấy tiếp nhận'));
    await user.keyboard(confirm);
    await waitFor(() => expect(desk.requests('receipt.print').map(({ form }) => form)).toEqual(['reception']));
  });

  it('by post, with the day on which it was handed in', async () => {
    const { user, kept } = await filled();
    await user.selectOptions(field('Hình thức'), 'post');
    await user.type(field('Ngày nộp'), '20/11/2026');
    await user.keyboard(confirm);
    await screen.findByText(/Nhập ngày và giờ nộp/);
    await user.type(field('Giờ nộp'), `9:30${confirm}`);
    await waitFor(() => expect(kept()?.state.received).toMatchObject({ channel: 'post', submittedAt: instantOf('2026-11-20', '09:30') }));
  });
});

describe('what is not received', () => {
  it('a supplement at the counter with what was typed: form 02, and the dossier waits', async () => {
    const { desk, user, kept } = await filled();
    await user.click(screen.getAllByRole('checkbox', { name: /^1\. / })[0]!);
    await user.keyboard(alt('b'));
    const panel = await screen.findByRole('group', { name: 'Yêu cầu bổ sung' });
    expect(panel.textContent).toContain('Hồ sơ chưa được tiếp nhận nên chưa tính thời hạn.');
    expect(within(panel).getAllByRole<HTMLInputElement>('checkbox').map(({ checked }) => checked)).toEqual([true, false, false]);
    await user.type(field('Lý do'), `Thiếu tờ khai.${confirm}`);
    await waitFor(() => expect(kept()?.state.stage).toBe('incomplete'));
    expect(desk.requests('reception.save')).toEqual([]);
    await waitFor(() => expect(desk.requests('receipt.print').map(({ form }) => form)).toEqual(['supplement']));
    await screen.findByText('Chờ bổ sung để tiếp nhận');
    await user.keyboard('{F2}');
    expect(field('Họ tên').value).toBe('');
    expect(desk.drafts.has('reception.mp-lan')).toBe(false);
  });

  it('a refusal with form 03; Esc steps back to the reception with everything kept', async () => {
    const { desk, user, kept } = await filled();
    await user.keyboard(alt('u'));
    await screen.findByRole('group', { name: 'Từ chối tiếp nhận' });
    await user.type(field('Lý do'), 'Không thuộc thẩm quyền.');
    await user.keyboard('{Escape}');
    expect(field('Họ tên').value).toBe('Nguyễn Văn An');
    await user.keyboard(alt('u'));
    expect(field('Lý do').value).toBe('Không thuộc thẩm quyền.');
    await user.selectOptions(field('Căn cứ từ chối'), 'wrong-agency');
    await user.keyboard(confirm);
    await waitFor(() => expect(kept()?.state.notAccepted?.reason).toBe('wrong-agency'));
    await waitFor(() => expect(desk.requests('receipt.print').map(({ form }) => form)).toEqual(['refusal']));
  });

  it('needs to know whose dossier it is first', async () => {
    const { desk, user } = await show();
    await user.keyboard(alt('u'));
    await waitFor(() => expect(field('Số CCCD').getAttribute('aria-invalid')).toBe('true'));
    expect(screen.queryByRole('group', { name: 'Từ chối tiếp nhận' })).toBeNull();
    expect(desk.requests('reception.refuse')).toEqual([]);
  });
});

describe('what is submitted', () => {
  it('is recorded with its time and portal code, and its answer time is told', async () => {
    const { desk, user, kept } = await filled();
    await user.selectOptions(field('Hình thức'), 'online');
    await user.type(field('Ngày nộp'), '23/11/2026');
    await user.type(field('Giờ nộp'), '08:00');
    await user.type(field('Mã trên Cổng'), 'G22.99.18-261123-1187');
    await user.keyboard(alt('g'));
    await waitFor(() => expect(kept()?.state.stage).toBe('submitted'));
    expect(desk.requests('submission.save')[0]).toMatchObject({ channel: 'online', submittedAt: instantOf('2026-11-23', '08:00'), portalCode: 'G22.99.18-261123-1187' });
    await waitFor(() => expect(saidLine()).toContain('Trả lời chậm nhất thứ Ba 24/11/2026 08:00.'));
    expect(field('Họ tên').value).toBe('');
  });

  it('goes on into the reception, filled in, under the same dossier', async () => {
    const desk = new FakeDesk();
    const dossier = at.submitted(desk, { name: 'Nguyễn Hoàng Thị Thùy Dương' });
    const { user } = await show({ desk });
    await act(async () => useWindow.getState().go({ name: 'dossier', dossier }));
    await screen.findByText('Việc có thể làm');
    await user.keyboard(alt('n'));
    await screen.findByText(/Trả lời chậm nhất thứ Ba 24\/11\/2026 09:10 \(còn 1 ngày\)/);
    expect([field('Họ tên').value, field('Thủ tục').value, field('Hình thức').value]).toEqual(['Nguyễn Hoàng Thị Thùy Dương', 'Đăng ký lại khai sinh', 'online']);
    expect(field('Thủ tục').readOnly).toBe(true);
    await user.keyboard(confirm);
    await waitFor(() => expect(desk.dossiers.get(dossier)?.state.stage).toBe('processing'));
    expect(desk.dossiers.size).toBe(1);
    await waitFor(() => expect(saidLine()).toContain('Đã lưu và in H37.90.01-261123-0001'));
  });

  it('does not push aside what is being typed without asking', async () => {
    const desk = new FakeDesk();
    const dossier = at.submitted(desk, { name: 'Bế Văn Đàm' });
    const { user } = await filled('khai sinh', desk);
    await act(async () => useWindow.getState().go({ name: 'dossier', dossier }));
    await screen.findByText('Việc có thể làm');
    await user.keyboard(alt('n'));
    const dialog = await screen.findByRole('dialog', { name: 'Đang nhập dở một hồ sơ khác' });
    await user.click(within(dialog).getByRole('button', { name: 'Quay lại' }));
    await user.keyboard('{F2}');
    expect(field('Họ tên').value).toBe('Nguyễn Văn An');
  });
});
