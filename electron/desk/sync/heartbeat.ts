import type { Random } from '#shared/ports.ts';
import type { Timers } from '../ports.ts';
import { LineError } from './transport.ts';

/**
 * When the line is asked whether it still works, milliseconds. While it works, often enough that a cut shows within half a
 * minute; while it does not, often at first, because most outages are short, then more seldom.
 */
export const heartbeatRhythm = { connected: 20_000, offline: 15_000, later: 60_000, shortOutage: 600_000, patience: 8_000, longest: 300_000 } as const;

export interface HeartbeatOptions {
  readonly timers: Timers;
  readonly random: Random;
  /** See `DeskPorts`. */
  readonly leisure: number;
  /** Uptime, milliseconds. */
  readonly uptime: () => number;
  /** Uptime of the last answer of this boot, if there was one. */
  readonly lastAnswer: () => number | undefined;
  readonly isConnected: () => boolean;
  /** Asks the centre for a sign of life; rejects with `LineError`. Undefined while there is nobody to ask. */
  readonly ask: () => Promise<void> | undefined;
  /** There was no answer. */
  readonly silent: (error: LineError) => Promise<void>;
  /** There was an answer after a silence: exchanges with the centre what waits. True if the line held. */
  readonly back: () => Promise<boolean>;
  readonly unforeseen: (error: unknown) => void;
}

/**
 * The light heartbeat (nhịp kiểm tra kết nối) between contacts: it only tells whether the centre answers. Anchors and the
 * sending keep their own rhythm and their own back-off. Returns what stops it.
 */
export function startHeartbeat(options: HeartbeatOptions): () => void {
  const { timers, isConnected } = options;
  let stopped = false;
  let silentSince: number | undefined;
  /** How often in a row the line answered and then did not carry anything. */
  let vain = 0;
  let cancel = plan();

  /** Three quarters of a pause to the whole of it, so that desks which lost the line together do not ask together. */
  function jittered(pause: number): number {
    const [byte = 0] = options.random.bytes(1);
    return Math.floor(pause * options.leisure * (0.75 + byte / 1024));
  }

  function plan(): () => void {
    return timers.after(nextPause(), () => void beat());
  }

  function nextPause(): number {
    if (isConnected()) {
      silentSince = undefined;
      const last = options.lastAnswer();
      const heard = last === undefined ? 0 : Math.max(0, options.uptime() - last);
      return Math.max(1_000, jittered(heartbeatRhythm.connected) - heard);
    }
    silentSince ??= options.uptime();
    const short = options.uptime() - silentSince < heartbeatRhythm.shortOutage;
    const most = Math.min(heartbeatRhythm.longest, (short ? heartbeatRhythm.offline : heartbeatRhythm.later) * 2 ** Math.min(vain, 8));
    return jittered(most);
  }

  async function beat(): Promise<void> {
    try {
      if (recentlyHeard()) return;
      const wasConnected = isConnected();
      const asked = options.ask();
      if (!asked) return;
      await asked;
      if (!wasConnected && !stopped) vain = (await options.back()) ? 0 : vain + 1;
    } catch (error) {
      if (!(error instanceof LineError)) options.unforeseen(error);
      else if (!stopped && error.failure !== 'closed') await options.silent(error).catch(options.unforeseen);
    } finally {
      if (!stopped) cancel = plan();
    }
  }

  /** Something else was answered meanwhile: nothing to ask. */
  function recentlyHeard(): boolean {
    const last = options.lastAnswer();
    return isConnected() && last !== undefined && options.uptime() - last < (heartbeatRhythm.connected * options.leisure) / 2;
  }

  return () => {
    stopped = true;
    cancel();
  };
}
