import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, screen } from '@testing-library/react';
import { instantOf } from '#shared/deadline/index.ts';
import { FakeDesk } from './fake-desk.ts';
import { show } from './show.tsx';

afterEach(cleanup);

/** The sync screen of a desk without a line, with work waiting. */
async function syncScreen(desk = new FakeDesk(), more: Parameters<typeof show>[0] = {}) {
  const shown = await show({ desk, ...more });
  act(() => desk.setSync({ state: 'offline', waiting: { dossiers: 14, entries: 31, bytes: 50_000 } }));
  await shown.user.click(screen.getByRole('button', { name: /Đồng bộ/ }));
  await screen.findByRole('heading', { name: 'Đồng bộ với trung tâm' });
  return shown;
}

const asked = (desk: FakeDesk): unknown[] => desk.calls.filter(({ name }) => name.startsWith('bundle.')).map(({ name, request }) => [name, request]);

describe('the way by USB', () => {
  it('writes a bundle by key and says what is in it and that it still waits; then reads the receipt', async () => {
    const desk = new FakeDesk();
    desk.stick = { folder: '/media/usb' };
    const { user } = await syncScreen(desk);
    await user.keyboard('{Alt>}g{/Alt}');
    await screen.findByText('31 mục nhật ký, 49 KB');
    expect(screen.getByText('goi.quaygoi')).toBeTruthy();
    expect(screen.getByText('/media/usb')).toBeTruthy();
    expect(screen.getByText(/vẫn tính là chờ gửi/)).toBeTruthy();
    expect(document.querySelector('.network-words')?.textContent).toContain('14 hồ sơ chờ gửi');
    // No place on the disk ever comes from the page.
    expect(asked(desk)).toEqual([['bundle.export', {}]]);

    desk.stick.receipt = { at: instantOf('2026-11-23', '15:10'), refusals: [] };
    await user.keyboard('{Alt>}n{/Alt}');
    expect(await screen.findByText('23/11/2026 15:10')).toBeTruthy();
    expect(screen.getByText('31 mục nhật ký')).toBeTruthy();
    expect(document.querySelector('.network-words')?.textContent).not.toContain('chờ gửi');
  });

  it('changes nothing where the dialog is closed, and says why a file is refused', async () => {
    const desk = new FakeDesk();
    const { user } = await syncScreen(desk);
    await user.click(screen.getByRole('button', { name: 'Ghi gói ra USB' }));
    await user.click(screen.getByRole('button', { name: 'Đọc giấy báo nhận' }));
    expect(screen.queryByText('Đã ghi gói dữ liệu.')).toBeNull();
    desk.faults.set('bundle.read-receipt', { code: 'receipt.other-desk', params: {} });
    await user.click(screen.getByRole('button', { name: 'Đọc giấy báo nhận' }));
    await screen.findByText(/Giấy báo nhận này là của quầy khác/);
    desk.faults.clear();
    desk.stick = { folder: '/media/usb', receipt: { at: instantOf('2026-11-23', '15:10'), refusals: [{ log: '01a9f3c2-7c11-7d2e-9a51-5b1c0de4a7b2', fault: { code: 'log.gap', params: { seq: 9, need: 4 } } }] } };
    await user.click(screen.getByRole('button', { name: 'Đọc giấy báo nhận' }));
    await screen.findByText(/Có phần trung tâm chưa nhận: Thiếu các mục trước mục 9/);
  });

  it('is not offered to who may not', async () => {
    const desk = new FakeDesk();
    await syncScreen(desk, { as: 'specialist' });
    expect(screen.queryByRole('button', { name: 'Ghi gói ra USB' })).toBeNull();
  });
});
