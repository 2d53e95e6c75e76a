import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { useWindow } from '#renderer/desk/state/window.ts';
import { instantOf } from '#shared/deadline/index.ts';
import { command } from '../harness/dossiers.ts';
import { FakeDesk } from './fake-desk.ts';
import { card, field, keys, saidLine, scanField, show, type Shown } from './show.tsx';

afterEach(cleanup);

/** A desk with one dossier received at a time, its receipt scanned. */
async function scanned({ at = instantOf('2026-11-23', '08:00'), procedure = '1.001193' } = {}): Promise<Shown & { code: string }> {
  const desk = new FakeDesk();
  const code = desk.receive(command({ procedure }), at);
  const shown = await show({ desk });
  await shown.user.keyboard(`{F3}${code}{Enter}`);
  await screen.findByText('Nguyễn Văn An');
  return { ...shown, code };
}

const kept = ({ desk }: Shown) => [...desk.dossiers.values()][0];

describe('return', () => {
  it('a scan, one key: handed over, printed, said, and ready for the next', async () => {
    const shown = await scanned();
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(saidLine()).toBe(`Đã trả kết quả ${shown.code} · Nguyễn Văn An`));
    expect(kept(shown)?.handedOver).toMatchObject({ at: shown.desk.now, timeSource: 'anchor', method: 'counter', receiver: 'applicant', receiptShown: true });
    expect(shown.desk.requests('receipt.print')).toEqual([{ dossier: kept(shown)?.id, form: 'return' }]);
    await waitFor(() => expect(document.activeElement).toBe(scanField()));
  });

  it('says when there is no printer, and prints both forms again from the dossier', async () => {
    const shown = await scanned();
    shown.desk.hasPrinter = false;
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(saidLine()).toBe(`Đã trả kết quả ${shown.code} · Nguyễn Văn An; máy chưa có máy in.`));
    shown.desk.hasPrinter = true;
    await act(async () => useWindow.getState().go({ name: 'dossier', dossier: kept(shown)?.id ?? '' }));
    await shown.user.click(await screen.findByRole('button', { name: 'In Giấy xác nhận trả kết quả' }));
    await waitFor(() => expect(saidLine()).toBe('Đã in: Giấy xác nhận trả kết quả.'));
    await shown.user.click(screen.getByRole('button', { name: /^In Mẫu 01/ }));
    await waitFor(() => expect(saidLine()).toBe('Đã in: Mẫu 01 · Giấy tiếp nhận hồ sơ và hẹn trả kết quả.'));
    await shown.user.click(screen.getByRole('button', { name: 'Xem Giấy xác nhận trả kết quả' }));
    expect(shown.desk.requests('receipt.print').map(({ form }) => form)).toEqual(['return', 'return', 'reception']);
    expect(shown.desk.requests('receipt.show')).toEqual([{ dossier: kept(shown)?.id, form: 'return' }]);
  });

  it('what is not returned has no slip to print', async () => {
    const shown = await scanned();
    await act(async () => useWindow.getState().go({ name: 'dossier', dossier: kept(shown)?.id ?? '' }));
    await screen.findByRole('button', { name: /^In Mẫu 01/ });
    expect(screen.queryByRole('button', { name: 'In Giấy xác nhận trả kết quả' })).toBeNull();
  });

  it('"Có kết quả" first, on the same card', async () => {
    const shown = await scanned();
    await screen.findByText(/Hồ sơ chưa được ghi “có kết quả”/);
    await shown.user.keyboard('{F9}');
    await waitFor(() => expect(saidLine()).toBe(`Hồ sơ ${shown.code} đã có kết quả.`));
    await screen.findByText('Có kết quả 14:03');
    expect(screen.queryByRole('button', { name: 'Có kết quả' })).toBeNull();
    expect(kept(shown)?.ready).toMatchObject({ outcome: 'granted', resultCount: 1 });
    expect(kept(shown)?.handedOver).toBeUndefined();
  });

  it('a proxy needs a name, a number and the authorisation; the errors stand at the fields', async () => {
    const shown = await scanned();
    await shown.user.click(field('Người nhận thay'));
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(document.activeElement).toBe(field('Họ tên người nhận thay')));
    expect(screen.getByText('Nhập số CCCD của người nhận thay.')).toBeTruthy();
    await shown.user.keyboard('Lò Thị Mai{Enter}020185004411{Enter}Hợp đồng ủy quyền 12/2026');
    await shown.user.click(field('Mất giấy, đã kiểm tra căn cước'));
    await shown.user.click(field('Rất hài lòng'));
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(kept(shown)?.handedOver).toBeDefined());
    expect(shown.desk.requests('return.save')[0]).toMatchObject({
      receiver: 'proxy', receiptShown: false, rating: 'very', personal: { receiverName: 'Lò Thị Mai', receiverIdNumber: '020185004411', authorisation: 'Hợp đồng ủy quyền 12/2026' },
    });
  });

  it('results that were not ticked are asked for', async () => {
    const shown = await scanned();
    const [result] = screen.getAllByRole<HTMLInputElement>('checkbox', { checked: true });
    await shown.user.click(result!);
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText('Đánh dấu đủ các kết quả đã trao.');
    await waitFor(() => expect(document.activeElement).toBe(result));
    expect(shown.desk.requests('return.save')).toHaveLength(0);
  });

  it('past its due date it says so in words, and an earlier time is a claim that people judge', async () => {
    const shown = await scanned({ at: instantOf('2026-11-16', '08:00'), procedure: '1.004873' });
    await screen.findByText(/Hồ sơ đã quá hạn trả thứ Năm 19\/11\/2026 17:30. Đề nghị xin lỗi/);
    await screen.findByText('Quá hạn 4 ngày');
    await shown.user.click(field('Thực tế đã trả sớm hơn lúc bấm lưu'));
    expect(screen.getByText(/Thời điểm khai không tự được công nhận/)).toBeTruthy();
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText('Nhập ngày và giờ thực tế, ví dụ 24/11/2026 và 14:05.');
    await shown.user.type(field('Ngày thực tế'), '01/11/2026');
    await shown.user.type(field('Giờ thực tế'), '9:05');
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText('Thời điểm khai báo trước khi tiếp nhận hồ sơ. Hãy nhập lại.');
    await shown.user.clear(field('Ngày thực tế'));
    await shown.user.type(field('Ngày thực tế'), '19/11/2026');
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(kept(shown)?.handedOver).toMatchObject({ at: shown.desk.now, claimedAt: instantOf('2026-11-19', '09:05') }));
  });

  it('what was returned cannot be returned again', async () => {
    const shown = await scanned();
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(saidLine()).toContain('Đã trả kết quả'));
    await shown.user.keyboard(`{F3}${shown.code}{Enter}`);
    await screen.findByText('Hồ sơ đã trả kết quả lúc 23/11/2026 14:03.');
    expect(screen.queryByRole('button', { name: 'Trả và in' })).toBeNull();
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    expect(shown.desk.requests('return.save')).toHaveLength(1);
  });

  it('a lost receipt: the card of its holder finds the dossier, or gives the choice', async () => {
    const desk = new FakeDesk();
    desk.receive(command());
    const { user } = await show({ desk });
    await user.keyboard(`{F4}${keys(card)}{Enter}`);
    await screen.findByText('H37.90.01-261123-0001');
    expect(screen.getByRole('button', { name: 'Trả và in' })).toBeTruthy();

    desk.receive(command({ procedure: '1.004873' }));
    await user.keyboard(`{F3}${keys(card)}{Enter}`);
    await waitFor(() => expect(saidLine()).toBe('Người này có 2 hồ sơ tại quầy; chọn hồ sơ cần trả.'));
    await user.click(screen.getByRole('button', { name: 'H37.90.01-261123-0002' }));
    await screen.findByText(/Cấp Giấy xác nhận tình trạng hôn nhân/);
  });

  it('what was typed is there again after a visit elsewhere', async () => {
    const shown = await scanned();
    await shown.user.type(field('Ghi chú'), 'Trả tại nhà');
    await shown.user.keyboard('{F7}');
    await screen.findByRole('heading', { name: 'Sổ theo dõi trong ngày' });
    await shown.user.keyboard(`{F3}${shown.code}{Enter}`);
    await screen.findByText('Nguyễn Văn An');
    expect(field('Ghi chú').value).toBe('Trả tại nhà');
  });
});

