/** First and last civil day on which something holds, both inclusive; without one it holds without end on that side. */
export interface Validity {
  readonly validFrom?: string | undefined;
  readonly validTo?: string | undefined;
}

/** Whether something with days of validity holds on a civil date. */
export function holds({ validFrom, validTo }: Validity, civilDate: string): boolean {
  return (validFrom === undefined || validFrom <= civilDate) && (validTo === undefined || civilDate <= validTo);
}

/** Whether two validities share a day. */
export function overlap(a: Validity, b: Validity): boolean {
  const starts = (x: Validity, y: Validity): boolean => x.validFrom === undefined || y.validTo === undefined || x.validFrom <= y.validTo;
  return starts(a, b) && starts(b, a);
}
