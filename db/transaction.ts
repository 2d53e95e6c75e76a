import type Database from 'better-sqlite3';
import { ok, type Outcome } from '#shared/errors/index.ts';
import { diskFull, inOwnWords } from './failure.ts';

/** The one way to write: all or nothing, on the disk when it returns. */
export interface Writing {
  /** Commits if the outcome is ok, else nothing is written. A full disk is an outcome, every other failure is thrown. */
  attempt<T>(run: () => Outcome<T>): Outcome<T>;
  /** The same for a write that cannot be refused. */
  done(run: () => void): Outcome<true>;
  /** The same where even a full disk is thrown. */
  must<T>(run: () => T): T;
  /** Moves the write-ahead log into the file; TRUNCATE cuts it off as well. Errors: `store.disk-full`. */
  checkpoint(mode: 'PASSIVE' | 'TRUNCATE'): Outcome<true>;
}

export function writingTo(db: Database.Database): Writing {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');

  function transact<T>(run: () => T, keep: (result: T) => boolean): T {
    begin.run();
    try {
      const result = run();
      if (keep(result)) commit.run();
      else rollback.run();
      return result;
    } catch (error) {
      // SQLite has rolled back by itself after some failures, a full disk among them.
      if (db.inTransaction) rollback.run();
      throw error;
    }
  }

  function attempt<T>(run: () => Outcome<T>): Outcome<T> {
    return fullAsOutcome(() => transact(run, (outcome) => outcome.ok));
  }

  function fullAsOutcome<T>(run: () => Outcome<T>): Outcome<T> {
    try {
      return run();
    } catch (error) {
      const full = diskFull(error);
      if (full) return { ok: false, fault: full };
      throw inOwnWords(error);
    }
  }

  return {
    attempt,
    done: (run) => attempt(() => {
      run();
      return ok(true);
    }),
    must(run) {
      try {
        return transact(run, () => true);
      } catch (error) {
        throw inOwnWords(error);
      }
    },
    checkpoint: (mode) => fullAsOutcome(() => {
      db.pragma(`wal_checkpoint(${mode})`);
      return ok(true);
    }),
  };
}