describe('lists', () => {
  it('finds by unaccented words, walks with the arrows, opens with Enter, steps back with Esc', async () => {
    const desk = new FakeDesk();
    desk.receive(command({ name: 'Hoàng Thị Thúy Hằng' }));
    desk.receive(command({ name: 'Đặng Quốc Việt' }));
    desk.receive(command({ name: 'Đặng Văn Quốc' }));
    const { user } = await show({ desk });
    await user.keyboard('{F6}');
    await waitFor(() => expect(document.activeElement).toBe(field('Tìm hồ sơ')));
    await screen.findByText('3 hồ sơ');
    await user.keyboard('dang');
    await screen.findByText('2 hồ sơ');
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement?.textContent).toBe('H37.90.01-261123-0002');
    await user.keyboard('{Enter}');
    await screen.findByRole('heading', { name: 'Hồ sơ H37.90.01-261123-0002' });
    expect(screen.getByRole('table', { name: 'Lịch sử' }).textContent).toContain('Tiếp nhận hồ sơ');
    await user.keyboard('{Escape}');
    await screen.findByRole('heading', { name: 'Hồ sơ' });
    expect(field('Tìm hồ sơ').value).toBe('dang');
    await user.clear(field('Tìm hồ sơ'));
  });

  it('the day has its four figures and its register, also of a day before', async () => {
    const desk = new FakeDesk();
    desk.receive(command(), instantOf('2026-11-20', '09:00'));
    desk.receive(command({ procedure: '1.004873' }), instantOf('2026-11-19', '09:00'));
    desk.receive(command({ name: 'Đặng Quốc Việt' }));
    const { user } = await show({ desk });
    await user.keyboard('{F7}');
    const figures = async (): Promise<string> => {
      await screen.findByText('Đến hạn ngày mai');
      return [...document.querySelectorAll('.figures > div')].map((one) => one.textContent).join(' ');
    };
    expect(await figures()).toBe('Tiếp nhận1 Đã trả0 Đến hạn ngày mai1 Chờ gửi0');
    await user.clear(field('Ngày'));
    await user.type(field('Ngày'), '20/11/2026{Enter}');
    await waitFor(() => expect(document.querySelector('.panel header')?.textContent).toContain('thứ Sáu 20/11/2026'));
    expect(document.querySelectorAll('tbody tr')).toHaveLength(1);
    await user.clear(field('Ngày'));
    await user.type(field('Ngày'), '31/02/2026{Enter}');
    await screen.findByText(/Ngày giờ không hợp lệ/);
  });
});

