import type { Database } from 'better-sqlite3';
import { DomainError } from '#shared/errors/index.ts';
import type { CentreStore, CentreWriter } from './port.ts';

/** Work that may share its commit. */
interface Member {
  /** Does it; what comes back tells its caller, to be called when it is durable. */
  does(writer: CentreWriter): Promise<() => void>;
  failed(error: unknown): void;
}

/** Those who write over one connection, one after the other. */
export interface Turns extends Pick<CentreStore, 'transaction' | 'grouped'> {
  /** Resolves when all who came before are done. */
  readonly done: () => Promise<void>;
}

export function turnsOver(db: Database, writer: CentreWriter): Turns {
  let last: Promise<void> = Promise.resolve();
  /** Those who came in this turn of the event loop. */
  let gathering: Member[] | undefined;

  function inTurn<T>(go: () => Promise<T>): Promise<T> {
    const turn = last.then(go);
    // The queue goes on whether or not this turn succeeds; its caller is told by `turn`.
    last = turn.then(() => undefined, () => undefined);
    return turn;
  }

  async function together(members: readonly Member[]): Promise<void> {
    try {
      const told = await run(db, async () => {
        const done: (() => void)[] = [];
        for (const member of members) done.push(await member.does(writer));
        return done;
      });
      for (const tell of told) tell();
    } catch (error) {
      // Nothing of any of them was kept. One alone has failed; of several the others need not.
      if (members.length === 1) members[0]?.failed(error);
      else for (const member of members) await together([member]);
    }
  }

  return {
    transaction: (work) => inTurn(() => run(db, () => work(writer))),
    grouped: (work) => new Promise((resolve, reject) => {
      const member: Member = {
        async does(given) {
          const result = await work(given);
          return () => resolve(result);
        },
        failed: reject,
      };
      if (gathering) {
        gathering.push(member);
        return;
      }
      const members = [member];
      gathering = members;
      const gathered = new Promise<void>((go) => void setImmediate(go));
      void inTurn(async () => {
        await gathered;
        // Whoever comes from here on begins another group.
        gathering = undefined;
        await together(members);
      });
    }),
    done: () => last,
  };
}

async function run<T>(db: Database, work: () => Promise<T>): Promise<T> {
  guarded(() => db.exec('BEGIN IMMEDIATE'));
  try {
    const result = await work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw translated(error);
  }
}

/** Does something with the store; what SQLite says of its file is told as a `DomainError`. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  // By its code and not by its class: the native part knows only the class of whoever loaded it first.
  const code = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code.startsWith('SQLITE_FULL') || code.startsWith('SQLITE_IOERR')) return new DomainError('store.disk-full', {}, error);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return new DomainError('store.damaged', {}, error);
  return error;
}
