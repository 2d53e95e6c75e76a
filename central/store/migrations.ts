import type { Database } from 'better-sqlite3';
import { branchesAsEntries } from './migrate-branches.ts';
import { shareHeldEntries } from './sqlite-shares.ts';

/**
 * The steps from an empty file to the newest form, in order; the place in the list is the version. A step that was
 * released is never changed. Foreign keys are not enforced while they run, so that a table can be made anew; they are checked after.
 */
export const migrations: readonly (string | ((db: Database) => void))[] = [
  `
  CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE installations (
    id TEXT PRIMARY KEY,
    agency TEXT NOT NULL,
    desk TEXT NOT NULL,
    public_key TEXT NOT NULL,
    key_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('approved', 'pending', 'revoked')),
    log TEXT NOT NULL UNIQUE,
    enrolled_at INTEGER NOT NULL,
    software TEXT NOT NULL
  ) STRICT;

  CREATE TABLE logs (
    log TEXT PRIMARY KEY,
    installation TEXT REFERENCES installations (id),
    public_key TEXT NOT NULL,
    parent TEXT REFERENCES logs (log),
    opened_at INTEGER NOT NULL,
    head_seq INTEGER NOT NULL,
    head_hash TEXT NOT NULL,
    signed_seq INTEGER,
    signed_hash TEXT,
    signature TEXT
  ) STRICT;

  CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    log TEXT NOT NULL REFERENCES logs (log),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    dossier TEXT,
    text TEXT NOT NULL,
    body TEXT,
    received_at INTEGER NOT NULL,
    rho INTEGER,
    marked INTEGER NOT NULL,
    UNIQUE (log, seq)
  ) STRICT;
  CREATE INDEX entries_of_dossier ON entries (dossier) WHERE dossier IS NOT NULL;
  CREATE INDEX marked_entries ON entries (log, seq) WHERE marked = 1;

  CREATE TABLE forks (
    log TEXT NOT NULL REFERENCES logs (log),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    text TEXT NOT NULL,
    body TEXT,
    received_at INTEGER NOT NULL,
    UNIQUE (log, seq, hash)
  ) STRICT;

  CREATE TABLE codes (
    hash TEXT PRIMARY KEY,
    agency TEXT NOT NULL,
    desk TEXT NOT NULL,
    approves INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    installation TEXT REFERENCES installations (id)
  ) STRICT;

  CREATE TABLE nonces (nonce TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT;
  CREATE INDEX nonces_by_end ON nonces (expires_at);

  CREATE TABLE heard (log TEXT PRIMARY KEY, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL) STRICT;
  CREATE TABLE claims (log TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL, at INTEGER NOT NULL, rho INTEGER NOT NULL) STRICT;
  CREATE TABLE silences (log TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL) STRICT;
  CREATE INDEX silences_of_log ON silences (log, from_at);

  CREATE TABLE catalogues (version INTEGER PRIMARY KEY, text TEXT NOT NULL, published_at INTEGER NOT NULL) STRICT;
  CREATE TABLE leases (
    id TEXT PRIMARY KEY,
    log TEXT NOT NULL REFERENCES logs (log),
    agency TEXT NOT NULL,
    revision INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL
  ) STRICT;
  CREATE INDEX leases_of_agency ON leases (agency);

  CREATE TABLE officers (
    id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    verifier TEXT NOT NULL
  ) STRICT;
  CREATE TABLE sessions (token_hash TEXT PRIMARY KEY, officer TEXT NOT NULL REFERENCES officers (id), expires_at INTEGER NOT NULL) STRICT;
  `,
  `
  -- Dossiers received under a provisional code, and the official code each was given; place orders those given, from 1.
  CREATE TABLE provisional_codes (
    dossier TEXT PRIMARY KEY,
    log TEXT NOT NULL REFERENCES logs (log),
    agency TEXT NOT NULL,
    provisional TEXT NOT NULL,
    day TEXT NOT NULL,
    number INTEGER,
    code TEXT UNIQUE,
    place INTEGER UNIQUE
  ) STRICT;
  CREATE INDEX provisional_codes_open ON provisional_codes (agency) WHERE code IS NULL;
  CREATE INDEX provisional_codes_of_day ON provisional_codes (agency, day, number);
  CREATE INDEX provisional_codes_of_log ON provisional_codes (log, place);

  -- Civil time is UTC+7.
  INSERT OR IGNORE INTO provisional_codes (dossier, log, agency, provisional, day)
    SELECT dossier, log, json_extract(text, '$.agency'), json_extract(text, '$.facts.code'),
      date(json_extract(text, '$.facts.acceptedAt') / 1000 + 25200, 'unixepoch')
    FROM entries
    WHERE dossier IS NOT NULL AND marked = 0 AND json_extract(text, '$.kind') = 'dossier.received' AND json_extract(text, '$.facts.provisional')
    ORDER BY id;
  `,
  (db) => {
    db.exec(`
      -- Who is shown what. All of it follows from the entries.
      CREATE TABLE dossiers (id INTEGER PRIMARY KEY, dossier TEXT NOT NULL UNIQUE, closed_at INTEGER) STRICT;
      CREATE TABLE parts (
        dossier INTEGER NOT NULL REFERENCES dossiers (id),
        agency TEXT NOT NULL,
        PRIMARY KEY (dossier, agency)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE dossier_codes (
        code TEXT NOT NULL,
        dossier INTEGER NOT NULL REFERENCES dossiers (id),
        PRIMARY KEY (code, dossier)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE feed (
        agency TEXT NOT NULL,
        position INTEGER NOT NULL,
        entry INTEGER NOT NULL REFERENCES entries (id),
        dossier INTEGER NOT NULL REFERENCES dossiers (id),
        bytes INTEGER NOT NULL,
        PRIMARY KEY (agency, position, entry)
      ) STRICT, WITHOUT ROWID;
    `);
    shareHeldEntries(db);
  },
  // Silences are entries of the centre's own log.
  'DROP TABLE silences;',
  branchesAsEntries,
  // They were in the memory of one process.
  'CREATE TABLE failed_sign_ins (name TEXT PRIMARY KEY, count INTEGER NOT NULL, until INTEGER NOT NULL) STRICT;',
  // Dossiers whose personal data was erased: what arrives of them later is kept without it.
  'CREATE TABLE erasures (dossier TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;',
  `
  -- An installation may go to another agency; its logs do not.
  ALTER TABLE logs ADD COLUMN agency TEXT;
  UPDATE logs SET agency = (SELECT agency FROM installations WHERE id = logs.installation);
  CREATE TABLE transfer_orders (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    installation TEXT NOT NULL REFERENCES installations (id),
    agency TEXT NOT NULL,
    desk TEXT NOT NULL,
    ordered_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX transfer_orders_of_installation ON transfer_orders (installation, place);
  `,
];
