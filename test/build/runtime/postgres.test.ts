import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { findPostgres, PostgresMissing, projectRoot, startPostgres } from '#build/runtime/index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postgres-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function putPrograms(place: string): string {
  mkdirSync(place, { recursive: true });
  for (const program of ['initdb', 'postgres']) writeFileSync(join(place, program), '', { mode: 0o755 });
  return place;
}

describe('PostgreSQL for tests', () => {
  it('is the one on the path, else the newest where systems keep them', async () => {
    const kept: [string, string][] = [[join(folder, 'lib'), 'bin']];
    putPrograms(join(folder, 'lib/9.6/bin'));
    const newest = putPrograms(join(folder, 'lib/15/bin'));
    mkdirSync(join(folder, 'lib/16/bin'), { recursive: true });
    expect((await findPostgres({ env: { PATH: '' }, folders: kept })).folder).toBe(newest);
    const first = putPrograms(join(folder, 'path'));
    expect((await findPostgres({ env: { PATH: `/nothing:${first}` }, folders: kept })).folder).toBe(first);
  });

  it('is missed in words that say what to do', async () => {
    const npm = join(folder, 'npm.js');
    writeFileSync(npm, "console.error('npm error network request failed'); process.exit(1);");
    const found = findPostgres({ env: { PATH: '/nothing', npm_execpath: npm, XDG_CACHE_HOME: folder }, folders: [] });
    await expect(found).rejects.toBeInstanceOf(PostgresMissing);
    await expect(found).rejects.toThrow(/no PostgreSQL on this machine.*apt-get install -y postgresql.*DATABASE_URL/);
  });

  it('is the server that DATABASE_URL names, and is left running', async () => {
    const server = await startPostgres({ env: { DATABASE_URL: 'postgres://somebody@somewhere/database' } });
    expect(server.address).toBe('postgres://somebody@somewhere/database');
    await server.stop();
  });

  it('ends with whoever started it, and its folder with it', async () => {
    const script = `import { startPostgres } from ${JSON.stringify(join(projectRoot, 'build/runtime/index.ts'))};
      const { DATABASE_URL: _given, ...env } = process.env;
      console.log((await startPostgres({ env })).address);
      setInterval(() => undefined, 1000);`;
    // Where tests put their folders nobody else may remove one, and the server is somebody else.
    chmodSync(folder, 0o711);
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TMPDIR: folder } });
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    const place = new URL(String(line)).searchParams.get('host') ?? '';
    expect(existsSync(place)).toBe(true);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    for (let tries = 0; existsSync(place) && tries < 200; tries += 1) await pause(50);
    expect(existsSync(place)).toBe(false);
  });
});
