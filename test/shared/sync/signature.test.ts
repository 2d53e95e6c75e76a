import { generateKeyPairSync, sign, verify, createPublicKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { httpbis } from 'http-message-signatures';
import { hasher, privateKeyFrom, signerOf, verifier } from '#central/keys/index.ts';
import { claimedSignature, contentDigest, coveredComponents, signatureBase, signatureTag, signRequest, verifyRequest } from '#shared/sync/index.ts';

const text = new TextEncoder();
// RFC 9421, B.1.4.
const rfcKey = privateKeyFrom('-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n');
const own = generateKeyPairSync('ed25519').privateKey;
const signer = signerOf(own);
const nonce = 'b3BlbiBzZXNhbWUhISEhIQ';
const request = { method: 'POST', target: '/v1/anchor?x=1', body: text.encode('{"hello": "world"}') };
const use = { publicKey: signer.publicKey, hasher, verifier };

describe('the signature of a request', () => {
  it('builds the text and the signature of RFC 9421, B.2.6', () => {
    const parameters = '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"';
    const base = signatureBase([
      { name: 'date', value: 'Tue, 20 Apr 2021 02:07:55 GMT' },
      { name: '@method', value: 'POST' },
      { name: '@path', value: '/foo' },
      { name: '@authority', value: 'example.com' },
      { name: 'content-type', value: 'application/json' },
      { name: 'content-length', value: '18' },
    ], parameters);
    expect(Buffer.from(signerOf(rfcKey).sign(text.encode(base)), 'base64url').toString('base64'))
      .toBe('wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==');
  });

  it('writes the digest of RFC 9530, appendix D', () => {
    expect(contentDigest(request.body, hasher)).toBe('sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:');
  });

  it('verifies what it signed, and nothing that was changed', () => {
    const headers = signRequest(request, { signer, hasher, nonce, created: 1_700_000_000 });
    expect(claimedSignature(headers)).toEqual({ ok: true, value: { keyId: signer.keyId, nonce, created: 1_700_000_000 } });
    expect(verifyRequest(request, headers, use).ok).toBe(true);

    const unsigned = { ok: false, fault: { code: 'request.unsigned', params: {} } };
    expect(verifyRequest({ ...request, method: 'GET' }, headers, use)).toEqual(unsigned);
    expect(verifyRequest({ ...request, target: '/v1/anchor' }, headers, use)).toEqual(unsigned);
    expect(verifyRequest({ ...request, target: '/v1/anchor?x=2' }, headers, use)).toEqual(unsigned);
    expect(verifyRequest(request, { ...headers, 'signature-input': headers['signature-input'].replace('1700000000', '1700000001') }, use)).toEqual(unsigned);
    expect(verifyRequest(request, { ...headers, 'signature-input': headers['signature-input'].replace(nonce, nonce.replace('b3', 'c4')) }, use)).toEqual(unsigned);
    expect(verifyRequest(request, headers, { ...use, publicKey: signerOf(rfcKey).publicKey })).toEqual(unsigned);
    expect(verifyRequest({ ...request, body: text.encode('{}') }, headers, use)).toEqual({ ok: false, fault: { code: 'request.digest-mismatch', params: {} } });
  });

  it('refuses headers outside the profile', () => {
    const headers = signRequest(request, { signer, hasher, nonce, created: 1 });
    const input = headers['signature-input'];
    const wrong = [
      { ...headers, signature: undefined },
      { ...headers, 'signature-input': undefined },
      { ...headers, 'content-digest': undefined },
      { ...headers, 'signature-input': input.replace(' "content-digest"', '') },
      { ...headers, 'signature-input': input.replace('"@query" ', '"@path" ') },
      { ...headers, 'signature-input': `${input};expires=9999999999` },
      { ...headers, 'signature-input': `${input};nonce="again1234"` },
      { ...headers, 'signature-input': input.replace(signatureTag, 'other') },
      { ...headers, 'signature-input': `${input}, other=${input.slice(5)}` },
      { ...headers, signature: `${headers.signature}, ${headers.signature}` },
      { ...headers, signature: headers.signature.replace('quay', 'sig1') },
    ];
    for (const one of wrong) expect(claimedSignature(one)).toEqual({ ok: false, fault: { code: 'request.unsigned', params: {} } });
  });

  it('does not write a nonce that would break out of its header', () => {
    expect(() => signRequest(request, { signer, hasher, nonce: 'a";keyid="x', created: 1 })).toThrow(RangeError);
  });

  it('holds for every path, query and content', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9%._~-]{0,20}$/);
    fc.assert(fc.property(part, fc.option(part, { nil: undefined }), fc.uint8Array({ maxLength: 200 }), (path, query, body) => {
      const one = { method: 'POST', target: `/${path}${query === undefined ? '' : `?${query}`}`, body };
      const headers = signRequest(one, { signer, hasher, nonce, created: -1 });
      expect(verifyRequest(one, headers, use).ok).toBe(true);
      expect(verifyRequest({ ...one, target: `${one.target}x` }, headers, use).ok).toBe(false);
    }));
  });
});

describe('with another implementation of RFC 9421 as peer', () => {
  const message = { method: 'POST', url: 'http://127.0.0.1:8080/v1/anchor?x=1' };

  it('is verified by the peer', async () => {
    const headers = { ...signRequest(request, { signer, hasher, nonce, created: Math.floor(Date.now() / 1000) - 5 }) };
    const seen = await httpbis.verifyMessage({
      keyLookup: async () => ({
        id: signer.keyId,
        algs: ['ed25519'],
        verify: async (data, signature) => verify(null, data, createPublicKey(own.export({ format: 'pem', type: 'pkcs8' })), signature),
      }),
      requiredFields: [...coveredComponents],
      requiredParams: ['created', 'nonce', 'keyid'],
    }, { ...message, headers });
    expect(seen).toBe(true);
  });

  it('verifies what the peer signed', async () => {
    const signed = await httpbis.signMessage({
      key: { id: signer.keyId, alg: 'ed25519', sign: async (data) => sign(null, data, own) },
      name: 'sig',
      fields: ['content-digest', '@query', '@method', '@path'],
      params: ['keyid', 'created', 'nonce', 'tag'],
      paramValues: { nonce, tag: signatureTag },
    }, { ...message, headers: { 'content-digest': contentDigest(request.body, hasher) } });
    const field = (name: string): string => String(Object.entries(signed.headers).find(([key]) => key.toLowerCase() === name)?.[1]);
    const headers = { 'content-digest': field('content-digest'), 'signature-input': field('signature-input'), signature: field('signature') };
    expect(verifyRequest(request, headers, use).ok).toBe(true);
  });
});
