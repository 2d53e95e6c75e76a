import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDevelopment } from '#electron/shell/development.ts';
import { chooseKeychain, openDevelopmentKeychain } from '#electron/shell/development-keychain.ts';
import { failurePage } from '#electron/shell/errors-page.ts';
import type { Keychain } from '#electron/shell/keychain.ts';
import { openPrintFolder } from '#electron/shell/print-folder.ts';
import { codes, fault, sentence, type ErrorCode } from '#shared/errors/index.ts';

let folder = '';
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'quay-shell-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const none: Keychain = { backend: 'basic_text', available: false, wrap: async (bytes) => bytes, unwrap: async (bytes) => bytes };
const real: Keychain = { ...none, backend: 'gnome_libsecret', available: true };

describe('the keychain of a start', () => {
  it('is the real one unless a developer says otherwise', () => {
    expect(chooseKeychain(none, folder, false)).toEqual({ keychain: none, development: false });
    expect(chooseKeychain(real, folder, true)).toEqual({ keychain: real, development: false });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('stays the stand-in for data that was opened with it, and never says that it protects', () => {
    const chosen = chooseKeychain(none, folder, true);
    expect(chosen).toMatchObject({ development: true, keychain: { backend: 'development', available: false } });
    expect(chooseKeychain(real, folder, true).keychain.backend).toBe('development');
    expect(chooseKeychain(real, folder, false).keychain).toBe(real);
  });

  it('opens what it wrapped in an earlier start, and nothing changed since', async () => {
    const file = join(folder, 'development.key');
    const secret = Uint8Array.of(1, 2, 3, 250);
    const wrapped = await openDevelopmentKeychain(file).wrap(secret);
    expect(Buffer.from(wrapped).includes(Buffer.from(secret))).toBe(false);
    const later = openDevelopmentKeychain(file);
    expect(Uint8Array.from(await later.unwrap(wrapped))).toEqual(secret);
    const bent = Uint8Array.from(wrapped, (byte, at) => (at === 13 ? byte ^ 1 : byte));
    await expect(later.unwrap(bent)).rejects.toThrow();
  });
});

describe('what a developer may ask for', () => {
  const asked = { QUAY_DEV: '1', QUAY_DATA_FOLDER: '/d', QUAY_CLOCK_FILE: '/c', QUAY_CENTRAL_URL: 'http://127.0.0.1:1/', QUAY_CENTRAL_KEY: 'k', QUAY_ENROLMENT_CODE: 'e' };

  it('is read in development', () => {
    expect(readDevelopment(asked)).toEqual({ withoutKeychain: true, dataFolder: '/d', clockFile: '/c', centre: { url: 'http://127.0.0.1:1/', enrolmentCode: 'e', pinnedKey: 'k' } });
    expect(readDevelopment({})).toEqual({ withoutKeychain: false });
    expect(() => readDevelopment({ QUAY_CENTRAL_URL: 'file:///etc/passwd' })).toThrow();
  });

  it('is not even read in a package', () => {
    const before = globalThis.__DEVELOPMENT__;
    globalThis.__DEVELOPMENT__ = false;
    try {
      expect(readDevelopment(asked)).toBeUndefined();
    } finally {
      globalThis.__DEVELOPMENT__ = before;
    }
  });
});

describe('the failure page', () => {
  const causes: ErrorCode[] = ['store.wrong-key', 'store.newer-version', 'store.damaged', 'key.keychain-missing', 'key.unreadable', 'store.in-use', 'store.disk-full', 'desk.start-failed', 'internal.unexpected'];

  it.each(causes)('says for %s what is the matter, what to do and the code, and asks for nothing that destroys', (code) => {
    const params = { found: 9, known: 1, backend: 'basic_text', reference: 'r' };
    const { text } = failurePage(fault(code, params), '0.1.0');
    const words = text.replaceAll('&#39;', "'").replaceAll('&quot;', '"');
    expect(words).toContain(sentence(fault(code, params), 'vi'));
    expect(words).toContain(sentence(fault(code, params), 'en'));
    expect(words).toContain(code);
    expect(text.normalize('NFC')).toBe(text);
    expect(text).not.toMatch(/<script|<button|<form|style=|\{\w+\}/);
    expect([...text.matchAll(/href="([^"]+)"/g)].map((match) => match[1])).toEqual(['/style.css', ...(code === 'store.damaged' ? ['app://failure/recover'] : []), 'app://failure/retry']);
  });

  it('has a heading of its own for each cause a clerk can do something about', () => {
    const headings = causes.slice(0, 7).map((code) => /<h1>(.*?)<\/h1>/.exec(failurePage(fault(code), '0').text)?.[1]);
    expect(new Set(headings).size).toBe(7);
  });

  it('escapes what a fault carries', () => {
    expect(codes['key.keychain-missing'].vi).toContain('{backend}');
    expect(failurePage(fault('key.keychain-missing', { backend: '<img src=x>' }), '0').text).not.toContain('<img');
  });
});

describe('printouts', () => {
  const at = new Date('2026-11-24T03:04:05.678Z');

  it('lie in a folder for this user alone, named by code and time', () => {
    const prints = openPrintFolder(join(folder, 'print'));
    const file = prints.keep('H37.01-261124-0001', Uint8Array.of(1, 2), at);
    expect(file).toBe(join(folder, 'print', 'H37.01-261124-0001-20261124030405678.pdf'));
    expect([...readFileSync(file)]).toEqual([1, 2]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'print')).mode & 0o777).toBe(0o700);
    expect(prints.keep('../../x', Uint8Array.of(1), at).startsWith(join(folder, 'print/'))).toBe(true);
  });

  it('go after a day, and all of them at the end', () => {
    const prints = openPrintFolder(join(folder, 'print'));
    const old = prints.keep('H37.01-261124-0001', Uint8Array.of(1), at);
    const young = prints.keep('H37.01-261124-0002', Uint8Array.of(1), at);
    const now = new Date();
    utimesSync(old, new Date(now.getTime() - 25 * 3_600_000), new Date(now.getTime() - 25 * 3_600_000));
    writeFileSync(join(folder, 'print', 'half.pdf.new'), 'x');
    prints.sweep(now);
    expect(readdirSync(join(folder, 'print')).map((name) => join(folder, 'print', name))).toEqual([young]);
    prints.clear();
    expect(readdirSync(join(folder, 'print'))).toEqual([]);
  });
});
