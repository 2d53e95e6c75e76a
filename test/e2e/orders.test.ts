/** What the province orders with its commands, beside the running centre, as the desk's window shows it: an erasure, and the transfer of the desk to another agency. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '#build/runtime/index.ts';
import { cardText, handOver, markReady, openReturn, signIn, type DeskApp } from '#build/stage/index.ts';
import { z } from 'zod';
import { atWork, clerk, receive, shot, type Scene } from './harness.ts';

let scene: Scene;
let desk: DeskApp;

beforeAll(async () => {
  ({ scene, desk } = await atWork());
});
afterAll(() => scene?.end());

async function central(...command: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(projectRoot, 'build', 'quay.mjs'), 'central', ...command, '--folder', join(scene.folder, 'centre'), '--json']);
  return JSON.parse(stdout);
}

describe('an erasure', () => {
  it('takes the person out of the window, and leaves what happened and when', async () => {
    const { page } = desk;
    const name = 'Nguyễn Thị Phương Thảo';
    const code = await receive(page, cardText('020190123456', name, '01011990', 'Nữ', 'Thôn Phai Duốc, xã Mai Pha, tỉnh Lạng Sơn'), 'dang ky lai khai sinh');
    await openReturn(page, code);
    await markReady(page, code);
    await handOver(page, code);
    await page.getByText(/đã gửi hết/).first().waitFor();

    expect(await central('erase', '--code', code, '--authority', 'Quyết định 12/QĐ-UBND ngày 05/10/2026')).toMatchObject({ contents: 0, cleansed: true });

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

describe('a transfer to another agency', () => {
  it('is announced above every screen, and after the sign-out the people of the other agency find their desk', async () => {
    const { page } = desk;
    const there = 'Ủy ban nhân dân xã Đồng Đăng';
    const [installation] = z.array(z.object({ id: z.string() })).parse(await central('installations'));
    await central('transfer', installation?.id ?? '', '--agency', 'ls-dong-dang', '--desk', 'Quầy 3');
    await page.keyboard.press('F10');
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    await page.getByText(`Máy này được điều chuyển về ${there} (Quầy 3)`).waitFor();
    await shot(page, 'transfer-announced');
    await page.getByRole('button', { name: new RegExp(clerk.name) }).click();
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await page.getByText(`${there} · Quầy 3`).waitFor({ timeout: 40_000 });
    await shot(page, 'transfer-sign-in');
    expect(await page.getByText(clerk.name).count()).toBe(0);
    await signIn(page, 'Hứa Thị Mai', scene.centre.ready.developmentPin ?? '');
    await page.keyboard.press('F6');
    // What the one before looked for here is theirs.
    expect(await page.getByLabel('Tìm hồ sơ').inputValue()).toBe('');
    await shot(page, 'transfer-moved');
    expect(await page.getByText('H37.').count()).toBe(0);
  });
});
