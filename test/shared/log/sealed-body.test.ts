import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSealedBody, sealedBodySchema } from '#shared/log/index.ts';

const hash = 'ab'.repeat(32);

const body = { salt: 'AbC-_0123456789zzzzzzz', body: '{"fullName":"Nguyễn Thị Hoà"}' };

/** What may stand where something else is wanted, as text: some of it nobody can write but by hand. */
const odd = fc.oneof(
  fc.constantFrom(
    'null', 'true', '0', '-0', '-1', '1', '2', '1.5', '9007199254740991', '9007199254740992', '1e400', '""', '"x"', '"link.lost"', '"link.lost\\n"', '"Link.lost"', '"a.b-"', '[]', '{}', '[1]',
    `"${hash}"`, `"${hash.toUpperCase()}"`, `"${hash}\\n"`, `["${hash}"]`, `["${hash}",1]`, JSON.stringify(Array.from({ length: 65 }, () => hash)), JSON.stringify(Array.from({ length: 64 }, () => hash)),
    `"${'x'.repeat(64)}"`, `"${'x'.repeat(65)}"`, `"${'a'.repeat(62)}.b"`, `"${'a'.repeat(63)}.b"`, `"${'😀'.repeat(32)}"`, `"${'😀'.repeat(33)}"`,
    '{"__proto__":1}', '{"__proto__":{"v":1}}', '{"constructor":1}', '{"constructor":{"prototype":1}}', '{"toString":null,"a":1}',
    '{"wall":1,"uptime":2,"hrtime":3,"boot":"b","anchor":null}', '{"wall":1,"uptime":2,"hrtime":3,"boot":"b","anchor":-1}', '{"wall":1,"uptime":2,"hrtime":3,"boot":"","anchor":0}',
    '{"wall":1,"uptime":2,"hrtime":3,"boot":"b"}', '{"wall":1,"uptime":2,"hrtime":3,"boot":"b","anchor":null,"more":1}', '{"wall":0.5,"uptime":2,"hrtime":3,"boot":"b","anchor":null}',
    '"AAAAAAAAAAAAAAAAAAAAAA"', '"AAAAAAAAAAAAAAAAAAAAAB"', '"AAAAAAAAAAAAAAAAAAAAA="', '"AAAAAAAAAAAAAAAAAAAA+/"', '"AAAAAAAAAAAAAAAAAAAAA"', JSON.stringify('x'.repeat(64 * 1024)), JSON.stringify('x'.repeat(64 * 1024 + 1)),
  ),
  fc.json(),
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
);

/** The JSON of `whole` with some fields left out, set to something else, or added. */
function spoilt(whole: Readonly<Record<string, unknown>>): fc.Arbitrary<string> {
  const names = fc.constantFrom(...Object.keys(whole), 'erased', 'more', '__proto__', 'constructor', 'hasOwnProperty');
  return fc.tuple(fc.array(names, { maxLength: 2 }), fc.array(fc.tuple(names, odd), { maxLength: 2 })).map(([without, set]) => {
    const fields = new Map(Object.entries(whole).map(([name, value]) => [name, JSON.stringify(value)]));
    for (const name of without) fields.delete(name);
    for (const [name, text] of set) fields.set(name, text);
    return `{${[...fields].map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
  });
}

describe('a sealed body that was JSON', () => {
  it('is taken as it is where it is plain', () => {
    expect(readSealedBody(body)).toBe(body);
    expect(readSealedBody({ erased: true })).toEqual({ erased: true });
  });

  it('is told as the schema tells it', () => {
    fc.assert(fc.property(fc.oneof(spoilt(body), spoilt({ erased: true }), fc.json()), (text) => {
      const value: unknown = JSON.parse(text);
      expect(readSealedBody(value)).toStrictEqual(sealedBodySchema.safeParse(value).data);
    }), { numRuns: 5_000 });
  });
});
