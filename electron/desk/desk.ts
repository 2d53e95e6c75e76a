import type { DeskStore } from '#db/index.ts';
import { DomainError, fail, fault, ok, type Fault, type Outcome } from '#shared/errors/index.ts';
import { channels, isChannel, orderOf, type ChannelName, type DeskEvent, type SessionView, type SyncView } from '#shared/ipc/index.ts';
import type { ClockReading } from '#shared/log/index.ts';
import { openAttachmentKeeper } from './attachments/index.ts';
import { clockWatch, lookEvery } from './clock-watch.ts';
import { evidenceNotes } from './evidence-notes.ts';
import { embeddedFonts } from './forms/index.ts';
import { handlers } from './handlers.ts';
import { idleLock } from './idle-lock.ts';
import { openNeighbours } from './neighbours.ts';
import type { DeskPorts } from './ports.ts';
import { openBackupKeeper } from './backups/index.ts';
import { recoveredView } from './recovery/index.ts';
import { continueRestored } from './restored.ts';
import { openSession } from './session.ts';
import { startSync, type SyncOptions } from './sync/client.ts';
import { pinnedCentre } from './sync/installation.ts';
import { timeKeeper } from './time.ts';
import { prepareMove, transferOrder, type PreparedMove } from './transfer/index.ts';
import { permitted, type Workplace } from './workplace.ts';

export interface DeskOptions {
  /** The desk's own folder. */
  readonly folder: string;
  /** Open, and closed by the desk. */
  readonly store: DeskStore;
  /** The store's key, 32 bytes; those of files beside it are derived from it. */
  readonly key: Uint8Array;
  readonly software: string;
  readonly banners: SessionView['banners'];
  readonly centre?: SyncOptions['centre'];
  /** Folder with the font files the forms embed. */
  readonly fonts?: string | undefined;
  /** Names this run of the program (see `openMessageSchema`). */
  readonly run?: string | undefined;
  /** Whether backups are made without anybody asking; a simulation of months makes none. */
  readonly automaticBackups?: boolean | undefined;
  /** The installation goes to another agency and its new store is made: whoever opened the desk closes it at once, puts that store in place and opens it again. Without it the desk stays. */
  readonly onMove?: ((prepared: PreparedMove) => void) | undefined;
  /** Check every answer against its channel's schema: in development and in tests. */
  readonly checkAnswers: boolean;
}

/** The desk: answers the window's calls, and syncs by itself. */
export interface Desk {
  /** The log written now; undefined before the enrolment. */
  log(): string | undefined;
  /** A call as it comes from outside: nothing about it is taken for granted. Never rejects. */
  answer(channel: string, request: unknown): Promise<Outcome<unknown>>;
  listen(listener: (event: DeskEvent) => void): () => void;
  /** The system is going to sleep, or woke up. */
  power(event: 'suspend' | 'resume'): void;
  /** Ends the sync and closes the store. */
  close(): Promise<void>;
}

