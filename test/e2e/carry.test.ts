/** Days without a line: what waits goes to the centre by USB and its receipt comes back, in the real window, by keys alone. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#build/runtime/index.ts';
import { cardText, type DeskApp } from '#build/stage/index.ts';
import { atWork, choosing, receive, shot, type Scene } from './harness.ts';

let scene: Scene;
let desk: DeskApp;

beforeAll(async () => {
  ({ scene, desk } = await atWork());
});
afterAll(() => scene?.end());

describe('a desk without a line', () => {
  it('writes a bundle, the centre takes it and answers, and the desk knows what arrived', async () => {
    const { page } = desk;
    const stick = join(scene.folder, 'usb');
    mkdirSync(stick);
    await scene.line.cut();
    await receive(page, cardText('020090123456', 'Nguyễn Văn An', '01011990', 'Nam', 'Thôn Phai Duốc, xã Mai Pha, tỉnh Lạng Sơn'), 'dang ky lai khai sinh');
    await page.getByText(/hồ sơ chờ gửi/).first().waitFor({ timeout: 60_000 });
    await page.keyboard.press('F10');
    await page.getByRole('heading', { name: 'Đồng bộ với trung tâm' }).waitFor();
    await choosing(desk, join(stick, 'goi.quaygoi'));
    await page.keyboard.press('Alt+G');
    await page.getByText('Đã ghi gói dữ liệu.').first().waitFor();
    await shot(page, 'carry-written');
    expect(readdirSync(stick)).toEqual(['goi.quaygoi']);
    expect(readFileSync(join(stick, 'goi.quaygoi')).includes('020090123456')).toBe(false);

    const receipt = join(stick, 'bao-nhan.quaynhan');
    const taken = spawnSync(process.execPath, [join(projectRoot, 'build/quay.mjs'), 'bundle', 'import', join(stick, 'goi.quaygoi'), '--folder', join(scene.folder, 'centre'), '--receipt', receipt, '--json'], { encoding: 'utf8' });
    expect([taken.status, taken.stderr]).toEqual([0, '']);
    await choosing(desk, receipt);
    await page.keyboard.press('Alt+N');
    await page.getByText('Đã đọc giấy báo nhận.').first().waitFor();
    await shot(page, 'carry-receipt');
    // The bar of the network no longer counts the dossier as waiting.
    await page.getByText(/hồ sơ chờ gửi/).first().waitFor({ state: 'detached' });
  });
});
