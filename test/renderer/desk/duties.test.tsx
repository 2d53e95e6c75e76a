import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { relativeTime } from '#renderer/desk/state/relative.ts';
import { texts } from '#renderer/i18n/index.ts';
import { instantOf } from '#shared/deadline/index.ts';
import { FakeDesk } from './fake-desk.ts';
import { saidLine, show, type Shown } from './show.tsx';
import * as at from '../harness/mechanism.ts';

afterEach(cleanup);

async function duties(desk: FakeDesk, as: 'supervisor' | 'clerk' = 'supervisor'): Promise<Shown> {
  const shown = await show({ desk, as });
  await shown.user.keyboard('{F5}');
  await screen.findByRole('heading', { name: 'Việc cần làm' });
  return shown;
}

const rows = (name = 'Việc gấp nhất trước'): string[] => within(screen.getByRole('table', { name })).getAllByRole('row').slice(1).map((row) => row.textContent ?? '');

describe('what is to be done', () => {
  it('stands with the most urgent first, in words, with the time and how far it is', async () => {
    const desk = new FakeDesk();
    at.submitted(desk, { name: 'Bế Văn Đàm' }, instantOf('2026-11-20', '08:05'));
    at.received(desk, { name: 'Lê Xuân Trường' });
    await duties(desk);
    await screen.findByRole('table', { name: 'Việc gấp nhất trước' });
    const all = rows();
    expect(all[0]).toContain('Trả lời hồ sơ nộp');
    expect(all[0]).toContain('quá 5 giờ');
    expect(all[0]).toContain('thứ Hai 23/11/2026 08:05');
    expect(all[1]).toContain('Chuyển bộ phận chuyên môn');
    expect(all[1]).toContain('còn 3 giờ');
    expect(all.at(-1)).toContain('Có kết quả đúng hạn');
    expect(all.at(-1)).toContain('còn 7 ngày');
    expect(screen.getByRole('button', { name: /^Tất cả/ }).textContent).toBe('Tất cả31 quá hạn');
  });

  it('is walked with the arrows; Enter opens the dossier with the form that answers it', async () => {
    const desk = new FakeDesk();
    at.received(desk);
    at.inSupplement(desk, { name: 'Triệu Quỳnh Trâm' });
    const { user } = await duties(desk);
    await waitFor(() => expect(document.activeElement?.className).toContain('row-open'));
    for (let steps = 0; steps < 10 && !document.activeElement?.textContent?.includes('Chờ bổ sung'); steps += 1) await user.keyboard('{ArrowDown}');
    await user.keyboard('{Enter}');
    await screen.findByRole('group', { name: 'Ghi nhận bổ sung' });
    await user.keyboard('{Escape}{Escape}');
    await screen.findByRole('heading', { name: 'Việc cần làm' });
  });

  it('one kind alone is shown by its button, and all of them again', async () => {
    const desk = new FakeDesk();
    at.received(desk);
    at.ready(desk);
    const { user } = await duties(desk);
    await within(screen.getByRole('group', { name: 'Loại việc' })).findByText('Báo cho người nộp');
    const kind = (): HTMLElement => within(screen.getByRole('group', { name: 'Loại việc' })).getByRole('button', { name: /^Báo cho người nộp/ });
    await user.click(kind());
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(rows()[0]).toContain('từ 23/11/2026 13:31');
    await user.click(kind());
    await waitFor(() => expect(rows().length).toBeGreaterThan(1));
  });

  it('hand-overs of which a half is missing have a list of their own', async () => {
    const desk = new FakeDesk();
    at.forwarded(desk, false, { name: 'Tôn Nữ Hoàng Thị Kim Ngân' });
    at.forwarded(desk, true);
    await duties(desk);
    await screen.findByRole('table', { name: 'Bàn giao chưa khớp' });
    expect(rows('Bàn giao chưa khớp')).toHaveLength(1);
    expect(rows('Bàn giao chưa khớp')[0]).toContain('Tôn Nữ Hoàng Thị Kim Ngân');
    expect(rows().join()).not.toContain('Bên nhận chưa ghi nhận');
  });

  it('says that there is nothing, and for whom it is no task does not offer the recomputing', async () => {
    const desk = new FakeDesk();
    await duties(desk);
    await screen.findByText('Không còn việc nào đến lượt');
    cleanup();
    at.provisional(desk);
    const shown = await show({ desk, as: 'specialist' });
    await shown.user.keyboard('{F5}');
    await screen.findByRole('table', { name: 'Lịch làm việc mới: hồ sơ đổi ngày hẹn' });
    expect(screen.queryByRole('button', { name: /Tính lại 1 ngày hẹn/ })).toBeNull();
    await shown.user.keyboard('{Alt>}h{/Alt}');
    expect(desk.requests('term.compute-again')).toEqual([]);
  });

  it('a new calendar: what it moves, and one key for those that are binding', async () => {
    const desk = new FakeDesk();
    at.provisional(desk, { name: 'Nông Quốc Khánh' });
    at.provisional(desk, { name: 'Bế Văn Đàm' });
    const { user } = await duties(desk);
    await screen.findByRole('table', { name: 'Lịch làm việc mới: hồ sơ đổi ngày hẹn' });
    expect(rows('Lịch làm việc mới: hồ sơ đổi ngày hẹn')[0]).toContain('thay ngày tạm tính');
    await user.keyboard('{Alt>}h{/Alt}');
    await waitFor(() => expect(saidLine()).toBe('Đã tính lại 2 ngày hẹn. In lại giấy tiếp nhận khi người nộp đến.'));
    expect([...desk.dossiers.values()].every(({ state }) => state.due?.provisional === false)).toBe(true);
    await waitFor(() => expect(screen.queryByRole('table', { name: 'Lịch làm việc mới: hồ sơ đổi ngày hẹn' })).toBeNull());
  });
});

describe('the lists', () => {
  it.each([['submitted', 'Bế Văn Đàm', 'Mới nộp, chờ tiếp nhận'], ['waiting', 'Triệu Quỳnh Trâm', 'Chờ người nộp bổ sung']])('filter %s', async (filter, name, words) => {
    const desk = new FakeDesk();
    at.submitted(desk, { name: 'Bế Văn Đàm' });
    at.inSupplement(desk, { name: 'Triệu Quỳnh Trâm' });
    at.received(desk);
    const { user } = await show({ desk });
    await user.keyboard('{F6}');
    await user.selectOptions(await screen.findByLabelText('Lọc'), filter);
    await screen.findByText('1 hồ sơ');
    expect(rows('Hồ sơ')[0]).toContain(name);
    expect(rows('Hồ sơ')[0]).toContain(words);
  });
});

describe('how far an instant is', () => {
  const now = instantOf('2026-11-23', '14:03');
  it.each([
    ['2026-11-23', '14:30', 'còn 27 phút'], ['2026-11-23', '16:10', 'còn 2 giờ'], ['2026-11-24', '00:10', 'còn 1 ngày'], ['2026-12-07', '17:30', 'còn 14 ngày'],
    ['2026-11-23', '14:02', 'quá 1 phút'], ['2026-11-23', '11:00', 'quá 3 giờ'], ['2026-11-22', '23:59', 'quá 1 ngày'],
  ])('%s %s: %s', (date, time, words) => {
    expect(relativeTime(instantOf(date, time), now, texts('vi'))).toBe(words);
  });
});
