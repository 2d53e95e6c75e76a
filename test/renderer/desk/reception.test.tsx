import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { instantOf } from '#shared/deadline/index.ts';
import { FakeDesk, people } from './fake-desk.ts';
import { card, field, keys, saidLine, scanField, show, type Shown } from './show.tsx';

afterEach(cleanup);

const focused = (): string => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '';

async function scan({ user }: Shown, text = card): Promise<void> {
  await user.keyboard(`{F3}${keys(text)}{Enter}`);
}

/** A whole reception up to, but not including, the saving. */
async function fillIn(shown: Shown): Promise<void> {
  await scan(shown);
  await waitFor(() => expect(document.activeElement).toBe(field('Thủ tục')));
  await shown.user.keyboard('khai sinh{Enter}');
  await waitFor(() => expect(screen.getByLabelText('Hạn trả').textContent).toContain('thứ Hai 23/11/2026 17:30'));
}

describe('reception with the keyboard alone', () => {
  it('takes at most 12 key presses from the card to the printed receipt', async () => {
    const shown = await show();
    const { desk, user } = shown;
    await waitFor(() => expect(document.activeElement).toBe(scanField()));
    // The scanner types by itself; what counts is what the clerk presses after it.
    await user.keyboard(`${keys(card)}{Enter}`);
    await waitFor(() => expect(document.activeElement).toBe(field('Thủ tục')));
    expect([field('Số CCCD').value, field('Họ tên').value, field('Ngày sinh').value, field('Giới tính').value]).toEqual(['020090123456', 'Nguyễn Văn An', '01/01/1990', 'male']);

    let presses = 0;
    document.addEventListener('keydown', ({ key }) => {
      presses += key === 'Control' ? 0 : 1;
    }, { capture: true });
    await user.keyboard('khai si{Enter}');
    await waitFor(() => expect(screen.getByLabelText('Hạn trả').textContent).toContain('23/11/2026 17:30'));
    await user.keyboard('{Control>}{Enter}{/Control}');

    await waitFor(() => expect(saidLine()).toContain('Đã lưu và in H37.90.01-261123-0001 · Nguyễn Văn An · hẹn trả thứ Hai 23/11/2026 17:30'));
    expect(presses).toBeLessThanOrEqual(12);
    expect(desk.requests('receipt.print').map(({ form }) => form)).toEqual(['reception']);
    expect(document.activeElement).toBe(scanField());
    expect([field('Số CCCD').value, field('Thủ tục').value]).toEqual(['', '']);
    const [kept] = [...desk.dossiers.values()];
    expect(kept?.personal.applicant).toEqual({
      kind: 'citizen', fullName: 'Nguyễn Văn An', idNumber: '020090123456', birth: '1990-01-01', sex: 'male', address: 'Thôn Khòn Khuyên, Xã Mai Pha, Tỉnh Lạng Sơn',
    });
    expect(kept?.state.papers.filter(({ present }) => present).length).toBeGreaterThan(0);
  });

  it('shows the reason of the due date, and asks again while it is shown', async () => {
    const shown = await show();
    shown.desk.now = instantOf('2026-11-23', '15:30');
    await scan(shown);
    await shown.user.keyboard('{F3}1.001193{Enter}');
    // After the cut-off of 15:00 a same-day term ends the next working day.
    await waitFor(() => expect(screen.getByLabelText('Hạn trả').textContent).toContain('thứ Ba 24/11/2026 17:30'));
    expect(document.querySelector('.due-why')?.textContent).toMatch(/^vì: .*15:00.*NĐ 118\/2025/);
  });

  it('Enter goes on from field to field and does not save', async () => {
    const shown = await show();
    act(() => field('Số CCCD').focus());
    await shown.user.keyboard('020090123456{Enter}Nguyễn Văn An{Enter}1990{Enter}');
    expect(document.activeElement).toBe(field('Giới tính'));
    await shown.user.keyboard('{Enter}Thôn 1{Enter}');
    expect(document.activeElement).toBe(field('Điện thoại'));
    expect([field('Họ tên').value, field('Ngày sinh').value, field('Địa chỉ').value]).toEqual(['Nguyễn Văn An', '1990', 'Thôn 1']);
    expect(shown.desk.requests('reception.save')).toHaveLength(0);
  });
});

