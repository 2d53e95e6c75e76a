import type { PendingSummary } from './contract.ts';
import type { EntryTable } from './entries.ts';
import type { OwnLog } from './own-logs.ts';

/** What waits for the centre, kept in memory so that the honest bar costs nothing to show. */
export interface Backlog {
  readonly entries: number;
  readonly bytes: number;
  readonly oldestAt: number | undefined;
  /** Grows in place: after a long outage it is too large to be copied at every act. */
  readonly dossiers: Set<string>;
}

/** Counts what of the own logs the centre does not have. */
export function countBacklog(table: EntryTable, logs: readonly OwnLog[]): Backlog {
  let entries = 0;
  let bytes = 0;
  let oldestAt: number | undefined;
  const dossiers = new Set<string>();
  for (const { sent } of logs) {
    const waiting = table.waiting(sent.log, sent.seq);
    entries += waiting.entries;
    bytes += waiting.bytes;
    if (waiting.oldestAt !== null) oldestAt = Math.min(waiting.oldestAt, oldestAt ?? waiting.oldestAt);
    for (const dossier of table.waitingDossiers(sent.log, sent.seq)) dossiers.add(dossier);
  }
  return { entries, bytes, oldestAt, dossiers };
}

export function summaryOf({ entries, bytes, oldestAt, dossiers }: Backlog): PendingSummary {
  return { entries, bytes, dossiers: dossiers.size, ...(oldestAt === undefined ? {} : { oldestAt }) };
}
