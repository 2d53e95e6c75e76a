import { entryHeaderSchema, type EntryHeader } from '#shared/log/index.ts';
import { mayNeedHistory, share, type PlacedEntry, type Shared, type Showing } from '../shares.ts';
import { statement, type Ask } from './statement.ts';

const addDossiers = statement('INSERT INTO dossiers (dossier) SELECT name FROM unnest($1::text[]) WITH ORDINALITY AS t (name, n) ORDER BY n ON CONFLICT DO NOTHING');
const findDossiers = statement<{ id: number; dossier: string; closedAt: number | null; parties: readonly string[] }>(`
  SELECT id, dossier, closed_at AS "closedAt", ARRAY(SELECT agency::text FROM parts p WHERE p.dossier = d.id) AS parties FROM dossiers d WHERE dossier = ANY ($1::text[])
`);
const earlier = statement<{ id: number; dossier: string; text: string; bytes: number }>(`
  SELECT id, dossier, text, octet_length(text) + coalesce(octet_length(body), 0) AS bytes FROM entries WHERE dossier = ANY ($1::text[]) AND id < $2 ORDER BY id
`);
const addParts = statement('INSERT INTO parts (dossier, agency) SELECT * FROM unnest($1::bigint[], $2::text[])');
const show = statement('INSERT INTO feed (agency, position, entry, dossier, bytes) SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::integer[])');
const setClosed = statement('UPDATE dossiers SET closed_at = t.closed_at FROM unnest($1::bigint[], $2::bigint[]) AS t (id, closed_at) WHERE dossiers.id = t.id');
const addCodes = statement('INSERT INTO dossier_codes (code, dossier) SELECT * FROM unnest($1::text[], $2::bigint[]) ON CONFLICT DO NOTHING');

/** An entry that was just kept. */
export type JustKept = PlacedEntry;

/** A dossier while a batch is worked through. */
interface Open {
  readonly id: number;
  readonly closedBefore: number | null;
  shared: Shared;
  readonly history: PlacedEntry[];
}

/** Keeps what agencies are shown in step with entries that were just kept, in their order: a whole batch in a handful of statements. */
export async function shareKept(ask: Ask, kept: readonly JustKept[]): Promise<void> {
  const onDossiers = byDossier(kept);
  const first = kept[0];
  if (!first || onDossiers.size === 0) return;
  const dossiers = await open(ask, onDossiers, first.id);

  const shown: (Showing & { readonly dossier: number })[] = [];
  const parts: { readonly dossier: number; readonly agency: string }[] = [];
  const codes: { readonly dossier: number; readonly code: string }[] = [];
  for (const one of kept) {
    const dossier = dossiers.get(one.header.dossier ?? '');
    if (!dossier) continue;
    dossier.history.push(one);
    const anew = share(dossier.shared, one, () => dossier.history);
    dossier.shared = anew.shared;
    for (const showing of anew.shown) shown.push({ ...showing, dossier: dossier.id });
    for (const agency of anew.joined) parts.push({ dossier: dossier.id, agency });
    if (anew.code !== undefined) codes.push({ dossier: dossier.id, code: anew.code });
  }

  const moved = [...dossiers.values()].filter(({ closedBefore, shared }) => shared.closedAt !== closedBefore);
  if (parts.length > 0) await ask(addParts, parts.map(({ dossier }) => dossier), parts.map(({ agency }) => agency));
  if (shown.length > 0) {
    await ask(show, shown.map(({ agency }) => agency), shown.map(({ position }) => position), shown.map(({ entry }) => entry), shown.map(({ dossier }) => dossier), shown.map(({ bytes }) => bytes));
  }
  if (moved.length > 0) await ask(setClosed, moved.map(({ id }) => id), moved.map(({ shared }) => shared.closedAt));
  if (codes.length > 0) await ask(addCodes, codes.map(({ code }) => code), codes.map(({ dossier }) => dossier));
}

function byDossier(kept: readonly JustKept[]): Map<string, EntryHeader[]> {
  const found = new Map<string, EntryHeader[]>();
  for (const { header } of kept) {
    if (header.dossier === undefined) continue;
    const list = found.get(header.dossier);
    if (list) list.push(header);
    else found.set(header.dossier, [header]);
  }
  return found;
}

/** The dossiers as they stood before these entries, of which the first has the place `from`; with their history where it may be asked for. */
async function open(ask: Ask, headers: ReadonlyMap<string, readonly EntryHeader[]>, from: number): Promise<Map<string, Open>> {
  const names = [...headers.keys()];
  await ask(addDossiers, names);
  const found = new Map<string, Open>();
  for (const { id, dossier, closedAt, parties } of await ask(findDossiers, names)) {
    found.set(dossier, { id, closedBefore: closedAt, shared: { parties: new Set(parties), closedAt }, history: [] });
  }
  const wanted = [...found].flatMap(([name, { shared }]) => (mayNeedHistory(shared, headers.get(name) ?? []) ? [name] : []));
  if (wanted.length === 0) return found;
  for (const { id, dossier, text, bytes } of await ask(earlier, wanted, from)) {
    found.get(dossier)?.history.push({ id, header: entryHeaderSchema.parse(JSON.parse(text)), bytes });
  }
  return found;
}
