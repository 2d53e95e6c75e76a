import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalBytes, canonicalText, isCanonical, NotCanonical } from '#shared/log/index.ts';

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

describe('whether a text is the canonical one', () => {
  const agrees = (text: string): void => {
    const value: unknown = JSON.parse(text);
    let slow = false;
    try {
      slow = canonicalText(value) === text;
    } catch {
      // It has none.
    }
    expect([text, isCanonical(text, value)]).toEqual([text, slow]);
  };

  it('is said as the slow way says it, of any JSON', () => {
    const key = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('10', '9', '1', 'a', 'b', 'e\u0301', 'é', '__proto__'));
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: 'small' }, fc.string({ unit: 'binary' }), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.array(tie('any'), { maxLength: 4 }), fc.dictionary(key, tie('any'), { maxKeys: 5 })),
    })).any;
    fc.assert(fc.property(value, (one) => {
      const text = JSON.stringify(one);
      agrees(text);
      try {
        agrees(canonicalText(JSON.parse(text)));
      } catch (error) {
        if (!(error instanceof NotCanonical)) throw error;
      }
    }), { numRuns: 2_000 });
  });

  it.each(['{"10":1,"9":2}', '{"9":2,"10":1}', '{"a":1,"a":2}', '{ "a":1}', '-0', '1.0', '1e3', '"\\u0061"', '"e\u0301"', '"é"', '{"b":1,"a":2}', '"\\ud800"', '[1,2 ]'])('of %s', (one) => {
    agrees(one);
    expect(isCanonical(one, Number.NaN)).toBe(false);
  });
});
