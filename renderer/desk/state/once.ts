import { useCallback, useRef, useState } from 'react';

/** Work of which only one goes on at a time, whatever else is pressed meanwhile. */
export interface Once {
  readonly busy: boolean;
  /** Begins it, or does nothing while other work of these goes on. */
  readonly once: (work: () => Promise<void>) => void;
}

/** Keys come faster than a drawing: a second dialog must not open over the first. */
export function useOnce(): Once {
  const [busy, setBusy] = useState(false);
  const working = useRef(false);
  const once = useCallback((work: () => Promise<void>): void => {
    if (working.current) return;
    working.current = true;
    setBusy(true);
    void work().finally(() => {
      working.current = false;
      setBusy(false);
    });
  }, []);
  return { busy, once };
}
