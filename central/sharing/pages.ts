import type { PageHeader } from '#shared/sync/index.ts';
import { canonicalText, emptyHead } from '#shared/log/index.ts';
import type { OwnLog } from '../ledger/index.ts';
import type { CentreReader, FeedPlace, HeldEntry, Installation } from '../store/index.ts';
import { openCursor, writeCursor, type Cursor, type Mark } from './cursor.ts';
import type { Heritage } from './heritage.ts';

export interface SharingPorts {
  readonly store: CentreReader;
  readonly own: OwnLog;
  readonly heritage: Heritage;
  /** The centre's time, milliseconds. */
  readonly now: number;
}

/** A page before it is written and signed. */
export interface PageContent {
  readonly entries: readonly HeldEntry[];
  readonly next: Pick<PageHeader, 'cursor' | 'more' | 'left' | 'anew'>;
}

interface Asked {
  readonly installation: Installation;
  /** The log whoever asks writes now, where it says so. */
  readonly log?: string | undefined;
  readonly since: string | undefined;
  /** Bytes of entries the page may hold. */
  readonly bytes: number;
}

const nowhere: FeedPlace = { position: 0, entry: 0 };
const nothing = { entries: 0, bytes: 0 } as const;

/**
 * The logs whose main lines are left out: the one that whoever asks writes. A disk that was cloned, or put back, may lack what another one
 * wrote into the installation's other logs. Programs of earlier versions do not say which log they write; they have them all.
 */
async function leftOut(store: CentreReader, { installation, log }: Asked): Promise<readonly string[]> {
  const own = (await store.logs()).flatMap((held) => (held.installation === installation.id ? [held.log] : []));
  return log === undefined ? own : own.filter((one) => one === log);
}

/**
 * What the installation's agency is shown: entries of other installations on dossiers in which it, or an agency it
 * succeeded, has a part. Without a cursor, or for an agency newly succeeded, the first pass leaves out the dossiers that are
 * closed; with `closed` it is those alone, and nothing after them.
 */
export async function feedPage({ store, own, heritage, now }: SharingPorts, asked: Asked, closed: boolean): Promise<PageContent> {
  const { installation, since, bytes } = asked;
  const except = await leftOut(store, asked);
  const known = since === undefined ? undefined : await openCursor(since, store, own.log);
  const marks = new Map<string, Mark>();
  for (const agency of await heritage(installation.agency, now)) marks.set(agency, known?.marks.get(agency) ?? { after: nowhere, until: await store.feedEnd(agency) });

  const entries: HeldEntry[] = [];
  let size = 0;
  let more = false;
  for (const agency of marks.keys()) {
    for (const stretch of stretches(closed)) {
      const mark = marks.get(agency) ?? { after: nowhere };
      // One pass after the other: what is behind the first one's end is not looked at before it.
      if (more || (stretch === undefined ? mark.until !== undefined : mark.until === undefined)) continue;
      const read = await store.feed({ agency, ...mark, closed: stretch, except }, bytes - size);
      // A page holds one entry, however large; a further agency's first one must fit.
      const fits = entries.length === 0 || size + read.bytes <= bytes;
      if (fits) {
        entries.push(...read.entries);
        size += read.bytes;
        marks.set(agency, read.more ? { ...mark, after: read.reached } : { after: mark.until ?? read.reached });
      }
      more = read.more || !fits;
    }
  }
  const left = more ? await leftAfter(store, except, marks, closed, known?.left, { entries: entries.length, bytes: size }) : nothing;
  if (since !== undefined && known && !known.left && !more && sameMarks(marks, known.marks)) {
    // Nothing moved: the desk need not write anything.
    return { entries, next: { cursor: since, more, left } };
  }
  const head = (await store.findLog(own.log))?.head ?? emptyHead(own.log);
  const cursor: Cursor = { marks, ...(more ? { left } : {}) };
  return { entries, next: { cursor: writeCursor(cursor, head), more, left, ...(since !== undefined && !known ? { anew: true } : {}) } };
}

function sameMarks(a: ReadonlyMap<string, Mark>, b: ReadonlyMap<string, Mark>): boolean {
  return canonicalText([...a]) === canonicalText([...b]);
}

