import { describe, expect, it } from '@jest/globals';
import { superviseDesk, deskTimes, type DeskProcess } from '#electron/shell/desk-process.ts';
import type { DeskPort } from '#electron/shell/desk-port.ts';
import type { Fault } from '#shared/errors/index.ts';
import type { DeskEvent, OpenMessage, ToDesk } from '#shared/ipc/index.ts';

const opening: OpenMessage = { type: 'open', folder: '/data', keychain: { backend: 'test', available: true, allowDevelopment: false }, software: '0', banners: [] };
const session = { agencyName: 'UBND', desk: 'Quầy 2', staff: [], lockAfter: 300_000, banners: [] };

/** A desk process under the test's control. */
class Peer implements DeskPort {
  readonly got: ToDesk[] = [];
  killed = false;
  private message: (message: unknown) => void = () => undefined;
  private end: () => void = () => undefined;
  post(message: ToDesk): void { this.got.push(message); }
  onMessage(listener: (message: unknown) => void): void { this.message = listener; }
  onEnd(listener: () => void): void { this.end = listener; }
  kill(): void { this.killed = true; this.end(); }
  says(message: unknown): void { this.message(message); }
  dies(): void { this.end(); }
  calls(): Extract<ToDesk, { type: 'call' }>[] { return this.got.filter((message) => message.type === 'call'); }
}

interface Bench {
  readonly desk: DeskProcess;
  readonly peers: Peer[];
  readonly events: DeskEvent[];
  readonly refused: Fault[];
  readonly reports: string[];
  last(): Peer;
  /** Lets time pass, calling what falls due. */
  pass(milliseconds: number): void;
}

