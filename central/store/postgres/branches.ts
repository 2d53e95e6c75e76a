import type { CentreReader, HeldBranch } from '../port.ts';
import { entryColumns, toEntry, type EntryRow } from './rows.ts';
import { statement, type Ask } from './statement.ts';

interface BranchRow extends Omit<HeldBranch, 'head'> {
  readonly seq: number;
  readonly hash: string;
  readonly signature: string;
}

const columns = 'b.log, b.branch, b.first, b.follows, b.leaves_at AS "leavesAt", b.opened_at AS "openedAt", b.head_seq AS seq, b.head_hash AS hash, b.signature';

const all = statement<BranchRow>(`SELECT ${columns} FROM branches b ORDER BY b.found`);
const ofLog = statement<BranchRow>(`SELECT ${columns} FROM branches b WHERE b.log = $1 ORDER BY b.found`);
const holding = statement<BranchRow>(`
  SELECT ${columns} FROM entries e JOIN branches b ON b.branch = e.branch WHERE e.log = $1 AND e.seq = $2 AND e.hash = $3 AND e.branch IS NOT NULL
`);
const entriesAfter = statement<EntryRow>(`SELECT ${entryColumns} FROM entries WHERE id > $1 AND branch IS NOT NULL ORDER BY id LIMIT $2`);

function toBranch({ seq, hash, signature, ...row }: BranchRow): HeldBranch {
  return { ...row, head: { log: row.log, seq, hash, signature } };
}

/** The part of the reader that knows the branches of forked logs. */
export function branchReader(ask: Ask): Pick<CentreReader, 'branches' | 'branchHolding' | 'branchEntriesAfter'> {
  return {
    branches: async (log) => (log === undefined ? await ask(all) : await ask(ofLog, log)).map(toBranch),
    branchHolding: async ({ log, seq, hash }) => (await ask(holding, log, seq, hash)).map(toBranch)[0],
    branchEntriesAfter: async (commit, limit) => (await ask(entriesAfter, commit, limit)).map(toEntry),
  };
}
