import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, screen } from '@testing-library/react';
import { instantOf } from '#shared/deadline/index.ts';
import { FakeDesk, startOfTest } from './fake-desk.ts';
import { show } from './show.tsx';

afterEach(cleanup);

const backup = { folder: '/data/backups', sameDisk: true, count: 3, lastAt: instantOf('2026-11-20', '17:05'), stale: true };

async function syncScreen(as: 'clerk' | 'administrator' | 'specialist' = 'clerk') {
  const desk = new FakeDesk();
  const shown = await show({ desk, as });
  act(() => desk.setSync({ backup }));
  await shown.user.click(screen.getByRole('button', { name: /Đồng bộ/ }));
  await screen.findByText('Sao lưu dữ liệu của quầy');
  return { ...shown, desk };
}

describe('backups on the sync screen', () => {
  it('show the age of the last good one, that it is too old and on the same disk; by key there is a new one', async () => {
    const { user } = await syncScreen();
    expect(screen.getByText('20/11/2026 17:05')).toBeTruthy();
    expect(screen.getByText(/Đã hơn 2 ngày chưa có bản sao lưu tốt/)).toBeTruthy();
    expect(screen.getByText(/cùng ổ đĩa với dữ liệu/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Chọn thư mục sao lưu' })).toBeNull();
    await user.keyboard('{Alt>}l{/Alt}');
    await screen.findByText('Đã sao lưu và kiểm tra bản sao.');
    expect(screen.queryByText(/Đã hơn 2 ngày/)).toBeNull();
    expect(screen.queryByText('20/11/2026 17:05')).toBeNull();
  });

  it('say why one failed', async () => {
    const { desk } = await syncScreen('specialist');
    act(() => desk.setSync({ backup: { ...backup, fault: { code: 'backup.failed', params: { reason: 'ENOSPC' } } } }));
    expect(screen.getByText(/Chưa sao lưu được \(ENOSPC\)/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Sao lưu ngay' })).toBeNull();
  });

  it('go where the administrator chooses, and tell of a recovery', async () => {
    const { desk, user } = await syncScreen('administrator');
    desk.stick = { folder: '/media/backup' };
    await user.click(screen.getByRole('button', { name: 'Chọn thư mục sao lưu' }));
    expect(await screen.findByText('/media/backup')).toBeTruthy();
    act(() => desk.setSync({ recovered: { at: startOfTest, backupAt: backup.lastAt, rescued: 17, behind: 0, aside: 'damaged-2026-11-23' } }));
    expect(screen.getByText(/từ bản sao lưu lúc 20\/11\/2026 17:05/)).toBeTruthy();
    expect(screen.getByText(/cứu thêm 17 mục/)).toBeTruthy();
  });
});
