import type { Database } from 'better-sqlite3';
import type { CentreReader, HeldBranch } from './port.ts';
import { toEntry, type EntryRow } from './sqlite-rows.ts';

interface BranchRow {
  readonly branch: string;
  readonly log: string;
  readonly first: number;
  readonly follows: string;
  readonly leaves_at: number;
  readonly opened_at: number;
  readonly head_seq: number;
  readonly head_hash: string;
  readonly signature: string;
}

function toBranch(row: BranchRow): HeldBranch {
  const { log, branch, first, follows, signature } = row;
  return { log, branch, first, follows, leavesAt: row.leaves_at, openedAt: row.opened_at, head: { log, seq: row.head_seq, hash: row.head_hash, signature } };
}

/** The part of the reader that knows the branches of forked logs. */
export function branchReader(db: Database): Pick<CentreReader, 'branches' | 'branchHolding' | 'branchEntriesAfter'> {
  const all = db.prepare<[], BranchRow>('SELECT * FROM branches ORDER BY rowid');
  const ofLog = db.prepare<[string], BranchRow>('SELECT * FROM branches WHERE log = ? ORDER BY rowid');
  const holding = db.prepare<[string, number, string], BranchRow>(`
    SELECT b.* FROM entries e JOIN branches b ON b.branch = e.branch WHERE e.log = ? AND e.seq = ? AND e.hash = ? AND e.branch IS NOT NULL
  `);
  const after = db.prepare<[number, number], EntryRow>('SELECT * FROM entries WHERE id > ? AND branch IS NOT NULL ORDER BY id LIMIT ?');
  return {
    branches: async (log) => (log === undefined ? all.all() : ofLog.all(log)).map(toBranch),
    branchHolding: async ({ log, seq, hash }) => {
      const row = holding.get(log, seq, hash);
      return row && toBranch(row);
    },
    branchEntriesAfter: async (commit, limit) => after.all(commit, limit).map(toEntry),
  };
}
