/** docs/vectors.json, for whoever builds the other side: first computed with nothing of ours, then read by our own code. */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { hasher, verifier } from '#central/keys/index.ts';
import { canonicalText, isCanonical, parseEntry } from '#shared/log/index.ts';
import { readBatch, verifyRequest } from '#shared/sync/index.ts';

const vectors = z.object({
  key: z.object({ seedHex: z.string(), publicKey: z.string(), keyId: z.string() }),
  canonical: z.array(z.object({ value: z.unknown(), text: z.string(), sha256: z.string() })).min(5),
  notCanonical: z.array(z.string()).min(5),
  sealed: z.object({ salt: z.string(), body: z.string(), sha256: z.string() }),
  entries: z.array(z.object({ text: z.string(), hash: z.string() })).length(2),
  head: z.object({ log: z.string(), seq: z.int(), hash: z.string(), bytes: z.string(), signature: z.string() }),
  batch: z.string(),
  requests: z.array(z.object({ method: z.string(), target: z.string(), body: z.string(), base: z.string(), headers: z.record(z.string(), z.string()) })).min(3),
}).parse(JSON.parse(readFileSync(join(__dirname, '../../../docs/vectors.json'), 'utf8')));

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const { seedHex, publicKey, keyId } = vectors.key;
const privateKey = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(seedHex, 'hex')]), format: 'der', type: 'pkcs8' });
const signed = (text: string): Buffer => sign(null, Buffer.from(text, 'utf8'), privateKey);

/** Text in NFC throughout, which RFC 8785 leaves to its user. */
function composed(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map((item) => composed(item));
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key.normalize('NFC'), composed(item)])) : value;
}

describe('the test vectors', () => {
  it('name a key as RFC 8032 does', () => {
    expect(createPublicKey(privateKey).export({ format: 'jwk' })['x']).toBe(publicKey);
    expect(createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex')).toBe(keyId);
  });

  it.each(vectors.canonical)('have the canonical text $text', ({ value, text, sha256: digest }) => {
    expect([canonicalize(composed(value)), sha256(text)]).toEqual([text, digest]);
    expect([canonicalText(value), isCanonical(text, JSON.parse(text))]).toEqual([text, true]);
  });

  it.each(vectors.notCanonical)('refuse %s', (text) => {
    expect(isCanonical(text, JSON.parse(text))).toBe(false);
  });

  it('seal a body, chain entries and sign their head', () => {
    const { sealed, entries: [one, two], head } = vectors;
    expect(sha256(`${sealed.salt}${sealed.body}`)).toBe(sealed.sha256);
    const [first, second] = [JSON.parse(one?.text ?? '') as Record<string, unknown>, JSON.parse(two?.text ?? '') as Record<string, unknown>];
    expect([sha256(one?.text ?? ''), sha256(two?.text ?? '')]).toEqual([one?.hash, two?.hash]);
    expect([first['prev'], second['prev'], second['sealed']]).toEqual(['0'.repeat(64), one?.hash, sealed.sha256]);
    expect(head.bytes).toBe(`quay-head-v1\n${head.log}\n${head.seq}\n${two?.hash}\n`);
    expect(signed(head.bytes).toString('base64url')).toBe(head.signature);
    for (const { text, hash } of vectors.entries) expect(parseEntry(text, hasher)).toMatchObject({ ok: true, value: { hash } });
  });

  it('put them into a batch', () => {
    const lines = vectors.batch.trimEnd().split('\n');
    expect([lines[1], lines[2]]).toEqual(vectors.entries.map(({ text }) => text));
    expect(JSON.parse(lines[3] ?? '')).toEqual({ salt: vectors.sealed.salt, body: vectors.sealed.body });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ count: 2, first: 1, last: 2, headHash: vectors.head.hash, headSig: vectors.head.signature });
    expect(readBatch(vectors.batch, publicKey, hasher, verifier)).toMatchObject({ ok: true, value: { misfits: [] } });
  });

  it.each(vectors.requests)('sign $method $target', ({ method, target, body, base, headers }) => {
    const { 'content-digest': digest = '', 'signature-input': input = '', signature = '' } = headers;
    const [path = '', query] = target.split('?');
    expect(digest).toBe(`sha-256=:${createHash('sha256').update(body, 'utf8').digest('base64')}:`);
    expect(base).toBe([`"@method": ${method}`, `"@path": ${path}`, `"@query": ?${query ?? ''}`, `"content-digest": ${digest}`, `"@signature-params": ${input.slice('quay='.length)}`].join('\n'));
    const mark = /^quay=:(.+):$/.exec(signature)?.[1] ?? '';
    expect(verify(null, Buffer.from(base, 'utf8'), createPublicKey(privateKey), Buffer.from(mark, 'base64'))).toBe(true);
    expect(verifyRequest({ method, target, body: new TextEncoder().encode(body) }, headers, { publicKey, hasher, verifier })).toMatchObject({ ok: true, value: { keyId } });
  });
});
