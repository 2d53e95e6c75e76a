import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementOf, cipher, hasher, random, signerOf, verifier } from '#central/keys/index.ts';
import { ephemeralAgreement, nodeCipher } from '#electron/desk/sealing.ts';
import { mintUuid } from '#shared/log/index.ts';
import { bundleLimits, openBundle, parseBundle, readReceipt, writeBundle, writeReceipt } from '#shared/sync/index.ts';

const signer = signerOf(generateKeyPairSync('ed25519').privateKey);
const centre = agreementOf(generateKeyPairSync('x25519').privateKey);
const otherCentre = agreementOf(generateKeyPairSync('x25519').privateKey);
const installation = mintUuid(1, random);
const log = mintUuid(1, random);
const hash = 'a'.repeat(64);

function write(batches: readonly Uint8Array[], recipient = centre.publicKey): Uint8Array {
  const about = { installation, software: 'test', writtenAt: 1, entries: batches.length, logs: [{ log, first: 1, last: batches.length, headHash: hash }] };
  return writeBundle(about, batches, recipient, { hasher, cipher: nodeCipher, ephemeral: ephemeralAgreement(), signer });
}

/** What a reader makes of a file: its batches, or the code of the refusal. */
function read(bytes: Uint8Array, publicKey = signer.publicKey, agreement = centre): readonly string[] | string {
  const parsed = parseBundle(bytes, hasher);
  if (!parsed.ok) return parsed.fault.code;
  const opened = openBundle(parsed.value, publicKey, { hasher, verifier, cipher, agreement });
  return opened.ok ? opened.value.map((batch) => Buffer.from(batch).toString('hex')) : opened.fault.code;
}

const hex = (batches: readonly Uint8Array[]): string[] => batches.map((batch) => Buffer.from(batch).toString('hex'));
const batch = fc.uint8Array({ minLength: 1, maxLength: 90_000, size: 'max' });

describe('a bundle', () => {
  it('brings its batches whole, whatever their lengths, across the borders of the chunks', () => {
    fc.assert(fc.property(fc.array(batch, { minLength: 1, maxLength: 4 }), (batches) => {
      expect(read(write(batches))).toEqual(hex(batches));
    }), { numRuns: 60 });
    for (const length of [65_531, 65_532, 65_533, 131_068, 131_072]) expect(read(write([new Uint8Array(length).fill(7)]))).toHaveLength(1);
  });

  it('is refused with every cut, with every changed byte and with bytes behind its end', () => {
    const whole = write([new Uint8Array(200_000).fill(3), new Uint8Array(900).fill(4)]);
    fc.assert(fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      expect(typeof read(whole.subarray(0, at))).toBe('string');
      const changed = whole.slice();
      changed[at] = (changed[at] ?? 0) ^ change;
      expect(typeof read(changed)).toBe('string');
      expect(read(Buffer.concat([whole, whole.subarray(at, at + 90)]))).toBe('bundle.damaged');
    }), { numRuns: 300 });
  });

  it('is refused with chunks left out, doubled or in another order, even by whoever can sign it', () => {
    const whole = write([new Uint8Array(200_000).fill(3)]);
    const start = whole.indexOf(10) + 1;
    const chunk = 64 * 1024 + 16;
    const stream = Buffer.from(whole.subarray(start, whole.length - 87));
    const parts = [0, 1, 2, 3].map((index) => stream.subarray(index * chunk, (index + 1) * chunk));
    const signedAnew = (order: readonly number[]): Uint8Array => {
      const body = Buffer.concat([whole.subarray(0, start), ...order.map((index) => parts[index] ?? Buffer.alloc(0))]);
      return Buffer.concat([body, Buffer.from(`${signer.sign(Buffer.from(`quay-bundle-v1\n${hasher.sha256(body)}\n`))}\n`)]);
    };
    expect(read(signedAnew([0, 1, 2, 3]))).toHaveLength(1);
    for (const order of [[0, 1, 2], [0, 1], [0], [0, 1, 3], [0, 0, 1, 2, 3], [1, 0, 2, 3], [0, 1, 2, 3, 3], [0, 2, 1, 3], []]) expect(read(signedAnew(order))).toBe('bundle.damaged');
  });

  it('opens for its centre alone and counts only with its desk’s signature', () => {
    const whole = write([new Uint8Array(10)]);
    expect(read(whole, signer.publicKey, otherCentre)).toBe('bundle.wrong-centre');
    expect(read(whole, signerOf(generateKeyPairSync('ed25519').privateKey).publicKey)).toBe('bundle.damaged');
    expect(() => write([new Uint8Array(10)], 'A'.repeat(43))).toThrow('not an X25519 key');
  });

  it('tells other files, newer ones and those too large apart', () => {
    expect(read(new Uint8Array())).toBe('bundle.not-a-bundle');
    expect(read(Buffer.from('%PDF-1.7\n'))).toBe('bundle.not-a-bundle');
    expect(read(Buffer.from('{"kind":"quay.bundle","v":2}\n'))).toBe('bundle.newer-version');
    expect(read(Buffer.from('{"kind":"quay.bundle","v":1}\n'))).toBe('bundle.damaged');
    expect(read(new Uint8Array(bundleLimits.bytes + 1))).toBe('bundle.too-large');
  });
});

describe('a receipt', () => {
  const key = signerOf(generateKeyPairSync('ed25519').privateKey);
  const text = writeReceipt({ installation, bundle: hash, at: 5, rho: null, logs: [{ log, ack: { seq: 4, hash } }] }, hasher, key);
  const take = (given: string, keys = [key.publicKey], whose = installation): string => {
    const outcome = readReceipt(given, { keys, installation: whose }, hasher, verifier);
    return outcome.ok ? 'taken' : outcome.fault.code;
  };

  it('is taken with the centre’s signature, by the desk it is for', () => {
    expect(take(text)).toBe('taken');
    expect(take(text, [signer.publicKey, key.publicKey])).toBe('taken');
    expect(take(text, [signer.publicKey])).toBe('receipt.bad-signature');
    expect(take(text, [key.publicKey], mintUuid(1, random))).toBe('receipt.other-desk');
  });

  it('is refused cut or changed anywhere', () => {
    fc.assert(fc.property(fc.nat(text.length - 1), fc.constantFrom('0', 'x', '}', '\n'), (at, letter) => {
      expect(take(text.slice(0, at))).not.toBe('taken');
      if (text[at] !== letter) expect(take(`${text.slice(0, at)}${letter}${text.slice(at + 1)}`)).not.toBe('taken');
    }), { numRuns: 400 });
    expect(take(`${text}\n`)).toBe('receipt.unreadable');
    expect(take('{"kind":"quay.bundle-receipt","v":3}\n')).toBe('bundle.newer-version');
  });
});
