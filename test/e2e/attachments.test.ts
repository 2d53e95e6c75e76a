/** A paper is digitised without a line, goes to the centre when there is one, and is shown, in the real window. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cardText, type DeskApp } from '#build/stage/index.ts';
import { atWork, choosing, receive, shot, type Scene } from './harness.ts';

let scene: Scene;
let desk: DeskApp;

beforeAll(async () => {
  ({ scene, desk } = await atWork());
});
afterAll(() => scene?.end());

/** A picture of one grey dot, as a scanner might give it. */
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64');

describe('a digitised paper', () => {
  it('waits while there is no line, is at the centre soon after, and opens in a window of its own', async () => {
    const { page } = desk;
    const code = await receive(page, cardText('020190123456', 'Nguyễn Thị Phương Thảo', '01011990', 'Nữ', 'Thôn Phai Duốc, xã Mai Pha, tỉnh Lạng Sơn'), 'dang ky lai khai sinh');
    await page.keyboard.press('F6');
    await page.getByLabel('Tìm hồ sơ').fill(code);
    await page.getByRole('button', { name: new RegExp(code.replaceAll('.', String.raw`\.`)) }).first().waitFor();
    await page.getByLabel('Tìm hồ sơ').press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText(/Chưa có bản số hóa nào/).waitFor();
    await shot(page, 'attachments-none');

    await scene.line.cut();
    const scan = join(scene.folder, 'Giấy khai sinh bản chính của Nguyễn Thị Phương Thảo (hai mặt, quét ngày 05-10-2026).png');
    writeFileSync(scan, png);
    await choosing(desk, scan);
    await page.keyboard.press('Alt+I');
    await page.getByRole('table', { name: 'Bản số hóa' }).getByText('Chờ gửi').waitFor();
    const paper = join(scene.folder, 'to-khai.pdf');
    writeFileSync(paper, Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(600_000, 7)]));
    await choosing(desk, paper);
    await page.keyboard.press('Alt+I');
    await page.getByRole('table', { name: 'Bản số hóa' }).getByText('Chờ gửi').nth(1).waitFor();
    await shot(page, 'attachments-waiting');
    await scene.line.mend();
    await page.getByRole('table', { name: 'Bản số hóa' }).getByText(/Trung tâm đã nhận/).nth(1).waitFor({ timeout: 60_000 });
    await shot(page, 'attachments-held');

    const opening = desk.app.waitForEvent('window');
    await page.getByRole('button', { name: /^Xem bản số hóa/ }).first().click();
    const shown = await opening;
    await shown.locator('img').waitFor();
    expect(await shown.evaluate(() => document.images[0]?.naturalWidth)).toBe(1);
    // The picture went through no file of the disk.
    const kept = readdirSync(join(scene.folder, 'desk'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { parentPath, name } of kept) expect([name, readFileSync(join(parentPath, name)).includes(png.subarray(20))]).toEqual([name, false]);
  });
});
