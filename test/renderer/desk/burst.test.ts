import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterKey, endsScan, looksScanned, type Burst } from '#renderer/desk/features/frame/burst.ts';
import { inserted } from '#renderer/desk/features/frame/rescue.ts';
import { card } from './show.tsx';

/** Types a text with a pause before each key; the burst that is left, and the time of the last key. */
function typed(text: string, pause: number): { burst: Burst | undefined; at: number } {
  let burst: Burst | undefined;
  let at = 1000;
  for (const key of text) {
    at += pause;
    burst = afterKey(burst, key, at).burst;
  }
  return { burst, at };
}

describe('a scanner in the wrong field', () => {
  it.each([card, 'QUAY:019a9f00-0000-7000-8000-000000000001:H37.90.01-261123-0001', 'H37.90.01-261123-0001', '000.00.01.H26-260930-0012', 'T-7K2M-0031'])('is known by its speed and shape: %s', (text) => {
    const { burst, at } = typed(text, 6);
    expect(endsScan(burst, at + 6)).toBe(true);
  });

  it('is not taken for fingers, nor a slow Enter for its end', () => {
    const slow = typed('H37.90.01-261123-0001', 120);
    expect(endsScan(slow.burst, slow.at + 6)).toBe(false);
    const fast = typed('H37.90.01-261123-0001', 6);
    expect(endsScan(fast.burst, fast.at + 400)).toBe(false);
  });

  it('is nothing that only looks fast', () => {
    for (const text of ['Nguyễn Văn An', '020090123456', '0912345678', 'thôn 1, xã Mai Pha', '23/11/2026']) {
      const { burst, at } = typed(text, 3);
      expect([text, endsScan(burst, at + 3)]).toEqual([text, false]);
    }
  });

  it('is known by what arrived where an input method hid the keys', () => {
    const { burst, at } = typed('?'.repeat(card.length), 6);
    expect(endsScan(burst, at + 6)).toBe(false);
    expect(endsScan(burst, at + 6, card)).toBe(true);
  });

  it('starts anew after a pause, so that what was typed before is not part of it', () => {
    const before = afterKey(undefined, 'A', 0).burst;
    const after = afterKey(before, '0', 500);
    expect(after).toEqual({ burst: { text: '0', last: 500 }, started: true });
  });

  it('no card with fewer than four bars', () => {
    expect(looksScanned('020090123456|a|b')).toBe(false);
  });

  it('a card without Shift, or on another keyboard layout, is one all the same: it must get to where it is said', () => {
    expect(looksScanned('020090123456\\\\nguyen van an\\01011990\\nam\\lang son\\15042021')).toBe(true);
    expect(looksScanned(')@))()!@#$%^|nguyen van an')).toBe(true);
    expect(looksScanned('020090123456\\a\\b')).toBe(false);
  });

  it('finds what one stretch of typing put in, wherever the cursor stood', () => {
    fc.assert(fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (before, middle, after) => {
      const gained = inserted(before + after, before + middle + after);
      // The same letters at the seam can be counted on either side; the length and the letters are the same.
      expect(gained).toHaveLength(middle.length);
      expect((gained ?? '').split('').sort()).toEqual(middle.split('').sort());
    }));
    expect(inserted('Nguyễn', 'Trần')).toBeUndefined();
    expect(inserted('abc', 'abc')).toBeUndefined();
  });
});
