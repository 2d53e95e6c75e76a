import type Database from 'better-sqlite3';
import type { z } from 'zod';
import { DomainError } from '#shared/errors/index.ts';
import type { AnchorTable, DeskStore, Sighting } from './contract.ts';
import type { Writing } from './transaction.ts';

type AnchorRow = Omit<Sighting, 'wall'> & { readonly wall: number | null };

/** All anchors this desk has seen. Numbers go on through restarts. */
export function anchorTable(db: Database.Database, writing: Writing): AnchorTable {
  const columns = 'number, boot, request_uptime AS requestUptime, response_uptime AS responseUptime, wall, text, signature';
  const insert = db.prepare<[string, number, number, number | null, string, string]>(
    'INSERT INTO anchor (boot, request_uptime, response_uptime, wall, text, signature) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const latest = db.prepare<[], AnchorRow>(`SELECT ${columns} FROM anchor ORDER BY number DESC LIMIT 1`);
  const latestOf = db.prepare<[string], AnchorRow>(`SELECT ${columns} FROM anchor WHERE boot = ? ORDER BY number DESC LIMIT 1`);
  const get = db.prepare<[number], AnchorRow>(`SELECT ${columns} FROM anchor WHERE number = ?`);
  const since = db.prepare<[number], AnchorRow>(`SELECT ${columns} FROM anchor WHERE number > ? ORDER BY number`);
  return {
    add: (sighting) => writing.must(() => {
      const { boot, requestUptime, responseUptime, wall, text, signature } = sighting;
      const done = insert.run(boot, requestUptime, responseUptime, wall ?? null, text, signature);
      return { number: Number(done.lastInsertRowid), ...sighting };
    }),
    latest: (boot) => seen(boot === undefined ? latest.get() : latestOf.get(boot)),
    get: (number) => seen(get.get(number)),
    since: (number) => since.all(number).flatMap((row) => seen(row) ?? []),
  };
}

function seen(row: AnchorRow | undefined): Sighting | undefined {
  if (!row) return undefined;
  const { wall, ...rest } = row;
  return wall === null ? rest : { ...rest, wall };
}

/** Half-filled forms. */
export function draftTable(db: Database.Database, writing: Writing): DeskStore['drafts'] {
  const put = db.prepare<[string, string]>('INSERT INTO draft (key, text) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET text = excluded.text');
  const get = db.prepare<[string], { text: string }>('SELECT text FROM draft WHERE key = ?');
  const drop = db.prepare<[string]>('DELETE FROM draft WHERE key = ?');
  return {
    save: (key, text) => writing.done(() => void put.run(key, text)),
    load: (key) => get.get(key)?.text,
    remove: (key) => writing.must(() => void drop.run(key)),
  };
}

/** Small remembered things, by name. */
export function memoTable(db: Database.Database, writing: Writing): DeskStore['memo'] {
  const put = db.prepare<[string, string]>('INSERT INTO memo (name, text) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text');
  const get = db.prepare<[string], { text: string }>('SELECT text FROM memo WHERE name = ?');
  return {
    save: (name, value) => writing.done(() => void put.run(name, JSON.stringify(value))),
    load<T>(name: string, schema: z.ZodType<T>): T | undefined {
      const row = get.get(name);
      if (!row) return undefined;
      const value = schema.safeParse(JSON.parse(row.text));
      if (!value.success) throw new DomainError('store.damaged', {}, value.error);
      return value.data;
    },
  };
}
