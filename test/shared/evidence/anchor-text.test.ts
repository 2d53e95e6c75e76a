import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anchorSchema, readAnchor } from '#shared/evidence/index.ts';
import { canonicalText, NotCanonical } from '#shared/log/index.ts';

const id = '01a9f3c2-7c11-7d2e-9a51-5b1c0de4a7b2';
const hash = 'a'.repeat(64);
const plain = { v: 1, log: id, seq: 3, hash, nonce: 'n'.repeat(22), t: 5, rho: 20, key: hash };

/** Anchors near to right ones: a field changed, left out or added. */
const nearly = fc.record({
  change: fc.dictionary(fc.constantFrom('v', 'log', 'seq', 'hash', 'nonce', 't', 'rho', 'key', 'own', 'more'),
    fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(id, hash, 0, 1, -1, 2 ** 53 - 1, 1e15, 1.5, 'é'.repeat(22), { seq: 1, hash }, { hash, seq: 0 }, { seq: 1 })), { maxKeys: 3 }),
  without: fc.subarray(['own', ...Object.keys(plain)], { maxLength: 1 }),
  own: fc.boolean(),
});

describe('the text of an anchor', () => {
  it('is read as the schema reads it, however it is written', () => {
    let read = 0;
    fc.assert(fc.property(nearly, fc.constantFrom('canonical', 'engine', 'spaced'), ({ change, without, own }, how) => {
      const whole = Object.fromEntries(Object.entries({ ...plain, ...(own ? { own: { seq: 1, hash } } : {}), ...change }).filter(([key]) => !without.includes(key)));
      let text = JSON.stringify(whole, undefined, how === 'spaced' ? 1 : undefined);
      try {
        if (how === 'canonical') text = canonicalText(whole);
      } catch (error) {
        // Not to be written canonically: then as JSON writes it.
        expect(error).toBeInstanceOf(NotCanonical);
      }
      const found = readAnchor(text);
      expect(found).toEqual(anchorSchema.safeParse(JSON.parse(text)).data);
      if (found) read += 1;
    }), { numRuns: 2_000 });
    expect(read).toBeGreaterThan(200);
  });

  it('is none where it is no JSON', () => {
    expect(readAnchor(`${canonicalText(plain)}}`)).toBeUndefined();
    expect(readAnchor(canonicalText(plain).replace('"seq":3', '"seq":03'))).toBeUndefined();
    expect(readAnchor(canonicalText(plain))).toEqual(plain);
  });
});
