import type { Entry, Head, SealedBody, SignedHead } from '#shared/log/index.ts';

/**
 * The store of the centre as a port. Signatures are asynchronous although the embedded SQLite is not, because the
 * production store is a database server. Times are milliseconds since 1970-01-01T00:00:00Z by the centre's clock.
 */

export type InstallationState = 'approved' | 'pending' | 'revoked';

/** An enrolled installation (máy quầy). */
export interface Installation {
  readonly id: string;
  readonly agency: string;
  /** Name as the administrator wrote it ("Quầy 2"). */
  readonly desk: string;
  /** Raw Ed25519 public key, base64url; requests and the heads of its logs are signed with it. */
  readonly publicKey: string;
  /** SHA-256 of the raw key. */
  readonly keyId: string;
  readonly state: InstallationState;
  /** The log it writes now. */
  readonly log: string;
  readonly enrolledAt: number;
  readonly software: string;
}

/** An order that an installation is to serve another agency (điều chuyển thiết bị). It does from the first log on that it opens there. */
export interface TransferOrder {
  readonly installation: string;
  readonly agency: string;
  /** Name of the desk there. */
  readonly desk: string;
  readonly orderedAt: number;
}

/** One log the centre holds. The centre's own has no installation. */
export interface HeldLog {
  readonly log: string;
  readonly installation: string | undefined;
  /** The agency of all its entries; that of its installation then, which may have gone to another since. The centre's own has none. */
  readonly agency: string | undefined;
  readonly publicKey: string;
  /** Log this one continues, after a restore, a recovery or a fork. */
  readonly parent: string | undefined;
  readonly openedAt: number;
  readonly head: Head;
  /** Latest head with the signature of the log's key; undefined while the log is empty. */
  readonly signed: SignedHead | undefined;
}

/** An entry as held. */
export interface HeldEntry {
  /** Place in the order of commits, growing; gaps are possible. */
  readonly commit: number;
  readonly log: string;
  /** The branch of its log it stands on (see {@link HeldBranch}); undefined on the main line, which is what came first. */
  readonly branch: string | undefined;
  readonly seq: number;
  readonly hash: string;
  /** Exact text. */
  readonly text: string;
  readonly body: SealedBody | undefined;
  /** The centre's time when it was received, and the bound on its error (undefined: not synchronised). */
  readonly receivedAt: number;
  readonly rho: number | undefined;
  /** The body did not fit its hash or its schema; kept because the chain must not break. */
  readonly marked: boolean;
}

/**
 * Another branch (nhánh) of a forked log: the entries of a cloned disk, or of one that was put back, from the first that differs on.
 * It may go off the main line or off another branch.
 */
export interface HeldBranch {
  readonly log: string;
  /** Hash of its first entry, which names it. */
  readonly branch: string;
  /** Place of its first entry. */
  readonly first: number;
  /** Hash of the entry before its first: on the main line, or on the branch it goes off. */
  readonly follows: string;
  /** Where the way to this branch leaves the main line: its first place, or that of the branch it goes off. */
  readonly leavesAt: number;
  readonly openedAt: number;
  /** Its end, signed by the log's key. */
  readonly head: SignedHead;
}

/** An enrolment code (mã ghi danh); only the hash of the code is known. */
export interface EnrolmentCode {
  readonly hash: string;
  readonly agency: string;
  readonly desk: string;
  /** Whether whoever uses it is approved at once. */
  readonly approves: boolean;
  readonly expiresAt: number;
  /** The installation that took it. */
  readonly installation: string | undefined;
}

