import { useCallback, useEffect, useState } from 'react';
import type { Fault, Outcome } from '#shared/errors/index.ts';

/** Something asked of the centre: what is there so far, why the last attempt failed, and how to ask again. */
export interface Loaded<T> {
  readonly value: T | undefined;
  readonly fault: Fault | undefined;
  readonly again: () => void;
}

/** Asks when shown and whenever `key` changes; what was there stays in sight while it asks again. */
export function useLoaded<T>(key: string, ask: () => Promise<Outcome<T>>): Loaded<T> {
  const [state, setState] = useState<{ key: string; value: T | undefined; fault: Fault | undefined }>({ key, value: undefined, fault: undefined });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);
  useEffect(() => {
    let left = false;
    void ask().then((outcome) => {
      if (left) return;
      setState((before) => ({
        key,
        value: outcome.ok ? outcome.value : before.key === key ? before.value : undefined,
        fault: outcome.ok ? undefined : outcome.fault,
      }));
    });
    return () => {
      left = true;
    };
    // `ask` is made anew at each drawing; the key says when the question is another one.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, round]);
  return { value: state.key === key ? state.value : undefined, fault: state.fault, again };
}