describe('errors', () => {
  it('stand at their fields, keep what was typed, and take the cursor to the first', async () => {
    const shown = await show();
    act(() => field('Họ tên').focus());
    await shown.user.keyboard('Lò Thị Mai{Control>}{Enter}{/Control}');
    await waitFor(() => expect(field('Số CCCD').getAttribute('aria-invalid')).toBe('true'));
    expect(document.getElementById(field('Số CCCD').getAttribute('aria-describedby') ?? '')?.textContent).toBe('Nhập 12 chữ số của số CCCD, 9 chữ số của chứng minh nhân dân cũ, hoặc số hộ chiếu.');
    expect(document.getElementById(field('Thủ tục').getAttribute('aria-describedby') ?? '')?.textContent).toBe('Chọn thủ tục.');
    expect(field('Họ tên').value).toBe('Lò Thị Mai');
    expect(field('Họ tên').getAttribute('aria-invalid')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(field('Số CCCD')));
    expect(shown.desk.requests('reception.save')).toHaveLength(0);
  });

  it('of the desk about the procedure stand at the procedure', async () => {
    const shown = await show();
    await fillIn(shown);
    shown.desk.faults.set('reception.save', { code: 'procedure.not-in-force', params: { procedure: '1.001193' } });
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(document.getElementById(field('Thủ tục').getAttribute('aria-describedby') ?? '')?.textContent).toContain('Thủ tục 1.001193 không còn hiệu lực'));
    expect(field('Họ tên').value).toBe('Nguyễn Văn An');
  });

  it('of a card that lost its marks are said with what to do', async () => {
    const shown = await show();
    await scan(shown, card.replace('Nguyễn Văn An', 'Nguy?n V?n An'));
    await waitFor(() => expect(saidLine()).toBe('Chữ tiếng Việt trong dữ liệu quét bị sai bảng mã. Hãy nhập bằng tay và báo quản trị đặt lại đầu đọc sang UTF-8.'));
    await scan(shown, card.replace('Nguyễn Văn An', 'Nguyeenx Vawn An5'));
    await waitFor(() => expect(saidLine()).toBe('Dữ liệu quét bị mất dấu tiếng Việt. Hãy tắt bộ gõ tiếng Việt rồi quét lại, hoặc nhập bằng tay.'));
    expect(document.activeElement).toBe(scanField());
  });

  it('a contradiction of the card is shown in words and has to be confirmed', async () => {
    const shown = await show();
    await scan(shown, card.replace('|Nam|', '|Nữ|'));
    await screen.findByText(/giới tính không khớp chữ số thứ tư/);
    const confirm = field('Đã đối chiếu với thẻ, thông tin đúng như trên');
    await waitFor(() => expect(document.activeElement).toBe(confirm));
    act(() => field('Thủ tục').focus());
    await shown.user.keyboard('khai sinh{Enter}{Control>}{Enter}{/Control}');
    await screen.findByText('Hãy đối chiếu với thẻ rồi đánh dấu xác nhận, hoặc sửa lại cho đúng.');
    expect(shown.desk.requests('reception.save')).toHaveLength(0);
    await shown.user.click(confirm);
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(shown.desk.dossiers.size).toBe(1));
  });

  it('a required paper that is missing needs a reason', async () => {
    const shown = await show();
    await fillIn(shown);
    const [first] = screen.getAllByRole('checkbox', { name: /^1\. / });
    await shown.user.click(first!);
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText('Ghi lý do tiếp nhận khi thiếu giấy tờ.');
    await waitFor(() => expect(document.activeElement).toBe(field('Lý do thiếu')));
    await shown.user.keyboard('Đã có trong cơ sở dữ liệu{Control>}{Enter}{/Control}');
    await waitFor(() => expect(shown.desk.dossiers.size).toBe(1));
    const [kept] = [...shown.desk.dossiers.values()];
    expect(kept?.personal.note).toBe('Đã có trong cơ sở dữ liệu');
    expect(kept?.state.papers[0]).toMatchObject({ present: false, quantity: 0 });
  });
});

