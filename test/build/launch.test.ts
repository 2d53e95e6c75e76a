import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CentreFailed, developmentEnvironment, startCentre } from '#build/launch/index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launch-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A stand-in for the centre's bundle: says what the test wants, then waits as the centre does. */
function program(body: string): string {
  const file = join(folder, 'quay.mjs');
  writeFileSync(
    file,
    `import { writeFileSync } from 'node:fs';
writeFileSync(${JSON.stringify(join(folder, 'started'))}, JSON.stringify({ pid: process.pid, args: process.argv.slice(2) }));
process.stdin.on('end', () => { writeFileSync(${JSON.stringify(join(folder, 'ended'))}, ''); process.exit(0); }).resume();
${body}`,
  );
  return file;
}
const ready = { ready: true, url: 'http://127.0.0.1:1234', province: 'http://127.0.0.1:1234/tinh', enrolmentCode: 'ABCD', pinnedKey: 'k' };
const sayReady = `console.log(${JSON.stringify(JSON.stringify(ready))});`;

function started(): { pid: number; args: string[] } {
  return JSON.parse(readFileSync(join(folder, 'started'), 'utf8'));
}
function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // no such process
  }
}
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the centre beside the app', () => {
  it('is started for development on a free port, and stopped', async () => {
    const centre = await startCentre({ program: program(sayReady), folder: join(folder, 'data') });
    expect(centre.ready).toEqual(ready);
    const { pid, args } = started();
    expect(args).toEqual(expect.arrayContaining(['central', '--dev', '--folder', join(folder, 'data'), '--port', '0', '--end-with-stdin']));
    await centre.stop();
    expect(runs(pid)).toBe(false);
    await centre.ended;
  });

  it('that ends at once is told with what it said', async () => {
    const attempt = startCentre({ program: program("console.error('the folder is in use'); process.exit(4);"), folder });
    await expect(attempt).rejects.toBeInstanceOf(CentreFailed);
    await expect(attempt).rejects.toThrow(/did not start: it ended with code 4.*the folder is in use/);
  });

  it('that says something else than that it is ready is stopped', async () => {
    await expect(startCentre({ program: program("console.log('hello');"), folder })).rejects.toBeInstanceOf(CentreFailed);
    expect(runs(started().pid)).toBe(false);
  });

  it('does not outlive the one who started it, even when that one was killed', async () => {
    const door = join(__dirname, '../../build/launch/index.ts');
    const script = `import { startCentre } from ${JSON.stringify(door)}; await startCentre({ program: ${JSON.stringify(program(sayReady))}, folder: ${JSON.stringify(folder)} }); console.log('up');`;
    const owner = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(owner.stdout, 'data');
    const { pid } = started();
    expect(runs(pid)).toBe(true);
    owner.kill('SIGKILL');
    await until(() => existsSync(join(folder, 'ended')) && !runs(pid));
  });
});

describe('the environment of the app in development', () => {
  it('names the centre and the folder, and takes away what would turn Electron into something else', () => {
    const env = developmentEnvironment('/data', { ...ready, ready: true }, { PATH: '/bin', ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect' });
    expect(env).toEqual({ PATH: '/bin', QUAY_DEV: '1', QUAY_DATA_FOLDER: '/data', QUAY_CENTRAL_URL: ready.url, QUAY_CENTRAL_KEY: 'k', QUAY_ENROLMENT_CODE: 'ABCD' });
  });

  it('names no centre where there is none', () => {
    expect(Object.keys(developmentEnvironment('/data', undefined, {}))).toEqual(['QUAY_DEV', 'QUAY_DATA_FOLDER']);
  });
});
