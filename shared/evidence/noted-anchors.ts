import { anchorNotedSchema, logKinds, logOpenedSchema, noHash, type ReadEntry } from '#shared/log/index.ts';
import { atOnce, type Steps } from '#shared/steps.ts';
import type { z } from 'zod';
import { openAnchor, type Anchor } from './anchor.ts';
import { readingError } from './drift.ts';
import type { EvidencePorts } from './log-record.ts';
import type { IgnoredAnchor } from './verdict.ts';
import type { AnchorSighting } from './working-time.ts';

/** An anchor that counts, with the place in the log where it was noted. */
export interface NotedAnchor extends AnchorSighting {
  readonly seq: number;
  /** What the wall clock said when its answer was there, where the note tells. */
  readonly wall: number | undefined;
  /** Whether it came with the first entry of a continued log and names a head of the log before. */
  readonly inherited: boolean;
}

/** What an entry that notes an anchor says by itself: the anchor, or why it is none. */
export type OpenedNote = NotedAnchor | Extract<IgnoredAnchor['why'], 'malformed' | 'bad-signature'>;

/** The anchors of a log, in its order: those that count and those that do not. */
export interface NotedAnchors {
  readonly counted: readonly NotedAnchor[];
  readonly ignored: readonly IgnoredAnchor[];
}

/**
 * Reads every `anchor.noted` of a log, and the one its first entry may carry over from the log before. One counts if the centre signed it, for this log; if the head it names really is the
 * chain's at that place, before the note (of the one carried over that is for the log before to tell); if its uptimes can be true (request not after response, the named head's
 * entry not after the response, the response not after the note); and if its nonce was not noted before with other uptimes.
 */
export function readNotedAnchors(log: string, entries: readonly ReadEntry[], ports: EvidencePorts): NotedAnchors {
  return atOnce(readingNotedAnchors(log, entries, ports));
}

/** The same in steps of some entries each. */
export function* readingNotedAnchors(log: string, entries: readonly ReadEntry[], ports: EvidencePorts): Steps<NotedAnchors> {
  const counted: NotedAnchor[] = [];
  const ignored: IgnoredAnchor[] = [];
  const nonces = new Map<string, NotedAnchor>();
  for (const entry of entries) {
    const { seq } = entry.header;
    if (seq % 32 === 0) yield;
    const noted = openedIn(entry, ports);
    if (noted === undefined) continue;
    if (typeof noted === 'string') {
      ignored.push({ seq, why: noted });
      continue;
    }
    const { boot, requestUptime, responseUptime, anchor } = noted;
    const why = objection(log, noted, entry, entries);
    if (why) {
      ignored.push({ seq, why });
      continue;
    }
    const same = nonces.get(anchor.nonce);
    if (!same) {
      nonces.set(anchor.nonce, noted);
      counted.push(noted);
    } else if (same.boot !== boot || same.requestUptime !== requestUptime || same.responseUptime !== responseUptime) {
      ignored.push({ seq, why: 'replayed' });
    }
  }
  return { counted, ignored };
}

type Seen = z.infer<typeof anchorNotedSchema> extends infer Noted ? Omit<Noted, 'why'> & { readonly inherited: boolean } : never;

/** The anchor an entry carries, if its kind is one that does. */
function seenIn({ header }: ReadEntry): Seen | 'malformed' | undefined {
  if (header.kind === logKinds.anchorNoted) {
    const facts = anchorNotedSchema.safeParse(header.facts);
    return facts.success ? { ...facts.data, inherited: false } : 'malformed';
  }
  if (header.kind !== logKinds.opened || header.seq !== 1 || header.facts['anchor'] === undefined) return undefined;
  const facts = logOpenedSchema.safeParse(header.facts);
  return facts.success && facts.data.anchor ? { ...facts.data.anchor, inherited: true } : 'malformed';
}

function openedIn(entry: ReadEntry, ports: EvidencePorts): OpenedNote | undefined {
  const { kind } = entry.header;
  if (kind !== logKinds.anchorNoted && kind !== logKinds.opened) return undefined;
  const before = ports.opened?.get(entry.hash);
  if (before !== undefined) return before;
  const seen = seenIn(entry);
  if (seen === undefined) return undefined;
  const note = seen === 'malformed' ? seen : notedIn(entry.header.seq, seen, ports);
  ports.opened?.set(entry.hash, note);
  return note;
}

function notedIn(seq: number, { number, boot, requestUptime, responseUptime, wall, text, signature, inherited }: Seen, ports: EvidencePorts): OpenedNote {
  const anchor = opened(text, signature, ports);
  return anchor ? { seq, number, boot, requestUptime, responseUptime, wall, anchor, inherited } : 'bad-signature';
}

function opened(text: string, signature: string, ports: EvidencePorts): Anchor | undefined {
  for (const key of ports.centreKeys) {
    const anchor = openAnchor({ text, signature }, key, ports.verifier);
    if (anchor) return anchor;
  }
  return undefined;
}

function objection(log: string, noted: NotedAnchor, note: ReadEntry, entries: readonly ReadEntry[]): IgnoredAnchor['why'] | undefined {
  const { anchor, boot, requestUptime, responseUptime } = noted;
  if (noted.inherited !== (anchor.log !== log)) return 'other-log';
  const head = anchor.seq === 0 || noted.inherited ? undefined : entries[anchor.seq - 1];
  if (!noted.inherited && (anchor.seq >= noted.seq || (anchor.seq === 0 ? noHash : head?.hash) !== anchor.hash)) return 'head-not-in-chain';
  const { clock } = note.header;
  if (requestUptime > responseUptime) return 'impossible-uptimes';
  if (boot === clock.boot && responseUptime > clock.uptime + readingError) return 'impossible-uptimes';
  if (head && head.header.clock.boot === boot && head.header.clock.uptime > responseUptime + readingError) return 'impossible-uptimes';
  return undefined;
}
