import type { ReadEntry } from '#shared/log/index.ts';
import type { Verifier } from '#shared/ports.ts';
import type { OpenedNote } from './noted-anchors.ts';
import type { OutsideStretch } from './support.ts';
import type { CredibleInterval, IgnoredAnchor, Span } from './verdict.ts';

/** The centre's receipt of a head: at its own time `at` it held the log up to `seq`. */
export interface Receipt {
  readonly seq: number;
  readonly hash: string;
  /** The centre's clock, milliseconds. Counts as the arrival of the news whatever `rho` says. */
  readonly at: number;
  /**
   * A time by which the receipt surely existed, and its bound: the receipt's own, or, where the centre was not synchronised,
   * that of the next synchronised entry of the centre's own log. Null where there is none: then it proves order, not time.
   */
  readonly proof: { readonly at: number; readonly rho: number } | null;
  /** Hash of the centre's entry that is the receipt; nobody could foresee it, so audits are drawn by it. */
  readonly entry?: string;
}

/** At the centre's time `at` the log itself said, in a signed request, that `{seq, hash}` was its head. */
export interface HeadClaim {
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
  readonly rho: number;
}

/** All the centre has of one log. */
export interface LogRecord {
  readonly log: string;
  /** Entries from seq 1 on, in order, whose chain was checked. */
  readonly entries: readonly ReadEntry[];
  /** In the order of the centre's own log. */
  readonly receipts: readonly Receipt[];
  readonly claims?: readonly HeadClaim[];
  /** Heads of this log that sibling desks wrote down as witnesses: `at` is the latest the witness's own entry can be. */
  readonly witnesses?: readonly { readonly seq: number; readonly hash: string; readonly at: number }[];
  /** When the office's line did not work, by somebody outside it. */
  readonly outside?: readonly OutsideStretch[];
  /** Staff ids of those who may close the agency's days. */
  readonly supervisors?: ReadonlySet<string>;
  /** How much of the time between two instants were days off by the published calendar, milliseconds. None unless given. */
  readonly daysOff?: (from: number, to: number) => number;
  /** Hard lower bound of the parent's head that the first entry names; the first entry of a log carries the time of its parent. */
  readonly parentMin?: number | null;
  /** Seq from which the log has two branches. */
  readonly forkAt?: number;
}

export interface EvidencePorts {
  /** The centre's public keys, base64url; an anchor counts if one of them signed it. */
  readonly centreKeys: readonly string[];
  readonly verifier: Verifier;
  /** What entries that note an anchor came to before with these keys, by their hash. A signature takes longer to check than all the rest of an entry. */
  readonly opened?: Map<string, OpenedNote>;
}

/** A stretch in which the desk says it had no link, in credible time; `to` is open while the log knows no return. */
export interface DeskOutage {
  readonly fromSeq: number;
  readonly toSeq: number | null;
  readonly from: Span;
  readonly to: Span | null;
}

/** A stretch between two entries in which the machine was switched off. */
export interface DeskOff {
  /** Not before this. */
  readonly from: number | null;
  /** Not after this. */
  readonly to: number | null;
}

/** What one log proves about time. Built by `logEvidence`. */
export interface LogEvidence {
  readonly log: string;
  /** Seq of the last entry the centre holds. */
  readonly held: number;
  /** The credible interval of the entry with that seq; undefined beyond what is held. */
  interval(seq: number): CredibleInterval | undefined;
  /** All that a verdict may take from an entry's interval and arrival, in one text: equal texts, equal verdicts. */
  stamp(seq: number): string;
  /** Whether the entry with this hash stands at that place of this chain. */
  holds(seq: number, hash: string): boolean;
  /** The first receipt that covers the entry: when the centre learned of it. */
  arrival(seq: number): Receipt | undefined;
  /** Whatever the log's machine did before this time is among the entries held (milliseconds; null: nothing is known). */
  readonly coveredTo: number | null;
  readonly outages: readonly DeskOutage[];
  /** Stretches switched off between the entries `fromSeq` and `toSeq`. */
  offBetween(fromSeq: number, toSeq: number): readonly DeskOff[];
  readonly ignored: readonly IgnoredAnchor[];
  /** Of a forked log: what its other branches prove; each holds the common beginning too. */
  readonly branches: readonly LogEvidence[];
  readonly anchors: readonly { readonly seq: number; readonly number: number; readonly t: number; readonly rho: number }[];
}

/** The evidence of the log, or of the branch of a log, that an entry stands in. */
export function evidenceOf(logs: ReadonlyMap<string, LogEvidence>, { log, seq, hash }: { readonly log: string; readonly seq: number; readonly hash: string }): LogEvidence | undefined {
  const main = logs.get(log);
  if (!main || main.holds(seq, hash)) return main;
  return main.branches.find((branch) => branch.holds(seq, hash));
}
