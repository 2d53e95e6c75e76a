/** A desk that nobody prepared: a person enrols it in the real window, and then works at it. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cardText, handOver, markReady, openReturn, startDeskApp, type DeskApp } from '#build/stage/index.ts';
import { receive, setScene, shot, signInClerk, type Scene } from './harness.ts';

let scene: Scene;
let desk: DeskApp;
const an = cardText('020090123456', 'Nguyễn Văn An', '01011990', 'Nam', 'Thôn Phai Duốc, xã Mai Pha, tỉnh Lạng Sơn');

beforeAll(async () => {
  scene = await setScene();
  const folder = join(scene.folder, 'by-hand');
  mkdirSync(folder, { mode: 0o700 });
  desk = await startDeskApp({ runtime: scene.runtime, folder, clockFile: scene.clock.file });
});
afterAll(async () => {
  await desk.kill();
  await scene.end();
});

describe('a desk that nobody prepared', () => {
  it('refuses a wrong code at its field, takes the right one, and goes on to the sign-in', async () => {
    const { page } = desk;
    const { url, enrolmentCode, pinnedKey } = scene.centre.ready;
    await page.getByRole('heading', { name: 'Ghi danh quầy' }).waitFor();
    await page.keyboard.type(url);
    await page.keyboard.press('Enter');
    await page.keyboard.type('aaaa bbbb cccc');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/Mã ghi danh không đúng/).waitFor();
    await shot(page, 'enrolment-refused');
    await page.getByLabel('Mã ghi danh').fill((enrolmentCode ?? '').toLowerCase().replaceAll('-', ' '));
    await page.getByLabel('Khóa trung tâm').fill(pinnedKey);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    await signInClerk(page, scene.centre.ready);
    expect(await page.getByRole('navigation').isVisible()).toBe(true);
  });

  it('prints form 01 on two pages and the slip of the return on one', async () => {
    const code = await receive(desk.page, an, 'xac nhan hon nhan');
    await openReturn(desk.page, code);
    await markReady(desk.page, code);
    await handOver(desk.page, code);
    const folder = join(scene.folder, 'by-hand/print');
    const pages = readdirSync(folder).toSorted().map((file) => /\/Type \/Pages\b[^>]*\/Count (\d+)/.exec(readFileSync(join(folder, file), 'latin1'))?.[1]);
    expect(pages).toEqual(['2', '1']);
    await desk.page.keyboard.press('F6');
    await shot(desk.page, 'enrolled-and-worked');
  });
});
