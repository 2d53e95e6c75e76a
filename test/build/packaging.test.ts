import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FuseV1Options } from '@electron/fuses';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSurprises, listArchive } from '#build/packaging/contents.ts';
import type { Packed } from '#build/packaging/contents.ts';
import { fuseConfig } from '#build/packaging/fuses.ts';
import { findPackagingElectron } from '#build/runtime/index.ts';

const chosen = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

describe('fuses', () => {
  it('are all chosen: each that this Electron generation knows, and none by default', () => {
    const config = fuseConfig(chosen);
    const known = Object.values(FuseV1Options).filter((value) => typeof value === 'number');
    expect(known.length).toBeGreaterThan(7);
    for (const fuse of known) expect(config).toHaveProperty(String(fuse), expect.any(Boolean));
    expect(config.strictlyRequireAllFuses).toBe(true);
  });

  it('keep the package from being used as plain Node', () => {
    expect(fuseConfig(chosen)[FuseV1Options.RunAsNode]).toBe(false);
  });

  it.each(Object.keys(chosen))('stop the packaging when %s has no choice', (name) => {
    const rest = Object.fromEntries(Object.entries(chosen).filter(([key]) => key !== name));
    expect(() => fuseConfig(rest)).toThrow(name);
  });

  it('stop the packaging when one is chosen that nobody knows', () => {
    expect(() => fuseConfig({ ...chosen, somethingNew: true })).toThrow('somethingNew');
  });
});

describe('the files of a package', () => {
  const good: readonly Packed[] = [
    { path: 'package.json', unpacked: false },
    { path: 'out/electron/main.cjs', unpacked: false },
    { path: 'out/electron/preload.cjs', unpacked: false },
    { path: 'out/electron/desk.cjs', unpacked: false },
    { path: 'out/renderer/desk/index.html', unpacked: false },
    { path: 'out/renderer/desk/assets/index-x.js', unpacked: false },
    { path: 'node_modules/better-sqlite3/package.json', unpacked: false },
    { path: 'node_modules/better-sqlite3/lib/index.js', unpacked: false },
    { path: 'node_modules/better-sqlite3/prebuilds/linux-x64.node', unpacked: true },
  ];
  const with_ = (path: string, unpacked = false): readonly Packed[] => [...good, { path, unpacked }];

  it('are accepted as chosen', () => {
    expect(findSurprises(good, 'linux-x64')).toEqual([]);
  });

  it.each([
    ['a source', with_('electron/main.ts'), 'not expected: electron/main.ts'],
    ['a source map', with_('out/electron/main.cjs.map'), 'not expected: out/electron/main.cjs.map'],
    ['the centre', with_('out/central/quay.mjs'), 'not expected: out/central/quay.mjs'],
    ['another package', with_('node_modules/left/index.js'), 'not expected: node_modules/left/index.js'],
    ["the store's sources", with_('node_modules/better-sqlite3/src/database.cpp'), 'not expected: node_modules/better-sqlite3/src/database.cpp'],
    ["another platform's library", with_('node_modules/better-sqlite3/prebuilds/win32-x64.node', true), 'for another platform: node_modules/better-sqlite3/prebuilds/win32-x64.node'],
  ])('must not hold %s', (_what, files, said) => {
    expect(findSurprises(files, 'linux-x64')).toEqual([said]);
  });

  it.each(good.filter((file) => !/assets|lib|prebuilds/.test(file.path)).map((file) => file.path))('must hold %s', (path) => {
    expect(findSurprises(good.filter((file) => file.path !== path), 'linux-x64')).toEqual([`missing: ${path}`]);
  });

  it("must hold the store's library beside the archive", () => {
    const inside = good.map((file) => ({ ...file, unpacked: false }));
    expect(findSurprises(inside, 'linux-x64')).toEqual(['not unpacked: node_modules/better-sqlite3/prebuilds/linux-x64.node']);
    expect(findSurprises(good, 'linux-arm64')).toContain("missing: the store's library for linux-arm64");
  });
});

describe('packing', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'packing-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('reads the index of an archive that the packager made', async () => {
    const source = join(folder, 'source');
    mkdirSync(join(source, 'sub'), { recursive: true });
    writeFileSync(join(source, 'package.json'), '{}');
    writeFileSync(join(source, 'sub/đơn.txt'), 'đ');
    writeFileSync(join(source, 'sub/store.node'), 'x');
    const asar = join(__dirname, '../../node_modules/@electron/asar/bin/asar.js');
    const packed = spawnSync(process.execPath, [asar, 'pack', source, join(folder, 'app.asar'), '--unpack', '*.node'], { encoding: 'utf8' });
    expect(packed.stderr).toBe('');
    const files = await listArchive(join(folder, 'app.asar'));
    expect(files.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'package.json', unpacked: false },
      { path: 'sub/store.node', unpacked: true },
      { path: 'sub/đơn.txt', unpacked: false },
    ]);
  });

  it('takes only the Electron of package.json, never the older one of development', async () => {
    writeFileSync(join(folder, 'electron'), '');
    writeFileSync(join(folder, 'version'), '33.2.1');
    const env = { ELECTRON_OVERRIDE_DIST_PATH: folder };
    await expect(findPackagingElectron({ projectRoot: folder, wanted: '45.4.1', env })).rejects.toThrow('there is Electron 33.2.1');
    writeFileSync(join(folder, 'version'), 'v45.4.1\n');
    expect(await findPackagingElectron({ projectRoot: folder, wanted: '45.4.1', env })).toEqual({ folder, version: '45.4.1' });
  });
});
