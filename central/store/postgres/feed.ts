import { choose, everywhere, nowhere, scanned, type PlaceRow } from '../feed.ts';
import type { CentreReader, FeedPlace } from '../port.ts';
import { entryColumns, toEntry, type EntryRow } from './rows.ts';
import { statement, type Ask } from './statement.ts';

const from = `
  FROM feed f JOIN dossiers d ON d.id = f.dossier JOIN entries e ON e.id = f.entry
  WHERE f.agency = $1 AND (f.position, f.entry) > ($2, $3) AND (f.position, f.entry) <= ($4, $5)
`;
const places = statement<PlaceRow>(`
  SELECT f.position, f.entry, f.bytes, d.closed_at AS "closedAt", e.log, e.branch ${from} ORDER BY f.position, f.entry LIMIT $6
`);
const counted = (closed: string) => statement<{ entries: number; bytes: number | null }>(`
  SELECT count(*) AS entries, sum(f.bytes) AS bytes ${from} AND (e.branch IS NOT NULL OR e.log <> ALL ($6::text[])) AND (d.closed_at <= $7) IS ${closed}
`);
// The last one leaves nothing out: nothing is closed at or before place −1.
const counts = { without: counted('NOT TRUE'), alone: counted('TRUE') };
const end = statement<{ position: number; entry: number }>('SELECT position, entry FROM feed WHERE agency = $1 ORDER BY position DESC, entry DESC LIMIT 1');
const chosenEntries = statement<EntryRow>(`SELECT ${entryColumns} FROM entries WHERE id = ANY ($1::bigint[])`);
const parties = statement<{ agency: string }>('SELECT agency FROM parts WHERE dossier = (SELECT id FROM dossiers WHERE dossier = $1) ORDER BY agency');
const ofDossier = statement<EntryRow>(`SELECT ${entryColumns} FROM entries WHERE dossier = $1 AND id > $2 ORDER BY id LIMIT $3`);
const ofCode = statement<{ dossier: string }>('SELECT d.dossier FROM dossier_codes c JOIN dossiers d ON d.id = c.dossier WHERE c.code = $1 ORDER BY d.id');

/** The part of the reader that says what agencies are shown. */
export function feedReader(ask: Ask): Pick<CentreReader, 'feed' | 'feedEnd' | 'feedLeft' | 'parties' | 'entriesOfDossier' | 'dossiersOfCode'> {
  return {
    async feed(query, limit) {
      const { agency, after, until = everywhere } = query;
      const rows = await ask(places, agency, after.position, after.entry, until.position, until.entry, scanned);
      const { entries, ...chosen } = choose(rows, query, limit);
      if (entries.length === 0) return { ...chosen, entries: [] };
      const held = new Map((await ask(chosenEntries, [...new Set(entries)])).map((row) => [row.id, toEntry(row)]));
      return { ...chosen, entries: entries.flatMap((id) => held.get(id) ?? []) };
    },
    feedEnd: async (agency): Promise<FeedPlace> => (await ask(end, agency))[0] ?? nowhere,
    async feedLeft({ agency, after, until, closed, except }) {
      const { position, entry } = until ?? everywhere;
      const asOf = closed === undefined || until === undefined ? -1 : until.position;
      const [row] = await ask(counts[asOf < 0 ? 'without' : (closed ?? 'without')], agency, after.position, after.entry, position, entry, except, asOf);
      return { entries: row?.entries ?? 0, bytes: row?.bytes ?? 0 };
    },
    parties: async (dossier) => (await ask(parties, dossier)).map(({ agency }) => agency),
    entriesOfDossier: async (dossier, commit, limit) => (await ask(ofDossier, dossier, commit, limit)).map(toEntry),
    dossiersOfCode: async (code) => (await ask(ofCode, code)).map(({ dossier }) => dossier),
  };
}
