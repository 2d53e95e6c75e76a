import { toBody } from './body-column.ts';
import type { HeldEntry } from './port.ts';

/** A row of the entries. */
export interface EntryRow {
  readonly id: number;
  readonly log: string;
  readonly branch: string | null;
  readonly seq: number;
  readonly hash: string;
  readonly text: string;
  readonly body: string | null;
  readonly received_at: number;
  readonly rho: number | null;
  readonly marked: number;
}

/** A row as the port has it. */
export function toEntry(row: EntryRow): HeldEntry {
  return {
    commit: row.id, log: row.log, branch: row.branch ?? undefined, seq: row.seq, hash: row.hash, text: row.text, body: toBody(row.body),
    receivedAt: row.received_at, rho: row.rho ?? undefined, marked: row.marked === 1,
  };
}
