import { useState } from 'react';
import type { Fault, Outcome } from '#shared/errors/index.ts';

/** Something said to the centre: whether it is on its way, why it was refused, and how to say it. */
export interface Saying {
  readonly busy: boolean;
  readonly fault: Fault | undefined;
  /** True when it was taken. */
  readonly say: (ask: () => Promise<Outcome<unknown>>) => Promise<boolean>;
}

/** One thing at a time; after it was taken `onSaid` loads what it changed. */
export function useSaying(onSaid: () => void): Saying {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault>();
  return {
    busy,
    fault,
    async say(ask) {
      if (busy) return false;
      setBusy(true);
      const outcome = await ask();
      setBusy(false);
      setFault(outcome.ok ? undefined : outcome.fault);
      if (outcome.ok) onSaid();
      return outcome.ok;
    },
  };
}
