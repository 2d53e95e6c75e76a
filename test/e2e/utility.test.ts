/**
 * The desk process under `utilityProcess`, as the product runs it. The fallback runtime's Node is too old for the store, so
 * here it opens none: what is tested is the message loop over Electron's own port, with the real program.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { projectRoot } from '#build/runtime/index.ts';
import { fromDeskSchema } from '#shared/ipc/index.ts';
import { faultSchema } from '#shared/errors/index.ts';
import type { DeskApp } from '#build/stage/index.ts';
import { setScene, type Scene } from './harness.ts';

let scene: Scene;
let desk: DeskApp;

beforeAll(async () => {
  scene = await setScene();
  desk = await scene.desk();
});
afterAll(() => scene?.end());

it('answers, refuses what is malformed, and ends in order as a utility process of Electron', async () => {
  const told = await desk.app.evaluate(async ({ utilityProcess }, program) => {
    const child = utilityProcess.fork(program, [], { stdio: 'ignore' });
    const heard: unknown[] = [];
    const ended = new Promise<number>((resolve) => child.once('exit', resolve));
    const next = (): Promise<void> => new Promise((resolve) => child.once('message', (message: unknown) => {
      heard.push(message);
      resolve();
    }));
    for (const message of [
      { type: 'call', id: 1, channel: 'session.view', request: {} },
      { type: 'call', id: 2, request: 'no channel' },
      { type: 'close' },
    ]) {
      const answer = next();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
      child.postMessage(message);
      await answer;
    }
    return { heard, code: await ended };
  }, join(projectRoot, 'out/electron/desk.cjs'));
  const [before, malformed, closed] = told.heard.map((message) => fromDeskSchema.parse(message));
  expect(before).toEqual({ type: 'answer', id: 1, outcome: { ok: false, fault: faultSchema.parse({ code: 'desk.unavailable', params: {} }) } });
  expect(malformed).toMatchObject({ type: 'answer', id: 2, outcome: { ok: false, fault: { code: 'message.malformed' } } });
  expect(closed).toEqual({ type: 'closed' });
  expect(told.code).toBe(0);
});
