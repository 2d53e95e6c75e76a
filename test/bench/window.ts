/**
 * The real window, on whatever Electron the resolver finds.
 *
 * - Window ready: from the start of the program until a field has the focus and takes keys, against an empty Electron window
 *   with one field on the same runtime, turn by turn in one run. The desk is one on which somebody has signed in before, as on
 *   every day but the first: the field is the PIN's, and what is typed into it counts. When the names of the staff are there as
 *   well, which takes the desk process and its store, is told beside it.
 * - One call: page → shell → desk process → durable insert → back, against one synchronous 4 KB write of the same disk.
 */
import { once } from 'node:events';
import { closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '#build/bundle/index.ts';
import { startCentre } from '#build/launch/index.ts';
import { hasDisplay, prepareRuntime, projectRoot, readManifest, resolveRuntime, startVirtualDisplay, type Runtime } from '#build/runtime/index.ts';
import { startDeskApp } from '#build/stage/index.ts';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { percentile, type Bench } from './figure.ts';

const starts = 11;
const calls = 400;

/** The least program that shows a window with a field: what no Electron app can be faster than. */
function writeEmptyApp(folder: string): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty-window', version: '1.0.0', main: 'main.cjs' }));
  writeFileSync(join(folder, 'main.cjs'), `
const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, webPreferences: { sandbox: true, contextIsolation: true } });
  void window.loadFile('index.html');
});
app.on('window-all-closed', () => app.quit());
`);
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta charset="utf-8"><title>empty</title><input autofocus aria-label="field">');
}

/** A field has the focus and a key typed arrives in the page. The listener is there before the key is sent: they travel separate ways. */
async function takesKeys(page: Page): Promise<void> {
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
  await page.evaluate(() => document.addEventListener('keydown', () => document.documentElement.setAttribute('data-heard', ''), { once: true, capture: true }));
  await page.keyboard.press('Shift');
  await page.waitForFunction(() => document.documentElement.hasAttribute('data-heard'));
}

async function startEmpty(runtime: Runtime): Promise<{ app: ElectronApplication; page: Page; close: () => Promise<void> }> {
  const app = await _electron.launch({ executablePath: runtime.executable, args: [...runtime.args], chromiumSandbox: !runtime.args.includes('--no-sandbox') });
  const gone = once(app.process(), 'exit');
  const page = await app.firstWindow();
  return { app, page, close: async () => {
    await app.close();
    await gone;
  } };
}

/** Milliseconds until the window takes keys, and until what comes `after` is there. */
async function timed(start: () => Promise<{ page: Page; close: () => Promise<void> }>, after: (page: Page) => Promise<void>): Promise<{ readonly keys: number; readonly after: number }> {
  const from = performance.now();
  const { page, close } = await start();
  await takesKeys(page);
  const keys = performance.now() - from;
  await after(page);
  const later = performance.now() - from;
  await close();
  return { keys, after: later };
}

async function signsIn(page: Page): Promise<void> {
  await page.getByLabel(/Nguyễn Thị Hoa/).check();
  await page.getByLabel('Mã PIN').fill('2468');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Tiếp nhận hồ sơ' }).waitFor();
}

async function showsNames(page: Page): Promise<void> {
  await page.getByLabel(/Nguyễn Thị Hoa/).waitFor();
}

async function nothing(): Promise<void> {
  // An empty window has no more to show.
}

/** Synchronous writes of one database page: what a durable insert cannot be faster than on this disk. */
function diskWrites(folder: string): number[] {
  const handle = openSync(join(folder, 'page'), 'w');
  const page = Buffer.alloc(4096, 1);
  const took: number[] = [];
  for (let count = 0; count < calls; count += 1) {
    const from = performance.now();
    writeSync(handle, page, 0, page.length, count * page.length);
    fdatasyncSync(handle);
    took.push(performance.now() - from);
  }
  closeSync(handle);
  return took;
}

const measure: Bench = async () => {
  const wanted = readManifest().devDependencies.electron;
  const own = await prepareRuntime({ virtualDisplay: !hasDisplay() }, (line) => console.log(`  ${line}`));
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  if (display) process.env['DISPLAY'] = display.name;
  const folder = mkdtempSync(join(tmpdir(), 'quay-bench-window-'));
  const emptyRoot = join(folder, 'empty');
  const data = join(folder, 'desk');
  for (const one of [emptyRoot, data]) mkdirSync(one, { mode: 0o700 });
  writeEmptyApp(emptyRoot);
  try {
    await bundle({ root: projectRoot, outFolder: join(projectRoot, 'out'), development: true });
    const bare = await resolveRuntime({ projectRoot: emptyRoot, wanted });
    const centre = await startCentre({ program: join(projectRoot, 'out/central/quay.mjs'), folder: join(folder, 'centre') });
    try {
      const desk = (): ReturnType<typeof startDeskApp> => startDeskApp({ runtime: own, folder: data, centre: centre.ready });
      const empty = (): ReturnType<typeof startEmpty> => startEmpty(bare);
      // The first starts enrol the desk, sign in, and fill the caches; they are not counted.
      await timed(desk, signsIn);
      await timed(desk, showsNames);
      await timed(empty, nothing);
      const windows: { desk: number[]; names: number[]; empty: number[] } = { desk: [], names: [], empty: [] };
      for (let round = 0; round < starts; round += 1) {
        const { keys, after } = await timed(desk, showsNames);
        windows.desk.push(keys);
        windows.names.push(after);
        windows.empty.push((await timed(empty, nothing)).keys);
      }
      const emptyWindow = { name: 'an empty window, same runtime', value: percentile(windows.empty, 0.5) };

      const app = await desk();
      await signsIn(app.page);
      const took = await app.page.evaluate(async (count: number) => {
        const bridge: unknown = Reflect.get(window, 'desk');
        const call: unknown = typeof bridge === 'object' && bridge !== null ? Reflect.get(bridge, 'call') : undefined;
        if (typeof call !== 'function') throw new Error('the page has no bridge');
        const all: number[] = [];
        for (let index = 0; index < count + 50; index += 1) {
          const from = performance.now();
          const outcome: unknown = await Reflect.apply(call, bridge, ['draft.save', { key: 'bench', text: `lần ${index}` }]);
          const needed = performance.now() - from;
          if (typeof outcome !== 'object' || outcome === null || Reflect.get(outcome, 'ok') !== true) throw new Error(JSON.stringify(outcome));
          if (index >= 50) all.push(needed);
        }
        return all;
      }, calls);
      const disk = diskWrites(folder);
      await app.close();
      return [
        { name: `window ready, median of ${starts} starts (Electron ${own.version})`, value: percentile(windows.desk, 0.5), unit: 'ms', against: emptyWindow, bar: { atMost: 1.3 } },
        { name: 'the names of the staff there as well, median', value: percentile(windows.names, 0.5), unit: 'ms', against: emptyWindow },
        { name: `page → desk process → durable insert → back, median of ${calls}`, value: percentile(took, 0.5), unit: 'ms', against: { name: 'a synchronous 4 KB write of this disk', value: percentile(disk, 0.5) } },
        { name: `the same, p99`, value: percentile(took, 0.99), unit: 'ms', against: { name: 'the synchronous write, p99', value: percentile(disk, 0.99) } },
      ];
    } finally {
      await centre.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await display?.stop();
  }
};

export default measure;
