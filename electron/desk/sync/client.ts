import type { DeskStore } from '#db/index.ts';
import type { Fault } from '#shared/errors/index.ts';
import type { SyncView } from '#shared/ipc/index.ts';
import { backoff, catalogueResponseSchema } from '#shared/sync/index.ts';
import type { EvidenceNotes } from '../evidence-notes.ts';
import { openNextLog } from '../next-log.ts';
import type { DeskPorts } from '../ports.ts';
import type { TimeKeeper } from '../time.ts';
import { takeAnchor } from './anchors.ts';
import { openCentre, type Centre } from './centre.ts';
import { enrol } from './enrolment.ts';
import { heartbeatRhythm, startHeartbeat } from './heartbeat.ts';
import { ownSigner, pinnedCentre } from './installation.ts';
import { lineLedger } from './line-ledger.ts';
import { firstBatchSize, pushLog } from './push.ts';
import { SyncStatus } from './status.ts';
import { LineError, type Transport } from './transport.ts';

/** When things are due, milliseconds. Anchors come more often than each 5 minutes, so that one late answer breaks nothing. */
export const rhythm = { contact: 240_000, catalogue: 900_000, afterAct: 400, glance: 5_000 } as const;

export interface SyncOptions {
  readonly store: DeskStore;
  readonly ports: DeskPorts;
  readonly time: TimeKeeper;
  readonly notes: EvidenceNotes;
  readonly software: string;
  /** Where the centre is; without it, where it was at the enrolment. */
  readonly centre: { readonly url: string; readonly enrolmentCode?: string | undefined; readonly pinnedKey?: string | undefined } | undefined;
  /** Something the network bar shows has changed. */
  readonly changed: () => void;
  /** Dossiers changed (sent, or more is known of them). */
  readonly dossiersChanged: () => void;
  /** The desk was enrolled or got a new catalogue. */
  readonly workplaceChanged: () => void;
  /** Reports an unforeseen error and gives the fault to show. */
  readonly unforeseen: (error: unknown) => Fault;
}

/** Exchanges the log with the centre, in the background, for as long as the desk is open. */
export interface SyncClient {
  view(): SyncView;
  /** Makes contact at once; resolves when that round is over. */
  now(): Promise<void>;
  /** An act was committed: an anchor soon, and the entries. */
  acted(): void;
  /** Ends the round in work and stops. */
  close(): Promise<void>;
}

/** A refusal that ends a round: what comes after it would be refused as well. */
class Refused extends Error {
  readonly what: string;
  readonly fault: Fault;
  constructor(what: string, fault: Fault) {
    super(fault.code);
    this.what = what;
    this.fault = fault;
  }
}

