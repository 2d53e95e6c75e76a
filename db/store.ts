import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { emptyHead, logKinds, type Head, type LogOpened } from '#shared/log/index.ts';
import { attachmentTable } from './attachments.ts';
import { append, bodyBytes, type Appended, type Position } from './append.ts';
import { backupTo } from './backup.ts';
import { countBacklog, summaryOf, type Backlog } from './backlog.ts';
import { catalogueTable } from './catalogue.ts';
import { codeAllocators, codesUsed } from './codes.ts';
import type { Connection } from './connection.ts';
import type { CommitRequest, Committed, DeskStore, OpenLogRequest, StoreOptions } from './contract.ts';
import { entryTable, workingTimeOf } from './entries.ts';
import { guardedMethods } from './failure.ts';
import { mergeEntries, type OwnLine } from './merge.ts';
import { ownLogTable, type OwnLog } from './own-logs.ts';
import { dossierProjection } from './projections/dossiers.ts';
import { lookupProjection } from './projections/lookup.ts';
import { storeReader } from './reader.ts';
import { anchorTable, draftTable, memoTable } from './side-tables.ts';
import { writingTo } from './transaction.ts';
import { verifyDatabase } from './verify.ts';

/** The store over an open, migrated database. */
export function deskStore(connection: Connection, options: StoreOptions): DeskStore {
  const { db } = connection;
  const { hasher, random } = options;
  const entries = entryTable(db);
  const ownLogs = ownLogTable(db);
  const writing = writingTo(db);
  const lookup = lookupProjection(db);
  const dossiers = dossierProjection(db, entries, lookup);
  const catalogue = catalogueTable(db, writing);
  const attachments = attachmentTable(db, writing);

  // All that is kept in memory; it moves only after a commit.
  let logs = ownLogs.all();
  let position = readPosition();
  // Counted when somebody asks: an acknowledgement takes many away at once, and a long sending asks for none of it.
  let backlog: Backlog | undefined;

  const read = guardedMethods(storeReader(db, entries, lookup, {
    sentOf: (log) => find(log)?.sent,
    newestAt: () => position?.newest,
    ownLogs: () => logs.map(({ identity }) => identity.log),
  }));
  const used = codesUsed(db);
  const codes = codeAllocators(db, (code) => read.codeTaken(code));

  function find(log: string): OwnLog | undefined {
    return logs.find(({ identity }) => identity.log === log);
  }

  function own(): ReadonlySet<string> {
    return new Set(logs.map(({ identity }) => identity.log));
  }

  function ownLines(whole: ReadonlySet<string> | undefined): ReadonlyMap<string, OwnLine> {
    const present = logs.at(-1)?.identity.log;
    return new Map(logs.map(({ identity, kept }) => [identity.log, identity.log === present || kept || whole?.has(identity.log) ? 'settled' : 'open']));
  }

  /** The log asked for, or the present one. */
  function chosen(log?: string): OwnLog {
    const found = log === undefined ? logs.at(-1) : find(log);
    if (!found) throw new RangeError('no such log is open here');
    return found;
  }

  function readPosition(): Position | undefined {
    const present = logs.at(-1);
    if (!present) return undefined;
    const end = entries.end(present.identity.log);
    const head = end ? { log: present.identity.log, seq: end.seq, hash: end.hash } : emptyHead(present.identity.log);
    return { head, tick: Math.max(entries.greatestTick(), end?.tick ?? 0), newest: end?.newest ?? undefined };
  }

  /** After a commit: the writer moves on and the backlog grows by what was written. */
  function moveOn(written: Appended): void {
    position = written.position;
    if (!backlog) return;
    let { oldestAt } = backlog;
    for (const entry of written.entries) {
      if (entry.header.dossier !== undefined) backlog.dossiers.add(entry.header.dossier);
      const at = workingTimeOf(entry);
      if (at !== undefined) oldestAt = Math.min(at, oldestAt ?? at);
    }
    backlog = { ...backlog, entries: backlog.entries + written.entries.length, bytes: backlog.bytes + written.bytes, oldestAt };
  }

  function waiting(): Backlog {
    backlog ??= countBacklog(entries, logs);
    return backlog;
  }

  function headOf(log: string): Head {
    if (position?.head.log === log) return position.head;
    const end = entries.end(log);
    return end ? { log, seq: end.seq, hash: end.hash } : emptyHead(log);
  }

  const anchors = guardedMethods(anchorTable(db, writing));

  function openLog(request: OpenLogRequest): ReturnType<DeskStore['openLog']> {
    const { identity } = request;
    if (find(identity.log)) {
      const first = entries.atPlace(identity.log, 1);
      if (!first) throw new RangeError('an open log has a first entry');
      return ok(first.entry);
    }
    const parent = request.parent ?? position?.head;
    // Time does not begin anew with a log: it carries over the last word of the centre that this machine has.
    const anchor = parent && anchors.latest();
    const facts: LogOpened = {
      installation: identity.installation, publicKey: identity.publicKey, software: request.software, why: request.why,
      ...(parent ? { parent } : {}),
      ...(anchor ? { anchor } : {}),
    };
    const from: Position = { head: emptyHead(identity.log), tick: Math.max(position?.tick ?? 0, entries.greatestTick()), newest: position?.newest };
    const written = writing.attempt(() => {
      ownLogs.add(identity);
      const frame = { act: request.act, actor: 'desk', agency: identity.agency, clock: request.clock };
      return append(entries, from, frame, [{ kind: logKinds.opened, facts }], options);
    });
    if (!written.ok) return written;
    logs = ownLogs.all();
    moveOn(written.value);
    const [first] = written.value.entries;
    if (!first) throw new RangeError('one draft makes one entry');
    return ok(first);
  }

  function commit(request: CommitRequest): Outcome<Committed> {
    const from = position;
    const identity = logs.at(-1)?.identity;
    if (!from || !identity) return fail('enrol.required');
    const mine = own();
    const before = entries.ofAct(request.act).filter(({ entry, beside }) => !beside && mine.has(entry.header.log));
    if (before.length > 0) return ok({ entries: before.map(({ entry }) => entry), repeated: true });
    const written = writing.attempt(() => {
      const drafts = request.decide(read, codes(identity.log, catalogue.current()));
      if (!drafts.ok) return drafts;
      const frame = { act: request.act, actor: request.actor, agency: identity.agency, clock: request.clock };
      const appended = append(entries, from, frame, drafts.value, { hasher, random });
      if (!appended.ok) return appended;
      for (const dossier of new Set(drafts.value.flatMap((draft) => draft.dossier ?? []))) dossiers.refold(dossier, mine);
      return appended;
    });
    if (!written.ok) return written;
    moveOn(written.value);
    return ok({ entries: written.value.entries, repeated: false });
  }

  if (!dossiers.current()) writing.must(() => dossiers.rebuild(own()));

  return guardedMethods<DeskStore>({
    file: options.file,
    identity: () => logs.at(-1)?.identity,
    openLog,
    commit,
    read,

    ownLogs: () => logs.map(({ identity }) => identity.log),
    head: (log) => headOf(chosen(log).identity.log),
    acknowledged: (log) => chosen(log).acknowledged,
    markAcknowledged(head) {
      const log = find(head.log);
      if (!log) return fail('log.unknown');
      if (head.seq > 0 && entries.atPlace(head.log, head.seq)?.entry.hash !== head.hash) return fail('log.fork', { seq: head.seq });
      if (head.seq <= log.acknowledged.seq) return ok(true);
      const done = writing.done(() => ownLogs.acknowledge(head));
      if (!done.ok) return done;
      logs = ownLogs.all();
      backlog = undefined;
      return done;
    },
    kept: (log) => chosen(log).kept,
    sent: (log) => chosen(log).sent,
    markKept(branch) {
      const log = find(branch.log);
      if (!log) return fail('log.unknown');
      if (entries.atPlace(branch.log, branch.seq)?.entry.hash !== branch.hash) return fail('log.fork', { seq: branch.seq });
      if (log.kept && branch.seq <= log.kept.seq) return ok(true);
      const done = writing.done(() => ownLogs.keep(branch));
      if (!done.ok) return done;
      logs = ownLogs.all();
      backlog = undefined;
      return done;
    },
    pending(after, limit, log) {
      const batch = [];
      let bytes = 0;
      for (const carried of entries.after(chosen(log).identity.log, after)) {
        bytes += Buffer.byteLength(carried.entry.text) + (carried.body ? bodyBytes(carried.body) : 0);
        if (batch.length > 0 && (batch.length >= limit.entries || bytes > limit.bytes)) break;
        batch.push(carried);
      }
      return batch;
    },
    pendingSummary: () => summaryOf(waiting()),
    waitingDossiers: () => waiting().dossiers,
    writtenElsewhere: () => logs.some(({ identity }) => entries.besides(identity.log)),
    merge(carried, whole) {
      const mine = own();
      const merged = writing.attempt(() => {
        const result = mergeEntries(entries, carried, ownLines(whole), hasher);
        for (const dossier of result.erased) attachments.forget(dossier);
        // Of a dossier that never came here nothing is wanted once it is erased.
        const unseen = result.dossiers.filter((dossier) => !dossiers.refold(dossier, mine) && !result.erased.includes(dossier));
        return ok({ ...result, incomplete: [...new Set([...result.incomplete, ...unseen])] });
      });
      if (!merged.ok) return merged;
      const { tick, ...value } = merged.value;
      if (position) position = { ...position, tick: Math.max(position.tick, tick) };
      if (value.erased.length > 0 || carried.some(({ entry }) => mine.has(entry.header.log))) backlog = undefined;
      // The old pages still stand in the write-ahead log until it is moved over and cut off; the same again does this again.
      const cut = value.erased.length > 0 ? writing.checkpoint('TRUNCATE') : ok(true as const);
      return cut.ok ? ok(value) : cut;
    },
    eraseDossiers(erasures) {
      const mine = own();
      const erased = writing.done(() => {
        for (const erasure of erasures) if (entries.eraseDossier(erasure) > 0) dossiers.refold(erasure.dossier, mine);
      });
      if (!erased.ok) return erased;
      backlog = undefined;
      // As after a merge.
      return writing.checkpoint('TRUNCATE');
    },
    erasures: () => entries.erasures(),

    codesUsed: (lease, civilDate) => used(chosen().identity.log, lease, civilDate),
    anchors,
    attachments: guardedMethods(attachments),
    catalogue,
    drafts: guardedMethods(draftTable(db, writing)),
    memo: guardedMethods(memoTable(db, writing)),

    rebuild: () => writing.must(() => dossiers.rebuild(own())),
    stateHash: () => dossiers.stateHash(hasher),
    verify: () => verifyDatabase(db, hasher),
    checkpointWhenIdle() {
      const tidied = writing.done(() => lookup.tidy());
      // PASSIVE keeps the log's file at its size: the next commits write over it and need not grow it again.
      return tidied.ok ? writing.checkpoint('PASSIVE') : tidied;
    },
    backup: (target) => backupTo(db, target, options.key, hasher),
    close: () => connection.close(),
  });
}
