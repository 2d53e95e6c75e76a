import type { Migration } from '../migrate.ts';

/**
 * The log, what stands beside it, and the first projections. Only what is under "projections" can be built again; all
 * else is the truth.
 */
export const first: Migration = {
  version: 1,
  up(db) {
    db.exec(`
      -- The log: exact texts. The other columns repeat what the text says, for the indexes.
      CREATE TABLE entry (
        id      INTEGER PRIMARY KEY,
        log     TEXT NOT NULL,
        seq     INTEGER NOT NULL CHECK (seq > 0),
        tick    INTEGER NOT NULL,
        kind    TEXT NOT NULL,
        dossier TEXT,
        act     TEXT NOT NULL,
        hash    TEXT NOT NULL,
        text    TEXT NOT NULL,
        -- Working time of the act, if its facts name one; and in an own log the greatest of them so far.
        at      INTEGER,
        newest  INTEGER,
        UNIQUE (log, seq),
        UNIQUE (hash)
      ) STRICT;
      CREATE INDEX entry_dossier ON entry (dossier) WHERE dossier IS NOT NULL;
      CREATE INDEX entry_act ON entry (act);
      CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries never change'); END;
      CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;

      -- Personal bodies beside the log; an erased one leaves the name of the decision.
      CREATE TABLE sealed_body (
        entry     INTEGER PRIMARY KEY REFERENCES entry (id),
        salt      TEXT,
        body      TEXT,
        authority TEXT,
        CHECK ((salt IS NULL) = (body IS NULL) AND (body IS NULL) = (authority IS NOT NULL))
      ) STRICT;

      -- The logs this installation wrote, and what the centre acknowledged of each.
      CREATE TABLE own_log (
        position          INTEGER PRIMARY KEY,
        log               TEXT NOT NULL UNIQUE,
        installation      TEXT NOT NULL,
        agency            TEXT NOT NULL,
        desk              TEXT NOT NULL,
        public_key        TEXT NOT NULL,
        acknowledged_seq  INTEGER NOT NULL,
        acknowledged_hash TEXT NOT NULL
      ) STRICT;

      -- How many codes of a leased block were used on a day. Not a projection: a code is never given out twice.
      CREATE TABLE code_use (
        log   TEXT NOT NULL,
        block TEXT NOT NULL,
        date  TEXT NOT NULL,
        used  INTEGER NOT NULL,
        PRIMARY KEY (log, block, date)
      ) STRICT;

      CREATE TABLE anchor (
        number          INTEGER PRIMARY KEY,
        boot            TEXT NOT NULL,
        request_uptime  INTEGER NOT NULL,
        response_uptime INTEGER NOT NULL,
        text            TEXT NOT NULL,
        signature       TEXT NOT NULL
      ) STRICT;
      CREATE INDEX anchor_boot ON anchor (boot);
      CREATE TABLE catalogue (only INTEGER PRIMARY KEY CHECK (only = 1), version INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
      CREATE TABLE draft (key TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
      CREATE TABLE memo (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;

      -- Projections: dossiers. The id is that of the entry of reception, so it grows with arrival and is found again.
      CREATE TABLE dossier (
        id               INTEGER PRIMARY KEY,
        dossier          TEXT NOT NULL UNIQUE,
        code             TEXT NOT NULL,
        provisional      INTEGER NOT NULL,
        procedure        TEXT NOT NULL,
        stage            TEXT NOT NULL,
        receiving_agency TEXT NOT NULL,
        accepted_at      INTEGER NOT NULL,
        due_at           INTEGER NOT NULL,
        ready_at         INTEGER,
        handed_over_at   INTEGER,
        own_log          TEXT,
        own_seq          INTEGER,
        conflicts        INTEGER NOT NULL,
        unknown          INTEGER NOT NULL,
        state            TEXT NOT NULL
      ) STRICT;
      CREATE INDEX dossier_code ON dossier (code);
      CREATE INDEX dossier_stage ON dossier (stage);
      CREATE INDEX dossier_due ON dossier (due_at) WHERE stage = 'processing';
      CREATE INDEX dossier_accepted ON dossier (accepted_at);
      CREATE INDEX dossier_ready ON dossier (ready_at) WHERE ready_at IS NOT NULL;
      CREATE INDEX dossier_handed_over ON dossier (handed_over_at) WHERE handed_over_at IS NOT NULL;

      -- Projections: what a dossier is looked up by. Forgotten with the body.
      CREATE TABLE lookup (
        id               INTEGER PRIMARY KEY REFERENCES dossier (id),
        name             TEXT,
        id_number        TEXT,
        submitter_number TEXT,
        phone            TEXT,
        words            TEXT NOT NULL
      ) STRICT;
      CREATE INDEX lookup_id_number ON lookup (id_number) WHERE id_number IS NOT NULL;
      CREATE INDEX lookup_submitter ON lookup (submitter_number) WHERE submitter_number IS NOT NULL;
      CREATE INDEX lookup_phone ON lookup (phone) WHERE phone IS NOT NULL;
      -- Single words are asked for, never phrases: no positions, no lengths. Beginnings of 1 to 3 letters have lists of their
      -- own; longer ones are spelled out from the words there are (a Vietnamese desk has some thousands), so that every list
      -- is read newest first and only as far as the page needs.
      CREATE VIRTUAL TABLE lookup_words USING fts5 (
        words, content = 'lookup', content_rowid = 'id', detail = none, columnsize = 0, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
      );
      CREATE TABLE vocabulary (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    `);
    // A removed word leaves no trace in the index (FTS5 would keep it until a later merge).
    db.exec("INSERT INTO lookup_words (lookup_words, rank) VALUES ('secure-delete', 1)");
    // Parts of the index are merged when the desk is idle, not while a clerk waits for an act.
    db.exec("INSERT INTO lookup_words (lookup_words, rank) VALUES ('automerge', 0), ('crisismerge', 512)");
  },
};