function bench(): Bench {
  const peers: Peer[] = [];
  const events: DeskEvent[] = [];
  const refused: Fault[] = [];
  const reports: string[] = [];
  const due = new Set<{ at: number; callback: () => void }>();
  let now = 0;
  const desk = superviseDesk({
    fork() {
      const peer = new Peer();
      peers.push(peer);
      return peer;
    },
    opening,
    keychain: {
      wrap: async (bytes) => Uint8Array.from(bytes, (byte) => byte ^ 1),
      unwrap: async () => { throw new Error('no such key'); },
    },
    after(delay, callback) {
      const entry = { at: now + delay, callback };
      due.add(entry);
      return () => void due.delete(entry);
    },
    now: () => now,
    onEvent: (event) => void events.push(event),
    onRefused: (why) => void refused.push(why),
    report: (line) => void reports.push(line),
  });
  return {
    desk, peers, events, refused, reports,
    last: () => peers.at(-1)!,
    pass(milliseconds) {
      const until = now + milliseconds;
      for (;;) {
        const next = [...due].filter((entry) => entry.at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        due.delete(next);
        now = next.at;
        next.callback();
      }
      now = until;
    },
  };
}

function up(): Bench {
  const own = bench();
  own.desk.start();
  own.last().says({ type: 'opened' });
  return own;
}

describe('the desk process, kept running', () => {
  it('is told to open first, and calls made meanwhile wait for it in order', async () => {
    const own = bench();
    own.desk.start();
    const first = own.desk.call('session.view', {});
    const second = own.desk.call('sync.view', {});
    expect(own.last().got).toEqual([opening]);
    own.last().says({ type: 'opened' });
    expect(own.last().calls().map((call) => call.channel)).toEqual(['session.view', 'sync.view']);
    const [one, two] = own.last().calls();
    own.last().says({ type: 'answer', id: two!.id, outcome: { ok: false, fault: { code: 'session.required', params: {} } } });
    own.last().says({ type: 'answer', id: one!.id, outcome: { ok: true, value: session } });
    expect(await first).toEqual({ ok: true, value: session });
    expect(await second).toMatchObject({ ok: false, fault: { code: 'session.required' } });
    expect(own.events).toEqual([]);
  });

  it('answers calls in flight when it dies, starts again after a pause, and tells the window both', async () => {
    const own = up();
    const inFlight = own.desk.call('session.view', {});
    own.last().dies();
    expect(await inFlight).toMatchObject({ ok: false, fault: { code: 'desk.unavailable' } });
    expect(await own.desk.call('session.view', {})).toMatchObject({ ok: false, fault: { code: 'desk.unavailable' } });
    expect(own.peers).toHaveLength(1);
    own.pass(deskTimes.pauses[0]);
    expect(own.peers).toHaveLength(2);
    own.last().says({ type: 'opened' });
    expect(own.events).toEqual([{ type: 'desk-process', state: 'down' }, { type: 'desk-process', state: 'up' }]);
    void own.desk.call('session.view', {});
    expect(own.last().calls()).toHaveLength(1);
  });

  it('waits longer with each death, and forgets them after a long life', () => {
    const own = up();
    const pauses: number[] = [];
    for (let death = 0; death < 6; death += 1) {
      own.last().dies();
      const before = own.peers.length;
      let waited = 0;
      while (own.peers.length === before) {
        own.pass(50);
        waited += 50;
      }
      pauses.push(waited);
      own.last().says({ type: 'opened' });
    }
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 5_000, 5_000]);
    own.pass(deskTimes.settled);
    own.last().dies();
    own.pass(250);
    own.last().says({ type: 'opened' });
    expect(own.peers).toHaveLength(8);
  });

  it('says that it cannot start when it never gets as far as opening', async () => {
    const own = bench();
    own.desk.start();
    const call = own.desk.call('session.view', {});
    for (let death = 0; death < 5; death += 1) {
      own.last().dies();
      own.pass(10_000);
    }
    expect(own.peers).toHaveLength(5);
    expect(own.refused).toEqual([{ code: 'desk.start-failed', params: {} }]);
    expect(await call).toMatchObject({ ok: false, fault: { code: 'desk.unavailable' } });
  });

  it('passes a refusal on and does not try again', () => {
    const own = bench();
    own.desk.start();
    own.last().says({ type: 'refused', fault: { code: 'store.wrong-key', params: {} } });
    own.last().dies();
    own.pass(60_000);
    expect(own.refused).toEqual([{ code: 'store.wrong-key', params: {} }]);
    expect(own.peers).toHaveLength(1);
  });

  it('gives up on an answer in time, and the late one does no harm', async () => {
    const own = up();
    const call = own.desk.call('session.view', {});
    own.pass(deskTimes.answer);
    expect(await call).toMatchObject({ ok: false, fault: { code: 'desk.no-answer', params: { seconds: 20 } } });
    own.last().says({ type: 'answer', id: own.last().calls()[0]!.id, outcome: { ok: true, value: session } });
  });

  it('believes nothing it cannot parse', async () => {
    const own = up();
    const call = own.desk.call('session.view', {});
    own.last().says('noise');
    own.last().says({ type: 'event', event: { type: 'made-up' } });
    own.last().says({ type: 'answer', id: own.last().calls()[0]!.id, outcome: { ok: true, value: { agencyName: 7 } } });
    expect(await call).toMatchObject({ ok: false, fault: { code: 'message.malformed', params: { where: 'session.view' } } });
    expect(own.events).toEqual([]);
    expect(own.reports).toHaveLength(2);
  });

  it('lends it the keychain, and says without bytes that the keychain could not', async () => {
    const own = bench();
    own.desk.start();
    own.last().says({ type: 'keychain', id: 7, operation: 'wrap', bytes: Buffer.from([1, 2]).toString('base64') });
    own.last().says({ type: 'keychain', id: 8, operation: 'unwrap', bytes: 'AAAA' });
    await new Promise((resolve) => void setImmediate(resolve));
    expect(own.last().got.slice(1)).toEqual([{ type: 'keychain', id: 7, bytes: Buffer.from([0, 3]).toString('base64') }, { type: 'keychain', id: 8 }]);
  });

  it('closes in order, answers what waits, and ends a process that does not go', async () => {
    const own = up();
    const waiting = own.desk.call('session.view', {});
    const closing = own.desk.close();
    expect(await waiting).toMatchObject({ ok: false });
    expect(own.last().got.at(-1)).toEqual({ type: 'close' });
    expect(own.last().killed).toBe(false);
    own.pass(deskTimes.closing);
    await closing;
    expect(own.last().killed).toBe(true);
    own.pass(60_000);
    expect(own.peers).toHaveLength(1);
  });

  it('does not start again when it is closed during a pause', async () => {
    const own = up();
    own.last().dies();
    await own.desk.close();
    own.pass(60_000);
    expect(own.peers).toHaveLength(1);
  });
});