/** Opens the desk on an open store. Throws `DomainError` where a restored log cannot be continued. */
export function openDesk(options: DeskOptions, ports: DeskPorts): Desk {
  const { store, software } = options;
  const time = timeKeeper(store, ports.clock);
  continueRestored(options.folder, store, ports, time, software);
  const watch = clockWatch(lastReading(store) ?? time.reading(), ports.suspendsShow);
  const notes = evidenceNotes(store, time, ports.random, watch);
  const session = openSession({ store, time, banners: options.banners, run: options.run });
  const attachments = openAttachmentKeeper({ folder: options.folder, key: options.key, store, ports, time, unforeseen });
  const workplace: Workplace = { store, ports, time, notes, watch, attachments, fonts: embeddedFonts(options.fonts), signedIn: () => session.signedIn() };
  const listeners = new Set<(event: DeskEvent) => void>();
  let closed = false;

  const recovered = recoveredView(store);
  const sync = startSync({
    store, ports, time, notes, software, attachments, centre: options.centre, beside: () => ({ backup: backups.view(), ...recovered, ...clockStanding() }),
    changed: () => emit(() => ({ type: 'sync', sync: sync.view() })),
    dossiersChanged: () => emit({ type: 'dossiers-changed' }),
    workplaceChanged() {
      emit({ type: 'session', session: session.view() });
      emit({ type: 'dossiers-changed' });
    },
    unforeseen,
    settled: goIfOrdered,
  });
  const neighbours = openNeighbours({ store, ports, time, notes });
  const idle = idleLock(ports, () => session.signedIn() !== undefined, () => {
    session.signOut();
    emit({ type: 'session', session: session.view() });
    afterSignOut();
  });
  const backups = openBackupKeeper({ store, key: options.key, ports, time, software, automatic: options.automaticBackups ?? true, quietFor: () => idle.quietFor(), damaged: () => emit({ type: 'store-damaged' }), changed: () => emit(() => ({ type: 'sync', sync: sync.view() })) });
  let cancelLook = ports.timers.after(lookEvery * (ports.leisure ?? 1), look);
  const recoveryKey = pinnedCentre(store)?.recoveryKey;
  if (recoveryKey !== undefined) ports.keepForRecovery(recoveryKey).catch(unforeseen);

  /** How well this machine knows the time. */
  function clockStanding(): Pick<SyncView, 'anchor'> {
    const anchor = time.standing();
    return anchor ? { anchor } : {};
  }

  /** Tells whoever listens; what it takes some work to say is said only then. */
  function emit(said: DeskEvent | (() => DeskEvent)): void {
    if (closed || listeners.size === 0) return;
    const event = typeof said === 'function' ? said() : said;
    for (const listener of listeners) listener(event);
  }

  /** Goes to the agency that was ordered, if nobody is at work and nothing waits. Why it could not, if it tried. */
  function goIfOrdered(): Fault | undefined {
    if (closed || !options.onMove || session.signedIn() || !transferOrder(store)) return undefined;
    const prepared = prepareMove({ data: options.folder, key: options.key, ports }, store, software);
    if (!prepared.ok) return prepared.fault;
    if (prepared.value) options.onMove(prepared.value);
    return undefined;
  }

  /** Nobody is at work any more: what had to wait for that is due. */
  function afterSignOut(): void {
    if (transferOrder(store)) sync.now().catch(unforeseen);
  }

  /** Looks whether the clocks jumped, and moves the store's write-ahead log on while nobody waits. */
  function look(): void {
    observe(false);
    store.checkpointWhenIdle();
    cancelLook = ports.timers.after(lookEvery * (ports.leisure ?? 1), look);
  }

  function observe(woke: boolean): void {
    if (store.identity()) notes.observe(woke);
  }

  /** Nothing personal goes into the report: the kind of error and where, never its message. */
  function unforeseen(error: unknown): Fault {
    if (error instanceof DomainError) return error.fault;
    const reference = Buffer.from(ports.random.bytes(4)).toString('hex');
    const stack = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at ')).slice(0, 8) : [];
    ports.report([`unforeseen ${reference} ${error instanceof Error ? error.name : typeof error}`, ...stack].join('\n'));
    return fault('internal.unexpected', { reference });
  }

  async function answer(name: string, request: unknown): Promise<Outcome<unknown>> {
    const bound = isChannel(name) ? handlers[name] : undefined;
    if (!isChannel(name) || !bound) return fail('message.unknown-channel', { channel: name.slice(0, 64).replace(/[^\w.-]/g, '?') });
    if (closed) return fail('desk.unavailable');
    try {
      const channel = channels[name];
      idle.check();
      // Whoever may not do it does not learn either whether it was asked rightly.
      const staff = channel.may === 'anyone' ? undefined : permitted(workplace, channel.may);
      if (staff && !staff.ok) return staff;
      const read = bound.read(request);
      if (!read.ok) return { ok: false, fault: faultOfRequest(name, read.issues) };
      if (staff) idle.called(name, request);
      const before = headSeq();
      const outcome = await read.run({ workplace, session, sync, backups }, staff?.value);
      if (name === 'session.sign-in' && outcome.ok) idle.entered();
      after(name, before);
      if (!outcome.ok || !options.checkAnswers) return outcome;
      // In development and in tests an answer that does not fit its schema is a mistake to be seen, not to be shown.
      return ok(channel.response.parse(outcome.value));
    } catch (error) {
      return { ok: false, fault: unforeseen(error) };
    }
  }

  function headSeq(): number {
    return store.identity() ? store.head().seq : 0;
  }

  /** What follows from a call once it is answered: the lists move, the sync hears of it. */
  function after(name: ChannelName, before: number): void {
    if (name === 'session.sign-in' || name === 'session.sign-out') emit({ type: 'session', session: session.view() });
    if (name === 'session.sign-out') afterSignOut();
    if (headSeq() === before) return;
    emit({ type: 'dossiers-changed' });
    emit(() => ({ type: 'sync', sync: sync.view() }));
    neighbours.acted();
    sync.acted();
  }

  return {
    log: () => store.identity()?.log,
    answer,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    power(event) {
      observe(event === 'resume');
      idle.check();
      if (event === 'resume') sync.now().catch(unforeseen);
    },
    async close() {
      if (closed) return;
      closed = true;
      cancelLook();
      idle.close();
      neighbours.close();
      backups.close();
      attachments.close();
      await sync.close();
      await attachments.ready;
      store.close();
    },
  };
}

/** Fields a clerk can correct are named; anything else is a mistake of the sender. Never a value, only places. */
function faultOfRequest(name: ChannelName, issues: readonly { readonly path: readonly PropertyKey[] }[]): Fault {
  const places = [...new Set(issues.map(({ path }) => path.map(String).join('.').slice(0, 60)))].slice(0, 8);
  const byHand = Object.hasOwn(orderOf, name) && places.length > 0 && places.every((place) => place !== '' && !/^(?:act|dossier|hop|keep|drop)$/.test(place));
  return byHand ? fault('form.invalid', { fields: places.join(', ') }) : fault('message.malformed', { where: [name, ...places].join(' ') });
}

/** The clocks as the log's latest entry has them: what they did while the program was closed is measured from there. */
function lastReading(store: DeskStore): ClockReading | undefined {
  if (!store.identity()) return undefined;
  const { seq } = store.head();
  return store.pending(seq - 1, { entries: 1, bytes: 1 })[0]?.entry.header.clock;
}
