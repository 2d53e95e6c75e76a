import type { CentreSide, Stretch } from '#shared/evidence/index.ts';
import type { CentreHeard } from '../ledger/index.ts';

/** Nothing heard for longer is a silence, milliseconds: two of the anchors due each 5 minutes are missing. */
export const silenceAfter = 10 * 60_000;

/** A head a log named as its own end, in a signed request; milliseconds by the centre's clock. */
export interface Claimed {
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
  readonly rho: number;
}

/** What the centre's own log says of its hearing of the desks, growing with each of its entries. */
export class Hearing {
  private readonly last = new Map<string, number>();
  private readonly said = new Map<string, Claimed[]>();
  private readonly quiet = new Map<string, Stretch[]>();
  /** Up to when it is written down who was heard. -Infinity: nothing is. */
  horizon = -Infinity;

  heard({ to, logs }: CentreHeard): void {
    this.horizon = Math.max(this.horizon, to);
    for (const { log, lastAt, claim } of logs) {
      this.heardAt(log, lastAt);
      if (claim) put(this.said, log, claim);
    }
  }

  heardAt(log: string, at: number): void {
    this.last.set(log, Math.max(at, this.last.get(log) ?? -Infinity));
  }

  silent(log: string, stretch: Stretch): void {
    put(this.quiet, log, stretch);
  }

  /** When a log's desk was last heard, as far as it is written down. */
  lastAt(log: string): number | undefined {
    return this.last.get(log);
  }

  claims(log: string): readonly Claimed[] {
    return this.said.get(log) ?? [];
  }

  /** When nothing was heard of a log's desk; one that lasts is there up to where the writing ends. */
  silences(log: string): readonly Stretch[] {
    const ended = this.quiet.get(log) ?? [];
    const last = this.last.get(log);
    if (last === undefined || this.horizon - last <= silenceAfter) return ended;
    return [...ended, { from: last, to: this.horizon }];
  }

  /** What the centre heard of a desk, whichever of its logs it wrote at the time. */
  side(logs: readonly string[], gaps: readonly Stretch[]): CentreSide {
    return { gaps, silences: logs.flatMap((log) => this.silences(log)) };
  }
}

function put<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
