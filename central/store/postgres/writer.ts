import type { CentreReader, CentreWriter } from '../port.ts';
import { appendToBranch, appendToLog } from './append.ts';
import { erasureWriter } from './erasures.ts';
import { statement, type Ask } from './statement.ts';

const setNote = statement('INSERT INTO notes (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
const addInstallation = statement('INSERT INTO installations (id, agency, desk, public_key, key_id, state, log, enrolled_at, software) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)');
const setState = statement('UPDATE installations SET state = $1 WHERE id = $2');
const setLog = statement('UPDATE installations SET log = $1 WHERE id = $2');
const setAgency = statement('UPDATE installations SET agency = $1, desk = $2 WHERE id = $3');
const addOrder = statement('INSERT INTO transfer_orders (installation, agency, desk, ordered_at) VALUES ($1, $2, $3, $4)');
const addLog = statement("INSERT INTO logs (log, installation, agency, public_key, parent, opened_at, head_seq, head_hash) VALUES ($1, $2, $3, $4, $5, $6, 0, '')");
const setSigned = statement('UPDATE logs SET signed_seq = $1, signed_hash = $2, signature = $3 WHERE log = $4');
const addBranch = statement("INSERT INTO branches (branch, log, first, follows, leaves_at, opened_at, head_seq, head_hash, signature) VALUES ($1, $2, $3, $4, $5, $6, 0, '', '')");
const addCode = statement('INSERT INTO codes (hash, agency, desk, approves, expires_at) VALUES ($1, $2, $3, $4, $5)');
const useCode = statement('UPDATE codes SET installation = $1 WHERE hash = $2');
const useNonce = statement<{ nonce: string }>('INSERT INTO nonces (nonce, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING nonce');
const dropNonces = statement('DELETE FROM nonces WHERE expires_at < $1');
const setHeard = statement('INSERT INTO heard (log, first_at, last_at) VALUES ($1, $2, $3) ON CONFLICT (log) DO UPDATE SET last_at = excluded.last_at');
const setClaim = statement(`
  INSERT INTO claims (log, seq, hash, at, rho) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (log) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at, rho = excluded.rho
`);
const addCatalogue = statement('INSERT INTO catalogues (version, text, published_at) VALUES ($1, $2, $3)');
const addLease = statement('INSERT INTO leases (id, log, agency, revision, first, last, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)');
const addProvisional = statement('INSERT INTO provisional_codes (dossier, log, agency, provisional, day) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (dossier) DO NOTHING');
const setMapped = statement('UPDATE provisional_codes SET number = $1, code = $2, place = $3 WHERE dossier = $4 AND code IS NULL');
const putOfficer = statement(`
  INSERT INTO officers (id, login, name, roles, verifier) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (id) DO UPDATE SET login = excluded.login, name = excluded.name, roles = excluded.roles, verifier = excluded.verifier
`);
const addSession = statement('INSERT INTO sessions (token_hash, officer, expires_at) VALUES ($1, $2, $3)');
const dropSession = statement('DELETE FROM sessions WHERE token_hash = $1');
const dropSessions = statement('DELETE FROM sessions WHERE expires_at < $1');
const setFailed = statement('INSERT INTO failed_sign_ins (name, count, until) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET count = excluded.count, until = excluded.until');
const dropFailed = statement('DELETE FROM failed_sign_ins WHERE name = $1');
const dropFailedBefore = statement('DELETE FROM failed_sign_ins WHERE until < $1');

/** Everything that can be changed, over the connection that has the transaction open. */
export function postgresWriter(ask: Ask, reader: CentreReader): CentreWriter {
  return {
    ...reader,
    ...erasureWriter(ask),
    setNote: async (key, value) => void (await ask(setNote, key, value)),
    addInstallation: async ({ id, agency, desk, publicKey, keyId, state, log, enrolledAt, software }) => void (await ask(addInstallation, id, agency, desk, publicKey, keyId, state, log, enrolledAt, software)),
    setInstallationState: async (id, state) => void (await ask(setState, state, id)),
    setInstallationLog: async (id, log) => void (await ask(setLog, log, id)),
    setInstallationAgency: async (id, agency, desk) => void (await ask(setAgency, agency, desk, id)),
    addTransferOrder: async ({ installation, agency, desk, orderedAt }) => void (await ask(addOrder, installation, agency, desk, orderedAt)),
    addLog: async ({ log, installation, agency, publicKey, parent, openedAt }) => void (await ask(addLog, log, installation ?? null, agency ?? null, publicKey, parent ?? null, openedAt)),
    append: (entries, receivedAt, rho) => appendToLog(ask, entries, receivedAt, rho),
    setSignedHead: async ({ log, seq, hash, signature }) => void (await ask(setSigned, seq, hash, signature, log)),
    addBranch: async ({ branch, log, first, follows, leavesAt, openedAt }) => void (await ask(addBranch, branch, log, first, follows, leavesAt, openedAt)),
    appendToBranch: (branch, entries, head, receivedAt, rho) => appendToBranch(ask, branch, entries, head, receivedAt, rho),
    addCode: async ({ hash, agency, desk, approves, expiresAt }) => void (await ask(addCode, hash, agency, desk, approves, expiresAt)),
    useCode: async (hash, installation) => void (await ask(useCode, installation, hash)),
    useNonce: async (nonce, expiresAt) => (await ask(useNonce, nonce, expiresAt)).length > 0,
    dropNoncesBefore: async (at) => void (await ask(dropNonces, at)),
    setHeard: async ({ log, firstAt, lastAt }) => void (await ask(setHeard, log, firstAt, lastAt)),
    setClaim: async ({ log, seq, hash, at, rho }) => void (await ask(setClaim, log, seq, hash, at, rho)),
    addCatalogue: async ({ version, text, publishedAt }) => void (await ask(addCatalogue, version, text, publishedAt)),
    addLease: async ({ id, log, agency, revision, first, last, validFrom, validTo }) => void (await ask(addLease, id, log, agency, revision, first, last, validFrom, validTo)),
    addProvisionalCode: async ({ dossier, log, agency, provisional, day }) => void (await ask(addProvisional, dossier, log, agency, provisional, day)),
    setMappedCode: async ({ dossier, number, code, place }) => void (await ask(setMapped, number, code, place, dossier)),
    putOfficer: async ({ id, login, name, roles, verifier }) => void (await ask(putOfficer, id, login, name, JSON.stringify(roles), verifier)),
    addSession: async ({ tokenHash, officer, expiresAt }) => void (await ask(addSession, tokenHash, officer, expiresAt)),
    dropSession: async (tokenHash) => void (await ask(dropSession, tokenHash)),
    dropSessionsBefore: async (at) => void (await ask(dropSessions, at)),
    setFailedSignIns: async ({ name, count, until }) => void (await ask(setFailed, name, count, until)),
    dropFailedSignIns: async (name) => void (await ask(dropFailed, name)),
    dropFailedSignInsBefore: async (at) => void (await ask(dropFailedBefore, at)),
  };
}
