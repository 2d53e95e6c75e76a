import type Database from 'better-sqlite3';
import { emptyHead, type Head } from '#shared/log/index.ts';
import type { Identity, KeptBranch } from './contract.ts';

interface OwnLogRow {
  readonly log: string;
  readonly installation: string;
  readonly agency: string;
  readonly desk: string;
  readonly publicKey: string;
  readonly seq: number;
  readonly hash: string;
  readonly keptSeq: number | null;
  readonly keptHash: string | null;
  readonly leavesAt: number | null;
}

/** One of the logs this installation wrote, and what the centre acknowledged of it. */
export interface OwnLog {
  readonly identity: Identity;
  readonly acknowledged: Head;
  /** How far it is kept there as a branch; undefined while the centre never said so. */
  readonly kept: KeptBranch | undefined;
  /** All up to here is at the centre, on whichever line. */
  readonly sent: Head;
}

/** The table of own logs. */
export interface OwnLogTable {
  /** In the order in which they were opened; the last one is written now. */
  all(): readonly OwnLog[];
  add(identity: Identity): void;
  acknowledge(head: Head): void;
  keep(branch: KeptBranch): void;
}

export function ownLogTable(db: Database.Database): OwnLogTable {
  const all = db.prepare<[], OwnLogRow>(`
    SELECT log, installation, agency, desk, public_key AS publicKey, acknowledged_seq AS seq, acknowledged_hash AS hash,
      kept_seq AS keptSeq, kept_hash AS keptHash, leaves_at AS leavesAt
    FROM own_log ORDER BY position
  `);
  const insert = db.prepare<[string, string, string, string, string, number, string]>(`
    INSERT INTO own_log (log, installation, agency, desk, public_key, acknowledged_seq, acknowledged_hash) VALUES (?, ?, ?, ?, ?, ?, ?)
  `);
  const acknowledge = db.prepare<[number, string, string]>('UPDATE own_log SET acknowledged_seq = ?, acknowledged_hash = ? WHERE log = ?');
  const keep = db.prepare<[number, string, number, string]>('UPDATE own_log SET kept_seq = ?, kept_hash = ?, leaves_at = ? WHERE log = ?');
  return {
    all: () => all.all().map(({ seq, hash, keptSeq, keptHash, leavesAt, ...identity }) => {
      const acknowledged = { log: identity.log, seq, hash };
      const kept = keptSeq === null || keptHash === null || leavesAt === null ? undefined : { log: identity.log, seq: keptSeq, hash: keptHash, leavesAt };
      return { identity, acknowledged, kept, sent: kept && kept.seq > seq ? { log: kept.log, seq: kept.seq, hash: kept.hash } : acknowledged };
    }),
    add({ log, installation, agency, desk, publicKey }) {
      const none = emptyHead(log);
      insert.run(log, installation, agency, desk, publicKey, none.seq, none.hash);
    },
    keep: ({ log, seq, hash, leavesAt }) => void keep.run(seq, hash, leavesAt, log),
    acknowledge: (head) => void acknowledge.run(head.seq, head.hash, head.log),
  };
}
