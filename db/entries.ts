import type Database from 'better-sqlite3';
import { erasureOf } from '#shared/dossier/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import { entryHeaderSchema, quickHeader, type Entry, type SealedBody } from '#shared/log/index.ts';
import type { CarriedEntry } from '#shared/sync/index.ts';

interface EntryRow {
  readonly id: number;
  readonly log: string;
  readonly hash: string;
  readonly text: string;
  readonly at: number | null;
}

interface BodyRow {
  readonly salt: string | null;
  readonly body: string | null;
}

/** An entry with its place in this database. */
export interface HeldEntry {
  readonly id: number;
  readonly entry: Entry;
  readonly at?: number;
  /** It stands beside the line that this store follows of its log; see {@link EntryTable.add}. */
  readonly beside: boolean;
}

function read({ text, hash }: EntryRow): Entry {
  const plain = quickHeader(text);
  if (plain) return { header: plain, text, hash };
  const header = entryHeaderSchema.safeParse(JSON.parse(text));
  if (!header.success) throw new DomainError('store.damaged', {}, header.error);
  return { header: header.data, text, hash };
}

/**
 * The column `log` files an entry that stands beside its log's line under `log hash`: so no question about the line finds it, and each place of the
 * line is taken once. What the entry itself says of its log is in its text.
 */
const besideMark = ' ';
/** The sign after it in the order of signs. */
const afterBesideMark = '!';

/** How many entries written last are kept in memory: what one act writes. */
const recentEntries = 16;

function bodyOf(row: BodyRow): SealedBody {
  return row.salt === null || row.body === null ? { erased: true } : { salt: row.salt, body: row.body };
}

