import type { AnchorSighting } from './working-time.ts';

/**
 * δ = 200 ppm = 1/5000, the drift of a cheap crystal (17 s a day): per unit of uptime between 1 − δ and 1 + δ of true
 * time pass. Kept as a divisor so that every bound is computed in whole milliseconds.
 */
export const driftDivisor = 5_000;

/**
 * What a reading of uptime may be off, milliseconds: systems count it in steps of 10 to 16 ms, it is rounded to whole
 * milliseconds, and every bound compares two readings.
 */
export const readingError = 40;

/** A stretch of true time with both ends known. Milliseconds, whole, rounded outwards. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Least true time in `elapsed` of uptime (may be negative): (1 − δ)x forward, (1 + δ)x backward, rounded down. */
export function leastElapsed(elapsed: number): number {
  return elapsed - Math.ceil(Math.abs(elapsed) / driftDivisor);
}

/** Most true time in `elapsed` of uptime (may be negative), rounded up. */
export function mostElapsed(elapsed: number): number {
  return elapsed + Math.ceil(Math.abs(elapsed) / driftDivisor);
}

/**
 * Where an act at uptime *u* lies by one anchor of the same boot, sent for at *q*, answered at *p*, signed at *t* ± *ρ*
 * somewhere in between:
 *
 * - anchor before the act (*p* ≤ *u*): `t + (1−δ)(u−p) − ρ ≤ T ≤ t + (1+δ)(u−q) + ρ`
 * - anchor after the act (*q* ≥ *u*): `t − (1+δ)(p−u) − ρ ≤ T ≤ t − (1−δ)(q−u) + ρ`
 *
 * and for an act while the anchor was on its way the lower bound of the second with the upper bound of the first. All
 * are one formula once the drift takes the sign of the difference. {@link readingError} is added outwards.
 */
export function aroundAnchor(sighting: AnchorSighting, uptime: number): Bounds {
  const { t, rho } = sighting.anchor;
  return {
    min: t - rho + leastElapsed(uptime - sighting.responseUptime) - readingError,
    max: t + rho + mostElapsed(uptime - sighting.requestUptime) + readingError,
  };
}

/**
 * Whether two anchors of one boot, the earlier first, fit one crystal:
 * `|(p_j − p_i) − (t_j − t_i)| ≤ δΔ + rtt_i + rtt_j + ρ_i + ρ_j`, where Δ is the longer of the two differences, so that a
 * clock at the very edge of δ still fits after weeks. Where they do not fit, the machine stood still, or someone lies.
 */
export function anchorsAgree(earlier: AnchorSighting, later: AnchorSighting): boolean {
  const byUptime = later.responseUptime - earlier.responseUptime;
  const byCentre = later.anchor.t - earlier.anchor.t;
  const travel = later.responseUptime - later.requestUptime + (earlier.responseUptime - earlier.requestUptime);
  const allowed = Math.ceil(Math.max(byUptime, byCentre, 0) / driftDivisor) + travel + earlier.anchor.rho + later.anchor.rho + 2 * readingError;
  return Math.abs(byUptime - byCentre) <= allowed;
}
