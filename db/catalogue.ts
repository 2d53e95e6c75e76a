import type Database from 'better-sqlite3';
import { catalogueSchema, type Catalogue } from '#shared/catalogue/index.ts';
import { DomainError, ok } from '#shared/errors/index.ts';
import type { DeskStore } from './contract.ts';
import type { Writing } from './transaction.ts';

/** The catalogue (danh mục) in force at the desk: the newest version that came. */
export function catalogueTable(db: Database.Database, writing: Writing): DeskStore['catalogue'] {
  const get = db.prepare<[], { text: string }>('SELECT text FROM catalogue');
  const put = db.prepare<[number, string]>(`
    INSERT INTO catalogue (only, version, text) VALUES (1, ?, ?)
    ON CONFLICT (only) DO UPDATE SET version = excluded.version, text = excluded.text
  `);
  let held: Catalogue | undefined = read();

  function read(): Catalogue | undefined {
    const row = get.get();
    if (!row) return undefined;
    const catalogue = catalogueSchema.safeParse(JSON.parse(row.text));
    if (!catalogue.success) throw new DomainError('store.damaged', {}, catalogue.error);
    return catalogue.data;
  }

  return {
    current: () => held,
    store(catalogue) {
      // An answer that was long on its way must not bring an older catalogue back.
      if (held && catalogue.version < held.version) return ok(true);
      const done = writing.done(() => void put.run(catalogue.version, JSON.stringify(catalogue)));
      if (done.ok) held = catalogue;
      return done;
    },
  };
}
