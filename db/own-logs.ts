import type Database from 'better-sqlite3';
import { emptyHead, type Head } from '#shared/log/index.ts';
import type { Identity } from './contract.ts';

interface OwnLogRow {
  readonly log: string;
  readonly installation: string;
  readonly agency: string;
  readonly desk: string;
  readonly publicKey: string;
  readonly seq: number;
  readonly hash: string;
}

/** One of the logs this installation wrote, and what the centre acknowledged of it. */
export interface OwnLog {
  readonly identity: Identity;
  readonly acknowledged: Head;
}

/** The table of own logs. */
export interface OwnLogTable {
  /** In the order in which they were opened; the last one is written now. */
  all(): readonly OwnLog[];
  add(identity: Identity): void;
  acknowledge(head: Head): void;
}

export function ownLogTable(db: Database.Database): OwnLogTable {
  const all = db.prepare<[], OwnLogRow>(`
    SELECT log, installation, agency, desk, public_key AS publicKey, acknowledged_seq AS seq, acknowledged_hash AS hash
    FROM own_log ORDER BY position
  `);
  const insert = db.prepare<[string, string, string, string, string, number, string]>(`
    INSERT INTO own_log (log, installation, agency, desk, public_key, acknowledged_seq, acknowledged_hash) VALUES (?, ?, ?, ?, ?, ?, ?)
  `);
  const acknowledge = db.prepare<[number, string, string]>('UPDATE own_log SET acknowledged_seq = ?, acknowledged_hash = ? WHERE log = ?');
  return {
    all: () => all.all().map(({ seq, hash, ...identity }) => ({ identity, acknowledged: { log: identity.log, seq, hash } })),
    add({ log, installation, agency, desk, publicKey }) {
      const none = emptyHead(log);
      insert.run(log, installation, agency, desk, publicKey, none.seq, none.hash);
    },
    acknowledge: (head) => void acknowledge.run(head.seq, head.hash, head.log),
  };
}
