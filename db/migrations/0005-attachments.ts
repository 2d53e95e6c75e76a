import type { Migration } from '../migrate.ts';

/** Which digitised papers the centre holds; and a way to find the entries that name some. */
export const fifth: Migration = {
  version: 5,
  up(db) {
    db.exec(`
      -- Not a projection: only the centre's answer tells. 'at' is working time in milliseconds.
      CREATE TABLE attachment_held (
        sha256 TEXT PRIMARY KEY,
        at     INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX entry_attached ON entry (id) WHERE kind = 'dossier.attached';
    `);
  },
};
