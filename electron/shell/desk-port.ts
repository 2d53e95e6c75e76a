import type { ToDesk } from '#shared/ipc/index.ts';

/** One running desk process, whatever kind of process it is. */
export interface DeskPort {
  /** Sends a message; a process that is gone does not get it, and its end is told by `onEnd`. */
  post(message: ToDesk): void;
  /** Messages as they came: not yet parsed. */
  onMessage(listener: (message: unknown) => void): void;
  /** Calls back once when the process is gone, or could not be started. */
  onEnd(listener: () => void): void;
  kill(): void;
}

/** Starts a desk process. */
export type ForkDesk = () => DeskPort;
