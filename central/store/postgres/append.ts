import { canonicalText, type Head } from '#shared/log/index.ts';
import type { NewEntry } from '../port.ts';
import { shareKept } from './shares.ts';
import { statement, type Ask, type Statement } from './statement.ts';

/** Where entries go, and the statement that keeps them and moves its head. */
type KeepStatement = Statement<{ first: number }>;

/**
 * Places follow one another in the order of the entries; nobody else is given any, because writers take turns. `moved` moves the head in
 * the same statement.
 */
function keeping(branch: string, moved: string): KeepStatement {
  return statement(`
    WITH kept AS (
      INSERT INTO entries (id, log, branch, seq, hash, dossier, text, body, received_at, rho, marked)
      SELECT (SELECT coalesce(max(id), 0) FROM entries) + t.n, $1, ${branch}, t.seq, t.hash, t.dossier, t.text, t.body, $3::bigint, $4::bigint, t.marked
      FROM unnest($5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[], $10::boolean[]) WITH ORDINALITY AS t (seq, hash, dossier, text, body, marked, n)
      RETURNING id
    ), moved AS (${moved})
    SELECT min(id) AS first FROM kept
  `);
}

const toLog = keeping('NULL', 'UPDATE logs SET head_seq = $11::bigint, head_hash = $12 WHERE log = $1 AND $2::text IS NULL');
const toBranch = keeping('$2', "UPDATE branches SET head_seq = $11::bigint, head_hash = $12, signature = $13 WHERE branch = $2");

/** Appends to a log's main line and moves its head. */
export async function appendToLog(ask: Ask, entries: readonly NewEntry[], receivedAt: number, rho: number | undefined): Promise<void> {
  const last = entries.at(-1)?.entry;
  if (!last) return;
  const { log, seq } = last.header;
  await keep(ask, toLog, [log, null], entries, receivedAt, rho, [seq, last.hash]);
}

/** Appends to a branch of a log and moves its signed head. */
export async function appendToBranch(ask: Ask, branch: string, entries: readonly NewEntry[], { log, seq, hash, signature }: Head & { readonly signature: string }, receivedAt: number, rho: number | undefined): Promise<void> {
  await keep(ask, toBranch, [log, branch], entries, receivedAt, rho, [seq, hash, signature]);
}

async function keep(
  ask: Ask, how: KeepStatement, where: readonly [log: string, branch: string | null], entries: readonly NewEntry[], receivedAt: number, rho: number | undefined,
  head: readonly (string | number)[],
): Promise<void> {
  const bodies = entries.map(({ body }) => (body === undefined ? null : canonicalText(body)));
  const [kept] = await ask(
    how, ...where, receivedAt, rho ?? null, entries.map(({ entry }) => entry.header.seq), entries.map(({ entry }) => entry.hash),
    entries.map(({ entry }) => entry.header.dossier ?? null), entries.map(({ entry }) => entry.text), bodies, entries.map(({ marked }) => marked === true), ...head,
  );
  const first = kept?.first;
  if (first === undefined) throw new Error('entries just kept have no place');
  await shareKept(ask, entries.map(({ entry }, index) => ({
    id: first + index, header: entry.header, bytes: Buffer.byteLength(entry.text) + Buffer.byteLength(bodies[index] ?? ''),
  })));
}
