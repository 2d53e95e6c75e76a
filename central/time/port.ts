import type { ClockSample } from '#shared/ports.ts';

/** One look at the centre's clocks. */
export interface CentreReading {
  /** All clocks of the machine; `wall` is the centre's time. */
  readonly sample: ClockSample;
  /** The centre's time, whole milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** Bound on the error of `now`, whole milliseconds; undefined while the machine's clock is not synchronised. */
  readonly rho: number | undefined;
}

/** The centre's time. Reading never waits: what NTP says is asked for in the background. */
export interface CentreTime {
  read(): CentreReading;
  /** Ends the background work. */
  stop(): void;
}