export function startSync(options: SyncOptions): SyncClient {
  const { store, ports, time, notes } = options;
  const status = new SyncStatus(store, time.best());
  const ledger = lineLedger({ store, status, notes, time, probes: ports.probes });
  const size = { entries: firstBatchSize };
  const stop = new AbortController();
  const url = options.centre?.url ?? pinnedCentre(store)?.url;
  const transport: Transport | undefined = url === undefined ? undefined : ports.transport(url, pins);
  const centre: Centre | undefined = transport === undefined ? undefined : openCentre({
    transport, hasher: ports.hasher, wall: () => ports.clock.read().wall, signal: stop.signal, answered,
  });

  const forked = new Set<string>();
  let failures = 0;
  let setbacks = 0;
  let cataloguePulledAt: number | undefined;
  let round: Promise<void> | undefined;
  let again = false;
  let justEnrolled = false;
  let actPlanned = false;
  let cancelTimer: (() => void) | undefined;
  let interfaces = ports.probes.interfaces();

  function pins(): readonly string[] {
    const pinned = options.centre?.pinnedKey;
    return [...(pinnedCentre(store)?.keys ?? []), ...(pinned === undefined ? [] : [pinned])];
  }

  function answered(): void {
    status.answered(time.best(), time.sample());
  }

  /** Plans the next round, unless an earlier one is planned. */
  function plan(delay: number): void {
    cancelTimer?.();
    cancelTimer = undefined;
    actPlanned = false;
    if (stop.signal.aborted || !centre) return;
    status.nextAttemptAt = status.isConnected() ? undefined : time.best() + delay;
    cancelTimer = ports.timers.after(delay, () => void run());
  }

  /** One round at a time; a wish during a round makes another one right after it. */
  function run(): Promise<void> {
    if (stop.signal.aborted || !centre) return Promise.resolve();
    if (round) {
      again = true;
      return round;
    }
    round = (async () => {
      do {
        again = false;
        plan(await oneRound(centre).catch((error: unknown) => deskFailed(error)));
      } while (again && !stop.signal.aborted);
    })().finally(() => {
      round = undefined;
    });
    return round;
  }

  /** Makes one round; answers after how many milliseconds the next one is due. */
  async function oneRound(to: Centre): Promise<number> {
    try {
      const delay = await contact(to);
      failures = 0;
      status.accepted('desk');
      setbacks = delay === undefined ? 0 : setbacks;
      return delay ?? rhythm.contact;
    } catch (error) {
      if (error instanceof Refused) {
        status.refused(error.what, time.best(), error.fault);
        if (error.fault.code === 'centre.wrong-key') status.failed(time.best());
        setbacks += 1;
        return Math.min(rhythm.contact, backoff(setbacks, fraction()));
      }
      if (!(error instanceof LineError)) {
        return deskFailed(error);
      }
      if (error.failure === 'closed') return rhythm.contact;
      failures += 1;
      await lineFailed(error);
      return backoff(failures, fraction());
    } finally {
      status.sending = false;
      options.changed();
    }
  }

  /** The desk itself failed (its store, most likely): the sending rests, the counter goes on, and it is tried again later. */
  function deskFailed(error: unknown): number {
    setbacks += 1;
    status.refused('desk', time.best(), options.unforeseen(error));
    return backoff(setbacks + 4, fraction());
  }

  function fraction(): number {
    const [a = 0, b = 0] = ports.random.bytes(2);
    return (a * 256 + b) / 65_536;
  }

  async function contact(to: Centre): Promise<number | undefined> {
    if (!store.identity() && !(await enrolled(to))) return rhythm.contact;
    // The anchor comes first: it shows that the centre holds the pinned key before anything personal leaves.
    const known = await anchor(to);
    options.changed();
    const delay = await push(to);
    // A log that continues a restored one is known to the centre by its first batch; only then does it get anchors.
    if (!known && delay === undefined) await anchor(to);
    await pullCatalogue(to);
    return delay;
  }

  async function enrolled(to: Centre): Promise<boolean> {
    const code = options.centre?.enrolmentCode;
    if (code === undefined || url === undefined) return false;
    const done = await enrol({ store, ports, time, centre: to, code, software: options.software, url, pinnedKey: options.centre?.pinnedKey });
    if (!done.ok) throw new Refused('enrol', done.fault);
    status.accepted('enrol');
    const recoveryKey = pinnedCentre(store)?.recoveryKey;
    if (recoveryKey !== undefined) await ports.keepForRecovery(recoveryKey);
    justEnrolled = true;
    options.workplaceChanged();
    return true;
  }

  /** False when the centre does not know this log yet. */
  async function anchor(to: Centre): Promise<boolean> {
    const taken = await takeAnchor(store, ports, to);
    if (!taken.ok) {
      if (taken.fault.code === 'log.unknown' && store.acknowledged().seq === 0) return false;
      // Without a synchronised clock the centre gives no times, but it still takes entries.
      if (taken.fault.code !== 'centre.unsynchronised') throw new Refused('centre', taken.fault);
      status.refused('anchor', time.best(), taken.fault);
      return true;
    }
    status.accepted('centre');
    status.accepted('anchor');
    ledger.restored(taken.value);
    if (taken.value) notes.cameIn(taken.value, justEnrolled ? 'enrolled' : undefined);
    justEnrolled = false;
    return true;
  }

  async function push(to: Centre): Promise<number | undefined> {
    let delay: number | undefined;
    let refusedAny = false;
    for (const log of store.ownLogs()) {
      if (forked.has(log) || store.acknowledged(log).seq >= store.head(log).seq) continue;
      status.sending = true;
      options.changed();
      const pushed = await pushLog({
        store, centre: to, signer: ownSigner(store, ports), log, size,
        acknowledged: () => {
          if (store.pendingSummary().entries === 0) status.allAcknowledged(time.best());
          options.dossiersChanged();
          options.changed();
        },
        pause,
      });
      if (pushed.kind === 'all-sent') status.accepted(`log ${log}`);
      else if (pushed.kind === 'wait') delay = pushed.delay ?? backoff(setbacks + 1, fraction());
      else {
        status.refused(`log ${log}`, time.best(), pushed.fault);
        refusedAny ||= pushed.kind === 'refused';
        if (pushed.kind === 'forked') goOnInNewLog(log);
      }
    }
    status.sending = false;
    if (!refusedAny && delay === undefined) return undefined;
    setbacks += 1;
    return delay ?? Math.min(rhythm.contact, backoff(setbacks, fraction()));
  }

  /** The work goes on in a log of its own; what happened to the old one is for people, and is asked again only when they want it. */
  function goOnInNewLog(log: string): void {
    forked.add(log);
    if (store.identity()?.log !== log) return;
    openNextLog(store, ports, time, options.software, 'forked');
    again = true;
  }

  /** Waits as the centre asked, or until the desk closes. */
  function pause(length: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = ports.timers.after(length, resolve);
      stop.signal.addEventListener('abort', () => {
        cancel();
        resolve();
      }, { once: true });
    });
  }

  async function pullCatalogue(to: Centre): Promise<void> {
    const { uptime } = time.sample();
    const fresh = cataloguePulledAt !== undefined && uptime >= cataloguePulledAt && uptime - cataloguePulledAt < rhythm.catalogue;
    if (fresh) return;
    const since = store.catalogue.current()?.version ?? 0;
    const answer = await to.signed({ method: 'GET', path: `/v1/catalogue?since=${since}`, response: catalogueResponseSchema }, ownSigner(store, ports));
    if (answer.kind === 'refused') throw new Refused('catalogue', answer.fault);
    status.accepted('catalogue');
    if (answer.value.catalogue) {
      const kept = store.catalogue.store(answer.value.catalogue);
      if (!kept.ok) throw new Refused('catalogue', kept.fault);
      options.workplaceChanged();
    }
    cataloguePulledAt = uptime;
  }

  async function lineFailed(error: LineError): Promise<void> {
    if (error.failure === 'wrong-key') status.refused('centre', time.best(), { code: 'centre.wrong-key', params: {} });
    status.failed(time.best());
    options.changed();
    if (store.identity() && url !== undefined) await ledger.silent(new URL(url).hostname);
  }

  /** After a silence a bare sign of life is not yet the centre: the round that follows asks for its signature. */
  async function alive(to: Centre): Promise<void> {
    await to.alive(heartbeatRhythm.patience);
    if (!status.isConnected()) return;
    answered();
    options.changed();
  }

  /** The heartbeat found the line silent between two rounds: the sending goes over to its back-off. */
  async function heartbeatMissed(error: LineError): Promise<void> {
    const wasConnected = status.isConnected();
    if (wasConnected && !round) {
      failures += 1;
      // Before the plan: what it shows depends on it.
      status.failed(time.best());
      plan(backoff(failures, fraction()));
    }
    await lineFailed(error);
  }

  /** A network interface that came or went is the best sign that trying now is worth it. */
  function glance(): void {
    if (stop.signal.aborted) return;
    const seen = ports.probes.interfaces();
    if (seen !== interfaces && !status.isConnected()) void run();
    interfaces = seen;
    cancelGlance = ports.timers.after(rhythm.glance, glance);
  }

  let cancelGlance = ports.timers.after(rhythm.glance, glance);
  const stopHeartbeat = startHeartbeat({
    timers: ports.timers, random: ports.random, uptime: () => time.sample().uptime,
    lastAnswer: () => (status.lastAnswer()?.boot === time.sample().boot ? status.lastAnswer()?.uptime : undefined),
    isConnected: () => status.isConnected(),
    ask: () => (store.identity() && centre ? alive(centre) : undefined),
    silent: heartbeatMissed,
    async back() {
      await (round ?? run());
      return failures === 0 && status.isConnected();
    },
    unforeseen: options.unforeseen,
  });
  if (centre) void run();

  return {
    view: () => status.view(),
    now() {
      cataloguePulledAt = undefined;
      forked.clear();
      return run();
    },
    acted() {
      // While the line is down the back-off decides; an act must not turn into a hammer.
      if (!status.isConnected()) return;
      if (round) again = true;
      // The first act of a burst sets the time: a steady stream must not put the sending off for ever.
      else if (!actPlanned) {
        plan(rhythm.afterAct);
        actPlanned = true;
      }
    },
    async close() {
      stop.abort();
      cancelTimer?.();
      cancelGlance();
      stopHeartbeat();
      transport?.close();
      await round;
      status.save();
    },
  };
}
