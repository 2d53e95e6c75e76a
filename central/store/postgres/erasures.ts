import { canonicalText } from '#shared/log/index.ts';
import type { CentreReader, CentreWriter } from '../port.ts';
import { statement, type Ask } from './statement.ts';

const among = statement<{ dossier: string }>('SELECT dossier FROM erasures WHERE dossier = ANY ($1::text[])');
const elsewhere = statement<{ id: number }>('SELECT id FROM entries WHERE position($1 IN text) > 0 AND dossier IS DISTINCT FROM $2 LIMIT 1');
const add = statement('INSERT INTO erasures (dossier) VALUES ($1) ON CONFLICT DO NOTHING');
const erase = statement<{ id: number }>('UPDATE entries SET body = $1 WHERE id = ANY ($2::bigint[]) AND body IS NOT NULL AND body <> $1 RETURNING id');

/** The part of the reader that says what was erased. */
export function erasureReader(ask: Ask): Pick<CentreReader, 'erasedAmong' | 'namedElsewhere'> {
  return {
    erasedAmong: async (dossiers) => new Set(dossiers.length === 0 ? [] : (await ask(among, dossiers)).map(({ dossier }) => dossier)),
    namedElsewhere: async (text, dossier) => (await ask(elsewhere, text, dossier)).length > 0,
  };
}

/** The part of the writer that erases. */
export function erasureWriter(ask: Ask): Pick<CentreWriter, 'addErasure' | 'eraseBodies'> {
  const gone = canonicalText({ erased: true });
  return {
    addErasure: async (dossier) => void (await ask(add, dossier)),
    eraseBodies: async (commits) => (await ask(erase, gone, commits)).length,
  };
}
