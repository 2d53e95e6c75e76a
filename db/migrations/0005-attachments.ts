import type { Migration } from '../migrate.ts';

/** Which digitised papers the centre holds, which of this installation's it is not known to hold, and a way to find the entries that name one. */
export const fifth: Migration = {
  version: 5,
  up(db) {
    db.exec(`
      CREATE INDEX entry_attached ON entry (json_extract(text, '$.facts.sha256')) WHERE kind = 'dossier.attached';

      -- Not a projection: only the centre's answer tells. 'at' is working time in milliseconds.
      CREATE TABLE attachment_held (
        sha256 TEXT PRIMARY KEY,
        at     INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- What still has to be sent: as few rows as it has to be, however many papers the log names.
      CREATE TABLE attachment_waiting (
        entry  INTEGER PRIMARY KEY REFERENCES entry (id),
        sha256 TEXT NOT NULL
      ) STRICT;
      CREATE INDEX attachment_waiting_content ON attachment_waiting (sha256);
      INSERT INTO attachment_waiting (entry, sha256)
        SELECT e.id, json_extract(e.text, '$.facts.sha256') FROM entry e JOIN own_log o ON o.log = e.log WHERE e.kind = 'dossier.attached';
      -- However an entry of an own log comes in: recorded, put back by a recovery, or given back by the centre.
      CREATE TRIGGER attachment_waits AFTER INSERT ON entry
        WHEN NEW.kind = 'dossier.attached' AND EXISTS (SELECT 1 FROM own_log WHERE log = NEW.log)
      BEGIN
        INSERT INTO attachment_waiting (entry, sha256) VALUES (NEW.id, json_extract(NEW.text, '$.facts.sha256'));
      END;
    `);
  },
};
