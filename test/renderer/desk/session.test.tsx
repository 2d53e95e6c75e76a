import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { useWindow } from '#renderer/desk/state/window.ts';
import * as at from '../harness/mechanism.ts';
import { FakeDesk, people } from './fake-desk.ts';
import { field, saidLine, show, type Shown } from './show.tsx';

afterEach(cleanup);

async function typing(): Promise<Shown & { dossier: string }> {
  const desk = new FakeDesk();
  const dossier = at.received(desk);
  const shown = await show({ desk });
  await act(async () => useWindow.getState().go({ name: 'dossier', dossier }));
  await screen.findByText('Việc có thể làm');
  await shown.user.keyboard('{Alt>}r{/Alt}');
  await screen.findByRole('group', { name: 'Người nộp xin rút' });
  await shown.user.type(field('Lý do'), 'Gia đình đổi ý.');
  return { ...shown, dossier };
}

async function switchTo({ user }: Shown, from: string, name: string): Promise<void> {
  await user.click(screen.getByRole('button', { name: `Tài khoản của ${from}` }));
  await user.click(screen.getByRole('button', { name: 'Đổi người dùng' }));
  await user.click(await screen.findByRole('radio', { name }));
  await user.type(field('Mã PIN'), '1234{Enter}');
}

describe('a desk that locked itself', () => {
  it('shows the sign-in and why, and after it the screen with what was typed', async () => {
    const { desk, user } = await typing();
    act(() => desk.lock());
    await screen.findByRole('heading', { name: 'Đăng nhập' });
    expect(screen.getByText(/Máy đã tự khóa vì 5 phút không có thao tác/)).toBeTruthy();
    expect(document.body.textContent).not.toContain('Nguyễn Văn An');
    await user.click(field(people.clerk.name));
    await user.type(field('Mã PIN'), '1234{Enter}');
    await screen.findByRole('group', { name: 'Người nộp xin rút' });
    expect(field('Lý do').value).toBe('Gia đình đổi ý.');
    act(() => desk.lock());
    await screen.findByRole('heading', { name: 'Đăng nhập' });
  });

  it('shows nobody else what the one before was doing', async () => {
    const { desk, user } = await typing();
    act(() => desk.lock());
    await user.click(await screen.findByRole('radio', { name: people.supervisor.name }));
    await user.type(field('Mã PIN'), '1234{Enter}');
    await screen.findByRole('heading', { name: 'Tiếp nhận hồ sơ' });
    expect(screen.queryByRole('group', { name: 'Người nộp xin rút' })).toBeNull();
  });

  it('says in the menu when it will', async () => {
    const { user } = await show();
    await user.click(screen.getByRole('button', { name: `Tài khoản của ${people.clerk.name}` }));
    expect(screen.getByText('Tự khóa sau 5 phút không thao tác.')).toBeTruthy();
  });
});

describe('a fast switch of users', () => {
  it('a name, a PIN; each finds their own screen and their own words again', async () => {
    const shown = await typing();
    await switchTo(shown, people.clerk.name, people.supervisor.name);
    await screen.findByRole('heading', { name: 'Tiếp nhận hồ sơ' });
    await shown.user.type(field('Họ tên'), 'Lò Thị Mai');
    await act(async () => useWindow.getState().go({ name: 'dossier', dossier: shown.dossier }));
    await screen.findByText('Việc có thể làm');
    expect(screen.queryByText(/đang nhập dở/)).toBeNull();
    await switchTo(shown, people.supervisor.name, people.clerk.name);
    await screen.findByRole('group', { name: 'Người nộp xin rút' });
    await waitFor(() => expect(field('Lý do').value).toBe('Gia đình đổi ý.'));
    await shown.user.keyboard('{F2}');
    await waitFor(() => expect(field('Họ tên').value).toBe(''));
    await switchTo(shown, people.clerk.name, people.supervisor.name);
    await shown.user.keyboard('{F2}');
    await waitFor(() => expect(field('Họ tên').value).toBe('Lò Thị Mai'));
    expect(shown.desk.requests('session.sign-out')).toEqual([]);
  });

  it('a wrong PIN is said there and changes nothing', async () => {
    const shown = await show();
    await shown.user.click(screen.getByRole('button', { name: `Tài khoản của ${people.clerk.name}` }));
    await shown.user.click(screen.getByRole('button', { name: 'Đổi người dùng' }));
    await screen.findByRole('dialog', { name: 'Chọn người dùng khác' });
    await shown.user.keyboard('9999{Enter}');
    await screen.findByText('Mã PIN không đúng. Hãy nhập lại; sau 5 lần sai phải chờ.');
    await shown.user.keyboard('{Escape}');
    expect(saidLine()).toBe('');
    screen.getByRole('button', { name: `Tài khoản của ${people.clerk.name}` });
  });
});
