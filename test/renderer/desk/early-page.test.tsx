/** The page from its own file on: what stands there before its program, and how the program takes over. */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { texts } from '#renderer/i18n/index.ts';
import { FakeDesk, people } from './fake-desk.ts';

const t = texts('vi');
const pin = (): HTMLInputElement => screen.getByLabelText(t('signIn.pin'));

describe('the sign-in in the file of the page', () => {
  it('has the same words, takes digits, and hands them over with the cursor behind them', async () => {
    document.body.innerHTML = /<body>([\s\S]*)<script/.exec(readFileSync(join(__dirname, '../../../renderer/desk/index.html'), 'utf8'))?.[1] ?? '';
    for (const key of ['app.name', 'signIn.hint'] as const) expect(screen.getByText(t(key))).toBeTruthy();
    expect(screen.getByRole('heading', { name: t('signIn.title') })).toBeTruthy();
    expect(screen.getByRole('radiogroup', { name: t('signIn.staff') })).toBeTruthy();
    expect(screen.getByRole('button', { name: t('signIn.submit') })).toBeTruthy();
    const user = userEvent.setup();
    await user.type(pin(), '12');

    const desk = new FakeDesk();
    const opened = Promise.withResolvers<void>();
    desk.opening = opened.promise;
    Object.defineProperty(window, 'desk', { value: desk, configurable: true });
    localStorage.setItem('last-person', people.clerk.id);
    await act(async () => void (await import('#renderer/desk/main.tsx')));
    expect(document.activeElement).toBe(pin());
    await user.keyboard('34{Enter}');
    expect(pin().value).toBe('1234');
    opened.resolve();
    await screen.findByRole('heading', { name: t('reception.title') });
    expect(desk.requests('session.sign-in')).toEqual([{ staff: people.clerk.id, pin: '1234' }]);
  });
});
