import type Database from 'better-sqlite3';
import { leasedCode, logTag, provisionalCode, type Catalogue } from '#shared/catalogue/index.ts';
import type { CodeAllocator } from './contract.ts';

/** The block of the codes that a desk makes up itself while it has no lease. */
const provisional = 'provisional';

/** How many of a block's numbers the log used on a civil date. */
export function codesUsed(db: Database.Database): (log: string, block: string, date: string) => number {
  const used = db.prepare<[string, string, string], { used: number }>('SELECT used FROM code_use WHERE log = ? AND block = ? AND date = ?');
  return (log, block, date) => used.get(log, block, date)?.used ?? 0;
}

/**
 * Gives out codes of dossiers for a log. What was used is counted in the same transaction as the act that uses it: a
 * refused act gives its number back, a recorded one keeps it through every crash. `taken` looks among the dossiers known here.
 */
export function codeAllocators(db: Database.Database, taken: (code: string) => boolean): (log: string, catalogue: Catalogue | undefined) => CodeAllocator {
  const used = codesUsed(db);
  const use = db.prepare<[string, string, string, number]>(`
    INSERT INTO code_use (log, block, date, used) VALUES (?, ?, ?, ?) ON CONFLICT (log, block, date) DO UPDATE SET used = excluded.used
  `);

  /** The next code of a block that no dossier here has; undefined when the block is used up. */
  function take(log: string, block: string, date: string, code: (used: number) => string | undefined): string | undefined {
    for (let count = used(log, block, date); ; count += 1) {
      const text = code(count);
      if (text === undefined) return undefined;
      if (taken(text)) continue;
      use.run(log, block, date, count + 1);
      return text;
    }
  }

  return (log, catalogue) => ({
    next(civilDate) {
      for (const lease of catalogue?.leases ?? []) {
        if (lease.log !== log) continue;
        const text = take(log, lease.id, civilDate, (count) => leasedCode(lease, civilDate, count));
        if (text !== undefined) return { text, provisional: false };
      }
      const text = take(log, provisional, '', (count) => provisionalCode(logTag(log), count + 1));
      if (text === undefined) throw new RangeError('provisional codes never run out');
      return { text, provisional: true };
    },
  });
}
