import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { roles, type Role } from '#shared/access/index.ts';
import { landing, mayOpen } from '#renderer/desk/state/screens.ts';
import { instantOf } from '#shared/deadline/index.ts';
import { command } from '../harness/dossiers.ts';
import { FakeDesk, people } from './fake-desk.ts';
import { card, field, keys, saidLine, scanField, show } from './show.tsx';

afterEach(cleanup);

const stops = (): string[] => [...document.querySelectorAll('nav .stop .grow')].map((one) => one.textContent ?? '');

describe('what each role is offered', () => {
  it('a clerk and a supervisor have every screen and start at the reception', async () => {
    for (const as of ['clerk', 'supervisor'] as const) {
      await show({ as });
      expect(stops()).toEqual(['Tiếp nhận', 'Trả kết quả', 'Việc cần làm', 'Hồ sơ', 'Sổ ngày', 'Đồng bộ']);
      screen.getByRole('heading', { name: 'Tiếp nhận hồ sơ' });
    }
  });

  it('a specialist starts at the dossiers, and the keys of what is hidden say that it is not theirs', async () => {
    const { desk, user } = await show({ as: 'specialist' });
    await screen.findByRole('heading', { name: 'Hồ sơ' });
    expect(stops()).toEqual(['Ghi kết quả', 'Việc cần làm', 'Hồ sơ', 'Sổ ngày', 'Đồng bộ']);
    await user.keyboard('{F2}');
    expect(saidLine()).toBe('Màn hình “Tiếp nhận” không thuộc phần việc của vai trò: Chuyên viên.');
    screen.getByRole('heading', { name: 'Hồ sơ' });
    expect(desk.requests('reception.preview')).toEqual([]);
    await user.keyboard('{F7}');
    await screen.findByRole('heading', { name: 'Sổ theo dõi trong ngày' });
  });

  it('a desk administrator has neither reception nor return; a receipt opens the dossier to be read', async () => {
    const desk = new FakeDesk();
    const code = desk.receive(command());
    const { user } = await show({ desk, as: 'administrator' });
    await screen.findByRole('heading', { name: 'Hồ sơ' });
    expect(stops()).toEqual(['Việc cần làm', 'Hồ sơ', 'Sổ ngày', 'Đồng bộ']);
    await user.keyboard('{F4}');
    expect(saidLine()).toBe('Màn hình “Trả kết quả” không thuộc phần việc của vai trò: Quản trị quầy.');
    await user.keyboard(`{F3}${code}{Enter}`);
    await screen.findByRole('heading', { name: `Hồ sơ ${code}` });
    expect(screen.queryByRole('button', { name: 'Trả kết quả' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Có kết quả' })).toBeNull();
    expect(screen.queryByText(/bấm “Có kết quả”/)).toBeNull();
  });

  it('a specialist records the result and is not offered the return', async () => {
    const desk = new FakeDesk();
    const code = desk.receive(command(), instantOf('2026-11-23', '08:00'));
    const { user } = await show({ desk, as: 'specialist' });
    await user.keyboard(`{F3}${code}{Enter}`);
    await screen.findByRole('heading', { name: 'Ghi kết quả' });
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Có kết quả' }));
    expect(screen.queryByRole('button', { name: 'Trả và in' })).toBeNull();
    expect(screen.queryByText('Người nhận')).toBeNull();
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(desk.requests('return.save')).toEqual([]);
    await user.keyboard('{F9}');
    await waitFor(() => expect(saidLine()).toBe(`Hồ sơ ${code} đã có kết quả.`));
    await waitFor(() => expect(document.activeElement).toBe(scanField()));
  });

  it('a card shows its holder’s dossiers to who receives nothing, and words find no procedures for them', async () => {
    const desk = new FakeDesk();
    const code = desk.receive(command());
    const { user } = await show({ desk, as: 'specialist' });
    await user.keyboard(`{F3}${keys(card)}{Enter}`);
    expect((await screen.findByRole('listbox', { name: 'Kết quả tìm kiếm' })).textContent).toContain(code);
    await user.keyboard('{Enter}');
    await screen.findByRole('heading', { name: 'Ghi kết quả' });
    await user.keyboard('{F3}khai sinh{Enter}');
    await screen.findByText(/Không tìm thấy “khai sinh”/);
    await user.keyboard('{F3}1.001193{Enter}');
    await waitFor(() => expect(saidLine()).toBe('Vai trò của tài khoản không có việc tiếp nhận hồ sơ.'));
  });

  it('whose clock it is not to confirm is told whom to ask', async () => {
    const desk = new FakeDesk();
    const code = desk.receive(command());
    desk.faults.set('result.mark-ready', { code: 'clock.confirm-needed', params: { wall: '01/01/2020 00:00', newest: '23/11/2026 14:03' } });
    const { user } = await show({ desk, as: 'specialist' });
    await user.keyboard(`{F3}${code}{Enter}`);
    await screen.findByRole('heading', { name: 'Ghi kết quả' });
    await user.keyboard('{F9}');
    await screen.findByText(/Hãy nhờ cán bộ tiếp nhận/);
    expect(screen.queryByLabelText('Ngày')).toBeNull();
  });

  it('no set of roles lands on a screen it may not use, unless it may use none', () => {
    for (const one of roles) for (const other of roles) {
      const both: Role[] = [one, other];
      const used = mayOpen(both, 'dossiers') || mayOpen(both, 'reception');
      expect([both, mayOpen(both, landing(both).name)]).toEqual([both, used]);
    }
  });
});

describe('sign-in on a shared computer', () => {
  it('the one who signed in last is chosen already: the PIN can be typed at once', async () => {
    const { user } = await show({ signedIn: false, last: people.specialist.id });
    await screen.findByRole('heading', { name: 'Đăng nhập' });
    expect(field('Lương Đức Thắng').checked).toBe(true);
    expect(document.activeElement).toBe(field('Lương Đức Thắng'));
    await user.keyboard('1234{Enter}');
    await screen.findByRole('heading', { name: 'Hồ sơ' });
  });

  it('keeps the id and nothing else, and forgets a person who works here no more', async () => {
    const first = await show({ signedIn: false, last: 'somebody-gone' });
    await screen.findByRole('heading', { name: 'Đăng nhập' });
    expect(document.activeElement).toBe(screen.getAllByRole('radio')[0]);
    await first.user.click(field('Hoàng Văn Hùng'));
    await first.user.keyboard('1234{Enter}');
    await screen.findByRole('navigation');
    const kept = Array.from({ length: localStorage.length }, (_, index) => localStorage.getItem(localStorage.key(index) ?? ''));
    expect(kept).toContain(people.supervisor.id);
    expect(kept.join()).not.toContain('Hùng');
  });

  it('switching users with an empty form leaves no draft behind', async () => {
    const { desk, user } = await show();
    await user.click(screen.getByRole('button', { name: 'Tài khoản của Nguyễn Thị Lan' }));
    await user.click(screen.getByRole('button', { name: 'Đăng xuất' }));
    await screen.findByRole('heading', { name: 'Đăng nhập' });
    expect(desk.drafts.size).toBe(0);
  });
});
