/** A stretch of true time, milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Whether a time lies in one of the stretches. */
export function within(stretches: readonly Stretch[], at: number): boolean {
  return stretches.some(({ from, to }) => from <= at && at < to);
}

/** The way from an office to the centre: its own cable, the access line it shares with others, and the province's network. */
export class Line {
  /** The clerk's own doing: a cable pulled. */
  unplugged = false;
  private readonly parts: readonly (readonly Stretch[])[];
  /** Milliseconds one way. */
  readonly latency: () => number;

  constructor(parts: readonly (readonly Stretch[])[], latency: () => number) {
    this.parts = parts;
    this.latency = latency;
  }

  up(at: number): boolean {
    return !this.unplugged && !this.parts.some((stretches) => within(stretches, at));
  }
}
