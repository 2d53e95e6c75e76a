/**
 * The steps from an empty database to the newest form, in order; the place in the list is the version. A step that was released is never
 * changed. Texts are compared by their bytes (collation "C"), as in the embedded store and whatever the database's own collation is: an
 * index does not break when the operating system sorts differently after an update. Places and times are milliseconds or counts, 8 bytes.
 */
export const migrations: readonly string[] = [
  `
  CREATE DOMAIN plain_text AS text COLLATE "C";

  CREATE TABLE notes (key plain_text PRIMARY KEY, value plain_text NOT NULL);

  CREATE TABLE installations (
    id plain_text PRIMARY KEY,
    agency plain_text NOT NULL,
    desk plain_text NOT NULL,
    public_key plain_text NOT NULL,
    key_id plain_text NOT NULL UNIQUE,
    state plain_text NOT NULL CHECK (state IN ('approved', 'pending', 'revoked')),
    log plain_text NOT NULL UNIQUE,
    enrolled_at bigint NOT NULL,
    software plain_text NOT NULL
  );

  CREATE TABLE logs (
    log plain_text PRIMARY KEY,
    installation plain_text REFERENCES installations (id),
    public_key plain_text NOT NULL,
    parent plain_text REFERENCES logs (log),
    opened_at bigint NOT NULL,
    head_seq bigint NOT NULL,
    head_hash plain_text NOT NULL,
    signed_seq bigint,
    signed_hash plain_text,
    signature plain_text
  );

  CREATE TABLE branches (
    branch plain_text PRIMARY KEY,
    found bigint GENERATED ALWAYS AS IDENTITY,
    log plain_text NOT NULL REFERENCES logs (log),
    first bigint NOT NULL,
    follows plain_text NOT NULL,
    leaves_at bigint NOT NULL,
    opened_at bigint NOT NULL,
    head_seq bigint NOT NULL,
    head_hash plain_text NOT NULL,
    signature plain_text NOT NULL
  );
  CREATE INDEX branches_of_log ON branches (log);

  -- The id is the place in the order of commits.
  CREATE TABLE entries (
    id bigint PRIMARY KEY,
    log plain_text NOT NULL REFERENCES logs (log),
    branch plain_text REFERENCES branches (branch),
    seq bigint NOT NULL,
    hash plain_text NOT NULL,
    dossier plain_text,
    text plain_text NOT NULL,
    body plain_text,
    received_at bigint NOT NULL,
    rho bigint,
    marked boolean NOT NULL
  );
  CREATE UNIQUE INDEX entries_of_log ON entries (log, seq) WHERE branch IS NULL;
  CREATE UNIQUE INDEX entries_of_branch ON entries (branch, seq) WHERE branch IS NOT NULL;
  CREATE UNIQUE INDEX entries_on_branches ON entries (log, seq, hash) WHERE branch IS NOT NULL;
  CREATE INDEX branch_entries ON entries (id) WHERE branch IS NOT NULL;
  CREATE INDEX entries_of_dossier ON entries (dossier, id) WHERE dossier IS NOT NULL;
  CREATE INDEX marked_entries ON entries (log, seq) WHERE marked;

  CREATE TABLE codes (
    hash plain_text PRIMARY KEY,
    agency plain_text NOT NULL,
    desk plain_text NOT NULL,
    approves boolean NOT NULL,
    expires_at bigint NOT NULL,
    installation plain_text REFERENCES installations (id)
  );

  CREATE TABLE nonces (nonce plain_text PRIMARY KEY, expires_at bigint NOT NULL);
  CREATE INDEX nonces_by_end ON nonces (expires_at);

  CREATE TABLE heard (log plain_text PRIMARY KEY, first_at bigint NOT NULL, last_at bigint NOT NULL);
  CREATE TABLE claims (log plain_text PRIMARY KEY, seq bigint NOT NULL, hash plain_text NOT NULL, at bigint NOT NULL, rho bigint NOT NULL);

  CREATE TABLE catalogues (version bigint PRIMARY KEY, text plain_text NOT NULL, published_at bigint NOT NULL);
  CREATE TABLE leases (
    id plain_text PRIMARY KEY,
    log plain_text NOT NULL REFERENCES logs (log),
    agency plain_text NOT NULL,
    revision bigint NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    valid_from plain_text NOT NULL,
    valid_to plain_text NOT NULL
  );
  CREATE INDEX leases_of_agency ON leases (agency);

  -- Dossiers received under a provisional code, and the official code each was given; place orders those given, from 1.
  CREATE TABLE provisional_codes (
    dossier plain_text PRIMARY KEY,
    came bigint GENERATED ALWAYS AS IDENTITY,
    log plain_text NOT NULL REFERENCES logs (log),
    agency plain_text NOT NULL,
    provisional plain_text NOT NULL,
    day plain_text NOT NULL,
    number bigint,
    code plain_text UNIQUE,
    place bigint UNIQUE
  );
  CREATE INDEX provisional_codes_open ON provisional_codes (agency, came) WHERE code IS NULL;
  CREATE INDEX provisional_codes_of_day ON provisional_codes (agency, day, number);
  CREATE INDEX provisional_codes_of_log ON provisional_codes (log, place);

  CREATE TABLE officers (
    id plain_text PRIMARY KEY,
    login plain_text NOT NULL UNIQUE,
    name plain_text NOT NULL,
    roles plain_text NOT NULL,
    verifier plain_text NOT NULL
  );
  CREATE TABLE sessions (token_hash plain_text PRIMARY KEY, officer plain_text NOT NULL REFERENCES officers (id), expires_at bigint NOT NULL);

  CREATE TABLE failed_sign_ins (name plain_text PRIMARY KEY, count bigint NOT NULL, until bigint NOT NULL);

  -- Who is shown what. All of it follows from the entries.
  CREATE TABLE dossiers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, dossier plain_text NOT NULL UNIQUE, closed_at bigint);
  CREATE TABLE parts (dossier bigint NOT NULL, agency plain_text NOT NULL, PRIMARY KEY (dossier, agency));
  CREATE TABLE dossier_codes (code plain_text NOT NULL, dossier bigint NOT NULL, PRIMARY KEY (code, dossier));
  CREATE TABLE feed (
    agency plain_text NOT NULL,
    position bigint NOT NULL,
    entry bigint NOT NULL,
    dossier bigint NOT NULL,
    bytes integer NOT NULL,
    PRIMARY KEY (agency, position, entry)
  );
  `,
  `
  -- Dossiers whose personal data was erased: what arrives of them later is kept without it.
  CREATE TABLE erasures (dossier plain_text PRIMARY KEY);
  `,
  `
  -- An installation may go to another agency; its logs do not.
  ALTER TABLE logs ADD COLUMN agency plain_text;
  UPDATE logs SET agency = (SELECT agency FROM installations WHERE id = logs.installation);
  CREATE TABLE transfer_orders (
    place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    installation plain_text NOT NULL REFERENCES installations (id),
    agency plain_text NOT NULL,
    desk plain_text NOT NULL,
    ordered_at bigint NOT NULL
  );
  CREATE INDEX transfer_orders_of_installation ON transfer_orders (installation, place);
  `,
];
