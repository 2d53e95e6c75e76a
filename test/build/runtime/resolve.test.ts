import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '#build/disk.ts';
import { cacheFolder, developmentDataFolder, findMissing, resolveRuntime, RuntimeMissing } from '#build/runtime/index.ts';
import { parseMissingLibraries } from '#build/runtime/system.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'resolve-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function putElectron(place: string, version: string): void {
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'electron'), '');
  writeFileSync(join(place, 'version'), version);
}

describe('the runtime', () => {
  it('is the folder that the user names, before all others', async () => {
    putElectron(join(folder, 'mine'), '45.0.0');
    putElectron(join(folder, 'node_modules/electron/dist'), '45.4.1');
    const runtime = await resolveRuntime({ projectRoot: folder, wanted: '45.4.1', env: { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'mine') } });
    expect(runtime).toMatchObject({ source: 'override', version: '45.0.0', executable: join(folder, 'mine/electron') });
    expect(runtime.args.at(-1)).toBe(folder);
  });

  it('is not another one when the named folder is wrong', async () => {
    putElectron(join(folder, 'node_modules/electron/dist'), '45.4.1');
    const wrong = resolveRuntime({ projectRoot: folder, wanted: '45.4.1', env: { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'nothing') } });
    await expect(wrong).rejects.toBeInstanceOf(RuntimeMissing);
    await expect(wrong).rejects.toThrow('there is no Electron in it');
  });

  it('is the official binary when it is there in the wanted version', async () => {
    putElectron(join(folder, 'node_modules/electron/dist'), '45.4.1');
    const runtime = await resolveRuntime({ projectRoot: folder, wanted: '45.4.1', env: {} });
    expect(runtime).toMatchObject({ source: 'official', version: '45.4.1', notice: 'Electron 45.4.1 (official)' });
  });

  it('missing, is told in one line with what was tried and what to do', async () => {
    const npm = join(folder, 'npm.js');
    writeFileSync(npm, "console.error('registry unreachable'); process.exit(1);");
    const env = { XDG_CACHE_HOME: join(folder, 'cache'), ELECTRON_MIRROR: 'http://127.0.0.1:9/', npm_execpath: npm };
    const attempt = resolveRuntime({ projectRoot: folder, wanted: '45.4.1', env });
    await expect(attempt).rejects.toThrow(/^Electron 45\.4\.1 is not here: its download server 127\.0\.0\.1:9 does not answer.*ELECTRON_OVERRIDE_DIST_PATH[^\n]*$/);
  });
});

describe('folders of the user', () => {
  it('follow the specification of base directories', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/x/cache' })).toBe('/x/cache/quay-mot-cua');
    expect(developmentDataFolder({ XDG_DATA_HOME: '/x/data' })).toBe('/x/data/quay-mot-cua-dev');
    expect(cacheFolder({ XDG_CACHE_HOME: 'relative' })).toBe(cacheFolder({}));
  });
});

describe('a lock', () => {
  it('lets one in at a time', async () => {
    const seen: string[] = [];
    const enter = (name: string): Promise<void> =>
      withLock(join(folder, 'lock'), async () => {
        seen.push(`${name} in`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        seen.push(`${name} out`);
      });
    await Promise.all([enter('a'), enter('b'), enter('c')]);
    const pairs = [seen.slice(0, 2), seen.slice(2, 4), seen.slice(4, 6)];
    for (const [first, second] of pairs) expect(second).toBe(first?.replace(' in', ' out'));
  });

  it('of a process that was killed is taken over', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    mkdirSync(join(folder, 'lock'));
    writeFileSync(join(folder, 'lock/pid'), String(child.pid));
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    expect(await withLock(join(folder, 'lock'), () => Promise.resolve('in'))).toBe('in');
  });

  it('is given back when the work fails', async () => {
    await expect(withLock(join(folder, 'lock'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(join(folder, 'lock'), () => Promise.resolve('in'))).toBe('in');
  });
});

describe('what the system lacks', () => {
  it('is read from what the loader says, each once', () => {
    const printed = ['\tlibgtk-3.so.0 => not found', '\tlibc.so.6 => /lib/libc.so.6 (0x1)', '\tlibnss3.so => not found', '\tlibgtk-3.so.0 => not found'].join('\n');
    expect(parseMissingLibraries(printed)).toEqual(['libgtk-3.so.0', 'libnss3.so']);
  });

  it('names the programs for a display in memory only when one is needed', async () => {
    const tool = join(folder, 'Xvfb');
    writeFileSync(tool, '');
    chmodSync(tool, 0o755);
    const env = { PATH: folder };
    expect(await findMissing({ executable: process.execPath, virtualDisplay: true }, env)).toEqual(['xauth']);
    expect(await findMissing({ executable: process.execPath, virtualDisplay: false }, env)).toEqual([]);
  });
});
