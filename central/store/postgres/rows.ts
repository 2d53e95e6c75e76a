import { toBody } from '../body-column.ts';
import type { HeldEntry } from '../port.ts';

/** The columns of {@link EntryRow}. Named one by one: a statement that a connection has parsed stays good when a column is added. */
export const entryColumns = 'id, log, branch, seq, hash, text, body, received_at AS "receivedAt", rho, marked';

/** A row of the entries. */
export interface EntryRow {
  readonly id: number;
  readonly log: string;
  readonly branch: string | null;
  readonly seq: number;
  readonly hash: string;
  readonly text: string;
  readonly body: string | null;
  readonly receivedAt: number;
  readonly rho: number | null;
  readonly marked: boolean;
}

/** A row as the port has it. */
export function toEntry({ id, branch, body, rho, ...row }: EntryRow): HeldEntry {
  return { ...row, commit: id, branch: branch ?? undefined, body: toBody(body), rho: rho ?? undefined };
}
