import type { Database } from 'better-sqlite3';
import { canonicalText } from '#shared/log/index.ts';
import type { CentreReader, CentreWriter, NewEntry } from './port.ts';
import { erasureWriter } from './sqlite-erasures.ts';
import { shares } from './sqlite-shares.ts';

/** Everything that can be changed, over the one writing connection. Called inside a transaction only. */
export function sqliteWriter(db: Database, reader: CentreReader): CentreWriter {
  const setNote = db.prepare<[string, string]>('INSERT INTO notes (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  const addInstallation = db.prepare('INSERT INTO installations (id, agency, desk, public_key, key_id, state, log, enrolled_at, software) VALUES (@id, @agency, @desk, @publicKey, @keyId, @state, @log, @enrolledAt, @software)');
  const setState = db.prepare<[string, string]>('UPDATE installations SET state = ? WHERE id = ?');
  const setLog = db.prepare<[string, string]>('UPDATE installations SET log = ? WHERE id = ?');
  const setAgency = db.prepare<[string, string, string]>('UPDATE installations SET agency = ?, desk = ? WHERE id = ?');
  const addOrder = db.prepare('INSERT INTO transfer_orders (installation, agency, desk, ordered_at) VALUES (@installation, @agency, @desk, @orderedAt)');
  const addLog = db.prepare<[string, string | null, string | null, string, string | null, number]>("INSERT INTO logs (log, installation, agency, public_key, parent, opened_at, head_seq, head_hash) VALUES (?, ?, ?, ?, ?, ?, 0, '')");
  const addEntry = db.prepare<[string, string | null, number, string, string | null, string, string | null, number, number | null, number]>('INSERT INTO entries (log, branch, seq, hash, dossier, text, body, received_at, rho, marked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const shared = shares(db);
  const moveHead = db.prepare<[number, string, string]>('UPDATE logs SET head_seq = ?, head_hash = ? WHERE log = ?');
  const setSigned = db.prepare<[number, string, string, string]>('UPDATE logs SET signed_seq = ?, signed_hash = ?, signature = ? WHERE log = ?');
  const addBranch = db.prepare("INSERT INTO branches (branch, log, first, follows, leaves_at, opened_at, head_seq, head_hash, signature) VALUES (@branch, @log, @first, @follows, @leavesAt, @openedAt, 0, '', '')");
  const moveBranch = db.prepare<[number, string, string, string]>('UPDATE branches SET head_seq = ?, head_hash = ?, signature = ? WHERE branch = ?');
  const addCode = db.prepare<[string, string, string, number, number]>('INSERT INTO codes (hash, agency, desk, approves, expires_at) VALUES (?, ?, ?, ?, ?)');
  const useCode = db.prepare<[string, string]>('UPDATE codes SET installation = ? WHERE hash = ?');
  const useNonce = db.prepare<[string, number]>('INSERT INTO nonces (nonce, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const dropNonces = db.prepare<[number]>('DELETE FROM nonces WHERE expires_at < ?');
  const setHeard = db.prepare<[string, number, number]>('INSERT INTO heard (log, first_at, last_at) VALUES (?, ?, ?) ON CONFLICT (log) DO UPDATE SET last_at = excluded.last_at');
  const setClaim = db.prepare('INSERT INTO claims (log, seq, hash, at, rho) VALUES (@log, @seq, @hash, @at, @rho) ON CONFLICT (log) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at, rho = excluded.rho');
  const addCatalogue = db.prepare<[number, string, number]>('INSERT INTO catalogues (version, text, published_at) VALUES (?, ?, ?)');
  const addLease = db.prepare('INSERT INTO leases (id, log, agency, revision, first, last, valid_from, valid_to) VALUES (@id, @log, @agency, @revision, @first, @last, @validFrom, @validTo)');
  const addProvisional = db.prepare('INSERT INTO provisional_codes (dossier, log, agency, provisional, day) VALUES (@dossier, @log, @agency, @provisional, @day) ON CONFLICT (dossier) DO NOTHING');
  const setMapped = db.prepare<[number, string, number, string]>('UPDATE provisional_codes SET number = ?, code = ?, place = ? WHERE dossier = ? AND code IS NULL');
  const putOfficer = db.prepare<[string, string, string, string, string]>('INSERT INTO officers (id, login, name, roles, verifier) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET login = excluded.login, name = excluded.name, roles = excluded.roles, verifier = excluded.verifier');
  const addSession = db.prepare<[string, string, number]>('INSERT INTO sessions (token_hash, officer, expires_at) VALUES (?, ?, ?)');
  const dropSession = db.prepare<[string]>('DELETE FROM sessions WHERE token_hash = ?');
  const dropSessions = db.prepare<[number]>('DELETE FROM sessions WHERE expires_at < ?');
  const setFailed = db.prepare('INSERT INTO failed_sign_ins (name, count, until) VALUES (@name, @count, @until) ON CONFLICT (name) DO UPDATE SET count = excluded.count, until = excluded.until');
  const dropFailed = db.prepare<[string]>('DELETE FROM failed_sign_ins WHERE name = ?');
  const dropFailedBefore = db.prepare<[number]>('DELETE FROM failed_sign_ins WHERE until < ?');

  function keep(branch: string | null, entries: readonly NewEntry[], receivedAt: number, rho: number | undefined): void {
    const added = shared.begin();
    for (const { entry, body, marked } of entries) {
      const { log, seq, dossier } = entry.header;
      const bodyText = body === undefined ? null : canonicalText(body);
      const { lastInsertRowid } = addEntry.run(log, branch, seq, entry.hash, dossier ?? null, entry.text, bodyText, receivedAt, rho ?? null, marked === true ? 1 : 0);
      added.add(Number(lastInsertRowid), entry.header, Buffer.byteLength(entry.text) + Buffer.byteLength(bodyText ?? ''));
    }
  }

  return {
    ...reader,
    ...erasureWriter(db),
    setNote: async (key, value) => void setNote.run(key, value),
    addInstallation: async (installation) => void addInstallation.run(installation),
    setInstallationState: async (id, state) => void setState.run(state, id),
    setInstallationLog: async (id, log) => void setLog.run(log, id),
    setInstallationAgency: async (id, agency, desk) => void setAgency.run(agency, desk, id),
    addTransferOrder: async (order) => void addOrder.run(order),
    addLog: async ({ log, installation, agency, publicKey, parent, openedAt }) => void addLog.run(log, installation ?? null, agency ?? null, publicKey, parent ?? null, openedAt),
    append: async (entries, receivedAt, rho) => {
      keep(null, entries, receivedAt, rho);
      const last = entries.at(-1)?.entry;
      if (last) moveHead.run(last.header.seq, last.hash, last.header.log);
    },
    setSignedHead: async ({ log, seq, hash, signature }) => void setSigned.run(seq, hash, signature, log),
    addBranch: async ({ branch, log, first, follows, leavesAt, openedAt }) => void addBranch.run({ branch, log, first, follows, leavesAt, openedAt }),
    appendToBranch: async (branch, entries, head, receivedAt, rho) => {
      keep(branch, entries, receivedAt, rho);
      moveBranch.run(head.seq, head.hash, head.signature, branch);
    },
    addCode: async ({ hash, agency, desk, approves, expiresAt }) => void addCode.run(hash, agency, desk, approves ? 1 : 0, expiresAt),
    useCode: async (hash, installation) => void useCode.run(installation, hash),
    useNonce: async (nonce, expiresAt) => useNonce.run(nonce, expiresAt).changes > 0,
    dropNoncesBefore: async (at) => void dropNonces.run(at),
    setHeard: async ({ log, firstAt, lastAt }) => void setHeard.run(log, firstAt, lastAt),
    setClaim: async (claim) => void setClaim.run(claim),
    addCatalogue: async ({ version, text, publishedAt }) => void addCatalogue.run(version, text, publishedAt),
    addLease: async (lease) => void addLease.run(lease),
    addProvisionalCode: async ({ dossier, log, agency, provisional, day }) => void addProvisional.run({ dossier, log, agency, provisional, day }),
    setMappedCode: async ({ dossier, number, code, place }) => void setMapped.run(number, code, place, dossier),
    putOfficer: async ({ id, login, name, roles, verifier }) => void putOfficer.run(id, login, name, JSON.stringify(roles), verifier),
    addSession: async ({ tokenHash, officer, expiresAt }) => void addSession.run(tokenHash, officer, expiresAt),
    dropSession: async (tokenHash) => void dropSession.run(tokenHash),
    dropSessionsBefore: async (at) => void dropSessions.run(at),
    setFailedSignIns: async (failed) => void setFailed.run(failed),
    dropFailedSignIns: async (name) => void dropFailed.run(name),
    dropFailedSignInsBefore: async (at) => void dropFailedBefore.run(at),
  };
}
