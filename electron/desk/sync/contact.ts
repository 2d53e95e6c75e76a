import type { DeskStore } from '#db/index.ts';
import type { ErrorCode, Fault, Outcome } from '#shared/errors/index.ts';
import type { Uploading } from '../attachments/index.ts';
import type { EvidenceNotes } from '../evidence-notes.ts';
import type { DeskPorts } from '../ports.ts';
import type { TimeKeeper } from '../time.ts';
import { takeAnchor } from './anchors.ts';
import type { CatalogueKeeper } from './catalogue.ts';
import type { Centre } from './centre.ts';
import { keepPinnedCentre, pinnedCentre } from './installation.ts';
import type { LineLedger } from './line-ledger.ts';
import { openPulling } from './pulling.ts';
import { openSending, type Sent } from './sending.ts';
import type { SyncStatus } from './status.ts';

/** How long a pull may go on before an anchor and what the clerks did meanwhile have their turn, milliseconds. */
const pullAtOnce = 15_000;

/** How long at most what others recorded is not fetched again, for each part of a desk's leisure beyond the usual; milliseconds. */
const pullAgain = 30_000;

/** How often lists are told of dossiers that came while a pull goes on, milliseconds. */
const toldEvery = 2_000;

/** How long contents go before an anchor has its turn, milliseconds. */
const uploadAtOnce = 60_000;

/**
 * Without an anchor all else goes on: a centre whose clock is not synchronised gives no times but takes entries, and so may one of another version.
 * What it takes of what follows it says for itself; the pinned key was held by its end of the connection in any case.
 */
const goesOn: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['centre.unsynchronised', 'centre.older-version', 'centre.newer-version']);

/** A refusal that ends a round: what comes after it would be refused as well. */
export class Refused extends Error {
  readonly what: string;
  readonly fault: Fault;
  constructor(what: string, reason: Fault) {
    super(reason.code);
    this.what = what;
    this.fault = reason;
  }
}

export interface ContactOptions {
  readonly store: DeskStore;
  readonly ports: DeskPorts;
  readonly time: TimeKeeper;
  readonly notes: EvidenceNotes;
  readonly status: SyncStatus;
  readonly ledger: LineLedger;
  readonly catalogue: CatalogueKeeper;
  readonly signal: AbortSignal;
  /** A random number in [0, 1). */
  readonly fraction: () => number;
  /** What the network bar shows changed, and with `dossiers` the lists. */
  readonly moved: (dossiers: boolean) => void;
  /** See `PullingOptions`. */
  readonly erased: () => void;
  /** The log written now is forked. */
  readonly forked: () => void;
  readonly workplaceChanged: () => void;
  /** Whether another contact is wanted right after this one. */
  readonly wanted: () => boolean;
  readonly uploading: Uploading;
}

/** How a contact ended; `more`: there is more to fetch. */
export interface Contacted extends Sent {
  readonly more: boolean;
}

/** What an enrolled desk exchanges with the centre, in the order in which it matters. */
export interface Contact {
  /** An anchor, what waits, the catalogue, what others recorded. Throws `Refused` and `LineError`. */
  make(to: Centre): Promise<Contacted>;
  /** What others recorded, alone. True if there is more. Throws `LineError`. */
  pull(to: Centre): Promise<boolean>;
  /** See `Pulling`. */
  fetch(to: Centre, code: string): Promise<Outcome<number>>;
  /** See `Pulling`. */
  refresh(to: Centre, dossier: string): Promise<Outcome<true>>;
  /** The next anchor is the one of the enrolment. */
  justEnrolled(): void;
  /** See `Sending`. */
  askForkedAgain(): void;
}

