import type Database from 'better-sqlite3';
import { DomainError, fail, ok, type Outcome } from '#shared/errors/index.ts';
import { bodyFits, emptyHead, followChain, parseEntry } from '#shared/log/index.ts';
import type { Hasher } from '#shared/ports.ts';
import { entryTable } from './entries.ts';
import { guarded } from './failure.ts';
import { ownLogTable } from './own-logs.ts';

/** Checks every page of a database, and the chain and seals of its own logs. Errors: `store.damaged`, `log.bad-chain`, `log.malformed-entry`. */
export function verifyDatabase(db: Database.Database, hasher: Hasher): Outcome<true> {
  try {
    return guarded(() => {
      if (db.pragma('integrity_check', { simple: true }) !== 'ok') return fail('store.damaged');
      const table = entryTable(db);
      for (const { identity } of ownLogTable(db).all()) {
        const chain = verifyLog(table.after(identity.log, 0), identity.log, hasher);
        if (!chain.ok) return chain;
      }
      return ok(true);
    });
  } catch (error) {
    if (error instanceof DomainError) return { ok: false, fault: error.fault };
    throw error;
  }
}

function verifyLog(carried: ReturnType<ReturnType<typeof entryTable>['after']>, log: string, hasher: Hasher): Outcome<true> {
  let head = emptyHead(log);
  for (const { entry, body } of carried) {
    const read = parseEntry(entry.text, hasher);
    if (!read.ok) return read;
    if (read.value.hash !== entry.hash) return fail('log.bad-chain', { seq: entry.header.seq });
    const next = followChain(head, [entry]);
    if (!next.ok) return next;
    if (!bodyFits(entry, body, hasher)) return fail('log.bad-chain', { seq: entry.header.seq });
    head = next.value;
  }
  return ok(true);
}