/** When a log's desk was last heard. */
export interface Heard {
  readonly log: string;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** At the centre's time `at ± rho` the log itself said, in a signed request, that this was its head. The latest of each log. */
export interface HeadClaim extends Head {
  readonly at: number;
  readonly rho: number;
}

export interface CatalogueText {
  readonly version: number;
  readonly text: string;
  readonly publishedAt: number;
}

/** A lease as stored. `revision` is the number of the catalogue's change by which it was issued. */
export interface StoredLease {
  readonly id: string;
  readonly log: string;
  readonly agency: string;
  readonly revision: number;
  readonly first: number;
  readonly last: number;
  /** Civil dates, yyyy-MM-dd. */
  readonly validFrom: string;
  readonly validTo: string;
}

/** A dossier received under a code of the desk's own (mã tạm). */
export interface ProvisionalCode {
  readonly dossier: string;
  readonly log: string;
  /** Internal id of the agency that received it. */
  readonly agency: string;
  readonly provisional: string;
  /** Civil day of the reception. */
  readonly day: string;
}

/** The official code it was given. `number` is the agency's on that day; `place` counts all codes the centre ever gave so. */
export interface MappedCode extends ProvisionalCode {
  readonly number: number;
  readonly code: string;
  readonly place: number;
}

/** An officer of the province (cán bộ tỉnh). */
export interface Officer {
  readonly id: string;
  /** Name to sign in with. */
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** Password verifier, see `officers/`. */
  readonly verifier: string;
}

export interface Session {
  readonly tokenHash: string;
  readonly officer: string;
  readonly expiresAt: number;
}

/** Failed sign-ins in a row under one name. Times by real time. */
export interface FailedSignIns {
  /** A hash of the name: people type passwords into the wrong field. */
  readonly name: string;
  readonly count: number;
  /** Until then no further one is taken. */
  readonly until: number;
}

/**
 * A place in what an agency is shown: the commit by which an entry came there, and the entry's own. They differ where an
 * agency gets a part in a dossier later, or something is added to a closed one: then the whole history comes at the place
 * of the entry that brought it about, so that a cursor that stood beyond the history does not miss it.
 */
export interface FeedPlace {
  readonly position: number;
  readonly entry: number;
}

/** What to read of what an agency is shown. */
export interface FeedQuery {
  readonly agency: string;
  /** Behind this place; up to and with `until`, if given. */
  readonly after: FeedPlace;
  readonly until?: FeedPlace | undefined;
  /** Without the dossiers that were closed at `until`, or these alone. */
  readonly closed?: 'without' | 'alone' | undefined;
  /** Leaves out the main lines of these logs: whoever asks has them. Branches are never left out. */
  readonly except: readonly string[];
}

/** A stretch of what an agency is shown. */
export interface FeedStretch {
  readonly entries: readonly HeldEntry[];
  /** Bytes of their texts and bodies. */
  readonly bytes: number;
  /** Everything up to here was looked at. */
  readonly reached: FeedPlace;
  readonly more: boolean;
}

/** What can be read; outside a transaction it shows what is committed. */
export interface CentreReader {
  note(key: string): Promise<string | undefined>;
  installations(): Promise<readonly Installation[]>;
  findInstallation(by: { readonly id: string } | { readonly keyId: string }): Promise<Installation | undefined>;
  /** The transfers ever ordered of an installation, the last one last. */
  transferOrders(installation: string): Promise<readonly TransferOrder[]>;
  logs(): Promise<readonly HeldLog[]>;
  findLog(log: string): Promise<HeldLog | undefined>;
  /** Hash of the entry at a place of a log's main line, or of one of its branches. */
  hashAt(log: string, seq: number, branch?: string): Promise<string | undefined>;
  /** The same of a stretch of a log's main line, by place; places not held are missing. */
  hashesOf(log: string, first: number, last: number): Promise<ReadonlyMap<number, string>>;
  /** Entries of a log's main line from a place on, in order. */
  entries(log: string, from: number, limit: number): Promise<readonly HeldEntry[]>;
  /** Entries of all main lines in the order of commits, after `commit`. */
  entriesAfter(commit: number, limit: number): Promise<readonly HeldEntry[]>;
  /** Seqs of marked entries in a stretch of a log's main line. */
  marked(log: string, first: number, last: number): Promise<readonly number[]>;
  /** The branches of forked logs, in the order in which they were found; of one log if given. */
  branches(log?: string): Promise<readonly HeldBranch[]>;
  /** The branch on which an entry is held; undefined where it is not, or on the main line. */
  branchHolding(entry: Head): Promise<HeldBranch | undefined>;
  /** Entries of all branches in the order of commits, after `commit`; within a branch that is the order of its places. */
  branchEntriesAfter(commit: number, limit: number): Promise<readonly HeldEntry[]>;
  heard(): Promise<readonly Heard[]>;
  findHeard(log: string): Promise<Heard | undefined>;
  claims(): Promise<readonly HeadClaim[]>;
  /** Entries on dossiers in which an agency has a part, and all of its own, in the order of commits; at most so many bytes, but one if there is one. */
  feed(query: FeedQuery, bytes: number): Promise<FeedStretch>;
  /** The last place of what an agency is shown; zeros for nothing. */
  feedEnd(agency: string): Promise<FeedPlace>;
  feedLeft(query: FeedQuery): Promise<{ readonly entries: number; readonly bytes: number }>;
  /** The agencies with a part in a dossier (see `partiesOf`). */
  parties(dossier: string): Promise<readonly string[]>;
  /** Entries about a dossier after `commit`, in the order of commits. */
  entriesOfDossier(dossier: string, commit: number, limit: number): Promise<readonly HeldEntry[]>;
  /** Which of these dossiers were erased. */
  erasedAmong(dossiers: readonly string[]): Promise<ReadonlySet<string>>;
  /** Whether an entry about another dossier than this one names something: looks through all entries. */
  namedElsewhere(text: string, dossier: string): Promise<boolean>;
  /** Dossiers to which some entry gave this code. */
  dossiersOfCode(code: string): Promise<readonly string[]>;
  latestCatalogue(): Promise<CatalogueText | undefined>;
  catalogueVersion(): Promise<number | undefined>;
  catalogues(): Promise<readonly CatalogueText[]>;
  leases(agency: string): Promise<readonly StoredLease[]>;
  /** Provisional codes of an agency that have no official one yet, in the order they came. */
  unmappedCodes(agency: string): Promise<readonly ProvisionalCode[]>;
  /** The greatest number the centre itself gave an agency's dossiers of a day; undefined while it gave none. */
  greatestMappedNumber(agency: string, day: string): Promise<number | undefined>;
  /** The place of the code mapped last; 0 while there is none. */
  lastMappedPlace(): Promise<number>;
  /** Codes mapped after a place for receptions in any log that an installation wrote for the agency it serves now, in their order. */
  mappedCodes(installation: string, after: number, limit: number): Promise<readonly MappedCode[]>;
  findCode(hash: string): Promise<EnrolmentCode | undefined>;
  findOfficer(by: { readonly id: string } | { readonly login: string }): Promise<Officer | undefined>;
  findSession(tokenHash: string): Promise<Session | undefined>;
  findFailedSignIns(name: string): Promise<FailedSignIns | undefined>;
}

/** An entry to be kept. */
export interface NewEntry {
  readonly entry: Entry;
  readonly body?: SealedBody | undefined;
  readonly marked?: boolean;
}

/** What can be changed, inside a transaction only. */
export interface CentreWriter extends CentreReader {
  setNote(key: string, value: string): Promise<void>;
  addInstallation(installation: Installation): Promise<void>;
  setInstallationState(id: string, state: InstallationState): Promise<void>;
  setInstallationLog(id: string, log: string): Promise<void>;
  /** The installation serves this agency from now on, as this desk. */
  setInstallationAgency(id: string, agency: string, desk: string): Promise<void>;
  addTransferOrder(order: TransferOrder): Promise<void>;
  addLog(log: Omit<HeldLog, 'head' | 'signed'>): Promise<void>;
  /**
   * Appends entries that follow the log's head; the caller has followed the chain. In the same transaction they are shown to
   * the agencies with a part in their dossiers. Places are given in the order of commits: no reader may see a place while a
   * smaller one is not yet committed.
   */
  append(entries: readonly NewEntry[], receivedAt: number, rho: number | undefined): Promise<void>;
  /** Keeps the latest signed head of a log. */
  setSignedHead(head: SignedHead): Promise<void>;
  /** Notes a branch that was found; its first entries follow in the same transaction. */
  addBranch(branch: Omit<HeldBranch, 'head'>): Promise<void>;
  /** The same as `append` for a branch, with its new signed head. */
  appendToBranch(branch: string, entries: readonly NewEntry[], head: SignedHead, receivedAt: number, rho: number | undefined): Promise<void>;
  /** Remembers that a dossier was erased, for what arrives later. */
  addErasure(dossier: string): Promise<void>;
  /** Erases the bodies of entries by their places in the order of commits. How many there were. */
  eraseBodies(commits: readonly number[]): Promise<number>;
  addCode(code: EnrolmentCode): Promise<void>;
  useCode(hash: string, installation: string): Promise<void>;
  /** Uses a nonce up; false if it was used before. */
  useNonce(nonce: string, expiresAt: number): Promise<boolean>;
  dropNoncesBefore(at: number): Promise<void>;
  setHeard(heard: Heard): Promise<void>;
  setClaim(claim: HeadClaim): Promise<void>;
  addCatalogue(catalogue: CatalogueText): Promise<void>;
  addLease(lease: StoredLease): Promise<void>;
  /** Keeps a provisional code; a dossier that has one keeps its first. */
  addProvisionalCode(code: ProvisionalCode): Promise<void>;
  setMappedCode(code: MappedCode): Promise<void>;
  putOfficer(officer: Officer): Promise<void>;
  addSession(session: Session): Promise<void>;
  dropSession(tokenHash: string): Promise<void>;
  dropSessionsBefore(at: number): Promise<void>;
  setFailedSignIns(failed: FailedSignIns): Promise<void>;
  dropFailedSignIns(name: string): Promise<void>;
  /** Forgets those that could be tried again before a time. */
  dropFailedSignInsBefore(at: number): Promise<void>;
}

export interface CentreStore extends CentreReader {
  /**
   * Runs `work` as one transaction, durable when the promise resolves; nothing of it is kept when `work` throws. Writers
   * run one after the other. Throws `DomainError` `store.disk-full` or `store.damaged`.
   */
  transaction<T>(work: (writer: CentreWriter) => Promise<T>): Promise<T>;
  /**
   * The same for `work` that looks at the store through its writer alone: where several come at once they may share one transaction, and so one wait for the disk. It may be
   * done twice; what it did the first time is then not kept.
   */
  grouped<T>(work: (writer: CentreWriter) => Promise<T>): Promise<T>;
  /** After an erasure: overwrites what the old bodies left in the store's files, as far as the store can. False where others were reading; it can be tried again. */
  cleanse(): Promise<boolean>;
  close(): Promise<void>;
}
