import { z } from 'zod';

/**
 * One measured figure beside what it is measured against, both taken in one run on one machine: their ratio means
 * something where neither number alone does.
 */
export const figure = z.strictObject({
  /** What was measured, in plain words. */
  name: z.string().min(1),
  value: z.number().nonnegative(),
  /** Unit of `value` and of `against.value`, such as `ms`. */
  unit: z.string().min(1),
  /** The peer, the physical limit or the agreed limit. */
  against: z.strictObject({ name: z.string().min(1), value: z.number().positive() }),
  /** What the ratio of value to `against` has to be; left out where the figure is only told. */
  bar: z.union([z.strictObject({ atMost: z.number().positive() }), z.strictObject({ atLeast: z.number().positive() })]).optional(),
});

export type Figure = z.infer<typeof figure>;

/** A file in test/bench exports one of these as its default. */
export type Bench = () => Promise<readonly Figure[]>;

export function ratioOf(one: Figure): number {
  return one.value / one.against.value;
}

/** Whether the figure keeps to its bar; undefined when it has none. */
export function holds(one: Figure): boolean | undefined {
  if (one.bar === undefined) return undefined;
  return 'atMost' in one.bar ? ratioOf(one) <= one.bar.atMost : ratioOf(one) >= one.bar.atLeast;
}

/** The figure as one line. */
export function describeFigure(one: Figure): string {
  const bar = one.bar === undefined ? '' : 'atMost' in one.bar ? `, bar ≤ ${one.bar.atMost}` : `, bar ≥ ${one.bar.atLeast}`;
  const verdict = holds(one);
  const word = verdict === undefined ? '' : verdict ? ' → holds' : ' → short';
  return `${one.name}: ${short(one.value)} ${one.unit} against ${one.against.name} ${short(one.against.value)} ${one.unit}; ratio ${short(ratioOf(one))}${bar}${word}`;
}

/** Three significant digits; more only where the number is larger than that. */
function short(value: number): string {
  return Math.abs(value) >= 1000 ? Math.round(value).toString() : Number(value.toPrecision(3)).toString();
}

/** The value below which the share `share` (0 to 1) of the samples lies, by nearest rank. Throws RangeError without samples. */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0 || share < 0 || share > 1) throw new RangeError('A percentile needs samples and a share between 0 and 1.');
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
