import type { FeedPlace, FeedQuery } from './port.ts';

/** Rows looked at in one go, whether or not they are wanted: bounds how long one request holds the process. */
export const scanned = 5_000;

/** A place in what an agency is shown, with what tells whether it is wanted. */
export interface PlaceRow extends FeedPlace {
  readonly bytes: number;
  /** Place of the entry that closed its dossier; null while that is open. */
  readonly closedAt: number | null;
  readonly log: string;
  readonly branch: string | null;
}

export const nowhere: FeedPlace = { position: 0, entry: 0 };
export const everywhere: FeedPlace = { position: Number.MAX_SAFE_INTEGER, entry: Number.MAX_SAFE_INTEGER };

/** The entries to be given of the places that were looked at. */
export interface Chosen {
  /** Their places in the order of commits. */
  readonly entries: readonly number[];
  readonly bytes: number;
  readonly reached: FeedPlace;
  readonly more: boolean;
}

/** Chooses from at most {@link scanned} rows behind `query.after`, in their order, as much as `limit` bytes hold; but one if there is one. */
export function choose(rows: readonly PlaceRow[], query: FeedQuery, limit: number): Chosen {
  const except = new Set(query.except);
  const entries: number[] = [];
  let bytes = 0;
  let reached = query.after;
  for (const row of rows) {
    const { position, entry } = row;
    if ((row.branch !== null || !except.has(row.log)) && wanted(row, query)) {
      if (entries.length > 0 && bytes + row.bytes > limit) return { entries, bytes, reached, more: true };
      entries.push(entry);
      bytes += row.bytes;
    }
    reached = { position, entry };
  }
  return { entries, bytes, reached, more: rows.length === scanned };
}

function wanted({ closedAt }: PlaceRow, { closed, until }: FeedQuery): boolean {
  if (closed === undefined || until === undefined) return true;
  const isClosed = closedAt !== null && closedAt <= until.position;
  return isClosed === (closed === 'alone');
}
