import type { DeskStore } from '#db/index.ts';
import type { Fault, Outcome } from '#shared/errors/index.ts';
import type { EnrolView, ParsedRequestOf, SyncView } from '#shared/ipc/index.ts';
import type { AttachmentKeeper } from '../attachments/index.ts';
import type { EvidenceNotes } from '../evidence-notes.ts';
import type { DeskPorts } from '../ports.ts';
import type { TimeKeeper } from '../time.ts';
import type { Carrying } from './carrying.ts';

export interface SyncOptions {
  readonly store: DeskStore;
  readonly ports: DeskPorts;
  readonly time: TimeKeeper;
  readonly notes: EvidenceNotes;
  readonly attachments: AttachmentKeeper;
  readonly software: string;
  /** Where the centre is; without it, where it was at the enrolment. */
  readonly centre: { readonly url: string; readonly enrolmentCode?: string | undefined; readonly pinnedKey?: string | undefined } | undefined;
  /** Something the network bar shows has changed. */
  readonly changed: () => void;
  /** Dossiers changed (sent, or more is known of them). */
  readonly dossiersChanged: () => void;
  /** The desk was enrolled or got a new catalogue. */
  readonly workplaceChanged: () => void;
  /**
   * A contact ended with nothing left to exchange: now is the time to go to another agency, if that was ordered and nobody is at work. Why it could not, if it
   * tried.
   */
  readonly settled?: () => Fault | undefined;
  /** What else the sync screen shows. */
  readonly beside?: () => Pick<SyncView, 'anchor' | 'backup' | 'recovered'>;
  /** Reports an unforeseen error and gives the fault to show. */
  readonly unforeseen: (error: unknown) => Fault;
}

/** Exchanges the log with the centre, in the background, for as long as the desk is open. */
export interface SyncClient {
  view(): SyncView;
  enrolView(): EnrolView;
  readonly carrying: Carrying;
  /**
   * Enrols with what a person typed; resolves when the first attempt is over. Errors: `enrol.done`, `enrol.bad-address`,
   * `enrol.bad-key`, `enrol.bad-code`; what the centre says stands in the view.
   */
  enrol(typed: ParsedRequestOf<'enrol.start'>): Promise<Outcome<true>>;
  /** Makes contact at once; resolves when that round is over. */
  now(): Promise<void>;
  /** Fetches the dossiers with a code from the centre, closed ones too. How many it has. Errors: `centre.unreachable`, the centre's, the store's. */
  fetch(code: string): Promise<Outcome<number>>;
  /** Fetches what the centre holds about one dossier. Errors: `centre.unreachable`, the centre's, the store's. */
  refresh(dossier: string): Promise<Outcome<true>>;
  /** A piece of a digitised paper from a place on, empty at its end. Errors: `centre.unreachable`, the centre's. */
  fetchContent(dossier: string, sha256: string, from: number): Promise<Outcome<Uint8Array>>;
  /** An act was committed: an anchor soon, and the entries. */
  acted(): void;
  /** Ends the round in work and stops. */
  close(): Promise<void>;
}
