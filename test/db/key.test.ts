import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPublicKey, createPrivateKey, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { keyEnvelopeSchema, loadOrCreateKey, unwrapWithRecoveryKey, wrapToRecoveryKey, type KeychainPort, type LoadKeyOptions } from '#db/index.ts';
import { DomainError, fault } from '#shared/errors/index.ts';
import { temporaryFolder } from './sample.ts';

let folder: ReturnType<typeof temporaryFolder>;
let options: LoadKeyOptions;

/** A keychain that turns bytes round with a secret; another profile has another secret. */
function keychain(change: Partial<{ backend: string; available: boolean; secret: number }> = {}): KeychainPort {
  const { backend = 'gnome_libsecret', available = true, secret = 1 } = change;
  const turn = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ secret);
  return {
    backend: async () => backend,
    available: async () => available,
    wrap: async (bytes) => new Uint8Array([secret, ...turn(bytes)]),
    async unwrap(bytes) {
      if (bytes[0] !== secret) throw new Error('not my profile');
      return turn(bytes.slice(1));
    },
  };
}

function recoveryPair(): { publicKey: string; privateKey: Uint8Array } {
  const privateKey = new Uint8Array(randomBytes(32));
  const object = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), privateKey]), format: 'der', type: 'pkcs8' });
  return { publicKey: createPublicKey(object).export({ format: 'der', type: 'spki' }).subarray(12).toString('base64url'), privateKey };
}

beforeEach(() => {
  folder = temporaryFolder();
  options = { file: join(folder.path, 'key.json'), database: join(folder.path, 'desk.db'), keychain: keychain() };
});
afterEach(() => folder.remove());

async function refusal(run: Promise<unknown>): Promise<unknown> {
  try {
    return await run;
  } catch (error) {
    return error instanceof DomainError ? error.fault : error;
  }
}

describe('the key of the database', () => {
  it('is made once, and is the same at every start', async () => {
    const first = await loadOrCreateKey(options);
    const second = await loadOrCreateKey(options);
    expect(first).toMatchObject({ created: true, backend: 'gnome_libsecret', development: false });
    expect(second).toEqual({ ...first, created: false });
    expect(first.key).toHaveLength(32);
    expect(readdirSync(folder.path)).toEqual(['key.json']);
  });

  it('never lies in the envelope as it is', async () => {
    const { key } = await loadOrCreateKey({ ...options, recoveryPublicKey: recoveryPair().publicKey });
    const text = readFileSync(options.file, 'utf8');
    expect(keyEnvelopeSchema.safeParse(JSON.parse(text)).success).toBe(true);
    for (const encoding of ['hex', 'base64', 'base64url'] as const) expect(text).not.toContain(Buffer.from(key).toString(encoding));
  });

  it.each([['basic_text', true], ['unknown', false]])('is not entrusted to %s, unless in development', async (backend, available) => {
    const poor = { ...options, keychain: keychain({ backend, available }) };
    expect(await refusal(loadOrCreateKey(poor))).toEqual(fault('key.keychain-missing', { backend }));
    expect(existsSync(options.file)).toBe(false);
    expect(await loadOrCreateKey({ ...poor, allowDevelopmentKeychain: true })).toMatchObject({ created: true, development: true });
  });

  it('that cannot be opened is never replaced', async () => {
    await loadOrCreateKey(options);
    const before = readFileSync(options.file, 'utf8');
    expect(await refusal(loadOrCreateKey({ ...options, keychain: keychain({ secret: 2 }) }))).toEqual(fault('key.unreadable'));
    writeFileSync(options.file, before.slice(0, 40));
    expect(await refusal(loadOrCreateKey(options))).toEqual(fault('key.unreadable'));
    expect(readFileSync(options.file, 'utf8')).toBe(before.slice(0, 40));
    rmSync(options.file);
    writeFileSync(options.database, 'there are data');
    expect(await refusal(loadOrCreateKey(options))).toEqual(fault('key.unreadable'));
    expect(existsSync(options.file)).toBe(false);
  });

  it('is wrapped to the province once that is known, and comes back from there', async () => {
    const { key } = await loadOrCreateKey({ ...options, bytes: 64 });
    const { publicKey, privateKey } = recoveryPair();
    await loadOrCreateKey({ ...options, bytes: 64, recoveryPublicKey: publicKey });
    const { recovery } = keyEnvelopeSchema.parse(JSON.parse(readFileSync(options.file, 'utf8')));
    expect(unwrapWithRecoveryKey(recovery!, privateKey)).toEqual(key);
    expect(await loadOrCreateKey({ ...options, bytes: 64 })).toMatchObject({ key });
  });
});

describe('wrapping to the recovery key', () => {
  it('opens with its private key, and with nothing else', () => {
    const { publicKey, privateKey } = recoveryPair();
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 96 }), (secret) => {
      const wrap = wrapToRecoveryKey(secret, publicKey);
      expect(unwrapWithRecoveryKey(wrap, privateKey)).toEqual(secret);
      expect(wrapToRecoveryKey(secret, publicKey).blob).not.toBe(wrap.blob);
      expect(() => unwrapWithRecoveryKey(wrap, recoveryPair().privateKey)).toThrow(DomainError);
    }), { numRuns: 30 });
  });

  it('shows every changed byte', () => {
    const { publicKey, privateKey } = recoveryPair();
    const wrap = wrapToRecoveryKey(new Uint8Array(32).fill(5), publicKey);
    const blob = Buffer.from(wrap.blob, 'base64');
    for (let index = 0; index < blob.length; index += 1) {
      const changed = Buffer.from(blob);
      changed.writeUInt8(blob.readUInt8(index) ^ 1, index);
      expect(() => unwrapWithRecoveryKey({ ...wrap, blob: changed.toString('base64') }, privateKey)).toThrow(DomainError);
    }
    expect(() => unwrapWithRecoveryKey({ ...wrap, ephemeral: recoveryPair().publicKey }, privateKey)).toThrow(DomainError);
  });
});
