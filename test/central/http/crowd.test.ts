import { describe, expect, it } from '@jest/globals';
import { crowdOf } from '#central/http/crowd.ts';

function crowdAt(): { readonly time: { now: number }; readonly comeAgain: (place: number) => number } {
  const time = { now: 1_000_000 };
  return { time, ...crowdOf(16, () => time.now) };
}

describe('a crowd before a centre that is full', () => {
  it('is spread over as many seconds as it is large, and no more than eight', () => {
    const { comeAgain } = crowdAt();
    const waits = Array.from({ length: 400 }, (_, place) => comeAgain(place));
    expect(new Set(waits.slice(0, 16))).toEqual(new Set([1]));
    expect(new Set(waits.slice(16, 32))).toEqual(new Set([1, 2]));
    expect(new Set(waits.slice(200))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
  });

  it('gives each the same place as long as it stays as large', () => {
    const { comeAgain } = crowdAt();
    for (let count = 0; count < 200; count += 1) comeAgain(count);
    expect([comeAgain(13), comeAgain(14), comeAgain(13)]).toEqual([6, 7, 6]);
  });

  it('is small again four seconds later, and when the clock is put back', () => {
    const { time, comeAgain } = crowdAt();
    for (const step of [4_000, -60_000]) {
      for (let count = 0; count < 200; count += 1) comeAgain(count);
      expect(comeAgain(7)).toBe(8);
      time.now += step;
      expect(comeAgain(7)).toBe(1);
    }
  });
});
