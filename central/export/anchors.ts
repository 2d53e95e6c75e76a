import { readAnchor } from '#shared/evidence/index.ts';
import type { FlawCode } from '#shared/export/index.ts';
import { anchorNotedSchema, logKinds, logOpenedSchema, noHash, type Entry } from '#shared/log/index.ts';

/** A signed anchor as an entry carries it. */
export interface CarriedAnchor {
  readonly text: string;
  readonly signature: string;
  /** Of the first entry of a continued log: the anchor may be for the log before. */
  readonly inherited: boolean;
}

/** The anchor an entry carries; `malformed` where its kind has one that cannot be read: a desk may write so, and then it proves nothing. */
export function anchorIn({ header }: Entry): CarriedAnchor | 'malformed' | undefined {
  if (header.kind === logKinds.anchorNoted) {
    const facts = anchorNotedSchema.safeParse(header.facts);
    return facts.success ? { text: facts.data.text, signature: facts.data.signature, inherited: false } : 'malformed';
  }
  if (header.kind !== logKinds.opened || header.seq !== 1 || header.facts['anchor'] === undefined) return undefined;
  const facts = logOpenedSchema.safeParse(header.facts);
  return facts.success && facts.data.anchor ? { text: facts.data.anchor.text, signature: facts.data.anchor.signature, inherited: true } : 'malformed';
}

/** What an anchor is held against. */
export interface AnchorGround {
  readonly log: string;
  /** Hash of the log's entry at a place before the note. */
  hashAt(seq: number): string | undefined;
  /** Hash of the entry at a place of the centre's own log. */
  ownHashAt(seq: number): string | undefined;
}

/**
 * What no honest desk and centre can have brought about: something that is no anchor, another log's, a head that does not stand in the chain. Whether the centre signed
 * it is checked elsewhere.
 */
export function anchorFlaw(carried: CarriedAnchor, noteSeq: number, ground: AnchorGround): { readonly code: FlawCode; readonly other: number } | undefined {
  const anchor = readAnchor(carried.text);
  if (!anchor) return { code: 'anchor.bad-signature', other: 0 };
  const { log, seq, hash, own } = anchor;
  if (carried.inherited === (log === ground.log)) return { code: 'anchor.other-log', other: seq };
  if (!carried.inherited && (seq >= noteSeq || (seq === 0 ? noHash : ground.hashAt(seq)) !== hash)) return { code: 'anchor.head-not-in-chain', other: seq };
  if (own && ground.ownHashAt(own.seq) !== own.hash) return { code: 'anchor.centre-rewritten', other: own.seq };
  return undefined;
}
