import type { z } from 'zod';
import type { Catalogue } from '#shared/catalogue/index.ts';
import type { DossierState, ReceivedPersonal, DutyName, Stage } from '#shared/dossier/index.ts';
import type { Outcome } from '#shared/errors/index.ts';
import type { ClockReading, Entry, Head, LogOpened, SealedBody } from '#shared/log/index.ts';
import type { Hasher, Random } from '#shared/ports.ts';
import type { CarriedEntry } from '#shared/sync/index.ts';
import type { AttachmentTable } from './attachments.ts';
import type { Erasure } from './entries.ts';

/** How to open the desk's store. */
export interface StoreOptions {
  /** Database file; its folder exists. */
  readonly file: string;
  /** Raw key, 32 bytes. */
  readonly key: Uint8Array;
  readonly hasher: Hasher;
  readonly random: Random;
}

/** Who this installation is and which log it writes (thiết bị đã ghi danh). */
export interface Identity {
  readonly installation: string;
  /** Internal id of the agency the desk belongs to. */
  readonly agency: string;
  /** Name of the desk as the administrator wrote it ("Quầy 2"). */
  readonly desk: string;
  /** The log written now. */
  readonly log: string;
  /** Raw Ed25519 public key of the log, base64url. */
  readonly publicKey: string;
}

/** How far the centre keeps a log as a branch: it holds other entries from `leavesAt` on (a cloned disk, or one that was put back). */
export interface KeptBranch extends Head {
  readonly leavesAt: number;
}

/** What opens a log: the identity, why, and after a restore the head it continues. */
export interface OpenLogRequest {
  readonly identity: Identity;
  readonly software: string;
  readonly why: LogOpened['why'];
  /** Head of the log this one continues; by default the head of the log written until now, if there is one. */
  readonly parent?: Head;
  /** UUIDv7 of the act. */
  readonly act: string;
  readonly clock: ClockReading;
}

/** An entry in the making; the store adds what the log knows (seq, prev, tick, clock, actor). Without a dossier it is evidence. */
export interface EntryDraft {
  readonly kind: string;
  readonly dossier?: string;
  readonly after?: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
  /** Personal body to be sealed. */
  readonly personal?: Readonly<Record<string, unknown>>;
}

/** Gives out codes of dossiers (mã hồ sơ) inside the transaction that uses them; never the same twice. */
export interface CodeAllocator {
  /** The next code of the lease in force on a civil date (`yyyy-MM-dd`), else the next provisional one. */
  next(civilDate: string): { readonly text: string; readonly provisional: boolean };
}

/** One act to be recorded, all or nothing. */
export interface CommitRequest {
  /** UUIDv7 minted where the button was pressed; the same act again gives the same entries and records nothing. */
  readonly act: string;
  /** Staff id, or `desk`. */
  readonly actor: string;
  readonly clock: ClockReading;
  /** Runs inside the transaction, on the state it will change. Must not wait for anything. */
  decide(read: StoreReader, codes: CodeAllocator): Outcome<readonly EntryDraft[]>;
}

export interface Committed {
  readonly entries: readonly Entry[];
  /** Whether the act had been recorded before. */
  readonly repeated: boolean;
}

/** One line of a list. Times are milliseconds since 1970-01-01T00:00:00Z. */
export interface DossierRow {
  readonly id: string;
  readonly code: string;
  readonly provisional: boolean;
  readonly procedure: string;
  /** Missing after an erasure, or where the body has not arrived. */
  readonly applicantName?: string;
  readonly stage: Stage;
  readonly receivingAgency: string;
  readonly competentAgency: string;
  /** When it was handed in or, if it was accepted at once, accepted. */
  readonly beganAt: number;
  /** Missing before acceptance, as is what follows from it. */
  readonly acceptedAt?: number;
  /** The due instant that counts for lateness. */
  readonly dueAt?: number;
  /** What the applicant was last told. */
  readonly appointmentAt?: number;
  /** When the term stopped running (result, stop, or standing still); missing while it runs. */
  readonly haltedAt?: number;
  readonly readyAt?: number;
  readonly handedOverAt?: number;
  /** Whether this installation's latest entry on it is acknowledged by the centre. */
  readonly sent: boolean;
  readonly conflict: boolean;
  /** Whether it holds entries this program does not know. */
  readonly readOnly: boolean;
}

/** A page of a list, newest first. */
export interface Page {
  /** Show what comes after this dossier (its id). */
  readonly after?: string;
  readonly limit: number;
}

export interface Rows {
  readonly rows: readonly DossierRow[];
  readonly more: boolean;
}

/** Which dossiers to list. `overdue` and `due` look at those whose term runs. */
export type ListFilter =
  | { readonly kind: 'all' | 'open' | 'ready' | 'returned' }
  /** Handed in and not accepted; waiting for the applicant; ended without a result. */
  | { readonly kind: 'submitted' | 'waiting' | 'ended' }
  | { readonly kind: 'overdue'; readonly now: number }
  /** Due from `from` up to but not including `to`. */
  | { readonly kind: 'due'; readonly from: number; readonly to: number };

