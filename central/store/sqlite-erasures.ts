import type { Database } from 'better-sqlite3';
import { canonicalText } from '#shared/log/index.ts';
import type { CentreReader, CentreWriter } from './port.ts';

/** The part of the reader that says what was erased. */
export function erasureReader(db: Database): Pick<CentreReader, 'erasedAmong' | 'namedElsewhere'> {
  const among = db.prepare<[string], string>('SELECT dossier FROM erasures WHERE dossier IN (SELECT value FROM json_each(?))').pluck();
  const elsewhere = db.prepare<[string, string], number>('SELECT 1 FROM entries WHERE instr(text, ?) > 0 AND dossier IS NOT ? LIMIT 1').pluck();
  return {
    erasedAmong: async (dossiers) => new Set(dossiers.length === 0 ? [] : among.all(JSON.stringify(dossiers))),
    namedElsewhere: async (text, dossier) => elsewhere.get(text, dossier) !== undefined,
  };
}

/** The part of the writer that erases. */
export function erasureWriter(db: Database): Pick<CentreWriter, 'addErasure' | 'eraseBodies'> {
  const add = db.prepare<[string]>('INSERT INTO erasures (dossier) VALUES (?) ON CONFLICT DO NOTHING');
  const gone = canonicalText({ erased: true });
  const erase = db.prepare<[string, string, string]>('UPDATE entries SET body = ? WHERE id IN (SELECT value FROM json_each(?)) AND body IS NOT NULL AND body <> ?');
  return {
    addErasure: async (dossier) => void add.run(dossier),
    eraseBodies: async (commits) => {
      // What is freed is overwritten: an erased body must not live on in a free page.
      db.pragma('secure_delete = ON');
      try {
        return erase.run(gone, JSON.stringify(commits), gone).changes;
      } finally {
        db.pragma('secure_delete = OFF');
      }
    },
  };
}
