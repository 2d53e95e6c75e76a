import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { command } from '../harness/dossiers.ts';
import { FakeDesk } from './fake-desk.ts';
import { card, field, keys, saidLine, scanField, show } from './show.tsx';

afterEach(cleanup);

describe('a scan into the wrong field', () => {
  it('a card goes to the scan field and on, and the field has its former content back', async () => {
    const { desk, user, pause } = await show();
    await user.type(field('Điện thoại'), '0912345678');
    pause();
    await user.keyboard(`${keys(card)}{Enter}`);
    await waitFor(() => expect(field('Họ tên').value).toBe('Nguyễn Văn An'));
    expect(field('Điện thoại').value).toBe('0912345678');
    expect(desk.requests('scan.resolve')).toEqual([{ text: card }]);
    // The form itself was told too, not only the field.
    await user.click(field('Thủ tục'));
    await user.keyboard('khai sinh{Enter}{Control>}{Enter}{/Control}');
    await waitFor(() => expect(desk.dossiers.size).toBe(1));
    expect([...desk.dossiers.values()][0]?.personal.applicant.phone).toBe('0912345678');
  });

  it('a receipt opens its dossier, wherever the cursor was', async () => {
    const desk = new FakeDesk();
    const code = desk.receive(command());
    const { user, pause } = await show({ desk });
    await user.click(field('Thủ tục'));
    pause();
    await user.keyboard(`${code}{Enter}`);
    await screen.findByRole('heading', { name: 'Trả kết quả' });
    await screen.findByText('Nguyễn Văn An');
    await user.keyboard('{F2}');
    expect(field('Thủ tục').value).toBe('');
  });

  it('with the cursor on a button or a box the keys go to the scan field from the first', async () => {
    const { user } = await show();
    act(() => field('Nộp thay').focus());
    await user.keyboard(`${keys(card)}{Enter}`);
    await waitFor(() => expect(field('Họ tên').value).toBe('Nguyễn Văn An'));
    expect(field('Nộp thay').checked).toBe(false);
  });

  it('what a person types in a field stays there', async () => {
    const { desk, user } = await show();
    await user.type(field('Họ tên'), 'Lò Thị Mai{Enter}');
    expect(field('Họ tên').value).toBe('Lò Thị Mai');
    expect(desk.requests('scan.resolve')).toEqual([]);
  });

  it('the cursor comes back to the scan field whenever it would stand nowhere', async () => {
    await show();
    act(() => field('Họ tên').focus());
    act(() => field('Họ tên').blur());
    await waitFor(() => expect(document.activeElement).toBe(scanField()));
  });

  it('an unknown code is said with what to do, and stays to be corrected', async () => {
    const { user } = await show();
    await user.keyboard('{F3}H37.90.01-261123-0099{Enter}');
    await waitFor(() => expect(saidLine()).toContain('Không tìm thấy hồ sơ H37.90.01-261123-0099'));
    expect(scanField().value).toBe('H37.90.01-261123-0099');
  });
});
