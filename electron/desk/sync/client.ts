import { fail, fault, ok, type Outcome } from '#shared/errors/index.ts';
import { backoff } from '#shared/sync/index.ts';
import { openNextLog } from '../next-log.ts';
import { fetchPiece, openUploading } from '../attachments/index.ts';
import { openCarrying } from './carrying.ts';
import { catalogueKeeper } from './catalogue.ts';
import type { Centre } from './centre.ts';
import { openContact, Refused } from './contact.ts';
import type { SyncClient, SyncOptions } from './contract.ts';
import { openEnrolling } from './enrolling.ts';
import { enrol } from './enrolment.ts';
import { heartbeatRhythm, startHeartbeat } from './heartbeat.ts';
import { ownSigner, pinnedCentre } from './installation.ts';
import { lineLedger } from './line-ledger.ts';
import { openLink, type Link } from './link.ts';
import { SyncStatus } from './status.ts';
import { LineError, type Pins } from './transport.ts';

export type { SyncClient, SyncOptions };

/** When things are due, milliseconds. Anchors come more often than each 5 minutes, so that one late answer breaks nothing. */
export const rhythm = { contact: 240_000, pending: 15_000, afterAct: 400, glance: 5_000, pull: 30_000 } as const;

export function startSync(options: SyncOptions): SyncClient {
  const { store, ports, time, notes } = options;
  const leisure = ports.leisure ?? 1;
  const status = new SyncStatus(store, time.best());
  const ledger = lineLedger({ store, status, notes, time, probes: ports.probes });
  const stop = new AbortController();
  const enrolling = openEnrolling({ store, ports, given: options.centre, refusal: () => status.refusal('centre') });
  const catalogue = catalogueKeeper(store, ports, time, options.software);

  const moved = (dossiers: boolean): void => {
    if (dossiers) options.dossiersChanged();
    options.changed();
  };
  const forked = (): void => {
    openNextLog(store, ports, time, options.software, 'forked');
    again = true;
  };
  const carrying = openCarrying({ store, ports, status, software: options.software, now: () => time.best(), moved: () => moved(true), forked });
  const uploading = openUploading({ store, attachments: options.attachments, ports, status, now: () => time.best(), moved });
  const contact = openContact({
    store, ports, time, notes, status, ledger, catalogue, signal: stop.signal, fraction, moved, forked,
    workplaceChanged: options.workplaceChanged,
    erased: () => options.attachments.erased(),
    wanted: () => again,
    uploading,
  });

  let failures = 0;
  let setbacks = 0;
  let round: Promise<void> | undefined;
  let again = false;
  let actPlanned = false;
  let cancelTimer: (() => void) | undefined;
  let interfaces = ports.probes.interfaces();

  let link = connected();

  /** Opens the way to wherever the centre is: where the enrolment is wanted, or was made. */
  function connected(): Link | undefined {
    const url = enrolling.wish()?.url ?? options.centre?.url ?? pinnedCentre(store)?.url;
    return url === undefined ? undefined : openLink({ ports, url, pins, signal: stop.signal, answered });
  }

  function reconnect(): void {
    link?.close();
    link = connected();
  }

  function pins(): Pins {
    const wish = enrolling.wish();
    if (wish) return wish.pinnedKey === undefined ? 'first-contact' : [wish.pinnedKey];
    const given = options.centre?.pinnedKey;
    return [...(pinnedCentre(store)?.keys ?? []), ...(given === undefined ? [] : [given])];
  }

  function answered(): void {
    status.answered(time.best(), time.sample());
  }

  /** Plans the next round, unless an earlier one is planned. */
  function plan(delay: number): void {
    cancelTimer?.();
    cancelTimer = undefined;
    actPlanned = false;
    if (stop.signal.aborted || !link) return;
    status.nextAttemptAt = status.isConnected() ? undefined : time.best() + delay;
    cancelTimer = ports.timers.after(delay, () => void run());
  }

  /** One round at a time; a wish during a round makes another one right after it. `first` is what is made to begin with. */
  function run(first: 'contact' | 'pull' = 'contact'): Promise<void> {
    if (stop.signal.aborted || !link) return Promise.resolve();
    if (round) {
      again = true;
      return round;
    }
    round = (async () => {
      let light = first === 'pull';
      do {
        again = false;
        const delay = await oneRound(light ? pullOnly : whole).catch((error: unknown) => deskFailed(error));
        // Between two contacts what is planned stays, so that anchors keep their rhythm.
        if (!light || !status.isConnected()) plan(delay);
        light = false;
      } while (again && !stop.signal.aborted);
    })().finally(() => {
      round = undefined;
    });
    return round;
  }

  /** Makes one round; answers after how many milliseconds the next one is due. */
  async function oneRound(work: () => Promise<number | undefined>): Promise<number> {
    try {
      const delay = await work();
      failures = 0;
      status.accepted('desk');
      setbacks = delay === undefined ? 0 : setbacks;
      return delay ?? rhythm.contact;
    } catch (error) {
      if (error instanceof Refused) {
        status.refused(error.what, time.best(), error.fault);
        if (error.fault.code === 'centre.wrong-key') status.failed(time.best());
        if (error.what === 'enrol') enrolling.failed(error.fault);
        // Somebody is about to approve it: they should not have to wait for the desk afterwards.
        if (error.fault.code === 'enrol.pending') return Math.floor(rhythm.pending * (0.5 + fraction() / 2));
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

  /** Undefined when all was sent or is for people; otherwise after how many milliseconds to go on. */
  async function whole(): Promise<number | undefined> {
    if (!store.identity() && !(await enrolled())) return rhythm.contact;
    const to = link?.centre;
    if (!to) return rhythm.contact;
    const { delay, refused, more } = await contact.make(to);
    if (more) again = true;
    if (!refused && delay === undefined && !more) {
      const unable = options.settled?.();
      if (unable) status.refused('transfer', time.best(), unable);
      else status.accepted('transfer');
    }
    if (!refused && delay === undefined) return undefined;
    setbacks += 1;
    return delay ?? Math.min(rhythm.contact, backoff(setbacks, fraction()));
  }

  async function pullOnly(): Promise<number> {
    if (link && (await contact.pull(link.centre))) again = true;
    return rhythm.contact;
  }

  /** Between two rounds: what others recorded shows here within half a minute. */
  function freshen(): void {
    if (stop.signal.aborted) return;
    if (store.identity() && status.isConnected() && !round) void run('pull');
    cancelFreshen = ports.timers.after(rhythm.pull * leisure, freshen);
  }

  async function enrolled(): Promise<boolean> {
    const wish = enrolling.wish();
    if (!wish || !link) return false;
    const done = await enrol({ store, ports, time, centre: link.centre, wish, software: options.software, trial: (keys) => openLink({ ports, url: wish.url, pins: () => keys, signal: stop.signal, answered: () => undefined }) });
    if (!done.ok) throw new Refused('enrol', done.fault);
    status.accepted('enrol');
    enrolling.done();
    // From here on every connection is made to the pinned keys; none of the first contact stays.
    reconnect();
    const recoveryKey = pinnedCentre(store)?.recoveryKey;
    if (recoveryKey !== undefined) await ports.keepForRecovery(recoveryKey);
    contact.justEnrolled();
    options.workplaceChanged();
    return true;
  }

  async function lineFailed(error: LineError): Promise<void> {
    if (error.failure === 'wrong-key') status.refused('centre', time.best(), fault('centre.wrong-key'));
    status.failed(time.best());
    options.changed();
    if (!store.identity()) enrolling.failed(fault(error.failure === 'wrong-key' ? 'centre.wrong-key' : 'centre.unreachable'));
    else if (link) await ledger.silent(new URL(link.url).hostname);
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
    cancelGlance = ports.timers.after(rhythm.glance * leisure, glance);
  }

  /** A question of a clerk to the centre, between the rounds. */
  async function ask<T>(question: (to: Centre) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const to = link?.centre;
    if (!to || !store.identity() || !status.isConnected()) return fail('centre.unreachable');
    try {
      return await question(to);
    } catch (error) {
      if (error instanceof LineError) return fail('centre.unreachable');
      throw error;
    }
  }

  let cancelFreshen = ports.timers.after(rhythm.pull * leisure, freshen);
  let cancelGlance = ports.timers.after(rhythm.glance * leisure, glance);
  const stopHeartbeat = startHeartbeat({
    timers: ports.timers, random: ports.random, leisure, uptime: () => time.sample().uptime,
    lastAnswer: () => (status.lastAnswer()?.boot === time.sample().boot ? status.lastAnswer()?.uptime : undefined),
    isConnected: () => status.isConnected(),
    ask: () => (link && (store.identity() || enrolling.wish()) ? alive(link.centre) : undefined),
    silent: heartbeatMissed,
    async back() {
      await (round ?? run());
      return failures === 0 && status.isConnected();
    },
    unforeseen: options.unforeseen,
  });
  if (link) void run();

  return {
    view: () => ({ ...status.view(time.best()), ...options.beside?.(), ...uploading.view() }),
    carrying,
    enrolView: () => enrolling.view(),
    async enrol(typed) {
      const asked = enrolling.ask(typed);
      if (!asked.ok) return asked;
      for (const what of ['enrol', 'centre']) status.accepted(what);
      reconnect();
      await run();
      return ok(true);
    },
    now() {
      catalogue.stale();
      contact.askForkedAgain();
      return run();
    },
    fetch: (code) => ask((to) => contact.fetch(to, code)),
    refresh: (dossier) => ask((to) => contact.refresh(to, dossier)),
    fetchContent: (dossier, sha256, from) => ask((to) => fetchPiece(to, ownSigner(store, ports), { dossier, sha256, from })),
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
      cancelFreshen();
      stopHeartbeat();
      link?.close();
      await round;
      status.save();
    },
  };
}
