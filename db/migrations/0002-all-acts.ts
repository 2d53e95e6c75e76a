import type { Migration } from '../migrate.ts';

/**
 * The projection of dossiers for all acts of the mechanism: dossiers that are not accepted have neither acceptance nor due date; duties
 * stand beside them. Projections are dropped and built again from the log when the store opens, as whenever
 * `projection.version` is not the program's.
 */
export const second: Migration = {
  version: 2,
  up(db) {
    db.exec(`
      -- What is listed under which term is told by projections/words.ts. Single terms are asked for, never phrases: no positions, no
      -- lengths. Longer beginnings are spelled out from the words there are (a Vietnamese desk has some thousands), so that every
      -- list is read newest first and only as far as the page needs.
      DROP TABLE lookup_words;
      CREATE VIRTUAL TABLE lookup_words USING fts5 (words, content = '', detail = none, columnsize = 0, tokenize = 'unicode61 remove_diacritics 0');
      -- A removed word leaves no trace in the index; parts of it are merged when the desk is idle, not while a clerk waits.
      INSERT INTO lookup_words (lookup_words, rank) VALUES ('secure-delete', 1), ('automerge', 0), ('crisismerge', 512);
      DELETE FROM lookup;
      DELETE FROM vocabulary;
      DROP TABLE dossier;

      CREATE TABLE projection (only INTEGER PRIMARY KEY CHECK (only = 1), version INTEGER NOT NULL) STRICT;
      INSERT INTO projection VALUES (1, 0);

      -- The id is that of the first entry that begins the dossier, so it grows with arrival and is found again.
      CREATE TABLE dossier (
        id               INTEGER PRIMARY KEY,
        dossier          TEXT NOT NULL UNIQUE,
        code             TEXT NOT NULL,
        -- The desk's own code that was mapped to the official one; it still finds the dossier.
        former_code      TEXT,
        provisional      INTEGER NOT NULL,
        procedure        TEXT NOT NULL,
        stage            TEXT NOT NULL,
        receiving_agency TEXT NOT NULL,
        competent_agency TEXT NOT NULL,
        began_at         INTEGER NOT NULL,
        accepted_at      INTEGER,
        due_at           INTEGER,
        appointment_at   INTEGER,
        -- When the term stopped running; null while it runs.
        halted_at        INTEGER,
        -- The calendar its due date rests on.
        calendar         TEXT,
        calendar_version TEXT,
        ready_at         INTEGER,
        handed_over_at   INTEGER,
        own_log          TEXT,
        own_seq          INTEGER,
        conflicts        INTEGER NOT NULL,
        unknown          INTEGER NOT NULL,
        state            TEXT NOT NULL
      ) STRICT;
      CREATE INDEX dossier_code ON dossier (code);
      CREATE INDEX dossier_former_code ON dossier (former_code) WHERE former_code IS NOT NULL;
      CREATE INDEX dossier_stage ON dossier (stage);
      CREATE INDEX dossier_due ON dossier (due_at) WHERE halted_at IS NULL AND due_at IS NOT NULL;
      CREATE INDEX dossier_accepted ON dossier (accepted_at) WHERE accepted_at IS NOT NULL;
      CREATE INDEX dossier_ready ON dossier (ready_at) WHERE ready_at IS NOT NULL;
      CREATE INDEX dossier_handed_over ON dossier (handed_over_at) WHERE handed_over_at IS NOT NULL;

      -- What somebody has to do about a dossier, by when, and from when until when it is shown.
      CREATE TABLE duty (
        dossier INTEGER NOT NULL REFERENCES dossier (id),
        duty    TEXT NOT NULL,
        by_at    INTEGER NOT NULL,
        from_at  INTEGER NOT NULL,
        until_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX duty_dossier ON duty (dossier);
      CREATE INDEX duty_by ON duty (by_at);
    `);
  },
};