describe('sign-in', () => {
  it('needs only the keyboard: a name with the arrows, Enter, the PIN, Enter', async () => {
    const { user } = await show({ signedIn: false });
    await screen.findByRole('heading', { name: 'Đăng nhập' });
    expect(document.activeElement).toBe(screen.getAllByRole('radio')[0]);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(document.activeElement).toBe(field('Mã PIN'));
    await user.keyboard('9999{Enter}');
    await screen.findByText('Mã PIN không đúng. Hãy nhập lại; sau 5 lần sai phải chờ.');
    expect(field('Mã PIN').value).toBe('');
    await user.keyboard('1234{Enter}');
    await screen.findByRole('navigation');
    await waitFor(() => expect(document.activeElement).toBe(scanField()));
  });

  it('without a list of staff says who can help; banners stay in sight', async () => {
    const desk = new FakeDesk();
    desk.session = { ...desk.session, staff: [], banners: ['not-enrolled', 'development-key'] };
    await show({ desk, signedIn: false });
    await screen.findByText('Máy này chưa có danh sách cán bộ');
    expect(screen.getByRole('note').textContent).toContain('Không dùng cho hồ sơ thật');
    expect(screen.getByRole('note').textContent).not.toContain('chưa ghi danh');
  });

  it('a desk that cannot be reached is said, and tried again', async () => {
    const desk = new FakeDesk();
    desk.processIsUp = false;
    await show({ desk, signedIn: false });
    await screen.findByText('Đang mở dữ liệu của quầy');
    await act(async () => desk.comeUp());
    expect(await screen.findByRole('heading', { name: 'Đăng nhập' })).toBeTruthy();
  });

  it('an answer of another shape is refused, not shown', async () => {
    const desk = new FakeDesk();
    const { user } = await show({ desk });
    desk.garbled.set('scan.resolve', { kind: 'card' });
    await user.keyboard('{F3}nguyen{Enter}');
    await waitFor(() => expect(saidLine()).toContain('Dữ liệu gửi đi không đúng dạng (scan.resolve)'));
  });
});
