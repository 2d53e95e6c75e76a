import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, render } from '@testing-library/react';
import { useWhileAttended } from '#renderer/desk/state/activity.ts';

let asked = 0;

function Page(): null {
  useWhileAttended(() => (asked += 1), 1000);
  return null;
}

const key = (): void => void window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' }));

beforeEach(() => {
  asked = 0;
  jest.useFakeTimers();
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

describe('a page that asks by itself', () => {
  it('goes on while somebody is there', () => {
    render(<Page />);
    for (let second = 0; second < 10; second += 1) {
      jest.advanceTimersByTime(1000);
      key();
    }
    expect(asked).toBe(10);
  });

  it('falls silent when nobody is, so that the desk can lock itself, and asks at once at the first key', () => {
    render(<Page />);
    jest.advanceTimersByTime(60_000);
    expect(asked).toBe(3);
    key();
    expect(asked).toBe(4);
    key();
    expect(asked).toBe(4);
    jest.advanceTimersByTime(1000);
    expect(asked).toBe(5);
  });

  it('stops with the page', () => {
    const { unmount } = render(<Page />);
    unmount();
    key();
    jest.advanceTimersByTime(5000);
    expect(asked).toBe(0);
  });
});
