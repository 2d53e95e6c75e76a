import { fail, fault, outcomeSchema, type Fault, type Outcome } from '#shared/errors/index.ts';
import { channels, deskEventSchema, fromDeskSchema, type ChannelName, type DeskEvent, type FromDesk, type OpenMessage } from '#shared/ipc/index.ts';
import type { DeskPort, ForkDesk } from './desk-port.ts';
import type { Keychain } from './keychain.ts';

export interface DeskProcessOptions {
  readonly fork: ForkDesk;
  /** What each new process is told first. */
  readonly opening: OpenMessage;
  readonly keychain: Pick<Keychain, 'wrap' | 'unwrap'>;
  /** Calls back once after `delay` milliseconds, unless the returned function is called before. */
  readonly after: (delay: number, callback: () => void) => () => void;
  /** Monotonic time, milliseconds. */
  readonly now: () => number;
  readonly onEvent: (event: DeskEvent) => void;
  /** The desk process will not open, and trying again by itself will not help. */
  readonly onRefused: (why: Fault) => void;
  /** A line for the operator; never personal data. */
  readonly report: (line: string) => void;
}

/** Times, milliseconds. */
export const deskTimes = {
  /** An answer must be there after this long. Longer than any query; a slow disk may hold a commit up. */
  answer: 20_000,
  /** The same where a file is written to a stick or read from one, which may be very slow. */
  slowAnswer: 600_000,
  /** Pauses before a dead process is started again, the last one for all further times. */
  pauses: [250, 500, 1_000, 2_000, 5_000],
  /** A process that lived this long has not died of its start. */
  settled: 30_000,
  /** A process that has been asked to close must be gone after this long. */
  closing: 5_000,
} as const;

/** Calls that write or read files. */
const slow: ReadonlySet<ChannelName> = new Set<ChannelName>(['bundle.export-to', 'bundle.read-receipt-from', 'backup.make', 'backup.move-to']);

/** So many ends in a row before the store was open mean that it cannot start. */
const vainStarts = 5;

/** The desk process as the rest of the shell sees it: there, or soon there again. */
export interface DeskProcess {
  start(): void;
  /**
   * Sends a call whose request has been checked. Calls made while the first process opens wait for it. Errors:
   * `desk.unavailable` while it restarts, `desk.no-answer`, `message.malformed`, and whatever the desk process answers.
   */
  call(name: ChannelName, request: unknown): Promise<Outcome<unknown>>;
  tellPower(event: 'suspend' | 'resume'): void;
  /** Resolves when the process is gone; it is given time to finish. No new one is started. */
  close(): Promise<void>;
}

interface Waiting {
  readonly channel: ChannelName;
  readonly request: unknown;
  sent: boolean;
  settle(outcome: Outcome<unknown>): void;
}

type State = 'idle' | 'opening' | 'up' | 'pausing' | 'refused' | 'closed';

