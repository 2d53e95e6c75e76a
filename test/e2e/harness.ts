/** What the tests on the real window share: a centre, a line, desks, and their end. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startCentre, type Centre, type CentreReady } from '#build/launch/index.ts';
import { hasDisplay, projectRoot, readManifest, resolveRuntime, startVirtualDisplay, type Runtime } from '#build/runtime/index.ts';
import { driveClock, openLine, startDeskApp, type DeskApp, type DeskAppOptions, type DrivenClock, type Line } from '#build/stage/index.ts';

// For tests and hooks of every file that imports this: a window on a busy machine takes its time.
jest.setTimeout(180_000);

/** Where screenshots go. */
export const artifacts = join(projectRoot, '.artifacts', 'e2e');

/** A working Monday, 05/10/2026, at eight in the morning in Vietnam. */
export const monday = Date.UTC(2026, 9, 5, 1, 0, 0);

/** The sample clerk of the commune and what the sample centre takes as PIN. */
export const clerk = { name: 'Nguyễn Thị Hoa' } as const;

export interface Scene {
  readonly runtime: Runtime;
  readonly folder: string;
  readonly clock: DrivenClock;
  readonly centre: Centre;
  readonly line: Line;
  /** Starts a desk app. `at` names its data folder: the same name again is the same desk, started anew. */
  desk(at?: string, options?: Partial<DeskAppOptions>): Promise<DeskApp>;
  /** Ends all that was started. */
  end(): Promise<void>;
}

let runtime: Promise<Runtime> | undefined;

/** Whatever `npm test` has made ready; run by hand, it finds it itself. */
export async function findRuntime(): Promise<Runtime> {
  runtime ??= resolveRuntime({ projectRoot, wanted: readManifest().devDependencies.electron });
  return await runtime;
}

/** A centre with sample data, a line to it, a clock for all, and a place for desks. */
export async function setScene(): Promise<Scene> {
  const found = await findRuntime();
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  if (display !== undefined) process.env['DISPLAY'] = display.name;
  const folder = mkdtempSync(join(tmpdir(), 'quay-scene-'));
  chmodSync(folder, 0o711);
  const clock = driveClock(join(folder, 'clock.json'), monday);
  const centre = await startCentre({ program: join(projectRoot, 'out/central/quay.mjs'), folder: join(folder, 'centre'), clockFile: clock.file });
  const line = await openLine(centre.ready.url);
  const desks: DeskApp[] = [];
  return {
    runtime: found,
    folder,
    clock,
    centre,
    line,
    async desk(at = 'desk', options = {}) {
      const data = join(folder, at);
      mkdirSync(data, { recursive: true, mode: 0o700 });
      const started = await startDeskApp({ runtime: found, folder: data, centre: { ...centre.ready, url: line.url }, clockFile: clock.file, ...options });
      desks.push(started);
      return started;
    },
    async end() {
      for (const desk of desks) await desk.kill();
      await centre.stop();
      await line.cut();
      rmSync(folder, { recursive: true, force: true });
      if (display !== undefined) {
        delete process.env['DISPLAY'];
        await display.stop();
      }
    },
  };
}

export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: join(artifacts, `${name}.png`) });
}

/** Signs in as a clerk would, by keys. The desk must have its staff, so it waits for the first connection. */
export async function signIn(page: Page, centre: CentreReady, name: string = clerk.name): Promise<void> {
  const person = page.getByRole('radio', { name });
  await person.waitFor({ timeout: 30_000 });
  await person.focus();
  await page.keyboard.press('Space');
  await page.getByLabel('Mã PIN').fill(centre.developmentPin ?? '');
  await page.keyboard.press('Enter');
  await scanField(page).waitFor();
}

/** The one scan field. */
export function scanField(page: Page): ReturnType<Page['locator']> {
  return page.getByLabel('Quét thẻ, biên nhận hoặc gõ để tìm');
}

/** A citizen card's QR code with Vietnamese marks, as printed on cards. */
export function card(number: string, name: string, birth: string, sex: string, address: string): string {
  return [number, '', name, birth, sex, address, '01012022'].join('|');
}

/** Types as a keyboard scanner does: the whole code at once, then Enter. */
export async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.press('F3');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** Waits until the status line says something. */
export async function statusLine(page: Page, words: RegExp): Promise<string> {
  const said = page.getByText(words).first();
  await said.waitFor();
  return await said.innerText();
}

/**
 * One reception by keys: a scanned card (or none, where the form is filled already), words or a code for the procedure,
 * save. Gives the dossier's code as the screen says it.
 */
export async function receive(page: Page, text: string | undefined, procedure: string): Promise<string> {
  if (text !== undefined) {
    await page.keyboard.press('F2');
    await scan(page, text);
    for (let tries = 0; (await page.getByLabel('Họ tên', { exact: true }).inputValue()) === '' && tries < 100; tries += 1) await page.waitForTimeout(50);
  }
  const field = page.getByRole('combobox', { name: 'Thủ tục' });
  await field.focus();
  await page.keyboard.type(procedure);
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('Hạn trả').getByText(/\d{2}\/\d{2}\/\d{4}/).waitFor();
  await page.keyboard.press('Control+Enter');
  const said = await statusLine(page, /^Đã lưu (?:và in|và tạo)/);
  const code = /(?:[0-9A-Z]+(?:\.[0-9A-Z]+)*-\d{6}-\d{4,}|T-[0-9A-Z]{4}-\d{4,})/.exec(said)?.[0];
  if (code === undefined) throw new Error(`no code in the status line: ${said}`);
  return code;
}
