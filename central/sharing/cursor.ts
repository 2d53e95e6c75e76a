import { z } from 'zod';
import { canonicalText, type Head } from '#shared/log/index.ts';
import type { CentreReader, FeedPlace } from '../store/index.ts';

const place = z.tuple([z.int().nonnegative(), z.int().nonnegative()]);

/**
 * How far a desk has come. `at` is the head of the centre's own log when the page was made: that log holds a receipt of
 * everything committed before, so a centre that was put back from a backup, and has other entries at these places now,
 * knows that the cursor is not its own.
 */
const cursorSchema = z.object({
  at: z.tuple([z.int().nonnegative(), z.string().max(64)]),
  /** Agency, place reached, and the end of its first pass while that lasts. */
  marks: z.array(z.union([z.tuple([z.string(), place]), z.tuple([z.string(), place, place])])).max(200),
  /** What the last page left: entries, bytes. */
  left: place.optional(),
});

/** Where a desk stands in what one agency is shown. */
export interface Mark {
  readonly after: FeedPlace;
  /** The first pass, without the closed dossiers, goes up to here. */
  readonly until?: FeedPlace;
}

export interface Cursor {
  readonly marks: ReadonlyMap<string, Mark>;
  readonly left?: { readonly entries: number; readonly bytes: number };
}

/** Reads a cursor; undefined for one that is not of this centre as it is now. */
export async function openCursor(text: string, reader: CentreReader, ownLog: string): Promise<Cursor | undefined> {
  const cursor = cursorSchema.safeParse(parse(text));
  if (!cursor.success) return undefined;
  const { at: [seq, hash], marks, left } = cursor.data;
  if ((await reader.hashAt(ownLog, seq))?.slice(0, hash.length) !== hash || hash.length < 16) return undefined;
  return {
    marks: new Map(marks.map(([agency, after, until]) => [agency, { after: placeOf(after), ...(until ? { until: placeOf(until) } : {}) }])),
    ...(left ? { left: { entries: left[0], bytes: left[1] } } : {}),
  };
}

/** Writes a cursor. `own` is the head of the centre's own log, read after everything the marks stand for. */
export function writeCursor({ marks, left }: Cursor, own: Head): string {
  const text = canonicalText({
    at: [own.seq, own.hash.slice(0, 16)],
    marks: [...marks].map(([agency, { after, until }]) => [agency, tupleOf(after), ...(until ? [tupleOf(until)] : [])]),
    ...(left ? { left: [left.entries, left.bytes] } : {}),
  });
  return Buffer.from(text, 'utf8').toString('base64url');
}

function placeOf([position, entry]: readonly [number, number]): FeedPlace {
  return { position, entry };
}

function tupleOf({ position, entry }: FeedPlace): readonly [number, number] {
  return [position, entry];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