/** Keeps one desk process running. */
export function superviseDesk(options: DeskProcessOptions): DeskProcess {
  const waiting = new Map<number, Waiting>();
  let state: State = 'idle';
  let port: DeskPort | undefined;
  let everUp = false;
  let deaths = 0;
  let upSince = 0;
  let nextId = 1;
  let whenGone: (() => void) | undefined;
  let stopPause: (() => void) | undefined;

  const settleAll = (outcome: Outcome<unknown>): void => {
    for (const call of waiting.values()) call.settle(outcome);
  };

  const send = (id: number, call: Waiting): void => {
    call.sent = true;
    port?.post({ type: 'call', id, channel: call.channel, request: call.request });
  };

  const launch = (): void => {
    state = 'opening';
    const own = options.fork();
    port = own;
    own.onMessage((message) => {
      if (own === port) receive(own, message);
    });
    own.onEnd(() => {
      if (own === port) ended();
    });
    own.post(options.opening);
  };

  const refuse = (why: Fault): void => {
    state = 'refused';
    settleAll(fail('desk.unavailable'));
    options.onRefused(why);
  };

  const ended = (): void => {
    port = undefined;
    settleAll(fail('desk.unavailable'));
    whenGone?.();
    if (state === 'refused' || state === 'closed') return;
    if (state === 'up' && options.now() - upSince >= deskTimes.settled) deaths = 0;
    if (state === 'up') options.onEvent({ type: 'desk-process', state: 'down' });
    deaths += 1;
    options.report(`The desk process ended while ${state}; end ${deaths} in a row.`);
    if (!everUp && deaths >= vainStarts) {
      refuse(fault('desk.start-failed'));
      return;
    }
    state = 'pausing';
    stopPause = options.after(deskTimes.pauses[Math.min(deaths, deskTimes.pauses.length) - 1] ?? 0, launch);
  };

  const receive = (own: DeskPort, message: unknown): void => {
    const parsed = fromDeskSchema.safeParse(message);
    if (!parsed.success) {
      options.report('The desk process sent a message of no known shape.');
      return;
    }
    handle(own, parsed.data);
  };

  const handle = (own: DeskPort, message: FromDesk): void => {
    switch (message.type) {
      case 'keychain':
        void serveKeychain(own, message);
        return;
      case 'opened':
        if (state !== 'opening') return;
        state = 'up';
        upSince = options.now();
        for (const [id, call] of waiting) if (!call.sent) send(id, call);
        if (everUp) options.onEvent({ type: 'desk-process', state: 'up' });
        everUp = true;
        return;
      case 'refused':
        if (state !== 'closed') refuse(message.fault);
        return;
      case 'answer': {
        const call = waiting.get(message.id);
        // Without one it was answered for already, by the time limit.
        if (call !== undefined) call.settle(checked(call.channel, message.outcome));
        return;
      }
      case 'event': {
        const event = deskEventSchema.safeParse(message.event);
        if (event.success) options.onEvent(event.data);
        else options.report('The desk process sent an event of no known shape.');
        return;
      }
      case 'closed':
        // Its end follows.
        return;
    }
  };

  const serveKeychain = async (own: DeskPort, message: Extract<FromDesk, { type: 'keychain' }>): Promise<void> => {
    const bytes = Buffer.from(message.bytes, 'base64');
    try {
      const result = await (message.operation === 'wrap' ? options.keychain.wrap(bytes) : options.keychain.unwrap(bytes));
      own.post({ type: 'keychain', id: message.id, bytes: Buffer.from(result).toString('base64') });
    } catch (error) {
      // The desk process turns the missing answer into the fault a person sees.
      options.report(`The keychain could not ${message.operation}: ${error instanceof Error ? error.message : 'unknown reason'}`);
      own.post({ type: 'keychain', id: message.id });
    }
  };

  return {
    start() {
      if (state === 'idle' || state === 'refused') {
        deaths = 0;
        launch();
      }
    },
    call(name, request) {
      const ready = state === 'up' || (!everUp && state !== 'refused' && state !== 'closed');
      if (!ready) return Promise.resolve(fail('desk.unavailable'));
      return new Promise((resolve) => {
        const id = nextId;
        nextId += 1;
        const patience = slow.has(name) ? deskTimes.slowAnswer : deskTimes.answer;
        const stopTimer = options.after(patience, () => {
          call.settle(fail('desk.no-answer', { seconds: patience / 1_000 }));
        });
        const call: Waiting = {
          channel: name,
          request,
          sent: false,
          settle(outcome) {
            stopTimer();
            waiting.delete(id);
            resolve(outcome);
          },
        };
        waiting.set(id, call);
        if (state === 'up') send(id, call);
      });
    },
    tellPower(event) {
      if (state === 'up') port?.post({ type: 'power', event });
    },
    async close() {
      state = 'closed';
      stopPause?.();
      settleAll(fail('desk.unavailable'));
      const own = port;
      if (own === undefined) return;
      await new Promise<void>((resolve) => {
        const stopTimer = options.after(deskTimes.closing, () => {
          options.report('The desk process did not close in time and was ended.');
          own.kill();
        });
        whenGone = () => {
          stopTimer();
          resolve();
        };
        own.post({ type: 'close' });
      });
    },
  };
}

function checked(channel: ChannelName, outcome: unknown): Outcome<unknown> {
  const parsed = outcomeSchema<unknown>(channels[channel].response).safeParse(outcome);
  return parsed.success ? parsed.data : fail('message.malformed', { where: channel });
}
