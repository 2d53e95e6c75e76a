import type { Migration } from '../migrate.ts';

/** What the wall clock said when an anchor's answer was there; unknown for those seen before. */
export const third: Migration = {
  version: 3,
  up(db) {
    db.exec('ALTER TABLE anchor ADD COLUMN wall INTEGER;');
  },
};
