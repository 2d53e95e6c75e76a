import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { join } from 'node:path';
import { hostOf, mayOpenOutside } from '#electron/shell/addresses.ts';
import { headersFor } from '#electron/shell/headers.ts';
import { pageFile } from '#electron/shell/page-files.ts';

const root = '/program/out/renderer/desk';

describe('addresses of the program', () => {
  it.each([
    ['app://desk/index.html', 'desk'], ['app://failure/', 'failure'], ['app://print/abc', 'print'],
    ['app://desk.evil/', undefined], ['app://other/', undefined], ['app://user@desk/', undefined], ['app://desk:8080/', undefined],
    ['https://desk/', undefined], ['file:///desk', undefined], ['app:desk', undefined], ['javascript:alert(1)', undefined], ['', undefined],
  ])('takes %s for %s', (address, host) => expect(hostOf(address)).toBe(host));

  it('opens nothing outside, and compares whole origins where something is allowed', () => {
    expect(mayOpenOutside('https://dichvucong.gov.vn/')).toBe(false);
    const allowed = ['https://dichvucong.gov.vn'];
    expect(mayOpenOutside('https://dichvucong.gov.vn/p/home', allowed)).toBe(true);
    for (const address of ['http://dichvucong.gov.vn/', 'https://dichvucong.gov.vn.evil.example/', 'https://evil.example/?https://dichvucong.gov.vn', 'https://a:b@dichvucong.gov.vn/', 'file:///etc/passwd', 'x']) {
      expect([address, mayOpenOutside(address, allowed)]).toEqual([address, false]);
    }
  });
});

describe('files of a page', () => {
  it('serves plain names below the folder', () => {
    expect(pageFile(root, 'app://desk/')).toEqual({ file: join(root, 'index.html'), type: 'text/html; charset=utf-8' });
    expect(pageFile(root, 'app://desk/assets/index-B1_x.js?v=1#top')).toEqual({ file: join(root, 'assets/index-B1_x.js'), type: 'text/javascript; charset=utf-8' });
  });

  it.each([
    'app://desk/../../package.json', 'app://desk/..%2f..%2fpackage.json', 'app://desk/%2e%2e/%2e%2e/package.json', 'app://desk/..\\..\\package.json', 'app://desk/assets//x.js',
    'app://desk/.env.json', 'app://desk/assets/.hidden.js', 'app://desk/index.html%00.js', 'app://desk/C:/windows/x.js', 'app://desk/run.exe', 'app://desk/data.db', 'app://desk/assets/', 'no address',
  ])('serves nothing outside it: %s', (address) => {
    const found = pageFile(root, address);
    // A parser may fold `..` away; what is left must still be a plain file below the folder.
    expect(found === undefined || found.file === join(root, 'package.json')).toBe(true);
  });

  it('never leaves the folder, whatever the address', () => {
    const piece = fc.oneof(fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', '\\', '/', '//', '%00', 'a', 'assets', '.js', '.html', ':', '~'), fc.string({ maxLength: 4 }));
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const found = pageFile(root, `app://desk/${pieces.join('')}`);
      return found === undefined || (found.file.startsWith(`${root}/`) && !found.file.slice(root.length).split('/').includes('..'));
    }), { numRuns: 5_000 });
  });
});

describe('headers', () => {
  it('close every page: no inline script, no frame, no form, no connection', () => {
    for (const host of ['desk', 'failure', 'print'] as const) {
      const policy = headersFor(host, 'text/html')['Content-Security-Policy'] ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toContain("form-action 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
      expect(headersFor(host, 'text/html')['X-Content-Type-Options']).toBe('nosniff');
    }
    expect(headersFor('desk', 'text/html')['Content-Security-Policy']).not.toContain('unsafe');
  });
});
