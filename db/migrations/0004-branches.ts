import type { Migration } from '../migrate.ts';

/**
 * How far the centre keeps an own log as a branch (nhánh): it holds the log with other entries at some places, because the disk was cloned or
 * put back. Null while it never said so. `leaves_at` is the first place at which the two differ.
 */
export const fourth: Migration = {
  version: 4,
  up(db) {
    db.exec(`
      ALTER TABLE own_log ADD COLUMN kept_seq INTEGER;
      ALTER TABLE own_log ADD COLUMN kept_hash TEXT;
      ALTER TABLE own_log ADD COLUMN leaves_at INTEGER;
    `);
  },
};
