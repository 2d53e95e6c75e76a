import type { Forwarded, TakenOver } from './acts/index.ts';
import type { Hop, Recorded } from './state.ts';

/** A half of a hop as it comes in the fold's order. */
export type Half = { readonly given: Recorded<Forwarded> } | { readonly taken: Recorded<TakenOver> };

function sameWay(a: Forwarded | TakenOver, b: Forwarded | TakenOver): boolean {
  const sameUnit = (one: string | undefined, other: string | undefined): boolean => one === undefined || other === undefined || one === other;
  return a.fromAgency === b.fromAgency && a.toAgency === b.toAgency && sameUnit(a.fromUnit, b.fromUnit) && sameUnit(a.toUnit, b.toUnit);
}

function hopOf(half: Half): Hop {
  const facts = 'given' in half ? half.given : half.taken;
  return {
    hop: facts.hop,
    fromAgency: facts.fromAgency, ...(facts.fromUnit === undefined ? {} : { fromUnit: facts.fromUnit }),
    toAgency: facts.toAgency, ...(facts.toUnit === undefined ? {} : { toUnit: facts.toUnit }),
    ...half,
  };
}

/**
 * Matches the halves of form 06: first those that name one hop, then, in the fold's order, those that go the same way although the
 * receiver did not know the giver's half when it was recorded. What is left alone stays a half.
 */
export function matchHops(halves: readonly Half[]): Hop[] {
  const hops: Hop[] = [];
  for (const half of halves) {
    const { hop } = 'given' in half ? half.given : half.taken;
    const other = hops.find((one) => one.hop === hop && ('given' in half ? !one.given && one.taken : one.given && !one.taken));
    if (other) Object.assign(other, half);
    else hops.push(hopOf(half));
  }
  for (const alone of hops.filter((one) => one.taken && !one.given)) {
    const giver = hops.find((one) => one.given && !one.taken && alone.taken && sameWay(one.given, alone.taken));
    if (!giver || !alone.taken) continue;
    giver.taken = alone.taken;
    hops.splice(hops.indexOf(alone), 1);
  }
  return hops;
}

/** Hops of which one half is missing (form 06 không khớp). */
export function unmatchedHops(hops: readonly Hop[]): readonly Hop[] {
  return hops.filter(({ given, taken }) => !given || !taken);
}
