import { useEffect } from 'react';
import { create } from 'zustand';
import type { QueueCounts } from '#shared/province/index.ts';
import { api } from './api.ts';

interface Waiting {
  /** Undefined until the centre was asked. What is known stays where it cannot be asked: the pages themselves say why. */
  counts: QueueCounts | undefined;
  refresh: () => Promise<void>;
}

/** How much waits for people, for the head of every page. */
export const useWaiting = create<Waiting>()((set) => ({
  counts: undefined,
  refresh: async () => {
    const outcome = await api.counts();
    if (outcome.ok) set({ counts: outcome.value });
  },
}));

/** What waits, asked anew on every page an officer goes to. */
export function useCounts(): QueueCounts | undefined {
  const { counts, refresh } = useWaiting();
  useEffect(() => {
    const ask = (): void => void refresh();
    ask();
    addEventListener('hashchange', ask);
    return () => removeEventListener('hashchange', ask);
  }, [refresh]);
  return counts;
}