export function openContact(options: ContactOptions): Contact {
  const { store, ports, time, notes, status, ledger, catalogue, signal, moved } = options;
  const now = (): number => time.best();
  const sending = openSending({ store, ports, status, signal, now, fraction: options.fraction, moved, forked: options.forked });
  let toldAt: number | undefined;
  let pulledAt: number | undefined;
  let untold = false;
  const pulling = openPulling({
    store, ports, status, signal, now, erased: options.erased,
    moved(dossiers) {
      const { uptime } = time.sample();
      untold ||= dossiers;
      // Lists that are loaded anew with every page would keep the desk from its work.
      const due = untold && (toldAt === undefined || uptime - toldAt > toldEvery);
      if (due) told(uptime);
      moved(due);
    },
  });
  let first = false;

  function told(uptime: number): void {
    toldAt = uptime;
    untold = false;
  }

  /** The centre accepted a signed request, so this installation is approved. */
  function approved(): void {
    const pinned = pinnedCentre(store);
    if (pinned?.state !== 'pending') return;
    keepPinnedCentre(store, { ...pinned, state: 'approved' });
    options.workplaceChanged();
  }

  /** False when the centre does not know this log yet. */
  async function anchor(to: Centre): Promise<boolean> {
    const taken = await takeAnchor(store, ports, to);
    if (!taken.ok) {
      if (taken.fault.code === 'log.unknown' && store.acknowledged().seq === 0) return false;
      if (!goesOn.has(taken.fault.code)) throw new Refused('centre', taken.fault);
      status.accepted('centre');
      status.refused('anchor', now(), taken.fault);
      // Of another version nothing is known but that it gave none.
      if (taken.fault.code === 'centre.unsynchronised') approved();
      return true;
    }
    status.accepted('centre');
    status.accepted('anchor');
    approved();
    ledger.restored(taken.value);
    if (taken.value) notes.cameIn(taken.value, first ? 'enrolled' : undefined);
    first = false;
    return true;
  }

  async function pull(to: Centre): Promise<boolean> {
    const began = time.sample().uptime;
    // A desk at leisure does not fetch again what it has just looked for.
    if (pulledAt !== undefined && began >= pulledAt && began - pulledAt < pullAgain * ((ports.leisure ?? 1) - 1)) return false;
    pulledAt = began;
    try {
      return await pulling.pull(to, () => options.wanted() || signal.aborted || time.sample().uptime - began > pullAtOnce);
    } finally {
      if (untold) {
        told(time.sample().uptime);
        moved(true);
      }
    }
  }

  return {
    async make(to) {
      // The anchor comes first: it shows that the centre holds the pinned key before anything personal leaves.
      const known = await anchor(to);
      moved(false);
      let sent = await sending.send(to);
      if (!known && sent.delay === undefined && !sent.refused) {
        // A log that continues a restored one is known to the centre by its first batch; only then does it get anchors, and
        // the note of one has to go as well.
        await anchor(to);
        sent = await sending.send(to);
      }
      const pulled = await catalogue.pull(to);
      // What others recorded, and contents, do not hang on the catalogue.
      if (!pulled.ok) {
        status.refused('catalogue', now(), pulled.fault);
        sent = { ...sent, refused: true };
      } else status.accepted('catalogue');
      if (pulled.ok && pulled.value.changed) {
        options.workplaceChanged();
        // Official codes that came are entries as well.
        if (sent.delay === undefined && !sent.refused) sent = await sending.send(to);
      }
      const more = await pull(to);
      // Entries first, always: contents go while nothing else waits, and what came meanwhile has its turn after each piece.
      const began = time.sample().uptime;
      const goOn = (): boolean => !options.wanted() && !signal.aborted && time.sample().uptime - began < uploadAtOnce;
      const unsent = sent.delay === undefined && !more && goOn() ? await options.uploading.send(to, goOn) : false;
      return { ...sent, more: more || unsent || (pulled.ok && pulled.value.more) };
    },
    pull,
    fetch: (to, code) => pulling.fetch(to, code),
    refresh: (to, dossier) => pulling.refresh(to, dossier),
    justEnrolled() {
      first = true;
    },
    askForkedAgain: () => sending.askForkedAgain(),
  };
}
