import { Pool, type ClientBase, type PoolConfig } from 'pg';
import { z } from 'zod';
import { DomainError } from '#shared/errors/index.ts';
import type { CentreStore, CentreWriter } from '../port.ts';
import { guarded } from './faults.ts';
import { migrations } from './migrations.ts';
import { postgresReader } from './reader.ts';
import { asking, columnTypes } from './statement.ts';
import { inTurn, versionIn } from './turn.ts';
import { postgresWriter } from './writer.ts';

/** Connections of one process for reading. */
const readers = 8;
/** How long the server may take to take a connection, and to answer a question; milliseconds. Writers wait for their turn within it. */
const connectLimit = 10_000;
const answerLimit = 60_000;

/**
 * Opens the centre's store in a PostgreSQL database, or makes its tables in an empty one; any number of processes may do so at once.
 * One connection of each process writes, its transactions one after the other; others read what is committed. When the database is lost
 * every question fails with `store.unreachable`, and later ones try it anew.
 *
 * Throws `DomainError`: `store.bad-address`, `store.unreachable`, `store.newer-version`, `store.not-durable`, `store.disk-full`,
 * `store.damaged`, `centre.busy`.
 */
export async function openPostgresStore(address: string): Promise<CentreStore> {
  const writing = openPool(address, 1);
  const reading = openPool(address, readers);
  const reader = postgresReader(asking(reading));
  let last: Promise<unknown> = Promise.resolve();

  const close = async (): Promise<void> => {
    await last;
    await Promise.all([writing.end(), reading.end()]);
  };
  try {
    await prove(writing);
    await migrate(writing);
  } catch (error) {
    await close();
    throw error;
  }
  const transaction: CentreStore['transaction'] = (work) => {
    const turn = last.then(() => run(writing, work));
    // The queue goes on whether or not this transaction succeeds; its caller is told by `turn`.
    last = turn.then(() => undefined, () => undefined);
    return turn;
  };
  return {
    ...reader, transaction, grouped: transaction, close,
    cleanse: async () => {
      await last;
      await guarded(() => reading.query('VACUUM entries'));
      return true;
    },
  };
}

function openPool(address: string, max: number): Pool {
  const pool = new Pool(configOf(address, max));
  // A connection that is lost while nobody uses it says so here and is replaced; whoever uses one is told by its question. Unheard, either would end the process.
  const lost = (): void => undefined;
  pool.on('error', lost);
  pool.on('connect', (client) => void client.on('error', lost));
  return pool;
}

function configOf(address: string, max: number): PoolConfig {
  if (!/^postgres(?:ql)?:\/\//.test(address) || !URL.canParse(address)) throw new DomainError('store.bad-address');
  return {
    connectionString: address, max, types: columnTypes, application_name: 'quay', keepAlive: true, keepAliveInitialDelayMillis: 30_000,
    connectionTimeoutMillis: connectLimit, query_timeout: answerLimit, idleTimeoutMillis: 300_000,
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it; its types do not say so
    onConnect: planByContent,
  };
}

/**
 * Plans are made for what the tables hold when they are used. A plan that is kept was often made while they were empty, and reads a whole table for each
 * row once they are not.
 */
async function planByContent(client: ClientBase): Promise<void> {
  await client.query('SET plan_cache_mode = force_custom_plan');
}

const settings = z.object({ rows: z.tuple([z.object({ fsync: z.string(), encoding: z.string() })]) });

/** Nothing is acknowledged on a server that does not write to its disk, or that cannot hold every letter. */
async function prove(pool: Pool): Promise<void> {
  const found = await guarded(() => pool.query("SELECT current_setting('fsync') AS fsync, current_setting('server_encoding') AS encoding"));
  const { rows: [{ fsync, encoding }] } = settings.parse(found);
  if (fsync !== 'on') throw new DomainError('store.not-durable', { found: `fsync=${fsync}` });
  if (encoding !== 'UTF8') throw new DomainError('store.unreachable', { reason: `server_encoding=${encoding}` });
}

/** Brings the schema to this program's version; of several processes that start at once one does it, and the others wait for it. */
async function migrate(pool: Pool): Promise<void> {
  await inTurn(pool, async (client) => {
    await guarded(() => client.query('CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)'));
    const found = await versionIn(client, migrations.length);
    if (found === migrations.length) return;
    await guarded(async () => {
      for (const step of migrations.slice(found)) await client.query(step);
      await client.query('DELETE FROM schema_version');
      await client.query('INSERT INTO schema_version (version) VALUES ($1)', [migrations.length]);
    });
  });
}

async function run<T>(pool: Pool, work: (writer: CentreWriter) => Promise<T>): Promise<T> {
  return inTurn(pool, async (client) => {
    await versionIn(client, migrations.length);
    const ask = asking(client);
    return work(postgresWriter(ask, postgresReader(ask)));
  });
}
