import type { ChannelName } from '#shared/ipc/index.ts';
import type { Clock } from '#shared/ports.ts';
import type { Timers } from './ports.ts';

/** After this long without a sign of the person signed in the desk signs them out, milliseconds. */
export const lockAfter = 5 * 60_000;

/** What a page asks by itself, on a timer or after an event: no sign of a person. */
const askedByPages: ReadonlySet<ChannelName> = new Set<ChannelName>(['session.view', 'enrol.view', 'sync.view']);

/** Views that a person opens and the page then asks again by itself: asked in the same words a second time they tell of nobody. */
const askedAgain: ReadonlySet<ChannelName> = new Set<ChannelName>([
  'dossier.get', 'dossier.list', 'day.view', 'duty.list', 'calendar.moves', 'place.list', 'procedure.search', 'reception.preview', 'draft.load',
]);

/** How many different questions are remembered; the oldest are forgotten. */
const remembered = 2_000;

/** Locks the desk (khóa màn hình) when nobody is there. Time is uptime, which nobody can set and which passes while the machine sleeps. */
export interface IdleLock {
  /** Somebody signed in just now. */
  entered(): void;
  /** A call of the person signed in came. */
  called(name: ChannelName, request: unknown): void;
  /** Locks if it is time: asked before each call, and when the machine wakes. */
  check(): void;
  /** How long there has been no sign of anybody, milliseconds. */
  quietFor(): number;
  close(): void;
}

export function idleLock(ports: { readonly clock: Clock; readonly timers: Timers }, signedIn: () => boolean, lock: () => void): IdleLock {
  let lastSign = uptime();
  let cancel: (() => void) | undefined;
  const asked = new Set<string>();

  function uptime(): number {
    return ports.clock.read().uptime;
  }

  function sign(): void {
    lastSign = uptime();
    if (!cancel && signedIn()) arm(lockAfter);
  }

  function arm(delay: number): void {
    cancel = ports.timers.after(delay, () => {
      cancel = undefined;
      check();
      if (signedIn()) arm(Math.max(1, lastSign + lockAfter - uptime()));
    });
  }

  function check(): void {
    if (!signedIn() || uptime() - lastSign < lockAfter) return;
    asked.clear();
    lock();
  }

  function isNew(name: ChannelName, request: unknown): boolean {
    const question = `${name} ${JSON.stringify(request) ?? ''}`;
    if (asked.has(question)) return false;
    asked.add(question);
    const [oldest] = asked;
    if (asked.size > remembered && oldest !== undefined) asked.delete(oldest);
    return true;
  }

  // Whoever was signed in when the desk process was started anew still is.
  sign();
  return {
    entered() {
      asked.clear();
      sign();
    },
    called(name, request) {
      if (askedByPages.has(name) || (askedAgain.has(name) && !isNew(name, request))) return;
      sign();
    },
    check,
    quietFor: () => uptime() - lastSign,
    close: () => cancel?.(),
  };
}
