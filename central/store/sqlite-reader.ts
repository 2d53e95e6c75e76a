import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { noHash } from '#shared/log/index.ts';
import { branchReader } from './sqlite-branches.ts';
import { erasureReader } from './sqlite-erasures.ts';
import { feedReader } from './sqlite-feed.ts';
import { toEntry, type EntryRow } from './sqlite-rows.ts';
import type {
  CatalogueText, CentreReader, EnrolmentCode, FailedSignIns, HeadClaim, Heard, HeldLog, Installation, MappedCode, Officer, ProvisionalCode, Session, StoredLease, TransferOrder,
} from './port.ts';

interface LogRow {
  readonly log: string;
  readonly installation: string | null;
  readonly agency: string | null;
  readonly public_key: string;
  readonly parent: string | null;
  readonly opened_at: number;
  readonly head_seq: number;
  readonly head_hash: string;
  readonly signed_seq: number | null;
  readonly signed_hash: string | null;
  readonly signature: string | null;
}

const state = z.enum(['approved', 'pending', 'revoked']);
const installationRow = z.object({
  id: z.string(), agency: z.string(), desk: z.string(), public_key: z.string(), key_id: z.string(), state, log: z.string(),
  enrolled_at: z.int(), software: z.string(),
}).transform((row): Installation => ({
  id: row.id, agency: row.agency, desk: row.desk, publicKey: row.public_key, keyId: row.key_id, state: row.state, log: row.log,
  enrolledAt: row.enrolled_at, software: row.software,
}));
const rolesText = z.array(z.string());

function toLog(row: LogRow): HeldLog {
  const { log } = row;
  const signed = row.signed_seq === null || row.signed_hash === null || row.signature === null
    ? undefined
    : { log, seq: row.signed_seq, hash: row.signed_hash, signature: row.signature };
  return {
    log, installation: row.installation ?? undefined, agency: row.agency ?? undefined, publicKey: row.public_key, parent: row.parent ?? undefined, openedAt: row.opened_at,
    head: { log, seq: row.head_seq, hash: row.head_hash === '' ? noHash : row.head_hash }, signed,
  };
}

