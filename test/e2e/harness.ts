/** What the tests on the real window share: a centre, a line, desks, and their end. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startCentre, type Centre, type CentreReady } from '#build/launch/index.ts';
import { hasDisplay, projectRoot, readManifest, resolveRuntime, startVirtualDisplay, type Runtime } from '#build/runtime/index.ts';
import { driveClock, fillReception, openLine, saveReception, signIn, startDeskApp, type DeskApp, type DeskAppOptions, type DrivenClock, type Line } from '#build/stage/index.ts';

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

/** Signs in as the sample clerk. */
export async function signInClerk(page: Page, { developmentPin = '' }: CentreReady): Promise<void> {
  await signIn(page, clerk.name, developmentPin);
}

/** A scene with one desk at which the clerk is at work, and nothing waits to be sent. */
export async function atWork(): Promise<{ readonly scene: Scene; readonly desk: DeskApp }> {
  const scene = await setScene();
  const desk = await scene.desk();
  await signInClerk(desk.page, scene.centre.ready);
  await desk.page.getByText(/đã gửi hết/).first().waitFor();
  return { scene, desk };
}

/** A whole reception. Gives the dossier's code. */
export async function receive(page: Page, card: string | undefined, procedure: string): Promise<string> {
  await fillReception(page, card, procedure);
  return await saveReception(page);
}

/** The system's dialogs cannot be driven from here: somebody chose this file in each of them. */
export async function choosing({ app }: DeskApp, file: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, file);
}
