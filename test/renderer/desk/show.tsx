import { cleanup, render, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { App } from '#renderer/desk/app.tsx';
import { useClock } from '#renderer/desk/state/clock.ts';
import { useEnrolment } from '#renderer/desk/state/enrolment.ts';
import { useSession } from '#renderer/desk/state/session.ts';
import { useUnfinished } from '#renderer/desk/state/unfinished.ts';
import { useWindow } from '#renderer/desk/state/window.ts';
import { useLanguage } from '#renderer/i18n/index.ts';
import { FakeDesk, people } from './fake-desk.ts';

// jsdom knows the element and not its methods.
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.setAttribute('open', '');
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.removeAttribute('open');
};
document.hasFocus = () => true;
Object.assign(globalThis, { CSS: { escape: (text: string) => text } });

export const card = '020090123456|081234567|Nguyễn Văn An|01011990|Nam|Thôn Khòn Khuyên, Xã Mai Pha, Tỉnh Lạng Sơn|15042021';

export interface Shown {
  desk: FakeDesk;
  user: UserEvent;
  /** Every key comes 5 milliseconds after the one before; this is a rest between them. */
  pause: () => void;
}

/** The counter on a desk in memory; signed in as the clerk unless told otherwise. `last` signed in on this computer before. */
export async function show({ desk = new FakeDesk(), signedIn = true, as = 'clerk', last }: { desk?: FakeDesk; signedIn?: boolean; as?: keyof typeof people; last?: string } = {}): Promise<Shown> {
  cleanup();
  localStorage.clear();
  if (last !== undefined) localStorage.setItem('last-person', last);
  useSession.setState({ view: undefined, deskProcess: 'up', cameBack: false, sync: undefined, today: undefined, now: undefined, locked: false });
  useWindow.setState({ screen: { name: 'reception' }, said: undefined, person: undefined, leftOff: new Map() });
  useUnfinished.setState({ owner: undefined, acts: new Map() });
  useEnrolment.setState({ view: undefined, fault: undefined });
  useClock.setState({ asked: undefined, again: undefined });
  useLanguage.getState().choose('vi');
  if (signedIn) desk.session = { ...desk.session, signedIn: { ...people[as], roles: [...people[as].roles] } };
  Object.defineProperty(window, 'desk', { value: desk, configurable: true });
  let time = 0;
  render(<App now={() => (time += 5)} />);
  if (signedIn) await screen.findByRole('navigation');
  const pause = (): void => void (time += 1000);
  return { desk, user: userEvent.setup(), pause };
}

export const scanField = (): HTMLInputElement => screen.getByLabelText('Quét thẻ, biên nhận hoặc gõ để tìm');
export const field = (label: string): HTMLInputElement => screen.getByLabelText(label);
export const saidLine = (): string => document.querySelector('.status-line')?.textContent ?? '';

/** Text for `user.keyboard`, in which braces and brackets have a meaning. */
export function keys(text: string): string {
  return text.replace(/[{[]/g, (sign) => sign + sign);
}
