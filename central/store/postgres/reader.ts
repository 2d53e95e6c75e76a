import { z } from 'zod';
import { noHash } from '#shared/log/index.ts';
import type {
  CatalogueText, CentreReader, EnrolmentCode, FailedSignIns, HeadClaim, Heard, HeldLog, Installation, MappedCode, Officer, ProvisionalCode, Session, StoredLease, TransferOrder,
} from '../port.ts';
import { branchReader } from './branches.ts';
import { erasureReader } from './erasures.ts';
import { feedReader } from './feed.ts';
import { entryColumns, toEntry, type EntryRow } from './rows.ts';
import { statement, type Ask } from './statement.ts';

interface LogRow {
  readonly log: string;
  readonly installation: string | null;
  readonly agency: string | null;
  readonly publicKey: string;
  readonly parent: string | null;
  readonly openedAt: number;
  readonly seq: number;
  readonly hash: string;
  readonly signedSeq: number | null;
  readonly signedHash: string | null;
  readonly signature: string | null;
}

const rolesText = z.array(z.string());

function toLog({ log, installation, agency, publicKey, parent, openedAt, seq, hash, signedSeq, signedHash, signature }: LogRow): HeldLog {
  const signed = signedSeq === null || signedHash === null || signature === null ? undefined : { log, seq: signedSeq, hash: signedHash, signature };
  return { log, installation: installation ?? undefined, agency: agency ?? undefined, publicKey, parent: parent ?? undefined, openedAt, head: { log, seq, hash: hash === '' ? noHash : hash }, signed };
}

const note = statement<{ value: string }>('SELECT value FROM notes WHERE key = $1');

const installation = 'SELECT id, agency, desk, public_key AS "publicKey", key_id AS "keyId", state, log, enrolled_at AS "enrolledAt", software FROM installations';
const installations = statement<Installation>(`${installation} ORDER BY enrolled_at, id`);
const installationById = statement<Installation>(`${installation} WHERE id = $1`);
const installationByKey = statement<Installation>(`${installation} WHERE key_id = $1`);

const log = `
  SELECT log, installation, agency, public_key AS "publicKey", parent, opened_at AS "openedAt", head_seq AS seq, head_hash AS hash, signed_seq AS "signedSeq", signed_hash AS "signedHash", signature
  FROM logs
`;
const orders = statement<TransferOrder>('SELECT installation, agency, desk, ordered_at AS "orderedAt" FROM transfer_orders WHERE installation = $1 ORDER BY place');
const logs = statement<LogRow>(`${log} ORDER BY opened_at, log`);
const oneLog = statement<LogRow>(`${log} WHERE log = $1`);

const hashAt = statement<{ hash: string }>('SELECT hash FROM entries WHERE log = $1 AND seq = $2 AND branch IS NULL');
const hashOnBranch = statement<{ hash: string }>('SELECT hash FROM entries WHERE branch = $1 AND seq = $2');
const hashesOf = statement<{ seq: number; hash: string }>('SELECT seq, hash FROM entries WHERE log = $1 AND seq BETWEEN $2 AND $3 AND branch IS NULL');
const entries = statement<EntryRow>(`SELECT ${entryColumns} FROM entries WHERE log = $1 AND seq >= $2 AND branch IS NULL ORDER BY seq LIMIT $3`);
const entriesAfter = statement<EntryRow>(`SELECT ${entryColumns} FROM entries WHERE id > $1 AND branch IS NULL ORDER BY id LIMIT $2`);
const marked = statement<{ seq: number }>('SELECT seq FROM entries WHERE log = $1 AND seq BETWEEN $2 AND $3 AND marked AND branch IS NULL ORDER BY seq');

const heard = statement<Heard>('SELECT log, first_at AS "firstAt", last_at AS "lastAt" FROM heard ORDER BY log');
const heardOf = statement<Heard>('SELECT log, first_at AS "firstAt", last_at AS "lastAt" FROM heard WHERE log = $1');
const claims = statement<HeadClaim>('SELECT log, seq, hash, at, rho FROM claims ORDER BY log');

const catalogue = 'SELECT version, text, published_at AS "publishedAt" FROM catalogues';
const latestCatalogue = statement<CatalogueText>(`${catalogue} ORDER BY version DESC LIMIT 1`);
const latestVersion = statement<{ version: number | null }>('SELECT max(version) AS version FROM catalogues');
const catalogues = statement<CatalogueText>(`${catalogue} ORDER BY version`);
const leases = statement<StoredLease>(`
  SELECT id, log, agency, revision, first, last, valid_from AS "validFrom", valid_to AS "validTo" FROM leases WHERE agency = $1 ORDER BY revision
`);

