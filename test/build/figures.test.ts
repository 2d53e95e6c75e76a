import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describeFigure, figure, holds, percentile, ratioOf } from '#build/figures/index.ts';

const commit = { name: 'commit, p99', value: 1.42, unit: 'ms', against: { name: 'plain SQLite', value: 1 }, bar: { atMost: 1.5 } };

describe('a figure', () => {
  it('says whether it keeps to its bar, from either side and at the bar itself', () => {
    expect(holds(commit)).toBe(true);
    expect(holds({ ...commit, value: 1.5 })).toBe(true);
    expect(holds({ ...commit, value: 1.51 })).toBe(false);
    expect(holds({ ...commit, value: 6, bar: { atLeast: 5 } })).toBe(true);
    expect(holds({ ...commit, value: 4.9, bar: { atLeast: 5 } })).toBe(false);
  });

  it('is one line with its peer, its ratio and its bar', () => {
    expect(describeFigure(commit)).toBe('commit, p99: 1.42 ms against plain SQLite 1 ms; ratio 1.42, bar ≤ 1.5 → holds');
    expect(describeFigure({ ...commit, value: 2 })).toContain('→ short');
    expect(describeFigure({ name: 'push', value: 31553.4, unit: '/s', against: { name: 'peer', value: 4025 } })).toBe('push: 31553 /s against peer 4025 /s; ratio 7.84');
  });

  it('needs something to be measured against', () => {
    expect(figure.safeParse({ ...commit, against: { name: 'nothing', value: 0 } }).success).toBe(false);
    expect(figure.safeParse({ ...commit, value: Number.NaN }).success).toBe(false);
    expect(ratioOf(commit)).toBeCloseTo(1.42);
  });
});

describe('percentiles', () => {
  it('are one of the samples, with the right number of samples at or below it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (samples, share) => {
        const value = percentile(samples, share);
        expect(samples).toContain(value);
        expect(samples.filter((sample) => sample <= value).length).toBeGreaterThanOrEqual(Math.ceil(share * samples.length));
        expect(samples.filter((sample) => sample < value).length).toBeLessThan(Math.ceil(share * samples.length));
      }),
    );
  });

  it('need samples', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});
