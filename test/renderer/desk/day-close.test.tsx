import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { FakeDesk } from './fake-desk.ts';
import { saidLine, show, type Shown } from './show.tsx';
import * as at from '../harness/mechanism.ts';

afterEach(cleanup);

async function day(desk: FakeDesk, as: 'supervisor' | 'clerk' = 'supervisor'): Promise<Shown> {
  const shown = await show({ desk, as });
  await shown.user.keyboard('{F7}');
  await screen.findByRole('heading', { name: 'Sổ theo dõi trong ngày' });
  await screen.findByRole('heading', { name: 'Sổ theo dõi hồ sơ' });
  return shown;
}

describe('the day’s close on the page', () => {
  it('takes the supervisor’s PIN, says what was closed, and prints the sheet', async () => {
    const desk = new FakeDesk();
    at.received(desk);
    const { user } = await day(desk);
    expect(screen.getByText(/^Chưa chốt\. Cuối giờ/)).toBeTruthy();
    await user.keyboard('{Alt>}c{/Alt}');
    await screen.findByRole('heading', { name: 'Chốt ngày 23/11/2026' });
    await user.keyboard('2468{Enter}');
    await screen.findByText('Đã chốt lúc 23/11/2026 14:03, Hoàng Văn Hùng');
    await waitFor(() => expect(desk.requests('close-sheet.print')).toEqual([{ date: '2026-11-23' }]));
    expect(saidLine()).toContain('Đã in biên bản chốt ngày 23/11/2026');
    expect(screen.getByText('mục 12 · cccccccccccccccc')).toBeTruthy();
  });

  it('keeps the question open at a wrong PIN, records the act once however often it is sent, and closes nothing on Esc', async () => {
    const desk = new FakeDesk();
    const { user } = await day(desk);
    await user.keyboard('{Alt>}c{/Alt}');
    const field = await screen.findByLabelText('Mã PIN của Hoàng Văn Hùng');
    await user.keyboard('0000{Enter}');
    await waitFor(() => expect((field as HTMLInputElement).value).toBe(''));
    expect(desk.closed).toBeUndefined();
    desk.loseAnswerOf = 'day.close';
    await user.keyboard('2468{Enter}');
    await waitFor(() => expect(desk.closed).toBeDefined());
    await user.keyboard('2468{Enter}');
    await screen.findByText(/^Đã chốt lúc/);
    expect(new Set(desk.requests('day.close').map((request) => request.act)).size).toBe(1);
  });

  it('is not offered to a clerk, who is told whom to ask', async () => {
    const desk = new FakeDesk();
    const { user } = await day(desk, 'clerk');
    expect(screen.queryByRole('button', { name: 'Chốt ngày' })).toBeNull();
    expect(screen.getByText('Chưa chốt. Lãnh đạo bộ phận đăng nhập và bấm Alt+C để chốt.')).toBeTruthy();
    await user.keyboard('{Alt>}c{/Alt}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('asks for another close where more was recorded, and reminds when office hours are over', async () => {
    const desk = new FakeDesk();
    at.received(desk);
    const { user } = await day(desk);
    await user.keyboard('{Alt>}c{/Alt}');
    await screen.findByLabelText('Mã PIN của Hoàng Văn Hùng');
    await user.keyboard('2468{Enter}');
    await screen.findByText(/^Đã chốt lúc/);
    desk.closed = { ...desk.closed!, actsSince: true };
    act(() => desk.push({ type: 'dossiers-changed' }));
    await screen.findByText('Sau khi chốt, quầy đã ghi thêm; hãy chốt lại.');
    expect(screen.getByRole('button', { name: 'Chốt lại' })).toBeTruthy();
    desk.closed = undefined;
    desk.closeDue = true;
    act(() => desk.push({ type: 'dossiers-changed' }));
    await screen.findByText(/^Đã hết giờ làm việc/);
  });

  it('is asked for on every screen while the line is down, with the way to the day’s page, which needs none', async () => {
    const desk = new FakeDesk();
    const { user } = await show({ desk });
    act(() => desk.setSync({ state: 'offline', closeNeeded: true }));
    await screen.findByText(/^Đang mất kết nối, hôm nay còn thao tác chưa chốt/);
    await user.click(screen.getByRole('button', { name: 'Mở sổ ngày' }));
    await screen.findByRole('heading', { name: 'Sổ theo dõi trong ngày' });
    expect(screen.getByText(/^Đang mất kết nối, hôm nay còn thao tác chưa chốt/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Mở sổ ngày' })).toBeNull();
  });
});
