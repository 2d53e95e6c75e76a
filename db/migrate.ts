import type Database from 'better-sqlite3';
import { DomainError } from '#shared/errors/index.ts';
import { guarded } from './failure.ts';

/** One numbered step of the schema. Released ones never change. */
export interface Migration {
  /** 1, 2, 3, … without gaps; `PRAGMA user_version` after it. */
  readonly version: number;
  up(db: Database.Database): void;
}

/**
 * Brings a database to the newest version, each step in a transaction of its own.
 * Throws `store.newer-version` for a database from a newer program, and changes nothing in it.
 */
export function migrate(db: Database.Database, migrations: readonly Migration[]): void {
  migrations.forEach(({ version }, index) => {
    if (version !== index + 1) throw new RangeError(`migration ${version} is out of order`);
  });
  const found = Number(guarded(() => db.pragma('user_version', { simple: true })));
  if (found > migrations.length) throw new DomainError('store.newer-version', { found, known: migrations.length });
  for (const migration of migrations.slice(found)) {
    guarded(() => {
      db.transaction(() => {
        migration.up(db);
        db.pragma(`user_version = ${migration.version}`);
        const broken = db.pragma('foreign_key_check');
        if (!Array.isArray(broken) || broken.length > 0) throw new DomainError('store.damaged');
      }).immediate();
    });
  }
}