describe('nothing is saved twice or lost', () => {
  it('a second Enter while it is being saved sends nothing more', async () => {
    const shown = await show();
    await fillIn(shown);
    shown.desk.delay = 30;
    await shown.user.keyboard('{Control>}{Enter}{Enter}{Enter}{/Control}');
    await waitFor(() => expect(saidLine()).toContain('Đã lưu và in'));
    expect(shown.desk.requests('reception.save')).toHaveLength(1);
    expect(shown.desk.dossiers.size).toBe(1);
  });

  it('an answer lost on the way: the form stays, and saving again gives the same dossier', async () => {
    const shown = await show();
    await fillIn(shown);
    shown.desk.loseAnswerOf = 'reception.save';
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(saidLine()).toContain('Nội dung đang nhập vẫn còn'));
    expect(field('Họ tên').value).toBe('Nguyễn Văn An');
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(saidLine()).toContain('Đã lưu và in H37.90.01-261123-0001'));
    const [first, second] = shown.desk.requests('reception.save');
    expect(second).toEqual(first);
    expect(shown.desk.dossiers.size).toBe(1);
  });

  it('says so where the form was changed after a saving whose answer was lost', async () => {
    const shown = await show();
    await fillIn(shown);
    shown.desk.loseAnswerOf = 'reception.save';
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(saidLine()).toContain('Nội dung đang nhập vẫn còn'));
    await shown.user.type(field('Điện thoại'), '0912345678');
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(saidLine()).toContain('đã được lưu từ lần trước với nội dung khi đó'));
    expect(shown.desk.dossiers.size).toBe(1);
  });

  it('the desk process goes down under a half-filled form: it stays, calmly, and is saved when it is up again', async () => {
    const shown = await show();
    await fillIn(shown);
    act(() => shown.desk.goDown());
    await screen.findByText(/có thể lưu lại sau giây lát/);
    expect(document.querySelector('.network-words')?.textContent).toBe('Chưa có tình trạng mạng');
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    expect(field('Họ tên').value).toBe('Nguyễn Văn An');
    // The new process knows of nobody; the clerk signs in again and finds the form.
    const { signedIn: _, ...nobody } = shown.desk.session;
    shown.desk.session = nobody;
    await act(async () => shown.desk.comeUp());
    await shown.user.click(await screen.findByRole('radio', { name: people.clerk.name }));
    await shown.user.type(field('Mã PIN'), '1234{Enter}');
    await screen.findByText(/hãy lưu lại/);
    expect([field('Họ tên').value, field('Thủ tục').value]).toEqual(['Nguyễn Văn An', 'Đăng ký khai sinh']);
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(shown.desk.dossiers.size).toBe(1));
  });

  it('a receipt that could not be printed is printed again, the dossier saved once', async () => {
    const shown = await show();
    await fillIn(shown);
    shown.desk.faults.set('receipt.print', { code: 'store.disk-full', params: {} });
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(saidLine()).toContain('Đã lưu hồ sơ H37.90.01-261123-0001, chưa in được'));
    shown.desk.faults.clear();
    await shown.user.click(screen.getByRole('button', { name: 'In lại' }));
    await waitFor(() => expect(saidLine()).toContain('Đã lưu và in H37.90.01-261123-0001'));
    expect(shown.desk.requests('reception.save')).toHaveLength(1);
  });

  it('asks for date and time when the clock is behind, then saves by itself', async () => {
    const shown = await show();
    await fillIn(shown);
    shown.desk.faults.set('reception.save', { code: 'clock.confirm-needed', params: { wall: '01/01/2010 07:00', newest: '23/11/2026 13:52' } });
    await shown.user.keyboard('{Control>}{Enter}{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'Xác nhận ngày giờ' });
    expect(dialog.textContent).toContain('23/11/2026 13:52');
    await shown.user.type(field('Ngày'), '23/13/2026');
    await shown.user.type(field('Giờ'), '14:05{Enter}');
    expect(dialog.textContent).toContain('Nhập ngày theo dạng ngày/tháng/năm');
    await shown.user.clear(field('Ngày'));
    await shown.user.type(field('Ngày'), '23/11/2026{Enter}');
    await waitFor(() => expect(shown.desk.dossiers.size).toBe(1));
    expect(shown.desk.requests('clock.confirm')).toEqual([{ at: instantOf('2026-11-23', '14:05') }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('a clock that is behind', () => {
  it('is said at the due date and asked about there, not again and again', async () => {
    const shown = await show();
    shown.desk.faults.set('reception.preview', { code: 'clock.confirm-needed', params: { wall: '01/01/2010 07:00', newest: '23/11/2026 13:52' } });
    await scan(shown);
    await shown.user.keyboard('{F3}1.001193{Enter}');
    const ask = await screen.findByRole('button', { name: 'Xác nhận ngày giờ' });
    expect(screen.queryByRole('dialog')).toBeNull();
    await shown.user.click(ask);
    await shown.user.type(field('Ngày'), '23/11/2026');
    await shown.user.type(field('Giờ'), '14:05{Enter}');
    await waitFor(() => expect(screen.getByLabelText('Hạn trả').textContent).toContain('23/11/2026 17:30'));
  });
});

describe('drafts', () => {
  it('are kept while typing, brought back at the next start, and gone once saved', async () => {
    const desk = new FakeDesk();
    const before = await show({ desk });
    await fillIn(before);
    await waitFor(() => expect(desk.drafts.size).toBe(1));
    await before.user.keyboard('{Escape}');
    expect(document.activeElement).toBe(scanField());
    expect(field('Họ tên').value).toBe('Nguyễn Văn An');

    const after = await show({ desk });
    await waitFor(() => expect(field('Họ tên').value).toBe('Nguyễn Văn An'));
    expect(field('Thủ tục').value).toBe('Đăng ký khai sinh');
    expect(saidLine()).toBe('Đã khôi phục hồ sơ đang nhập dở.');
    await after.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(saidLine()).toContain('Đã lưu và in'));
    expect(desk.drafts.size).toBe(0);
  });

  it('belong to their author, on a computer that several people use', async () => {
    const desk = new FakeDesk();
    const shown = await show({ desk });
    await fillIn(shown);
    await shown.user.click(screen.getByRole('button', { name: `Tài khoản của ${people.clerk.name}` }));
    await shown.user.click(screen.getByRole('button', { name: 'Đăng xuất' }));
    await shown.user.click(await screen.findByRole('radio', { name: people.supervisor.name }));
    await shown.user.type(field('Mã PIN'), '1234{Enter}');
    await screen.findByRole('navigation');
    await waitFor(() => expect(field('Họ tên').value).toBe(''));
    expect([...desk.drafts.keys()]).toEqual([`reception.${people.clerk.id}`]);
  });

  it('survive a visit to another screen', async () => {
    const shown = await show();
    await fillIn(shown);
    await shown.user.keyboard('{F7}');
    await screen.findByRole('heading', { name: 'Sổ theo dõi trong ngày' });
    await shown.user.keyboard('{F2}');
    expect(field('Họ tên').value).toBe('Nguyễn Văn An');
    await waitFor(() => expect(focused()).toBeTruthy());
  });
});
