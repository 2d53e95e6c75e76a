/** The province erases a dossier's personal data with its command, beside the running centre; the desk's window shows what is left. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '#build/runtime/index.ts';
import { cardText, handOver, markReady, openReturn, type DeskApp } from '#build/stage/index.ts';
import { receive, setScene, shot, signInClerk, type Scene } from './harness.ts';

let scene: Scene;
let desk: DeskApp;

beforeAll(async () => {
  scene = await setScene();
  desk = await scene.desk();
  await signInClerk(desk.page, scene.centre.ready);
  await desk.page.getByText(/đã gửi hết/).first().waitFor();
});
afterAll(() => scene?.end());

describe('an erasure', () => {
  it('takes the person out of the window, and leaves what happened and when', async () => {
    const { page } = desk;
    const name = 'Nguyễn Thị Phương Thảo';
    const code = await receive(page, cardText('020190123456', name, '01011990', 'Nữ', 'Thôn Phai Duốc, xã Mai Pha, tỉnh Lạng Sơn'), 'dang ky lai khai sinh');
    await openReturn(page, code);
    await markReady(page, code);
    await handOver(page, code);
    await page.getByText(/đã gửi hết/).first().waitFor();

    const quay = join(projectRoot, 'build', 'quay.mjs');
    const folder = join(scene.folder, 'centre');
    const command = ['central', 'erase', '--folder', folder, '--code', code, '--authority', 'Quyết định 12/QĐ-UBND ngày 05/10/2026', '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, [quay, ...command]);
    expect(JSON.parse(stdout)).toMatchObject({ contents: 0, cleansed: true });

    await page.keyboard.press('F10');
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    await page.keyboard.press('F6');
    await page.getByLabel('Tìm hồ sơ').fill(code);
    await page.getByLabel('Lọc').selectOption('all');
    await page.getByText(code).first().waitFor();
    await page.getByText(name).first().waitFor({ state: 'detached', timeout: 40_000 });
    await shot(page, 'erasure-list');
    await page.getByLabel('Tìm hồ sơ').press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText('Xóa thông tin cá nhân', { exact: true }).waitFor();
    await shot(page, 'erasure-dossier');
    expect(await page.getByText(name).count()).toBe(0);
    expect(await page.getByText('020190123456').count()).toBe(0);
  });
});
