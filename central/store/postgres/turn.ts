import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { DomainError } from '#shared/errors/index.ts';
import { guarded } from './faults.ts';

/** Names our lock among all that may be taken in this database: any number, but the same for ever. */
const lockName = 20_811;
/** How long a turn is waited for, milliseconds. */
const turnLimit = 20_000;
/** A writer that does nothing for so long is given up, so that a process that hangs does not hold the others, milliseconds. */
const idleLimit = 120_000;

/**
 * Begins a transaction that has the turn: the lock is given to one after the other, across all processes, and let go when the transaction
 * is over and its rows can be seen. Each statement after it sees all that was committed before. So places are given in the order of commits, and
 * nobody reads a place while a smaller one is not committed.
 *
 * Durable: the commit waits for the disk, whatever is set for the role or the database; a stricter setting (replicas) stays. Where the network
 * or the machine of a writer goes, the server notices within a minute.
 */
const begin = `
  BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
  SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, true),
    set_config('lock_timeout', '${turnLimit}', true), set_config('idle_in_transaction_session_timeout', '${idleLimit}', true),
    set_config('tcp_keepalives_idle', '30', true), set_config('tcp_keepalives_interval', '10', true), set_config('tcp_keepalives_count', '3', true);
  SELECT pg_advisory_xact_lock(${lockName}, hashtext(coalesce(current_schema()::text, '')));
`;

/** Works in a transaction that has the turn. Nothing of it is kept when `work` throws. Throws `DomainError` as `translated` says. */
export async function inTurn<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await guarded(() => pool.connect());
  let usable = false;
  try {
    await guarded(() => client.query(begin));
    const result = await work(client);
    const { command } = await guarded(() => client.query('COMMIT'));
    // A transaction in which a statement failed is undone by COMMIT without an error.
    if (command !== 'COMMIT') throw new Error('the transaction was undone');
    usable = true;
    return result;
  } catch (error) {
    usable = await undo(client);
    throw error;
  } finally {
    // A connection of which it is not known how it stands is closed; the server then undoes what is open.
    client.release(!usable);
  }
}

/** Undoes what is open; whether the connection can be used further. */
async function undo(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    // The error that brought us here tells what happened.
    return false;
  }
}

const versionRows = z.object({ rows: z.array(z.object({ version: z.int() })).max(1) });

/** The version of the schema, 0 for none. Throws `DomainError` `store.newer-version` for one that this program does not know: another process may have brought it further. */
export async function versionIn(client: PoolClient, known: number): Promise<number> {
  const { rows: [row] } = versionRows.parse(await guarded(() => client.query('SELECT version FROM schema_version')));
  const found = row?.version ?? 0;
  if (found > known) throw new DomainError('store.newer-version', { found, known });
  return found;
}
