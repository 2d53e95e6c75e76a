import type { Database } from 'better-sqlite3';
import { entryHeaderSchema } from '#shared/log/index.ts';
import { shares } from './sqlite-shares.ts';

interface ForkRow {
  readonly log: string;
  readonly seq: number;
  readonly hash: string;
  readonly text: string;
  readonly body: string | null;
  readonly received_at: number;
}

/**
 * The entries of a forked log's branches stand among all others: they are acts that clerks confirmed, and agencies are shown them. Until
 * now each was kept apart, and only as far as the first batch reached.
 */
export function branchesAsEntries(db: Database): void {
  db.exec(`
    CREATE TABLE branches (
      branch TEXT PRIMARY KEY,
      log TEXT NOT NULL REFERENCES logs (log),
      first INTEGER NOT NULL,
      follows TEXT NOT NULL,
      leaves_at INTEGER NOT NULL,
      opened_at INTEGER NOT NULL,
      head_seq INTEGER NOT NULL,
      head_hash TEXT NOT NULL,
      signature TEXT NOT NULL
    ) STRICT;
    CREATE INDEX branches_of_log ON branches (log);

    CREATE TABLE entries_anew (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      log TEXT NOT NULL REFERENCES logs (log),
      branch TEXT REFERENCES branches (branch),
      seq INTEGER NOT NULL,
      hash TEXT NOT NULL,
      dossier TEXT,
      text TEXT NOT NULL,
      body TEXT,
      received_at INTEGER NOT NULL,
      rho INTEGER,
      marked INTEGER NOT NULL
    ) STRICT;
    INSERT INTO entries_anew (id, log, seq, hash, dossier, text, body, received_at, rho, marked)
      SELECT id, log, seq, hash, dossier, text, body, received_at, rho, marked FROM entries ORDER BY id;
    DROP TABLE entries;
    ALTER TABLE entries_anew RENAME TO entries;
    CREATE UNIQUE INDEX entries_of_log ON entries (log, seq) WHERE branch IS NULL;
    CREATE UNIQUE INDEX entries_of_branch ON entries (branch, seq) WHERE branch IS NOT NULL;
    CREATE UNIQUE INDEX entries_on_branches ON entries (log, seq, hash) WHERE branch IS NOT NULL;
    CREATE INDEX branch_entries ON entries (id) WHERE branch IS NOT NULL;
    CREATE INDEX entries_of_dossier ON entries (dossier) WHERE dossier IS NOT NULL;
    CREATE INDEX marked_entries ON entries (log, seq) WHERE marked = 1;
  `);

  const lineHash = db.prepare<[string, number], string>('SELECT hash FROM entries WHERE log = ? AND seq = ? AND branch IS NULL').pluck();
  const branchOf = db.prepare<[string, number, string], { branch: string; leaves_at: number; head_hash: string }>(`
    SELECT b.branch, b.leaves_at, b.head_hash FROM entries e JOIN branches b ON b.branch = e.branch WHERE e.log = ? AND e.seq = ? AND e.hash = ?
  `);
  const addBranch = db.prepare<[string, string, number, string, number, number]>("INSERT INTO branches VALUES (?, ?, ?, ?, ?, ?, 0, '', '')");
  const add = db.prepare<[string, string, number, string, string | null, string, string | null, number]>(`
    INSERT INTO entries (log, branch, seq, hash, dossier, text, body, received_at, marked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
  `);
  const move = db.prepare<[number, string, string]>('UPDATE branches SET head_seq = ?, head_hash = ? WHERE branch = ?');
  const shared = shares(db).begin();
  for (const row of db.prepare<[], ForkRow>('SELECT * FROM forks ORDER BY log, seq, rowid').all()) {
    const header = entryHeaderSchema.parse(JSON.parse(row.text));
    const before = branchOf.get(row.log, row.seq - 1, header.prev);
    // What follows nothing that is held comes again from the desk, which was never told that it is kept.
    if (!before && row.seq > 1 && lineHash.get(row.log, row.seq - 1) !== header.prev) continue;
    const goesOn = before?.head_hash === header.prev;
    const branch = before && goesOn ? before.branch : row.hash;
    if (!goesOn) addBranch.run(branch, row.log, row.seq, header.prev, before?.leaves_at ?? row.seq, row.received_at);
    const bytes = Buffer.byteLength(row.text) + Buffer.byteLength(row.body ?? '');
    const { lastInsertRowid } = add.run(row.log, branch, row.seq, row.hash, header.dossier ?? null, row.text, row.body, row.received_at);
    move.run(row.seq, row.hash, branch);
    shared.add(Number(lastInsertRowid), header, bytes);
  }
  db.exec('DROP TABLE forks');
}
