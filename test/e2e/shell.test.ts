/** What a page may not do in the real window, whatever it tries (Electron's security list). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { projectRoot } from '#build/runtime/index.ts';
import type { DeskApp } from '#build/stage/index.ts';
import type { Outcome } from '#shared/errors/index.ts';
import { messageLimit, type DeskBridge } from '#shared/ipc/index.ts';
import { setScene, type Scene } from './harness.ts';

declare global {
  interface Window {
    readonly desk: DeskBridge;
  }
}

let scene: Scene;
let desk: DeskApp;

beforeAll(async () => {
  scene = await setScene();
  desk = await scene.desk();
  await desk.page.waitForLoadState('load');
});
afterAll(() => scene?.end());

/** Calls past the bridge's types, as a page that has been taken over would. */
function rawCall(name: unknown, request: unknown): Promise<Outcome<unknown>> {
  return desk.page.evaluate(async ([channel, body]) => {
    const call = window.desk.call as (name: unknown, request: unknown) => Promise<Outcome<unknown>>;
    return await call(channel, body);
  }, [name, request]);
}

describe('a page in the window', () => {
  it('has no Node, no Electron and nothing of the shell but the bridge', async () => {
    const seen = await desk.page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'].filter((name) => name in window),
      bridge: Object.keys(window.desk).toSorted(),
    }));
    expect(seen).toEqual({ node: [], bridge: ['call', 'listen'] });
  });

  it('runs in a sandboxed window with every door shut', async () => {
    const set = await desk.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (contents === undefined || !('getLastWebPreferences' in contents) || typeof contents.getLastWebPreferences !== 'function') return undefined;
      const { sandbox, contextIsolation, nodeIntegration, nodeIntegrationInSubFrames, webSecurity, allowRunningInsecureContent, experimentalFeatures, webviewTag } = contents.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, nodeIntegrationInSubFrames, webSecurity, allowRunningInsecureContent, experimentalFeatures, webviewTag };
    });
    expect(set).toEqual({
      sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInSubFrames: false,
      webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false,
    });
  });

  it('comes with a closed policy', async () => {
    const headers = await desk.app.evaluate(async ({ session }) => Object.fromEntries((await session.fromPartition('persist:counter').fetch('app://desk/index.html')).headers));
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('cannot run a script that is not a file of the program', async () => {
    const ran = await desk.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.intruder = true';
      document.body.append(script);
      await new Promise((resolve) => void setTimeout(resolve, 50));
      return 'intruder' in window;
    });
    expect(ran).toBe(false);
  });

  it.each(['app://desk/../../package.json', 'app://desk/..%2f..%2fpackage.json', 'app://desk/%2e%2e/%2e%2e/package.json', 'app://desk/../electron/main.cjs', 'app://desk/assets/', 'app://failure/', 'app://nowhere/index.html'])('is served nothing at %s', async (address) => {
    const status = await desk.app.evaluate(async ({ session }, asked) => (await session.fromPartition('persist:counter').fetch(asked)).status, address);
    expect(status).toBe(404);
  });

  it('stays where it is', async () => {
    const { page } = desk;
    await page.evaluate(() => void (location.href = 'https://example.invalid/'));
    await page.evaluate(() => void (location.href = 'file:///etc/passwd'));
    await page.evaluate(() => void (location.href = 'app://failure/retry'));
    expect(await page.evaluate(() => window.open('https://example.invalid/') === null)).toBe(true);
    await page.waitForTimeout(300);
    expect(page.url()).toBe('app://desk/index.html');
    expect(desk.app.windows()).toHaveLength(1);
  });

  it('reaches nothing outside the program', async () => {
    const reached = await desk.page.evaluate(async (address) => {
      const asked = await Promise.allSettled([fetch(address), fetch('app://desk/index.html')]);
      return asked.map((one) => one.status);
    }, scene.centre.ready.url);
    expect(reached).toEqual(['rejected', 'rejected']);
    // Not even past its policy: the session itself carries nothing.
    const past = await desk.app.evaluate(async ({ session }, address) => await session.fromPartition('persist:counter').fetch(address).then(() => 'reached', () => 'refused'), scene.centre.ready.url);
    expect(past).toBe('refused');
  });

  it('is given no permission', async () => {
    const states = await desk.page.evaluate(async () => {
      const asked = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
      return await Promise.all(asked.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state));
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
    await expect(desk.page.evaluate(async () => await navigator.mediaDevices.getUserMedia({ audio: true }))).rejects.toThrow();
  });
});

describe('calls', () => {
  it('are refused when the shell does not know them, or not so', async () => {
    expect(await rawCall('no.such', {})).toMatchObject({ ok: false, fault: { code: 'message.unknown-channel' } });
    expect(await rawCall('constructor', {})).toMatchObject({ ok: false, fault: { code: 'message.unknown-channel' } });
    expect(await rawCall('session.view', { more: 1 })).toMatchObject({ ok: false, fault: { code: 'message.malformed' } });
    expect(await rawCall('session.view', undefined)).toMatchObject({ ok: false, fault: { code: 'message.malformed' } });
    expect(await rawCall('draft.save', { key: 'k', text: 'x'.repeat(messageLimit) })).toMatchObject({ ok: false, fault: { code: 'message.too-large' } });
  });

  it('are refused without a sign-in by the desk process', async () => {
    expect(await rawCall('dossier.list', { filter: 'all', limit: 10 })).toMatchObject({ ok: false, fault: { code: 'session.required' } });
    expect(await rawCall('receipt.print', { dossier: '0190a000-0000-7000-8000-000000000001' })).toMatchObject({ ok: false, fault: { code: 'session.required' } });
  });

  it('are refused from any other window, even one with the same preload and the same page', async () => {
    const outcome = await desk.app.evaluate(async ({ BrowserWindow, session }, preload) => {
      const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true, session: session.fromPartition('persist:counter') } });
      await other.loadURL('app://desk/index.html');
      const answer: unknown = await other.webContents.executeJavaScript("window.desk.call('session.view', {})");
      other.destroy();
      return answer;
    }, join(projectRoot, 'out/electron/preload.cjs'));
    expect(outcome).toEqual({ ok: false, fault: { code: 'message.foreign-sender', params: {} } });
  });

  it('are answered for our own', async () => {
    expect(await rawCall('session.view', {})).toMatchObject({ ok: true, value: { banners: expect.arrayContaining(['development-key', 'injected-clock']) } });
  });
});
