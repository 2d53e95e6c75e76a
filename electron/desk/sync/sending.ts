import type { DeskStore } from '#db/index.ts';
import { backoff } from '#shared/sync/index.ts';
import type { DeskPorts } from '../ports.ts';
import type { Centre } from './centre.ts';
import { ownSigner } from './installation.ts';
import { firstBatchSize, pushLog } from './push.ts';
import type { SyncStatus } from './status.ts';

/** How one go at sending ended. */
export interface Sent {
  /** The centre asked to come again after so many milliseconds. */
  readonly delay: number | undefined;
  /** The centre will not take some log as it is; it is tried again, ever more seldom. */
  readonly refused: boolean;
}

/** Sends the installation's own logs, each for itself: what is wrong with one stops no other. */
export interface Sending {
  send(to: Centre): Promise<Sent>;
  /** Logs that a centre of an earlier version holds otherwise are asked again: it may be a newer one by now. */
  askForkedAgain(): void;
}

export interface SendingOptions {
  readonly store: DeskStore;
  readonly ports: DeskPorts;
  readonly status: SyncStatus;
  readonly signal: AbortSignal;
  /** Working time. */
  readonly now: () => number;
  /** A random number in [0, 1). */
  readonly fraction: () => number;
  /** Something began, was acknowledged, or was refused. */
  readonly moved: (dossiers: boolean) => void;
  /** The log written now is forked: the work has to go on in another. */
  readonly forked: () => void;
}

export function openSending({ store, ports, status, signal, now, fraction, moved, forked }: SendingOptions): Sending {
  const size = { entries: firstBatchSize };
  const forks = new Set<string>();

  /** Waits as the centre asked, or until the desk closes. */
  function pause(length: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = ports.timers.after(length, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        resolve();
      }, { once: true });
    });
  }

  /** Whether a log holds something to send. What a centre of an earlier version does not keep waits for a newer one, not for the line. */
  function waits(log: string): boolean {
    return !forks.has(log) && store.sent(log).seq < store.head(log).seq;
  }

  /** The log written now is a branch of the one the centre holds: the work goes on in another, which is durable when this returns. */
  function leave(log: string): void {
    if (store.identity()?.log === log) forked();
  }

  async function sendLog(to: Centre, log: string): Promise<Sent> {
    status.sending = true;
    moved(false);
    const pushed = await pushLog({
      store, centre: to, signer: ownSigner(store, ports), log, size, pause,
      acknowledged: () => {
        if (!store.ownLogs().some(waits)) status.allAcknowledged(now());
        moved(true);
      },
      branched: () => leave(log),
    });
    // A busy centre says so to everybody; a reason this program does not know is for people as well.
    if (pushed.kind === 'wait' && pushed.fault.code === 'centre.newer-version') status.refused(`log ${log}`, now(), pushed.fault, log);
    if (pushed.kind === 'wait') return { delay: pushed.delay ?? backoff(1, fraction()), refused: false };
    if (pushed.kind === 'all-sent' || pushed.kind === 'kept') {
      status.accepted(`log ${log}`);
      return { delay: undefined, refused: false };
    }
    status.refused(`log ${log}`, now(), pushed.fault, log);
    if (pushed.kind === 'forked') {
      forks.add(log);
      leave(log);
    }
    return { delay: undefined, refused: pushed.kind === 'refused' };
  }

  return {
    async send(to) {
      const ends: Sent[] = [];
      const present = store.identity()?.log;
      // Cut off between the centre's answer and the opening of the next log.
      if (present !== undefined && store.kept(present)) leave(present);
      for (const log of status.forecast.urgentFirst(store.ownLogs(), now())) {
        if (waits(log)) ends.push(await sendLog(to, log));
      }
      status.sending = false;
      return { delay: ends.findLast(({ delay }) => delay !== undefined)?.delay, refused: ends.some(({ refused }) => refused) };
    },
    askForkedAgain: () => forks.clear(),
  };
}
