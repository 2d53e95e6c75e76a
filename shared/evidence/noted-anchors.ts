import { anchorNotedSchema, logKinds, noHash, type Entry } from '#shared/log/index.ts';
import { openAnchor, type Anchor } from './anchor.ts';
import { readingError } from './drift.ts';
import type { EvidencePorts } from './log-record.ts';
import type { IgnoredAnchor } from './verdict.ts';
import type { AnchorSighting } from './working-time.ts';

/** An anchor that counts, with the place in the log where it was noted. */
export interface NotedAnchor extends AnchorSighting {
  readonly seq: number;
}

/** The anchors of a log, in its order: those that count and those that do not. */
export interface NotedAnchors {
  readonly counted: readonly NotedAnchor[];
  readonly ignored: readonly IgnoredAnchor[];
}

/**
 * Reads every `anchor.noted` of a log. One counts if the centre signed it, for this log; if the head it names really is the
 * chain's at that place, before the note; if its uptimes can be true (request not after response, the named head's
 * entry not after the response, the response not after the note); and if its nonce was not noted before with other uptimes.
 */
export function readNotedAnchors(log: string, entries: readonly Entry[], ports: EvidencePorts): NotedAnchors {
  const counted: NotedAnchor[] = [];
  const ignored: IgnoredAnchor[] = [];
  const nonces = new Map<string, NotedAnchor>();
  for (const entry of entries) {
    if (entry.header.kind !== logKinds.anchorNoted) continue;
    const { seq } = entry.header;
    const facts = anchorNotedSchema.safeParse(entry.header.facts);
    if (!facts.success) {
      ignored.push({ seq, why: 'malformed' });
      continue;
    }
    const { number, boot, requestUptime, responseUptime, text, signature } = facts.data;
    const anchor = opened(text, signature, ports);
    if (!anchor) {
      ignored.push({ seq, why: 'bad-signature' });
      continue;
    }
    const noted: NotedAnchor = { seq, number, boot, requestUptime, responseUptime, anchor };
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

function opened(text: string, signature: string, ports: EvidencePorts): Anchor | undefined {
  for (const key of ports.centreKeys) {
    const anchor = openAnchor({ text, signature }, key, ports.verifier);
    if (anchor) return anchor;
  }
  return undefined;
}

function objection(log: string, noted: NotedAnchor, note: Entry, entries: readonly Entry[]): IgnoredAnchor['why'] | undefined {
  const { anchor, boot, requestUptime, responseUptime } = noted;
  if (anchor.log !== log) return 'other-log';
  const head = anchor.seq === 0 ? undefined : entries[anchor.seq - 1];
  if (anchor.seq >= noted.seq || (anchor.seq === 0 ? noHash : head?.hash) !== anchor.hash) return 'head-not-in-chain';
  const { clock } = note.header;
  if (requestUptime > responseUptime) return 'impossible-uptimes';
  if (boot === clock.boot && responseUptime > clock.uptime + readingError) return 'impossible-uptimes';
  if (head && head.header.clock.boot === boot && head.header.clock.uptime > responseUptime + readingError) return 'impossible-uptimes';
  return undefined;
}