/** Working time of an act, where its facts name one: `acceptedAt` of a reception, `at` of what follows. */
export function workingTimeOf(entry: Entry): number | undefined {
  const { acceptedAt, at } = entry.header.facts;
  const value = acceptedAt ?? at;
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

/** A dossier whose personal data the centre decided to be erased, and by which decision. */
export interface Erasure {
  readonly dossier: string;
  readonly authority: string;
}

/** The table of entries and the sealed bodies beside it. */
export interface EntryTable {
  /**
   * Adds an entry; `newest` is the greatest working time of an own log up to here. Returns its place. Of each log the store follows one
   * line: for an own log what this disk wrote, else what came first. An entry of another branch stands `beside` it: it counts for its
   * dossier like any other, and is no part of the log's line.
   */
  add(entry: Entry, newest: number | undefined, beside?: boolean): number;
  addBody(id: number, body: SealedBody, authority: string): void;
  byHash(hash: string): HeldEntry | undefined;
  holds(hash: string): boolean;
  atPlace(log: string, seq: number): HeldEntry | undefined;
  ofAct(act: string): readonly HeldEntry[];
  /** All entries about a dossier, by arrival. */
  ofDossier(dossier: string): readonly HeldEntry[];
  /** Where a log ends here: seq, hash, tick and greatest working time of its last entry. */
  end(log: string): { seq: number; hash: string; tick: number; newest: number | null } | undefined;
  greatestTick(): number;
  /** Whether entries of a log stand beside its line. */
  besides(log: string): boolean;
  /** Entries of a log after a seq with their bodies, in order. */
  after(log: string, seq: number): IterableIterator<CarriedEntry>;
  bodyOfEntry(id: number): SealedBody | undefined;
  /** Replaces a body by the note that it was erased; false if there is none left. */
  eraseBody(id: number, authority: string): boolean;
  /** The erasures of dossiers that the centre decided, by arrival; of one dossier if given. */
  erasures(dossier?: string): readonly Erasure[];
  /** Replaces all bodies about a dossier by the note; how many there were. */
  eraseDossier(erasure: Erasure): number;
  /** The acts of an own log from its end back to the working time `from`, or to the entry `behind` without it. */
  actsBack(log: string, from: number, behind: number): IterableIterator<{ readonly kind: string; readonly at: number }>;
  waiting(log: string, seq: number): { entries: number; bytes: number; oldestAt: number | null };
  waitingDossiers(log: string, seq: number): readonly string[];
}

export function entryTable(db: Database.Database): EntryTable {
  const columns = 'id, log, hash, text, at';
  const insert = db.prepare<[string, number, number, string, string | null, string, string, string, number | null, number | null]>(
    'INSERT INTO entry (log, seq, tick, kind, dossier, act, hash, text, at, newest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertBody = db.prepare<[number, string | null, string | null, string | null]>(
    'INSERT INTO sealed_body (entry, salt, body, authority) VALUES (?, ?, ?, ?)',
  );
  const byHash = db.prepare<[string], EntryRow>(`SELECT ${columns} FROM entry WHERE hash = ?`);
  const holds = db.prepare<[string], { id: number }>('SELECT id FROM entry WHERE hash = ?');
  const atPlace = db.prepare<[string, number], EntryRow>(`SELECT ${columns} FROM entry WHERE log = ? AND seq = ?`);
  const ofAct = db.prepare<[string], EntryRow>(`SELECT ${columns} FROM entry WHERE act = ? ORDER BY id`);
  const ofDossier = db.prepare<[string], EntryRow>(`SELECT ${columns} FROM entry WHERE dossier = ? ORDER BY id`);
  const end = db.prepare<[string], { seq: number; hash: string; tick: number; newest: number | null }>(
    'SELECT seq, hash, tick, newest FROM entry WHERE log = ? ORDER BY seq DESC LIMIT 1',
  );
  // An own entry's tick is above all that had arrived before it, so only what came after the last own entry can exceed it.
  const greatestTick = db.prepare<[], { tick: number | null }>(`
    SELECT max(tick) AS tick FROM entry WHERE id >= coalesce((
      SELECT id FROM entry WHERE log = (SELECT log FROM own_log ORDER BY position DESC LIMIT 1) ORDER BY seq DESC LIMIT 1
    ), 0)
  `);
  const besides = db.prepare<[string, string], { id: number }>('SELECT id FROM entry WHERE log > ? AND log < ? LIMIT 1');
  const after = db.prepare<[string, number], EntryRow & { erased: number | null } & BodyRow>(`
    SELECT e.id, e.log, e.hash, e.text, e.at, b.salt, b.body, b.entry AS erased
    FROM entry e LEFT JOIN sealed_body b ON b.entry = e.id WHERE e.log = ? AND e.seq > ? ORDER BY e.seq
  `);
  const body = db.prepare<[number], BodyRow>('SELECT salt, body FROM sealed_body WHERE entry = ?');
  const erase = db.prepare<[string, number]>('UPDATE sealed_body SET salt = NULL, body = NULL, authority = ? WHERE entry = ? AND body IS NOT NULL');
  const erasures = db.prepare<[], EntryRow>(`SELECT ${columns} FROM entry INDEXED BY entry_erasure WHERE kind = 'dossier.erased' ORDER BY id`);
  const erasuresOf = db.prepare<[string], EntryRow>(`SELECT ${columns} FROM entry WHERE kind = 'dossier.erased' AND dossier = ? ORDER BY id`);
  const eraseDossier = db.prepare<[string, string]>('UPDATE sealed_body SET salt = NULL, body = NULL, authority = ? WHERE entry IN (SELECT id FROM entry WHERE dossier = ?) AND body IS NOT NULL');
  // In an own log `newest` never falls, so nothing before an older one can be as new.
  const back = db.prepare<[string, number], { kind: string; dossier: string | null; at: number | null; newest: number | null }>(
    'SELECT kind, dossier, at, newest FROM entry WHERE log = ? AND seq > ? ORDER BY seq DESC',
  );
  const waiting = db.prepare<[string, number], { entries: number; bytes: number | null; oldestAt: number | null }>(`
    SELECT count(*) AS entries, sum(octet_length(e.text) + coalesce(octet_length(b.body), 0)) AS bytes, min(e.at) AS oldestAt
    FROM entry e LEFT JOIN sealed_body b ON b.entry = e.id WHERE e.log = ? AND e.seq > ?
  `);
  const waitingDossiers = db.prepare<[string, number], { dossier: string }>(
    'SELECT DISTINCT dossier FROM entry WHERE log = ? AND seq > ? AND dossier IS NOT NULL',
  );

  // Every act folds its dossier right after writing: what was written need not be parsed again to be read. The text decides,
  // so it makes no difference whether that transaction held.
  const recent = new Map<string, Entry>();
  function held(row: EntryRow): HeldEntry {
    const kept = recent.get(row.hash);
    const entry = kept?.text === row.text ? kept : read(row);
    const beside = row.log !== entry.header.log;
    return row.at === null ? { id: row.id, entry, beside } : { id: row.id, entry, beside, at: row.at };
  }

  return {
    add(entry, newest, beside = false) {
      recent.set(entry.hash, entry);
      const [oldest] = recent.keys();
      if (recent.size > recentEntries && oldest !== undefined) recent.delete(oldest);
      const { log, seq, tick, kind, dossier, act } = entry.header;
      const done = insert.run(beside ? `${log}${besideMark}${entry.hash}` : log, seq, tick, kind, dossier ?? null, act, entry.hash, entry.text, workingTimeOf(entry) ?? null, newest ?? null);
      return Number(done.lastInsertRowid);
    },
    addBody(id, sealed, authority) {
      if ('erased' in sealed) insertBody.run(id, null, null, authority);
      else insertBody.run(id, sealed.salt, sealed.body, null);
    },
    byHash(hash) {
      const row = byHash.get(hash);
      return row && held(row);
    },
    holds: (hash) => holds.get(hash) !== undefined,
    atPlace(log, seq) {
      const row = atPlace.get(log, seq);
      return row && held(row);
    },
    ofAct: (act) => ofAct.all(act).map(held),
    ofDossier: (dossier) => ofDossier.all(dossier).map(held),
    end: (log) => end.get(log),
    besides: (log) => besides.get(`${log}${besideMark}`, `${log}${afterBesideMark}`) !== undefined,
    greatestTick: () => greatestTick.get()?.tick ?? 0,
    *after(log, seq) {
      for (const row of after.iterate(log, seq)) {
        const { entry } = held(row);
        yield row.erased === null ? { entry } : { entry, body: bodyOf(row) };
      }
    },
    bodyOfEntry(id) {
      const row = body.get(id);
      return row && bodyOf(row);
    },
    eraseBody: (id, authority) => erase.run(authority, id).changes > 0,
    erasures: (dossier) => (dossier === undefined ? erasures.all() : erasuresOf.all(dossier)).map(held).flatMap(({ entry: { header } }) => {
      const erasure = erasureOf(header);
      return erasure && header.dossier !== undefined ? [{ dossier: header.dossier, authority: erasure.authority }] : [];
    }),
    eraseDossier: ({ dossier, authority }) => eraseDossier.run(authority, dossier).changes,
    *actsBack(log, from, behind) {
      for (const { kind, dossier, at, newest } of back.iterate(log, behind)) {
        if (newest === null || newest < from) return;
        if (dossier !== null && at !== null && at >= from) yield { kind, at };
      }
    },
    waiting(log, seq) {
      const row = waiting.get(log, seq);
      return { entries: row?.entries ?? 0, bytes: row?.bytes ?? 0, oldestAt: row?.oldestAt ?? null };
    },
    waitingDossiers: (log, seq) => waitingDossiers.all(log, seq).map((row) => row.dossier),
  };
}
