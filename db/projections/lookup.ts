import type Database from 'better-sqlite3';
import { parseDossierCode } from '#shared/catalogue/index.ts';
import type { ReceivedPersonal } from '#shared/dossier/index.ts';
import { isKept, mostSpellings, numberIn, question, questionForNumber, termsOf, wordsOf, wordsOfCode } from './words.ts';

/** What dossiers are found by: names, numbers, and the words of name and code. */
export interface Lookup {
  /** Sets what a dossier is found by; without a person only its code is left. */
  set(id: number, code: string, person: ReceivedPersonal | undefined): void;
  clear(): void;
  /** Tidies the full-text index; for when nobody is waiting. */
  tidy(): void;
  /** Places of the dossiers that fit, before a place, newest first. */
  search(text: string, before: number, limit: number): readonly number[];
  byIdNumber(number: string, limit: number): readonly number[];
}

interface LookupRow {
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly submitterNumber: string | null;
  readonly phone: string | null;
  readonly words: string;
}

/** Phone and ID numbers are compared by their letters and digits alone, letters (of passports) as capitals. */
function bare(number: string | undefined): string | null {
  const text = number?.replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase() ?? '';
  return text === '' ? null : text;
}

function rowOf(code: string, person: ReceivedPersonal | undefined): LookupRow {
  const names = person ? [person.applicant.fullName, person.submitter?.fullName ?? ''] : [];
  return {
    name: person?.applicant.fullName ?? null,
    idNumber: bare(person?.applicant.idNumber),
    submitterNumber: bare(person?.submitter?.idNumber),
    phone: bare(person?.applicant.phone),
    words: [...new Set([...names.flatMap(wordsOf), ...wordsOfCode(code)])].join(' '),
  };
}

function same(a: LookupRow, b: LookupRow): boolean {
  return a.name === b.name && a.idNumber === b.idNumber && a.submitterNumber === b.submitterNumber && a.phone === b.phone && a.words === b.words;
}

function indexed(row: LookupRow): string {
  return termsOf(row.words, [row.idNumber, row.submitterNumber, row.phone]);
}

/** The end of the range of all texts that start with a text. */
const last = '\u{10ffff}';

export function lookupProjection(db: Database.Database): Lookup {
  const get = db.prepare<[number], LookupRow>(
    'SELECT name, id_number AS idNumber, submitter_number AS submitterNumber, phone, words FROM lookup WHERE id = ?',
  );
  const put = db.prepare<[number, string | null, string | null, string | null, string | null, string]>(`
    INSERT INTO lookup (id, name, id_number, submitter_number, phone, words) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, id_number = excluded.id_number, submitter_number = excluded.submitter_number,
      phone = excluded.phone, words = excluded.words
  `);
  const index = db.prepare<[number, string]>('INSERT INTO lookup_words (rowid, words) VALUES (?, ?)');
  const unindex = db.prepare<[number, string]>("INSERT INTO lookup_words (lookup_words, rowid, words) VALUES ('delete', ?, ?)");
  // Up to 500 pages at a time; nothing happens while there are few parts.
  const merge = db.prepare("INSERT INTO lookup_words (lookup_words, rank) VALUES ('merge', 500)");
  const learn = db.prepare<[string]>('INSERT OR IGNORE INTO vocabulary (word) VALUES (?)');
  const forget = db.prepare<[string]>('DELETE FROM vocabulary WHERE word = ?');
  const spellings = db.prepare<[string, string, number], { word: string }>('SELECT word FROM vocabulary WHERE word >= ? AND word < ? LIMIT ?');
  const match = db.prepare<[string, number, number], { id: number }>(
    'SELECT rowid AS id FROM lookup_words WHERE lookup_words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
  );
  const range = (column: string): string => `SELECT id FROM lookup WHERE ${column} >= ? AND ${column} < ? AND id < ?`;
  const byNumber = db.prepare<[string, string, number, string, string, number, string, string, number, number], { id: number }>(
    `${range('id_number')} UNION ${range('submitter_number')} UNION ${range('phone')} ORDER BY id DESC LIMIT ?`,
  );
  const byCode = db.prepare<[string, string, number, number], { id: number }>('SELECT id FROM dossier WHERE (code = ? OR former_code = ?) AND id < ? ORDER BY id DESC LIMIT ?');
  const byIdNumber = db.prepare<[string, string, number], { id: number }>(
    'SELECT id FROM lookup WHERE id_number = ? UNION SELECT id FROM lookup WHERE submitter_number = ? ORDER BY id DESC LIMIT ?',
  );

  const spell = (beginning: string): readonly string[] => spellings.all(beginning, `${beginning}${last}`, mostSpellings + 1).map(({ word }) => word);
  const inUse = (word: string): boolean => match.get(`"${word}"`, Number.MAX_SAFE_INTEGER, 1) !== undefined;

  return {
    set(id, code, person) {
      const now = rowOf(code, person);
      const before = get.get(id);
      if (before && same(before, now)) return;
      if (before) unindex.run(id, indexed(before));
      put.run(id, now.name, now.idNumber, now.submitterNumber, now.phone, now.words);
      index.run(id, indexed(now));
      const words = now.words.split(' ');
      for (const word of words.filter(isKept)) learn.run(word);
      // A word that only this dossier had would still name a person who is to be forgotten.
      for (const word of before?.words.split(' ') ?? []) {
        if (!words.includes(word) && !inUse(word)) forget.run(word);
      }
    },
    clear() {
      db.exec("INSERT INTO lookup_words (lookup_words) VALUES ('delete-all'); DELETE FROM lookup; DELETE FROM vocabulary;");
    },
    tidy: () => void merge.run(),
    search(text, before, limit) {
      const code = parseDossierCode(text);
      if (code) return byCode.all(code.code, code.code, before, limit).map(({ id }) => id);
      const words = wordsOf(text);
      if (words.length === 0) return [];
      const number = numberIn(text);
      const listed = number === undefined ? undefined : questionForNumber(number);
      const asked = question(words, spell);
      const found = new Set(match.all(listed === undefined ? asked : `(${asked}) OR ${listed}`, before, limit).map(({ id }) => id));
      if (number !== undefined && listed === undefined) {
        const end = `${number}${last}`;
        for (const { id } of byNumber.all(number, end, before, number, end, before, number, end, before, limit)) found.add(id);
      }
      return [...found].sort((a, b) => b - a).slice(0, limit);
    },
    byIdNumber: (number, limit) => byIdNumber.all(bare(number) ?? '', bare(number) ?? '', limit).map(({ id }) => id),
  };
}
