import type Database from 'better-sqlite3';
import type { Writing } from './transaction.ts';

/** A digitised paper that this installation attached: the place of its entry, and what that says. */
export interface OwnAttachment {
  readonly log: string;
  readonly seq: number;
  readonly dossier: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What the log says of digitised papers, and what of them the centre holds. The contents are files beside the store. */
export interface AttachmentTable {
  /** Those of the own logs that the centre is not known to hold, in the order in which they were attached; each content once. */
  waiting(): readonly OwnAttachment[];
  /** The centre said, after it had read the content back, that it holds it. `at`: working time. The first time counts. */
  markHeld(sha256: string, at: number): void;
  /** When the centre said so; undefined while it did not. */
  heldAt(sha256: string): number | undefined;
  /** Contents that the centre holds since before a time. */
  heldBefore(at: number): readonly string[];
  /** Forgets what of an erased dossier still waits to be sent. Inside a transaction. */
  forget(dossier: string): void;
  /** Contents that only erased dossiers name: they are to go from here, whether the centre has them or not. */
  erased(): readonly string[];
  /** Whether any entry here names a content. */
  named(sha256: string): boolean;
}

export function attachmentTable(db: Database.Database, writing: Writing): AttachmentTable {
  // CROSS JOIN: from the few that wait to their entries. Left to itself SQLite walks the whole log for them, at every contact.
  const waiting = db.prepare<[], OwnAttachment>(`
    SELECT e.log, e.seq, e.dossier, w.sha256, json_extract(e.text, '$.facts.bytes') AS bytes
    FROM attachment_waiting w CROSS JOIN entry e ON e.id = w.entry WHERE e.dossier IS NOT NULL ORDER BY w.entry
  `);
  const mark = db.prepare<[string, number]>('INSERT INTO attachment_held (sha256, at) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const settled = db.prepare<[string]>('DELETE FROM attachment_waiting WHERE sha256 = ?');
  const held = db.prepare<[string], { at: number }>('SELECT at FROM attachment_held WHERE sha256 = ?');
  const before = db.prepare<[number], { sha256: string }>('SELECT sha256 FROM attachment_held WHERE at < ? ORDER BY sha256');
  const named = db.prepare<[string], { id: number }>("SELECT id FROM entry WHERE kind = 'dossier.attached' AND json_extract(text, '$.facts.sha256') = ? LIMIT 1");
  const forget = db.prepare<[string]>('DELETE FROM attachment_waiting WHERE entry IN (SELECT id FROM entry WHERE dossier = ?)');
  const erased = db.prepare<[], { sha256: string }>(`
    SELECT json_extract(text, '$.facts.sha256') AS sha256 FROM entry e
    WHERE kind = 'dossier.attached' AND dossier IN (SELECT dossier FROM entry WHERE kind = 'dossier.erased')
    GROUP BY sha256 HAVING NOT EXISTS (
      SELECT 1 FROM entry o WHERE o.kind = 'dossier.attached' AND json_extract(o.text, '$.facts.sha256') = json_extract(e.text, '$.facts.sha256')
      AND o.dossier NOT IN (SELECT dossier FROM entry WHERE kind = 'dossier.erased')
    ) ORDER BY sha256
  `);
  return {
    forget: (dossier) => void forget.run(dossier),
    erased: () => erased.all().map(({ sha256 }) => sha256),
    waiting() {
      const seen = new Set<string>();
      return waiting.all().filter(({ sha256 }) => !seen.has(sha256) && seen.add(sha256));
    },
    markHeld: (sha256, at) => writing.must(() => {
      mark.run(sha256, at);
      settled.run(sha256);
    }),
    heldAt: (sha256) => held.get(sha256)?.at,
    heldBefore: (at) => before.all(at).map(({ sha256 }) => sha256),
    named: (sha256) => named.get(sha256) !== undefined,
  };
}
