import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalText, entryHeaderSchema, isCanonical, quickHeader } from '#shared/log/index.ts';

const id = '01a9f3c2-7c11-7d2e-9a51-5b1c0de4a7b2';
const hash = 'a'.repeat(64);
const plain = {
  v: 1, log: id, seq: 3, prev: hash, tick: 3, kind: 'dossier.noted', agency: 'ls-mai-pha', act: id, actor: 'mp-01', facts: { at: 5 },
  clock: { wall: 1, uptime: 2, hrtime: 2, boot: 'b', anchor: null },
};

/** Headers near to right ones: a field changed, left out or added. */
const nearly = fc.record({
  base: fc.constant(plain),
  change: fc.dictionary(fc.constantFrom('v', 'log', 'seq', 'prev', 'tick', 'kind', 'agency', 'act', 'actor', 'facts', 'clock', 'dossier', 'sealed', 'after', 'more', '__proto__'),
    fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(id, hash, 1, [hash], {}, plain.clock, { b: 1, a: 2 }, { a: 1.5 }, { a: 2 ** 60 }, { a: 'Nguyễn' }, { a: 'e\u0301' }, { a: '\ud800' }, [hash, hash], [], '\ud800')), { maxKeys: 3 }),
  without: fc.subarray(Object.keys(plain), { maxLength: 2 }),
});

describe('a header read the quick way', () => {
  it('is what the schema reads; what the schema refuses is never accepted', () => {
    let accepted = 0;
    fc.assert(fc.property(nearly, fc.boolean(), ({ base, change, without }, canonical) => {
      const whole = Object.fromEntries(Object.entries({ ...base, ...change }).filter(([key]) => !without.includes(key)));
      let text: string;
      try {
        text = canonical ? canonicalText(whole) : JSON.stringify(whole);
      } catch {
        // Not to be written canonically: then as JSON writes it.
        text = JSON.stringify(whole);
      }
      const quick = quickHeader(text);
      if (!quick) return;
      accepted += 1;
      // By the schema and the canonical form alone, which nothing quick has a part in.
      const value: unknown = JSON.parse(text);
      expect(quick).toEqual(entryHeaderSchema.parse(value));
      expect(isCanonical(text, value)).toBe(true);
    }), { numRuns: 5_000 });
    expect(accepted).toBeGreaterThan(20);
  });

  it('leaves spaces, another order, keys twice and numbers written otherwise to the schema', () => {
    const text = canonicalText(plain);
    expect(quickHeader(text)).toEqual(plain);
    for (const other of [` ${text}`, text.replace('{"act"', '{ "act"'), text.replace('"seq":3', '"seq":3.0'), text.replace('"seq":3', '"seq":3,"seq":3'), JSON.stringify(plain), text.slice(0, -1)]) expect(quickHeader(other)).toBeUndefined();
  });
});
