import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amountInWords } from '#shared/vietnamese/index.ts';

const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];
const others: Readonly<Record<string, number>> = { mốt: 1, tư: 4, lăm: 5 };

/** Reads an amount in words as a person would: digits gather into a group, the name of a place closes it. */
function read(words: string): number {
  let billions = 0;
  let total = 0;
  let group = 0;
  let last = 0;
  for (const word of words.toLowerCase().split(' ')) {
    if (word === 'đồng' || word === 'linh') continue;
    if (word === 'trăm') [group, last] = [group + last * 100, 0];
    else if (word === 'mươi') [group, last] = [group + last * 10, 0];
    else if (word === 'mười') group += 10;
    else if (word === 'nghìn' || word === 'triệu') [total, group, last] = [total + (group + last) * (word === 'nghìn' ? 1000 : 1_000_000), 0, 0];
    else if (word === 'tỷ') [billions, total, group, last] = [billions * 1e9 + total + group + last, 0, 0, 0];
    else last = others[word] ?? digits.indexOf(word);
  }
  return billions * 1e9 + total + group + last;
}

describe('an amount in words', () => {
  it.each([
    [0, 'Không đồng'],
    [1, 'Một đồng'],
    [4, 'Bốn đồng'],
    [5, 'Năm đồng'],
    [10, 'Mười đồng'],
    [11, 'Mười một đồng'],
    [14, 'Mười bốn đồng'],
    [15, 'Mười lăm đồng'],
    [20, 'Hai mươi đồng'],
    [21, 'Hai mươi mốt đồng'],
    [24, 'Hai mươi tư đồng'],
    [25, 'Hai mươi lăm đồng'],
    [55, 'Năm mươi lăm đồng'],
    [91, 'Chín mươi mốt đồng'],
    [100, 'Một trăm đồng'],
    [101, 'Một trăm linh một đồng'],
    [104, 'Một trăm linh bốn đồng'],
    [105, 'Một trăm linh năm đồng'],
    [110, 'Một trăm mười đồng'],
    [111, 'Một trăm mười một đồng'],
    [115, 'Một trăm mười lăm đồng'],
    [131, 'Một trăm ba mươi mốt đồng'],
    [555, 'Năm trăm năm mươi lăm đồng'],
    [1000, 'Một nghìn đồng'],
    [1001, 'Một nghìn không trăm linh một đồng'],
    [1010, 'Một nghìn không trăm mười đồng'],
    [8000, 'Tám nghìn đồng'],
    [10_005, 'Mười nghìn không trăm linh năm đồng'],
    [15_000, 'Mười lăm nghìn đồng'],
    [21_000, 'Hai mươi mốt nghìn đồng'],
    [105_000, 'Một trăm linh năm nghìn đồng'],
    [1_000_000, 'Một triệu đồng'],
    [1_000_001, 'Một triệu không trăm linh một đồng'],
    [1_005_000, 'Một triệu không trăm linh năm nghìn đồng'],
    [1_050_000, 'Một triệu không trăm năm mươi nghìn đồng'],
    [226_378_900, 'Hai trăm hai mươi sáu triệu ba trăm bảy mươi tám nghìn chín trăm đồng'],
    [93_438_600, 'Chín mươi ba triệu bốn trăm ba mươi tám nghìn sáu trăm đồng'],
    [132_940_300, 'Một trăm ba mươi hai triệu chín trăm bốn mươi nghìn ba trăm đồng'],
    [1_000_000_000, 'Một tỷ đồng'],
    [1_000_000_005, 'Một tỷ không trăm linh năm đồng'],
    [2_050_000_000, 'Hai tỷ không trăm năm mươi triệu đồng'],
    [1_000_000_000_000, 'Một nghìn tỷ đồng'],
    [2_005_000_001_000, 'Hai nghìn không trăm linh năm tỷ không trăm linh một nghìn đồng'],
    [3_000_000_000_000_000, 'Ba triệu tỷ đồng'],
  ])('%p', (amount, words) => {
    expect(amountInWords(amount)).toBe(words);
  });

  it('is read back as the same amount, and every amount has words of its own', () => {
    const amount = fc.oneof(fc.maxSafeNat(), fc.nat(), fc.nat(100_000), fc.nat({ max: 999 }).map((n) => n * 1_000_000_000 + n));
    fc.assert(fc.property(amount, (n) => {
      const words = amountInWords(n);
      expect(words).toMatch(/^\p{Lu}\p{Ll}*(?: \p{Ll}+)* đồng$/u);
      expect(read(words)).toBe(n);
    }), { numRuns: 5000 });
  });

  it('is of whole đồng only', () => {
    for (const amount of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) expect(() => amountInWords(amount)).toThrow(RangeError);
  });
});
