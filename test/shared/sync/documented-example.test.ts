import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { hasher, privateKeyFrom, signerOf, verifier } from '#central/keys/index.ts';
import { readBatch, readPage, signatureBase, verifyRequest, writeBatch, writePage } from '#shared/sync/index.ts';

const page = readFileSync(join(__dirname, '../../../docs/protocol.md'), 'utf8');
const blocks = (language: string): readonly string[] => [...page.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(([, text = '']) => text);
const block = (language: string): string => blocks(language)[0] ?? '';
const signer = signerOf(privateKeyFrom('-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n'));

describe('the example in docs/protocol.md', () => {
  const batch = block('ndjson');
  const [line = '', ...fields] = block('http').trim().split('\n');
  const field = (name: string): string => fields.find((one) => one.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';

  it('is a batch that reads, and that is written the same', () => {
    const read = readBatch(batch, signer.publicKey, hasher, verifier);
    expect(read).toMatchObject({ ok: true, value: { misfits: [] } });
    if (!read.ok) return;
    const { header, carried } = read.value;
    expect(carried).toHaveLength(2);
    expect(writeBatch({ log: header.log, seq: 0, hash: header.prevHash }, carried, signer)).toBe(batch);
  });

  it('is a page of entries that reads, and that is written the same', () => {
    const text = blocks('ndjson')[1] ?? '';
    const about = { keys: [signer.publicKey], installation: '019abf3c-7bfe-7a11-8b22-0123456789ab', request: '/v1/entries?bytes=131072' };
    const read = readPage(text, about, hasher, verifier);
    expect(read).toMatchObject({ ok: true, value: { setAside: [], header: { count: 1, more: false } } });
    if (!read.ok) return;
    const { v: _v, count: _count, ...header } = read.value.header;
    expect(writePage(header, read.value.carried.map(({ entry, body }) => ({ text: entry.text, body })), hasher, signer)).toBe(text);
    for (const other of [{ ...about, installation: '019abf3c-7bff-7a11-8b22-0123456789ab' }, { ...about, request: '/v1/entries' }, { ...about, keys: [] }]) {
      expect(readPage(text, other, hasher, verifier)).toMatchObject({ ok: false, fault: { code: 'page.bad-signature' } });
    }
  });

  it('is a request whose signature verifies, over the text shown', () => {
    const [method = '', target = ''] = line.split(' ');
    const headers = { 'content-digest': field('content-digest'), 'signature-input': field('signature-input'), signature: field('signature') };
    const body = new TextEncoder().encode(batch);
    expect(verifyRequest({ method, target, body }, headers, { publicKey: signer.publicKey, hasher, verifier })).toMatchObject({ ok: true, value: { keyId: signer.keyId } });
    const base = signatureBase([
      { name: '@method', value: method }, { name: '@path', value: target }, { name: '@query', value: '?' }, { name: 'content-digest', value: headers['content-digest'] },
    ], headers['signature-input'].slice('quay='.length));
    expect(block('text').trim()).toBe(base);
  });
});
