import type { Database } from 'better-sqlite3';
import { agenciesOfEntry, closesDossier, codeInEntry, partiesOf } from '#shared/dossier/index.ts';
import { entryHeaderSchema, type EntryHeader } from '#shared/log/index.ts';
import { centreAgency } from '../ledger/index.ts';

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

  /** Whether a header can give a part to somebody who has none yet. */
  function mayGive(header: EntryHeader, parties: ReadonlySet<string>): boolean {
    if (parties.size === 0) return true;
    return (parties.has(header.agency) || header.agency === centreAgency) && agenciesOfEntry(header).some((agency) => !parties.has(agency));
  }

  return {
    add(id, header, bytes) {
      if (header.dossier === undefined) return;
      addDossier.run(header.dossier);
      const dossier = findDossier.get(header.dossier);
      if (!dossier) throw new Error('a dossier just added cannot be read');
      const parties = new Set(partsOf.all(dossier.id));
      const gives = mayGive(header, parties);
      const all = gives || dossier.closed_at !== null ? upTo.all(header.dossier, id).map((row) => ({ ...row, header: entryHeaderSchema.parse(JSON.parse(row.text)) })) : [];
      if (dossier.closed_at !== null) {
        // A desk that left the dossier out because it was closed has nothing of it yet: it comes again, whole.
        for (const agency of parties) for (const one of all) if (one.id !== id) show.run(agency, id, one.id, dossier.id, one.bytes);
      }
      if (gives) {
        for (const agency of partiesOf(all.map((one) => one.header), centreAgency)) {
          if (parties.has(agency)) continue;
          parties.add(agency);
          addPart.run(dossier.id, agency);
          // Its own entries an agency was shown when they came.
          for (const one of all) if (one.id !== id && one.header.agency !== agency) show.run(agency, id, one.id, dossier.id, one.bytes);
        }
      }
      for (const agency of parties.add(header.agency)) if (agency !== centreAgency) show.run(agency, id, id, dossier.id, bytes);

      const closedAt = closesDossier(header) ? id : null;
      if (closedAt !== dossier.closed_at) setClosed.run(closedAt, dossier.id);
      const code = codeInEntry(header);
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