export interface DayCounts {
  readonly received: number;
  readonly ready: number;
  readonly returned: number;
}

/** Acts that this installation recorded, whoever else's dossiers they were about. */
export interface RecordedHere extends DayCounts {
  /** All acts, those counted one by one among them. */
  readonly acts: number;
}

/** One act of a dossier's history. */
export interface HistoryLine {
  readonly entry: Entry;
  /** Working time of the act, if its facts name one. */
  readonly at?: number;
  readonly sent: boolean;
}

/** One duty with the dossier it is about. */
export interface DutyRow {
  readonly duty: DutyName;
  /** Until when, milliseconds. */
  readonly by: number;
  readonly row: DossierRow;
}

/** Queries; they read projections only. */
export interface StoreReader {
  dossier(id: string): DossierState | undefined;
  dossierByCode(code: string): DossierState | undefined;
  row(id: string): DossierRow | undefined;
  codeTaken(code: string): boolean;
  /**
   * A whole code; or words without accents, in any order, the last one perhaps unfinished (names, day and number of a code);
   * or the beginning (6 digits at least) of an ID or phone number. Newest first.
   */
  search(text: string, page: Page): Rows;
  list(filter: ListFilter, page: Page): Rows;
  /** Dossiers received, made ready or returned on a civil date (`yyyy-MM-dd`), newest act first. */
  dayLog(civilDate: string): readonly DossierRow[];
  /** Of the dossiers that one agency received, if it is given: a store also holds those of others in which its agency has a part. */
  counts(civilDate: string, receivingAgency?: string): DayCounts;
  /** What this installation itself recorded on a civil date; of that, only what stands behind an entry of its own logs, if one is given. */
  recordedHere(civilDate: string, after?: Head): RecordedHere;
  /** How many dossiers whose term runs fall due from `from` up to but not including `to`. */
  countDue(from: number, to: number): number;
  /** Dossiers of the applicant or submitter with this ID number, newest first. */
  byIdNumber(number: string, limit: number): readonly DossierRow[];
  /** In the fold's order. */
  history(dossier: string): readonly HistoryLine[];
  /** Sealed body of an entry: there, erased, or undefined if it has none here. */
  sealed(entryHash: string): SealedBody | undefined;
  /** Duties shown at an instant, the most urgent first; of some kinds if given. */
  duties(at: number, limit: number, kinds?: readonly DutyName[]): { readonly rows: readonly DutyRow[]; readonly more: boolean };
  /** How many duties of each kind are shown at an instant, and how many of them are past their time. */
  dutyCounts(at: number): readonly { readonly duty: DutyName; readonly count: number; readonly past: number }[];
  /** Dossiers in progress whose due date runs past the published calendar. */
  provisionalDues(limit: number): readonly DossierState[];
  /** Dossiers whose term runs towards a due date of another version of this calendar, the first due first. */
  underOtherVersion(calendar: { readonly id: string; readonly version: string }, limit: number): readonly DossierState[];
  /** Who the dossier is about, as last corrected; undefined after an erasure. */
  personal(dossier: string): ReceivedPersonal | undefined;
  /** Newest working time recorded in this installation's logs; the wall clock may not be before it. */
  newestAt(): number | undefined;
}

/** An anchor as it was seen: numbered by the desk, from 1. */
export interface Sighting {
  readonly number: number;
  readonly boot: string;
  /** Uptime when the request left and when the answer was there, milliseconds. */
  readonly requestUptime: number;
  readonly responseUptime: number;
  /** What the wall clock said when the answer was there, milliseconds; unknown for those kept by earlier programs. */
  readonly wall?: number;
  /** Exact signed text of the anchor and its signature. */
  readonly text: string;
  readonly signature: string;
}

/** The side table of all anchors; only those that bound an act go into the log. */
export interface AnchorTable {
  /** Keeps a sighting and numbers it. */
  add(sighting: Omit<Sighting, 'number'>): Sighting;
  /** The latest, of one boot if given. */
  latest(boot?: string): Sighting | undefined;
  get(number: number): Sighting | undefined;
  /** All with a greater number, in order. */
  since(number: number): readonly Sighting[];
}

export interface PendingSummary {
  readonly entries: number;
  readonly dossiers: number;
  /** Bytes of their texts and sealed bodies. */
  readonly bytes: number;
  /** Working time of the oldest of them that has one. */
  readonly oldestAt?: number;
}

export interface Merged {
  /** Entries new to this desk. */
  readonly stored: number;
  /** Dossiers whose state may have changed. */
  readonly dossiers: readonly string[];
  /** Dossiers that the centre erased by what came: their bodies are gone here, and the contents of their papers are to go. */
  readonly erased: readonly string[];
  /** Hashes of new entries of another branch of their log than the one this store follows (a cloned disk); they count like any others. */
  readonly forks: readonly string[];
  /** Hashes of entries stored without their body, because it does not fit. */
  readonly misfits: readonly string[];
  /** Dossiers with an entry that names an earlier one which is not here, or whose reception is not here. */
  readonly incomplete: readonly string[];
}

