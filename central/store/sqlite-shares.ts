import type { Database } from 'better-sqlite3';
import { entryHeaderSchema, type EntryHeader } from '#shared/log/index.ts';
import { share, type PlacedEntry, type Shared } from './shares.ts';

/** Keeps what agencies are shown in step with the entries. */
export interface Shares {
  /** For entries that are added one after the other inside one transaction: of their dossiers nothing is asked twice. */
  begin(): SharesOfAppended;
}

/** Called for each entry in their order. */
export interface SharesOfAppended {
  /** `id` is the entry's place in the order of commits, `bytes` its text and body. */
  add(id: number, header: EntryHeader, bytes: number): void;
}

/** A dossier as the entries added so far have left it. */
interface Known {
  readonly id: number;
  readonly shared: Shared;
  /** All its entries, where it began with one of those being added. */
  readonly history: PlacedEntry[] | undefined;
}

interface EarlierRow {
  readonly id: number;
  readonly text: string;
  readonly bytes: number;
}

export function shares(db: Database): Shares {
  const addDossier = db.prepare<[string], { id: number }>('INSERT INTO dossiers (dossier) VALUES (?) ON CONFLICT DO NOTHING RETURNING id');
  const findDossier = db.prepare<[string], { id: number; closed_at: number | null }>('SELECT id, closed_at FROM dossiers WHERE dossier = ?');
  const setClosed = db.prepare<[number | null, number]>('UPDATE dossiers SET closed_at = ? WHERE id = ?');
  const partsOf = db.prepare<[number], string>('SELECT agency FROM parts WHERE dossier = ?').pluck();
  const addPart = db.prepare<[number, string]>('INSERT INTO parts (dossier, agency) VALUES (?, ?)');
  const addCode = db.prepare<[string, number]>('INSERT INTO dossier_codes (code, dossier) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const upTo = db.prepare<[string, number], EarlierRow>(`
    SELECT id, text, octet_length(text) + coalesce(octet_length(body), 0) AS bytes FROM entries WHERE dossier = ? AND id <= ? ORDER BY id
  `);
  const show = db.prepare<[string, number, number, number, number]>('INSERT INTO feed (agency, position, entry, dossier, bytes) VALUES (?, ?, ?, ?, ?)');

  function know(name: string): Known {
    const added = addDossier.get(name);
    if (added) return { id: added.id, shared: { parties: new Set(), closedAt: null }, history: [] };
    const found = findDossier.get(name);
    if (!found) throw new Error('a dossier just added cannot be read');
    return { id: found.id, shared: { parties: new Set(partsOf.all(found.id)), closedAt: found.closed_at }, history: undefined };
  }

  return {
    begin() {
      const known = new Map<string, Known>();
      return {
        add(id, header, bytes) {
          const name = header.dossier;
          if (name === undefined) return;
          const dossier = known.get(name) ?? know(name);
          dossier.history?.push({ id, header, bytes });
          const history = (): readonly PlacedEntry[] => dossier.history ?? upTo.all(name, id).map((row) => ({ ...row, header: entryHeaderSchema.parse(JSON.parse(row.text)) }));
          const { shared, joined, shown, code } = share(dossier.shared, { id, header, bytes }, history);
          for (const agency of joined) addPart.run(dossier.id, agency);
          for (const one of shown) show.run(one.agency, one.position, one.entry, dossier.id, one.bytes);
          if (shared.closedAt !== dossier.shared.closedAt) setClosed.run(shared.closedAt, dossier.id);
          if (code !== undefined) addCode.run(code, dossier.id);
          known.set(name, { ...dossier, shared });
        },
      };
    },
  };
}

/** Shows the entries that are held already; for a store from before agencies were shown anything. */
export function shareHeldEntries(db: Database): void {
  const shared = shares(db);
  const next = db.prepare<[number], EarlierRow>(`
    SELECT id, text, octet_length(text) + coalesce(octet_length(body), 0) AS bytes FROM entries WHERE id > ? AND dossier IS NOT NULL ORDER BY id LIMIT 1000
  `);
  for (let rows = next.all(0); rows.length > 0; rows = next.all(rows.at(-1)?.id ?? 0)) {
    const added = shared.begin();
    for (const { id, text, bytes } of rows) added.add(id, entryHeaderSchema.parse(JSON.parse(text)), bytes);
  }
}
