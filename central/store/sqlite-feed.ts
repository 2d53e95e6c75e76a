import type { Database } from 'better-sqlite3';
import { choose, everywhere, nowhere, scanned, type PlaceRow } from './feed.ts';
import type { CentreReader, FeedPlace } from './port.ts';
import { toEntry, type EntryRow } from './sqlite-rows.ts';

/** The part of the reader that says what agencies are shown. */
export function feedReader(db: Database): Pick<CentreReader, 'feed' | 'feedEnd' | 'feedLeft' | 'parties' | 'entriesOfDossier' | 'dossiersOfCode'> {
  const from = `
    FROM feed f JOIN dossiers d ON d.id = f.dossier JOIN entries e ON e.id = f.entry
    WHERE f.agency = ? AND (f.position, f.entry) > (?, ?) AND (f.position, f.entry) <= (?, ?)
  `;
  const places = db.prepare<[string, number, number, number, number, number], PlaceRow>(
    `SELECT f.position, f.entry, f.bytes, d.closed_at AS closedAt, e.log, e.branch ${from} ORDER BY f.position, f.entry LIMIT ?`,
  );
  const counted = (closed: string) => db.prepare<[string, number, number, number, number, string, number], { entries: number; bytes: number | null }>(`
    SELECT count(*) AS entries, sum(f.bytes) AS bytes ${from} AND (e.branch IS NOT NULL OR e.log NOT IN (SELECT value FROM json_each(?))) AND (d.closed_at <= ?) IS ${closed}
  `);
  // The last one leaves nothing out: nothing is closed at or before place −1.
  const counts = { without: counted('NOT TRUE'), alone: counted('TRUE') };
  const end = db.prepare<[string], FeedPlace>('SELECT position, entry FROM feed WHERE agency = ? ORDER BY position DESC, entry DESC LIMIT 1');
  const entry = db.prepare<[number], EntryRow>('SELECT * FROM entries WHERE id = ?');
  const parties = db.prepare<[string], string>('SELECT agency FROM parts WHERE dossier = (SELECT id FROM dossiers WHERE dossier = ?) ORDER BY agency').pluck();
  const ofDossier = db.prepare<[string, number, number], EntryRow>('SELECT * FROM entries WHERE dossier = ? AND id > ? ORDER BY id LIMIT ?');
  const ofCode = db.prepare<[string], string>('SELECT d.dossier FROM dossier_codes c JOIN dossiers d ON d.id = c.dossier WHERE c.code = ? ORDER BY d.id').pluck();

  return {
    async feed(query, limit) {
      const { agency, after, until = everywhere } = query;
      const { entries, ...chosen } = choose(places.all(agency, after.position, after.entry, until.position, until.entry, scanned), query, limit);
      return { ...chosen, entries: entries.flatMap((id) => entry.get(id) ?? []).map(toEntry) };
    },
    feedEnd: async (agency) => end.get(agency) ?? nowhere,
    async feedLeft({ agency, after, until, closed, except }) {
      const { position, entry: id } = until ?? everywhere;
      const asOf = closed === undefined || until === undefined ? -1 : until.position;
      const row = counts[asOf < 0 ? 'without' : (closed ?? 'without')].get(agency, after.position, after.entry, position, id, JSON.stringify(except), asOf);
      return { entries: row?.entries ?? 0, bytes: row?.bytes ?? 0 };
    },
    parties: async (dossier) => parties.all(dossier),
    entriesOfDossier: async (dossier, commit, limit) => ofDossier.all(dossier, commit, limit).map(toEntry),
    dossiersOfCode: async (code) => ofCode.all(code),
  };
}
