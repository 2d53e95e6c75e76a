/** The day's close in the real window: a supervisor's PIN, the close on the page, the sheet as a PDF. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { cardText, signIn, type DeskApp } from '#build/stage/index.ts';
import { atWork, receive, shot, signInClerk, type Scene } from './harness.ts';

let scene: Scene;
let desk: DeskApp;
let page: Page;

beforeAll(async () => {
  ({ scene, desk } = await atWork());
  page = desk.page;
});
afterAll(() => scene?.end());

const an = cardText('020090123456', 'Nguyễn Văn An', '01011990', 'Nam', 'Thôn Phai Duốc, xã Mai Pha, tỉnh Lạng Sơn');

const binh = cardText('020191234567', 'Lý Thị Bình', '02021991', 'Nữ', 'Thôn Rọ Phải, xã Mai Pha, tỉnh Lạng Sơn');

describe('the end of a day', () => {
  it('is closed by the supervisor, with a sheet to sign', async () => {
    await receive(page, an, 'xac nhan hon nhan');
    scene.clock.advance(10 * 3_600_000);
    // The desk has locked itself meanwhile; the supervisor takes it over.
    await signIn(page, 'Lương Văn Đức', scene.centre.ready.developmentPin ?? '');
    await page.keyboard.press('F7');
    await page.getByText(/^Đã hết giờ làm việc/).waitFor();
    await shot(page, 'day-to-close');
    await page.keyboard.press('Alt+C');
    await page.getByLabel(/^Mã PIN của/).waitFor();
    await shot(page, 'day-close-pin');
    await page.keyboard.type(scene.centre.ready.developmentPin ?? '');
    await page.keyboard.press('Enter');
    await page.getByText(/^Đã chốt lúc/).waitFor();
    await page.getByText(/biên bản chốt ngày 05\/10\/2026/).first().waitFor();
    await shot(page, 'day-closed');
    const sheets = readdirSync(join(scene.folder, 'desk/print')).filter((name) => name.startsWith('bien-ban-chot-ngay-05-10-2026'));
    expect(sheets).toHaveLength(1);
    const pdf = readFileSync(join(scene.folder, 'desk/print', sheets[0]!), 'latin1');
    expect(/\/Type \/Pages\b[^>]*\/Count 1\b/.test(pdf)).toBe(true);
    expect([...pdf.matchAll(/\/FontName \/[A-Z]{6}\+(\w+)/g)].filter((match) => !match[1]!.startsWith('BeVietnamPro'))).toEqual([]);
  });

  it('is asked for again on every screen where the line went down and more was recorded', async () => {
    await scene.line.cut();
    // The desk locks itself; a clerk takes one more dossier.
    scene.clock.advance(6 * 60_000);
    await signInClerk(page, scene.centre.ready);
    await receive(page, binh, 'xac nhan hon nhan');
    await page.getByText(/^Đang mất kết nối, hôm nay còn thao tác chưa chốt/).waitFor();
    await shot(page, 'close-needed');
    await page.getByRole('button', { name: 'Mở sổ ngày' }).click();
    await page.getByText('Sau khi chốt, quầy đã ghi thêm; hãy chốt lại.').waitFor();
    await shot(page, 'close-needed-day');
    scene.clock.advance(6 * 60_000);
    await page.getByText(/^Đang mất kết nối, hôm nay còn thao tác chưa chốt/).waitFor();
    await signIn(page, 'Lương Văn Đức', scene.centre.ready.developmentPin ?? '');
    await page.keyboard.press('F7');
    await page.getByText('Sau khi chốt, quầy đã ghi thêm; hãy chốt lại.').waitFor();
    await page.keyboard.press('Alt+C');
    await page.getByLabel(/^Mã PIN của/).waitFor();
    await page.keyboard.type(scene.centre.ready.developmentPin ?? '');
    await page.keyboard.press('Enter');
    await page.getByText(/^Đang mất kết nối, hôm nay còn thao tác chưa chốt/).waitFor({ state: 'detached' });
    expect(await page.getByText('Sau khi chốt, quầy đã ghi thêm; hãy chốt lại.').count()).toBe(0);
  });
});
