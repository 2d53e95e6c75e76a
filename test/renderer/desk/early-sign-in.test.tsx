/** The sign-in before the desk process has answered: the PIN is taken, the names come to it. */
import { describe, expect, it } from '@jest/globals';
import { act, cleanup, render, screen } from '@testing-library/react';
import { App } from '#renderer/desk/app.tsx';
import { useSession } from '#renderer/desk/state/session.ts';
import { FakeDesk, people } from './fake-desk.ts';
import { field, show } from './show.tsx';

/** A desk whose process answers nothing until it is opened. */
function closedDesk(): { desk: FakeDesk; open: () => Promise<void> } {
  const desk = new FakeDesk();
  const { promise, resolve } = Promise.withResolvers<void>();
  desk.opening = promise;
  return { desk, open: async () => {
    resolve();
    await act(async () => await new Promise((passed) => void setTimeout(passed)));
  } };
}

const pin = (): HTMLInputElement => field('Mã PIN');

describe('the sign-in while the desk process opens its store', () => {
  it('takes the PIN and its Enter, and signs in who was last here once the names are there', async () => {
    const { desk, open } = closedDesk();
    const { user } = await show({ desk, signedIn: false, last: people.specialist.id });
    expect(document.activeElement).toBe(pin());
    expect(screen.queryByRole('radio')).toBeNull();
    await user.keyboard('1234{Enter}');
    expect(desk.requests('session.sign-in')).toEqual([]);
    await open();
    await screen.findByRole('heading', { name: 'Hồ sơ' });
    expect(desk.requests('session.sign-in')).toEqual([{ staff: people.specialist.id, pin: '1234' }]);
  });

  it('keeps the cursor and the digits of a PIN being typed when the names come', async () => {
    const { desk, open } = closedDesk();
    const { user } = await show({ desk, signedIn: false, last: people.clerk.id });
    await user.keyboard('12');
    await open();
    await screen.findByLabelText(people.clerk.name);
    expect(document.activeElement).toBe(pin());
    await user.keyboard('34{Enter}');
    await screen.findByRole('heading', { name: 'Tiếp nhận hồ sơ' });
  });

  it('goes to the names when nothing was typed', async () => {
    const { desk, open } = closedDesk();
    await show({ desk, signedIn: false, last: people.clerk.id });
    await open();
    expect(document.activeElement).toBe(await screen.findByLabelText(people.clerk.name));
  });

  it('asks for a name where the one who was last here works here no more; nothing is sent for them', async () => {
    const { desk, open } = closedDesk();
    const { user } = await show({ desk, signedIn: false, last: 'somebody-gone' });
    await user.keyboard('1234{Enter}');
    await open();
    await screen.findByText('Hãy chọn tên cán bộ.');
    expect(desk.requests('session.sign-in')).toEqual([]);
    expect(pin().value).toBe('1234');
  });

  it('does not count an Enter after which more was typed', async () => {
    const { desk, open } = closedDesk();
    const { user } = await show({ desk, signedIn: false, last: people.clerk.id });
    await user.keyboard('12{Enter}3');
    await open();
    await screen.findByLabelText(people.clerk.name);
    expect(desk.requests('session.sign-in')).toEqual([]);
  });

  it('is not offered when the page of a signed-in desk is loaded anew', async () => {
    const { desk } = await show({ signedIn: true });
    cleanup();
    useSession.setState({ view: undefined });
    desk.opening = closedDesk().desk.opening;
    render(<App />);
    expect(screen.queryByLabelText('Mã PIN')).toBeNull();
  });

  it('gives way to the enrolment on a computer whose enrolment is gone', async () => {
    const { desk, open } = closedDesk();
    desk.setEnrolled(false);
    await show({ desk, signedIn: false, last: people.clerk.id });
    expect(document.activeElement).toBe(pin());
    await open();
    await screen.findByRole('heading', { name: 'Ghi danh quầy' });
    expect(screen.queryByLabelText('Mã PIN')).toBeNull();
  });

  it('puts the cursor on a name when the names come only after the sign-in has been drawn', async () => {
    const desk = new FakeDesk();
    desk.session = { ...desk.session, staff: [] };
    await show({ desk, signedIn: false });
    await screen.findByText('Máy này chưa có danh sách cán bộ');
    act(() => desk.push({ type: 'session', session: new FakeDesk().session }));
    expect(document.activeElement).toBe((await screen.findAllByRole('radio'))[0]);
  });
});
