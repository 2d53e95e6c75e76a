import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  base64url, bodyFits, emptyHead, entryLimit, followChain, headBytes, headIsSigned, makeEntry, mintUuid, parseEntry, seal, sealedBodySchema,
  signHead, uuidSchema, type Entry,
} from '#shared/log/index.ts';
import { hasher, logWriter, seededRandom, uuids } from '../dossier/sample.ts';

const next = uuids('chain');
const log = next();

function chainOf(length: number): Entry[] {
  const writer = logWriter(log, next);
  return Array.from({ length }, (_, index) => writer.write({ kind: 'link.lost', facts: { probe: index, where: 'cổng' } }));
}

/** The hash of the head to which a reader follows texts that came from elsewhere; undefined where it refuses them. */
function headOf(texts: readonly string[]): string | undefined {
  const entries: Entry[] = [];
  for (const text of texts) {
    const entry = parseEntry(text, hasher);
    if (!entry.ok) return undefined;
    entries.push(entry.value);
  }
  const head = followChain(emptyHead(log), entries);
  return head.ok ? head.value.hash : undefined;
}

describe('a chain of entries', () => {
  const entries = chainOf(12);
  const texts = entries.map(({ text }) => text);
  const head = followChain(emptyHead(log), entries);

  it('leads from the empty head to the last entry', () => {
    expect(head).toEqual({ ok: true, value: { log, seq: 12, hash: entries.at(-1)!.hash } });
    expect(headOf(texts)).toBe(entries.at(-1)!.hash);
  });

  it('shows any changed byte: the text is refused, the chain breaks, or the head is another', () => {
    fc.assert(fc.property(fc.nat(texts.length - 1), fc.nat(), fc.integer({ min: 1, max: 255 }), (place, where, flip) => {
      const bytes = Buffer.from(texts[place]!);
      const at = where % bytes.length;
      bytes.writeUInt8(bytes.readUInt8(at) ^ flip, at);
      expect(headOf(texts.with(place, bytes.toString('utf8')))).not.toBe(entries.at(-1)!.hash);
    }), { numRuns: 2000 });
  });

  it('shows swapped, repeated and missing entries', () => {
    fc.assert(fc.property(fc.nat(11), fc.nat(11), (a, b) => {
      fc.pre(a !== b);
      expect(headOf(texts.with(a, texts[b]!).with(b, texts[a]!))).toBeUndefined();
      expect(headOf(texts.toSpliced(a, 0, texts[a]!))).toBeUndefined();
      expect(headOf(texts.toSpliced(a, 1))).not.toBe(entries.at(-1)!.hash);
    }));
  });

  it('names the first entry that does not fit', () => {
    expect(followChain(emptyHead(log), entries.toSpliced(4, 1))).toMatchObject({ ok: false, fault: { code: 'log.bad-chain', params: { seq: 6 } } });
  });

  it('does not follow another log', () => {
    expect(followChain(emptyHead(next()), entries).ok).toBe(false);
  });
});

describe('the text of an entry', () => {
  const [entry] = chainOf(1);

  it('comes back as it was, under its own hash', () => {
    expect(parseEntry(entry!.text, hasher)).toEqual({ ok: true, value: entry });
  });

  it.each([
    ['not JSON', '{', 'log.malformed-entry'],
    ['not an object', '[]', 'log.malformed-entry'],
    ['a later version', entry!.text.replace('"v":1', '"v":2'), 'message.newer-version'],
    ['an unknown field', entry!.text.replace('"v":1', '"v":1,"w":1'), 'log.malformed-entry'],
    ['a space too much', entry!.text.replace('{', '{ '), 'log.malformed-entry'],
    ['a fraction', entry!.text.replace('"probe":0', '"probe":0.5'), 'log.malformed-entry'],
    ['decomposed letters', entry!.text.normalize('NFD'), 'log.malformed-entry'],
    ['too large', `${entry!.text}${' '.repeat(entryLimit)}`, 'message.too-large'],
  ])('is refused when it is %s', (_name, text, code) => {
    expect(parseEntry(text, hasher)).toMatchObject({ ok: false, fault: { code } });
  });
});

describe('a sealed body', () => {
  const random = seededRandom('seal');
  const personal = { fullName: 'Lê Thị Hằng', idNumber: '020190001234' };
  const { sealed, body } = seal(personal, random, hasher);
  const header = { ...chainOf(1)[0]!.header, sealed };
  const entry = makeEntry(header, hasher);

  it('fits its entry and nothing else does', () => {
    expect(bodyFits(entry, body, hasher)).toBe(true);
    expect(bodyFits(entry, undefined, hasher)).toBe(false);
    expect(bodyFits(entry, seal(personal, random, hasher).body, hasher)).toBe(false);
    if ('erased' in body) throw new Error('it was just sealed');
    expect(bodyFits(entry, { ...body, body: body.body.replace('Hằng', 'Hạnh') }, hasher)).toBe(false);
    expect(sealedBodySchema.safeParse(body).success).toBe(true);
  });

  it('may be erased without touching the chain', () => {
    expect(bodyFits(entry, { erased: true }, hasher)).toBe(true);
    expect(parseEntry(entry.text, hasher)).toMatchObject({ ok: true, value: { hash: entry.hash } });
    expect(entry.text).not.toContain('Hằng');
  });

  it('gives equal persons different hashes, so that nobody can try names', () => {
    expect(seal(personal, random, hasher).sealed).not.toBe(sealed);
  });

  it('is not expected where the entry names none', () => {
    const [plain] = chainOf(1);
    expect(bodyFits(plain!, undefined, hasher)).toBe(true);
    expect(bodyFits(plain!, { erased: true }, hasher)).toBe(false);
  });
});

describe('heads and ids', () => {
  const head = { log, seq: 7, hash: 'a'.repeat(64) };
  const signer = { keyId: '', publicKey: 'key', sign: (bytes: Uint8Array) => hasher.sha256(bytes) };
  const verifier = { verify: (key: string, bytes: Uint8Array, signature: string) => key === 'key' && hasher.sha256(bytes) === signature };

  it('signs log, seq and hash', () => {
    const signed = signHead(head, signer);
    expect(headIsSigned(signed, 'key', verifier)).toBe(true);
    for (const changed of [{ ...signed, seq: 8 }, { ...signed, hash: 'b'.repeat(64) }, { ...signed, log: next() }]) {
      expect(headIsSigned(changed, 'key', verifier)).toBe(false);
    }
    expect(new TextDecoder().decode(headBytes(head))).toBe(`quay-head-v1\n${log}\n7\n${'a'.repeat(64)}\n`);
  });

  it('mints UUIDv7 that carry their time', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 47 }), fc.uint8Array({ minLength: 10, maxLength: 10 }), (wall, bytes) => {
      const id = mintUuid(wall, { bytes: () => bytes });
      expect(uuidSchema.safeParse(id).success).toBe(true);
      expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(wall);
    }));
  });

  it('writes base64url as Node does', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(base64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
    }));
  });

});