/**
 * The desk's store (kho dữ liệu của quầy): one encrypted file, one writer, every commit durable before it is answered.
 * Methods throw `DomainError` `store.damaged` when the file turns out to be broken.
 */
export interface DeskStore {
  readonly file: string;
  /** Undefined until a log is open. */
  identity(): Identity | undefined;
  /**
   * Writes the identity and the first entry of a new log. The same log again changes nothing and gives its first entry.
   * Errors: `store.disk-full`.
   */
  openLog(request: OpenLogRequest): Outcome<Entry>;
  /**
   * The one writer. Errors: whatever `decide` refuses with, `enrol.required` while no log is open, `message.too-large` for
   * an entry over the limit, `store.disk-full`; in each case nothing is written.
   */
  commit(request: CommitRequest): Outcome<Committed>;
  readonly read: StoreReader;

  /** All logs this installation ever wrote into this store, the present one last. */
  ownLogs(): readonly string[];
  /** End of an own log, the present one by default. Throws RangeError while no log is open. */
  head(log?: string): Head;
  /** What the centre has acknowledged of it; seq 0 at first. */
  acknowledged(log?: string): Head;
  /** Marks what the centre acknowledged. Never moves backwards. Errors: `log.fork` if the hash is not the one held, `log.unknown`. */
  markAcknowledged(head: Head): Outcome<true>;
  /** How far the centre keeps it as a branch; undefined while it never said so. */
  kept(log?: string): KeptBranch | undefined;
  /** Marks what the centre keeps as a branch. Never moves backwards. Errors: `log.fork` if the hash is not the one held, `log.unknown`. */
  markKept(branch: KeptBranch): Outcome<true>;
  /** All of it up to here is at the centre: acknowledged, or kept as a branch. */
  sent(log?: string): Head;
  /** Entries of an own log after a seq, with their bodies, up to a number and bytes; at least one if there is one. */
  pending(after: number, limit: { readonly entries: number; readonly bytes: number }, log?: string): readonly CarriedEntry[];
  pendingSummary(): PendingSummary;
  /** Dossiers with something of the own logs that the centre does not have. */
  waitingDossiers(): ReadonlySet<string>;
  /** Whether entries of an own log came that this disk never wrote: another one writes it as well. */
  writtenElsewhere(): boolean;
  /**
   * Keeps entries that others wrote (read and checked by the caller) and folds their dossiers again. Repeating it changes nothing. Of
   * an own earlier log it takes over what follows its end here, which a disk may have lost; what else comes of it is passed over, unless `whole`
   * says that the end is here: then another disk wrote it, as with the log written now, and one that the centre keeps as a branch. Errors:
   * `store.disk-full`.
   */
  merge(carried: readonly CarriedEntry[], whole?: ReadonlySet<string>): Outcome<Merged>;
  /**
   * Erases all sealed bodies about dossiers, as another store knows the erasures (for a copy made before them; what is merged does so by itself): chain, counts and due dates stand, search and
   * projections forget the person. The same again changes nothing. Errors: `store.disk-full`.
   */
  eraseDossiers(erasures: readonly Erasure[]): Outcome<true>;
  /** The erasures that the centre decided and this store knows, by arrival. */
  erasures(): readonly Erasure[];

  /** How many numbers of a lease of codes the present log used on a civil date. */
  codesUsed(lease: string, civilDate: string): number;
  readonly anchors: AnchorTable;
  readonly attachments: AttachmentTable;
  readonly catalogue: { current(): Catalogue | undefined; store(catalogue: Catalogue): Outcome<true> };
  /** Half-filled forms, encrypted with the rest; not log. */
  readonly drafts: { save(key: string, text: string): Outcome<true>; load(key: string): string | undefined; remove(key: string): void };
  /** Small things a part of the desk must remember (a pull cursor, the centre's keys); parsed on the way out. */
  readonly memo: { save(name: string, value: unknown): Outcome<true>; load<T>(name: string, schema: z.ZodType<T>): T | undefined };

  /** Drops every projection and builds it again from the log. */
  rebuild(): void;
  /** SHA-256 over the digests of the canonical states of all dossiers, ordered by id. */
  stateHash(): string;
  /** Checks pages, chain of own logs and seals. Errors: `store.damaged`, `log.bad-chain`. */
  verify(): Outcome<true>;
  /** Moves the write-ahead log into the file and tidies the search index; call it when nobody is waiting. Errors: `store.disk-full`. */
  checkpointWhenIdle(): Outcome<true>;
  /** Writes an encrypted copy under the same key, opens it again and verifies it. `target` must not exist. Errors: `store.disk-full`, `store.damaged`. */
  backup(target: string): Outcome<true>;
  close(): void;
}
