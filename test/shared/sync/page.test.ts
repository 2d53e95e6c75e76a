import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasher, privateKeyFrom, random, signerOf, verifier } from '#central/keys/index.ts';
import { canonicalText, makeEntry, mintUuid, seal, type EntryHeader } from '#shared/log/index.ts';
import { readPage, writePage } from '#shared/sync/index.ts';

const signer = signerOf(privateKeyFrom('-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n'));
const installation = mintUuid(0, random);
const about = { keys: [signer.publicKey], installation, request: '/v1/entries' };
const frame = { installation, request: '/v1/entries', cursor: 'c', more: false, left: { entries: 0, bytes: 0 } };
const dossier = mintUuid(0, random);

function entry(change: Partial<EntryHeader> = {}) {
  return makeEntry({
    v: 1, log: mintUuid(0, random), seq: 7, prev: 'a'.repeat(64), tick: 9, kind: 'dossier.noted', agency: 'a', dossier, act: mintUuid(0, random), actor: 's',
    clock: { wall: 0, uptime: 0, hrtime: 0, boot: 'b', anchor: null }, facts: {}, ...change,
  }, hasher);
}
const write = (held: Parameters<typeof writePage>[1]): string => writePage(frame, held, hasher, signer);
const read = (text: string) => readPage(text, about, hasher, verifier);

describe('a page', () => {
  it('is refused whole when any byte of it is another', () => {
    const { sealed, body } = seal({ note: 'Đã gọi' }, random, hasher);
    const bytes = Buffer.from(write([{ text: entry({ sealed }).text, body }, { text: entry().text }]));
    expect(read(bytes.toString()).ok).toBe(true);
    fc.assert(fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 127 }), (place, flip) => {
      const other = Buffer.from(bytes);
      other[place] = (other[place] ?? 0) ^ flip;
      expect(read(other.toString('utf8')).ok).toBe(false);
    }));
    fc.assert(fc.property(fc.nat(bytes.length - 1), (length) => {
      expect(read(bytes.subarray(0, length).toString('utf8')).ok).toBe(false);
    }));
  });

  it('sets aside what this program cannot read, tells of which dossier it is, and takes the rest', () => {
    const { sealed, body } = seal({ note: 'Đã gọi' }, random, hasher);
    const [good, sealedGood] = [entry(), entry({ sealed })];
    const later = canonicalText({ ...entry({ sealed }).header, v: 2, more: {} });
    const page = read(write([
      { text: later, body }, { text: good.text }, { text: entry({ tick: 2 ** 50 }).text }, { text: '{"not":"an entry"}' }, { text: ` ${entry().text}` },
      { text: sealedGood.text, body: { salt: 'AAECAwQFBgcICQoLDA0ODw', body: '{"note":"khác"}' } }, { text: entry({ sealed }).text, body: { erased: true } },
    ]));
    if (!page.ok) throw new Error(page.fault.code);
    const { carried, setAside } = page.value;
    expect(carried.map((one) => [one.entry.header.seq, one.body])).toEqual([[7, undefined], [7, undefined], [7, { erased: true }]]);
    expect(carried.slice(0, 2).map((one) => one.entry.hash)).toEqual([good.hash, sealedGood.hash]);
    expect(setAside.map((one) => [one.fault.code, one.dossier])).toEqual([
      ['message.newer-version', dossier], ['log.malformed-entry', dossier], ['log.malformed-entry', undefined], ['log.malformed-entry', dossier], ['log.malformed-entry', dossier],
    ]);
  });
});