/** Everything that can be asked, over one connection. */
export function sqliteReader(db: Database): CentreReader {
  const note = db.prepare<[string], string>('SELECT value FROM notes WHERE key = ?').pluck();
  const installations = db.prepare<[], unknown>('SELECT * FROM installations ORDER BY enrolled_at, id');
  const installationById = db.prepare<[string], unknown>('SELECT * FROM installations WHERE id = ?');
  const installationByKey = db.prepare<[string], unknown>('SELECT * FROM installations WHERE key_id = ?');
  const orders = db.prepare<[string], TransferOrder>('SELECT installation, agency, desk, ordered_at AS orderedAt FROM transfer_orders WHERE installation = ? ORDER BY place');
  const logs = db.prepare<[], LogRow>('SELECT * FROM logs ORDER BY opened_at, log');
  const oneLog = db.prepare<[string], LogRow>('SELECT * FROM logs WHERE log = ?');
  const hashAt = db.prepare<[string, number], string>('SELECT hash FROM entries WHERE log = ? AND seq = ? AND branch IS NULL').pluck();
  const hashOnBranch = db.prepare<[string, number], string>('SELECT hash FROM entries WHERE branch = ? AND seq = ?').pluck();
  const hashesOf = db.prepare<[string, number, number], { seq: number; hash: string }>('SELECT seq, hash FROM entries WHERE log = ? AND seq BETWEEN ? AND ? AND branch IS NULL');
  const entries = db.prepare<[string, number, number], EntryRow>('SELECT * FROM entries WHERE log = ? AND seq >= ? AND branch IS NULL ORDER BY seq LIMIT ?');
  const entriesAfter = db.prepare<[number, number], EntryRow>('SELECT * FROM entries WHERE id > ? AND branch IS NULL ORDER BY id LIMIT ?');
  const marked = db.prepare<[string, number, number], number>('SELECT seq FROM entries WHERE log = ? AND seq BETWEEN ? AND ? AND marked = 1 AND branch IS NULL ORDER BY seq').pluck();
  const heard = db.prepare<[], Heard>('SELECT log, first_at AS firstAt, last_at AS lastAt FROM heard ORDER BY log');
  const findHeard = db.prepare<[string], Heard>('SELECT log, first_at AS firstAt, last_at AS lastAt FROM heard WHERE log = ?');
  const claims = db.prepare<[], HeadClaim>('SELECT log, seq, hash, at, rho FROM claims ORDER BY log');
  const latest = db.prepare<[], CatalogueText>('SELECT version, text, published_at AS publishedAt FROM catalogues ORDER BY version DESC LIMIT 1');
  const latestVersion = db.prepare<[], number | null>('SELECT max(version) FROM catalogues').pluck();
  const catalogues = db.prepare<[], CatalogueText>('SELECT version, text, published_at AS publishedAt FROM catalogues ORDER BY version');
  const leases = db.prepare<[string], StoredLease>('SELECT id, log, agency, revision, first, last, valid_from AS validFrom, valid_to AS validTo FROM leases WHERE agency = ? ORDER BY revision');
  const unmapped = db.prepare<[string], ProvisionalCode>('SELECT dossier, log, agency, provisional, day FROM provisional_codes WHERE agency = ? AND code IS NULL ORDER BY rowid');
  const greatestNumber = db.prepare<[string, string], number | null>('SELECT max(number) FROM provisional_codes WHERE agency = ? AND day = ?').pluck();
  const lastPlace = db.prepare<[], number | null>('SELECT max(place) FROM provisional_codes').pluck();
  const mapped = db.prepare<[string, number, number], MappedCode>(`
    SELECT dossier, p.log, p.agency, provisional, day, number, code, place FROM provisional_codes p JOIN logs l ON l.log = p.log
    JOIN installations i ON i.id = l.installation AND i.agency = l.agency
    WHERE l.installation = ? AND place > ? ORDER BY place LIMIT ?
  `);
  const code = db.prepare<[string], { hash: string; agency: string; desk: string; approves: number; expires_at: number; installation: string | null }>('SELECT * FROM codes WHERE hash = ?');
  type OfficerRow = Omit<Officer, 'roles'> & { readonly roles: string };
  const officerById = db.prepare<[string], OfficerRow>('SELECT * FROM officers WHERE id = ?');
  const officerByLogin = db.prepare<[string], OfficerRow>('SELECT * FROM officers WHERE login = ?');
  const session = db.prepare<[string], Session>('SELECT token_hash AS tokenHash, officer, expires_at AS expiresAt FROM sessions WHERE token_hash = ?');
  const failed = db.prepare<[string], FailedSignIns>('SELECT name, count, until FROM failed_sign_ins WHERE name = ?');

  const toCode = (row: ReturnType<typeof code.get>): EnrolmentCode | undefined => row && {
    hash: row.hash, agency: row.agency, desk: row.desk, approves: row.approves === 1, expiresAt: row.expires_at, installation: row.installation ?? undefined,
  };

  return {
    note: async (key) => note.get(key),
    installations: async () => installations.all().map((row) => installationRow.parse(row)),
    findInstallation: async (by) => installationRow.optional().parse('id' in by ? installationById.get(by.id) : installationByKey.get(by.keyId)),
    transferOrders: async (id) => orders.all(id),
    logs: async () => logs.all().map(toLog),
    findLog: async (log) => {
      const row = oneLog.get(log);
      return row && toLog(row);
    },
    hashAt: async (log, seq, branch) => (branch === undefined ? hashAt.get(log, seq) : hashOnBranch.get(branch, seq)),
    hashesOf: async (log, first, last) => new Map(hashesOf.all(log, first, last).map(({ seq, hash }) => [seq, hash])),
    entries: async (log, from, limit) => entries.all(log, from, limit).map(toEntry),
    entriesAfter: async (commit, limit) => entriesAfter.all(commit, limit).map(toEntry),
    marked: async (log, first, last) => marked.all(log, first, last),
    heard: async () => heard.all(),
    findHeard: async (log) => findHeard.get(log),
    claims: async () => claims.all(),
    ...branchReader(db),
    ...erasureReader(db),
    ...feedReader(db),
    catalogueVersion: async () => latestVersion.get() ?? undefined,
    latestCatalogue: async () => latest.get(),
    catalogues: async () => catalogues.all(),
    leases: async (agency) => leases.all(agency),
    unmappedCodes: async (agency) => unmapped.all(agency),
    greatestMappedNumber: async (agency, day) => greatestNumber.get(agency, day) ?? undefined,
    lastMappedPlace: async () => lastPlace.get() ?? 0,
    mappedCodes: async (installation, after, limit) => mapped.all(installation, after, limit),
    findCode: async (hash) => toCode(code.get(hash)),
    findOfficer: async (by) => {
      const row = 'id' in by ? officerById.get(by.id) : officerByLogin.get(by.login);
      return row && { ...row, roles: rolesText.parse(JSON.parse(row.roles)) };
    },
    findSession: async (tokenHash) => session.get(tokenHash),
    findFailedSignIns: async (name) => failed.get(name),
  };
}
