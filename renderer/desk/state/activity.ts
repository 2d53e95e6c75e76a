import { useEffect, useRef } from 'react';

const listeners = new Set<() => void>();
const inputs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

function heard(): void {
  for (const listener of listeners) listener();
}

function hear(listener: () => void): () => void {
  if (listeners.size === 0) for (const name of inputs) window.addEventListener(name, heard, { passive: true, capture: true });
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) for (const name of inputs) window.removeEventListener(name, heard, { capture: true });
  };
}

/** For so many rounds after the last key or movement a page goes on asking by itself. */
const patience = 3;

/**
 * Does something every so many milliseconds while somebody works at the desk. Left alone the page falls silent, so that the desk can lock
 * itself; the first key or movement after that asks at once.
 */
export function useWhileAttended(act: () => void, every: number): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    let quiet = 0;
    const timer = setInterval(() => {
      quiet += 1;
      if (quiet <= patience) latest.current();
    }, every);
    const stop = hear(() => {
      const slept = quiet > patience;
      quiet = 0;
      if (slept) latest.current();
    });
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [every]);
}
