import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalBytes, canonicalText, NotCanonical } from '#shared/log/index.ts';

const text = fc.string({ unit: 'grapheme' }).map((value) => value.normalize('NFC'));
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger(), text, fc.boolean(), fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }), fc.dictionary(text, tie('value'), { maxKeys: 6 }),
  ),
})).value;

describe('the canonical text', () => {
  it('is what RFC 8785 says, by another implementation', () => {
    fc.assert(fc.property(value, (sample) => {
      expect(canonicalText(sample)).toBe(canonicalize(sample));
    }), { numRuns: 500 });
  });

  it('is the same for what it says, read back', () => {
    fc.assert(fc.property(value, (sample) => {
      const written = canonicalText(sample);
      expect(canonicalText(JSON.parse(written))).toBe(written);
    }));
  });

  it('does not depend on the order in which fields were set, nor on unset ones', () => {
    expect(canonicalText({ b: 1, a: undefined, aa: [true, null], 'é': 'x' })).toBe('{"aa":[true,null],"b":1,"é":"x"}');
  });

  it('writes Vietnamese the same from composed and from decomposed letters', () => {
    const name = 'Nguyễn Thị Hoà, xã Đồng Đăng';
    expect(canonicalText({ [name.normalize('NFD')]: name.normalize('NFD') })).toBe(canonicalText({ [name]: name }));
    expect(canonicalBytes('ễ'.normalize('NFD'))).toEqual(canonicalBytes('ễ'));
  });

  it.each([
    ['a fraction', 1.5], ['an integer beyond 2^53', 2 ** 53], ['no number', Number.NaN], ['infinity', Number.POSITIVE_INFINITY],
    ['half a pair', '\ud800'], ['a function', () => 1], ['a big integer', 1n], ['undefined', undefined], ['undefined in a list', [undefined]],
  ])('refuses %s', (_name, sample) => {
    expect(() => canonicalText({ inside: [sample] })).toThrow(NotCanonical);
  });
});
