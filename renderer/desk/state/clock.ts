import { create } from 'zustand';
import type { Fault } from '#shared/errors/index.ts';

interface ClockStore {
  /** Why the date and time must be confirmed now; undefined while nothing is asked. */
  asked: Fault | undefined;
  /** What was being done when it was asked; done again after the confirmation. */
  again: (() => void) | undefined;
  ask: (fault: Fault) => void;
  doAgain: (act: () => void) => void;
  close: () => void;
}

/** The question for the right date and time, asked when the computer's clock is behind the log. */
export const useClock = create<ClockStore>()((set) => ({
  asked: undefined,
  again: undefined,
  ask: (fault) => set({ asked: fault }),
  doAgain: (again) => set({ again }),
  close: () => set({ asked: undefined, again: undefined }),
}));