/** The passes in their order: first without the closed, then everything new; or the closed alone. */
function stretches(closed: boolean): readonly ('without' | 'alone' | undefined)[] {
  return closed ? ['alone'] : ['without', undefined];
}

/** What is left behind the marks: counted once, then what each page brings is taken off, until that says nothing is left. */
async function leftAfter(
  store: CentreReader, except: readonly string[], marks: ReadonlyMap<string, Mark>, closed: boolean, before: Cursor['left'], brought: { entries: number; bytes: number },
): Promise<{ entries: number; bytes: number }> {
  const rest = before && { entries: before.entries - brought.entries, bytes: before.bytes - brought.bytes };
  if (rest && rest.entries > 0 && rest.bytes > 0) return rest;
  let entries = 0;
  let bytes = 0;
  for (const [agency, { after, until }] of marks) {
    const query = { agency, except };
    const first = until ? await store.feedLeft({ ...query, after, until, closed: closed ? 'alone' : 'without' }) : nothing;
    const then = closed ? nothing : await store.feedLeft({ ...query, after: until ?? after });
    entries += first.entries + then.entries;
    bytes += first.bytes + then.bytes;
  }
  return { entries, bytes };
}

/** Entries looked at for one page of a dossier or a log. */
const scanned = 2_000;

/**
 * One dossier's history, without what whoever asks has written itself; undefined where the agency has no part in it, and where
 * there is no such dossier: nobody learns which. An agency without a part is still given its own entries.
 */
export async function dossierPage({ store, heritage, now }: SharingPorts, asked: Asked, dossier: string): Promise<PageContent | undefined> {
  const { installation, since, bytes } = asked;
  const agencies = new Set(await heritage(installation.agency, now));
  const hasPart = (await store.parties(dossier)).some((agency) => agencies.has(agency));
  const except = new Set(await leftOut(store, asked));
  const rows = await store.entriesOfDossier(dossier, Number(since ?? 0), scanned);
  const shown = hasPart ? rows : rows.filter(({ text }) => agencies.has(agencyOf(text)));
  if (!hasPart && shown.length === 0) return undefined;
  return cut(shown.filter(({ log, branch }) => branch !== undefined || !except.has(log)), rows, { since, bytes }, ({ commit }) => commit);
}

/** The dossiers with a code in which the agency has a part. */
export async function dossiersWithCode({ store, heritage, now }: SharingPorts, installation: Installation, code: string): Promise<readonly string[]> {
  const agencies = new Set(await heritage(installation.agency, now));
  const found: string[] = [];
  for (const dossier of await store.dossiersOfCode(code)) {
    if ((await store.parties(dossier)).some((agency) => agencies.has(agency))) found.push(dossier);
  }
  return found.slice(0, 100);
}

/** Entries of one of the installation's own logs after a seq, in order: what a disk lost. The caller has looked whose log it is. */
export async function ownLogPage({ store }: Pick<SharingPorts, 'store'>, { since, bytes }: Asked, log: string): Promise<PageContent> {
  const rows = await store.entries(log, Number(since ?? 0) + 1, scanned);
  return cut(rows, rows, { since, bytes }, ({ seq }) => seq);
}

/** The beginning of `wanted` that fits a page; `rows` is all that was looked at for it. */
function cut(wanted: readonly HeldEntry[], rows: readonly HeldEntry[], { since, bytes }: Omit<Asked, 'installation'>, placed: (entry: HeldEntry) => number): PageContent {
  let size = 0;
  const entries: HeldEntry[] = [];
  for (const row of wanted) {
    if (entries.length > 0 && size + bytesOf(row) > bytes) break;
    entries.push(row);
    size += bytesOf(row);
  }
  const rest = wanted.slice(entries.length);
  const reached = rest.length > 0 ? entries.at(-1) : rows.at(-1);
  return {
    entries,
    next: {
      cursor: reached ? String(placed(reached)) : (since ?? '0'), more: rest.length > 0 || rows.length === scanned,
      left: { entries: rest.length, bytes: rest.reduce((sum, row) => sum + bytesOf(row), 0) },
    },
  };
}

function bytesOf({ text, body }: HeldEntry): number {
  return Buffer.byteLength(text) + (body && 'body' in body ? Buffer.byteLength(body.body) : 0);
}

function agencyOf(text: string): string {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && 'agency' in value ? String(value.agency) : '';
}
