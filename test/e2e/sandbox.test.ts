/** Once with Chromium's own sandbox on, which root cannot have: as an ordinary user. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '#build/runtime/index.ts';
import type { DeskApp } from '#build/stage/index.ts';
import { findRuntime, setScene, shot, signInClerk, type Scene } from './harness.ts';

/** The user and group that own nothing (`nobody`, `nogroup` on Debian). */
const nobody = { uid: 65534, gid: 65534 } as const;
const root = process.getuid?.() === 0;
const become = ['--reuid', String(nobody.uid), '--regid', String(nobody.gid), '--clear-groups', '--no-new-privs'];

/** Why it cannot be had here; undefined where it can. */
function missing(): string | undefined {
  if (!root) return undefined;
  const tried = spawnSync('setpriv', [...become, 'unshare', '--user', '--net', 'true'], { stdio: 'ignore' });
  if (tried.error !== undefined) return 'setpriv or unshare is not there';
  return tried.status === 0 ? undefined : 'an unprivileged user may not make user namespaces here';
}

/** The runtime, the bundles and what they load, where another user can read them. */
async function layOut(scene: Scene): Promise<string> {
  const { executable } = await findRuntime();
  const place = join(scene.folder, 'program');
  const runtime = join(place, 'runtime');
  const app = join(place, 'app');
  // Hard links would do, but not across file systems.
  cpSync(dirname(executable), runtime, { recursive: true, verbatimSymlinks: true, filter: (source) => !source.endsWith('/resources/app') });
  mkdirSync(join(app, 'node_modules/@fontsource'), { recursive: true });
  for (const part of ['package.json', 'out', 'node_modules/node', 'node_modules/better-sqlite3', 'node_modules/@fontsource/be-vietnam-pro']) {
    cpSync(join(projectRoot, part), join(app, part), { recursive: true, dereference: true });
  }
  symlinkSync(app, join(runtime, 'resources/app'));
  for (const folder of [place, runtime, app]) chmodSync(folder, 0o755);
  const start = join(place, 'start.sh');
  writeFileSync(start, `#!/bin/sh\nexec setpriv ${become.join(' ')} env HOME=${join(scene.folder, 'home')} ${join(runtime, 'electron')} "$@"\n`, { mode: 0o755 });
  return start;
}

/** The processes below one, with what the system says of them. */
function below(parent: number): { pid: number; command: string; uid: string; seccomp: string }[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/status`)).map((name) => {
    const status = readFileSync(`/proc/${name}/status`, 'utf8');
    const field = (label: string): string => new RegExp(`^${label}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
    return { pid: Number(name), parent: Number(field('PPid')), uid: field('Uid'), seccomp: field('Seccomp'), command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') };
  });
  const own = new Set([parent]);
  for (let grew = true; grew;) {
    const more = all.filter((one) => own.has(one.parent) && !own.has(one.pid));
    for (const one of more) own.add(one.pid);
    grew = more.length > 0;
  }
  return all.filter((one) => own.has(one.pid));
}

describe('the app as an ordinary user', () => {
  const reason = missing();
  let scene: Scene | undefined;
  afterAll(() => scene?.end());

  it('runs with the sandbox on and works, or says that this could not be run', async () => {
    if (reason !== undefined) {
      process.stdout.write(`not run: the app as an ordinary user with Chromium's sandbox on: ${reason}\n`);
      return;
    }
    scene = await setScene();
    let desk: DeskApp;
    if (root) {
      const executable = await layOut(scene);
      for (const at of ['home', 'ordinary']) {
        mkdirSync(join(scene.folder, at), { recursive: true, mode: 0o700 });
        chownSync(join(scene.folder, at), nobody.uid, nobody.gid);
      }
      // The run's folder for temporary files is root's own.
      desk = await scene.desk('ordinary', { runtime: { executable, args: [] }, env: { TMPDIR: join(scene.folder, 'ordinary') } });
    } else {
      desk = await scene.desk('ordinary');
    }
    await signInClerk(desk.page, scene.centre.ready);
    await shot(desk.page, 'ordinary-user');

    const processes = below(desk.app.process().pid ?? 0);
    const pages = processes.filter((one) => one.command.includes('--type=renderer'));
    expect(pages.length).toBeGreaterThan(0);
    // 2: the page's process may only make the system calls of a filter.
    expect(pages.map((one) => one.seccomp)).toEqual(pages.map(() => '2'));
    expect(processes.filter((one) => one.command.includes('--no-sandbox'))).toEqual([]);
    if (root) expect(new Set(processes.map((one) => one.uid))).toEqual(new Set([String(nobody.uid)]));
    await desk.close();
  });
});
