import type { Database } from 'better-sqlite3';
import { entryHeaderSchema, type EntryHeader } from '#shared/log/index.ts';
import { share, type PlacedEntry } from './shares.ts';

/** Keeps what agencies are shown in step with the entries. Called inside the transaction that appends them, in their order. */
export interface Shares {
  /** `id` is the entry's place in the order of commits, `bytes` its text and body. */
  add(id: number, header: EntryHeader, bytes: number): void;
}

interface EarlierRow {
  readonly id: number;
  readonly text: string;
  readonly bytes: number;
}

export function shares(db: Database): Shares {
  const addDossier = db.prepare<[string]>('INSERT INTO dossiers (dossier) VALUES (?) ON CONFLICT DO NOTHING');
  const findDossier = db.prepare<[string], { id: number; closed_at: number | null }>('SELECT id, closed_at FROM dossiers WHERE dossier = ?');
  const setClosed = db.prepare<[number | null, number]>('UPDATE dossiers SET closed_at = ? WHERE id = ?');
  const partsOf = db.prepare<[number], string>('SELECT agency FROM parts WHERE dossier = ?').pluck();
  const addPart = db.prepare<[number, string]>('INSERT INTO parts (dossier, agency) VALUES (?, ?)');
  const addCode = db.prepare<[string, number]>('INSERT INTO dossier_codes (code, dossier) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const upTo = db.prepare<[string, number], EarlierRow>(`
    SELECT id, text, octet_length(text) + coalesce(octet_length(body), 0) AS bytes FROM entries WHERE dossier = ? AND id <= ? ORDER BY id
  `);
  const show = db.prepare<[string, number, number, number, number]>('INSERT INTO feed (agency, position, entry, dossier, bytes) VALUES (?, ?, ?, ?, ?)');

  return {
    add(id, header, bytes) {
      const name = header.dossier;
      if (name === undefined) return;
      const isNew = addDossier.run(name).changes > 0;
      const dossier = findDossier.get(name);
      if (!dossier) throw new Error('a dossier just added cannot be read');
      // Of a dossier just heard of there is nothing but this entry.
      const history = (): readonly PlacedEntry[] => isNew ? [{ id, header, bytes }] : upTo.all(name, id).map((row) => ({ ...row, header: entryHeaderSchema.parse(JSON.parse(row.text)) }));
      const { shared, joined, shown, code } = share({ parties: new Set(partsOf.all(dossier.id)), closedAt: dossier.closed_at }, { id, header, bytes }, history);
      for (const agency of joined) addPart.run(dossier.id, agency);
      for (const one of shown) show.run(one.agency, one.position, one.entry, dossier.id, one.bytes);
      if (shared.closedAt !== dossier.closed_at) setClosed.run(shared.closedAt, dossier.id);
      if (code !== undefined) addCode.run(code, dossier.id);
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
    for (const { id, text, bytes } of rows) shared.add(id, entryHeaderSchema.parse(JSON.parse(text)), bytes);
  }
}
