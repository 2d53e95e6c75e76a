import type { Migration } from '../migrate.ts';

/** A way to find the erasures that the centre decided. */
export const sixth: Migration = {
  version: 6,
  up(db) {
    db.exec("CREATE INDEX entry_erasure ON entry (dossier) WHERE kind = 'dossier.erased'");
  },
};