const unmapped = statement<ProvisionalCode>('SELECT dossier, log, agency, provisional, day FROM provisional_codes WHERE agency = $1 AND code IS NULL ORDER BY came');
const greatestNumber = statement<{ number: number | null }>('SELECT max(number) AS number FROM provisional_codes WHERE agency = $1 AND day = $2');
const lastPlace = statement<{ place: number | null }>('SELECT max(place) AS place FROM provisional_codes');
const mapped = statement<MappedCode>(`
  SELECT p.dossier, p.log, p.agency, p.provisional, p.day, p.number, p.code, p.place FROM provisional_codes p JOIN logs l ON l.log = p.log
  JOIN installations i ON i.id = l.installation AND i.agency = l.agency
  WHERE l.installation = $1 AND p.place > $2 ORDER BY p.place LIMIT $3
`);

type CodeRow = Omit<EnrolmentCode, 'installation'> & { readonly installation: string | null };
const codeOf = statement<CodeRow>('SELECT hash, agency, desk, approves, expires_at AS "expiresAt", installation FROM codes WHERE hash = $1');
type OfficerRow = Omit<Officer, 'roles'> & { readonly roles: string };
const officer = 'SELECT id, login, name, roles, verifier FROM officers';
const officerById = statement<OfficerRow>(`${officer} WHERE id = $1`);
const officerByLogin = statement<OfficerRow>(`${officer} WHERE login = $1`);
const session = statement<Session>('SELECT token_hash AS "tokenHash", officer, expires_at AS "expiresAt" FROM sessions WHERE token_hash = $1');
const failed = statement<FailedSignIns>('SELECT name, count, until FROM failed_sign_ins WHERE name = $1');

/** Everything that can be asked. */
export function postgresReader(ask: Ask): CentreReader {
  return {
    note: async (key) => (await ask(note, key))[0]?.value,
    installations: () => ask(installations),
    findInstallation: async (by) => ('id' in by ? await ask(installationById, by.id) : await ask(installationByKey, by.keyId))[0],
    transferOrders: (id) => ask(orders, id),
    logs: async () => (await ask(logs)).map(toLog),
    findLog: async (name) => (await ask(oneLog, name)).map(toLog)[0],
    hashAt: async (name, seq, branch) => (branch === undefined ? await ask(hashAt, name, seq) : await ask(hashOnBranch, branch, seq))[0]?.hash,
    hashesOf: async (name, first, last) => new Map((await ask(hashesOf, name, first, last)).map(({ seq, hash }) => [seq, hash])),
    entries: async (name, first, limit) => (await ask(entries, name, first, limit)).map(toEntry),
    entriesAfter: async (commit, limit) => (await ask(entriesAfter, commit, limit)).map(toEntry),
    marked: async (name, first, last) => (await ask(marked, name, first, last)).map(({ seq }) => seq),
    heard: () => ask(heard),
    findHeard: async (name) => (await ask(heardOf, name))[0],
    claims: () => ask(claims),
    ...branchReader(ask),
    ...erasureReader(ask),
    ...feedReader(ask),
    catalogueVersion: async () => (await ask(latestVersion))[0]?.version ?? undefined,
    latestCatalogue: async () => (await ask(latestCatalogue))[0],
    catalogues: () => ask(catalogues),
    leases: (agency) => ask(leases, agency),
    unmappedCodes: (agency) => ask(unmapped, agency),
    greatestMappedNumber: async (agency, day) => (await ask(greatestNumber, agency, day))[0]?.number ?? undefined,
    lastMappedPlace: async () => (await ask(lastPlace))[0]?.place ?? 0,
    mappedCodes: (of, after, limit) => ask(mapped, of, after, limit),
    findCode: async (hash) => {
      const [row] = await ask(codeOf, hash);
      return row && { ...row, installation: row.installation ?? undefined };
    },
    findOfficer: async (by) => {
      const [row] = 'id' in by ? await ask(officerById, by.id) : await ask(officerByLogin, by.login);
      return row && { ...row, roles: rolesText.parse(JSON.parse(row.roles)) };
    },
    findSession: async (tokenHash) => (await ask(session, tokenHash))[0],
    findFailedSignIns: async (name) => (await ask(failed, name))[0],
  };
}
