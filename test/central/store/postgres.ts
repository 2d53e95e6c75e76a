import { randomBytes } from 'node:crypto';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { Client } from 'pg';
import { startPostgres } from '#build/runtime/index.ts';

/** A schema of a test's own. */
export interface OwnSchema {
  /** For `openPostgresStore`, or for `DATABASE_URL` of a process. */
  readonly address: string;
  readonly name: string;
  /** Asks the database behind the store's back. */
  ask(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  drop(): Promise<void>;
}

export interface TestPostgres {
  schema(): Promise<OwnSchema>;
  stop(): Promise<void>;
}

/** A real PostgreSQL; each test takes a schema of its own in it. */
export async function testPostgres(): Promise<TestPostgres> {
  const server = await startPostgres({ say: (line) => void process.stderr.write(`${line}\n`) });
  const client = new Client({ connectionString: server.address });
  await client.connect();
  return {
    async schema() {
      const name = `quay_test_${randomBytes(8).toString('hex')}`;
      await client.query(`CREATE SCHEMA ${name}`);
      const url = new URL(server.address);
      url.searchParams.set('options', `-csearch_path=${name}`);
      return {
        address: url.href, name,
        ask: async (sql, values = []) => {
          await client.query(`SET search_path TO ${name}`);
          return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
        },
        drop: async () => void (await client.query(`DROP SCHEMA ${name} CASCADE`)),
      };
    },
    async stop() {
      await client.end();
      await server.stop();
    },
  };
}

/** The way to a database, which a test can cut. */
export interface Line {
  readonly address: string;
  /** Breaks every connection and takes no new one, until it is mended. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  end(): Promise<void>;
}

/** A line of our own to a database, on this machine. */
export async function lineTo(address: string): Promise<Line> {
  const target = new URL(address);
  const folder = target.searchParams.get('host');
  const port = target.port === '' ? '5432' : target.port;
  const open = new Set<Socket>();
  const listen = async (wanted: number): Promise<Server> => {
    const server = createServer((near) => {
      const far = folder === null ? connect(Number(port), target.hostname) : connect(`${folder}/.s.PGSQL.${port}`);
      open.add(near);
      // Either end may go at any time: then the other goes too, and whoever uses the line notices.
      const both = (): void => {
        near.destroy();
        far.destroy();
        open.delete(near);
      };
      for (const end of [near, far]) end.on('error', both).on('close', both);
      near.pipe(far).pipe(near);
    });
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  let server: Server | undefined = await listen(0);
  const bound = server.address();
  const near = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const through = new URL(address);
  through.searchParams.delete('host');
  through.hostname = '127.0.0.1';
  through.port = String(near);
  const cut = async (): Promise<void> => {
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    server = undefined;
    for (const socket of open) socket.destroy();
    await closed;
  };
  return {
    address: through.href,
    cut,
    mend: async () => {
      server ??= await listen(near);
    },
    end: cut,
  };
}
