/** A clerk's morning in the real window, by keys alone: reception, result, return, a line that is cut, a restart, a death. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { cardText, handOver, markReady, openReturn, said, scanField, takeCard, type DeskApp } from '#build/stage/index.ts';
import { atWork, receive, shot, signInClerk, type Scene } from './harness.ts';

let scene: Scene;
let desk: DeskApp;
let page: Page;
/** Codes in the order of their reception. */
const codes: string[] = [];

beforeAll(async () => {
  ({ scene, desk } = await atWork());
  page = desk.page;
});
afterAll(() => scene?.end());

const an = cardText('020090123456', 'Nguyễn Văn An', '01011990', 'Nam', 'Thôn Phai Duốc, xã Mai Pha, tỉnh Lạng Sơn');
const binh = cardText('020185004321', 'Hoàng Thị Bình', '15081985', 'Nữ', 'Thôn Khòn Khuyên, xã Mai Pha, tỉnh Lạng Sơn');

describe('a morning at the counter', () => {
  it('receives a dossier from a card scanned in, and makes its receipt as a PDF of two copies', async () => {
    codes.push(await receive(page, an, 'xac nhan hon nhan'));
    await shot(page, 'reception-saved');
    expect(codes[0]).toMatch(/^(?:T-[0-9A-Z]{4}-\d{4}|[0-9A-Z.]+-\d{6}-\d{4})$/);

    const prints = readdirSync(join(scene.folder, 'desk/print'));
    expect(prints).toHaveLength(1);
    expect(prints[0]).toContain(codes[0]);
    const file = join(scene.folder, 'desk/print', prints[0]!);
    const pdf = readFileSync(file, 'latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(/\/Type \/Pages\b[^>]*\/Count 2\b/.test(pdf)).toBe(true);
    expect(pdf).toMatch(/\/FontName \/[A-Z]{6}\+BeVietnamPro/);
    // Every letter from the embedded font: a second one would mean that some fell back.
    expect([...pdf.matchAll(/\/FontName \/[A-Z]{6}\+(\w+)/g)].filter((match) => !match[1]!.startsWith('BeVietnamPro'))).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('gives the form back empty, with the cursor in the scan field', async () => {
    expect(await page.getByLabel('Họ tên', { exact: true }).inputValue()).toBe('');
    expect(await scanField(page).evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it('tells the centre', async () => {
    expect(await said(page, /đã gửi hết/)).toMatch(/^Đã kết nối/);
  });

  it('works on with the line cut, and says so calmly', async () => {
    await scene.line.cut();
    codes.push(await receive(page, binh, '1.004222'));
    await page.getByText(/hồ sơ chờ gửi/).first().waitFor({ timeout: 60_000 });
    await shot(page, 'line-cut');
    expect(codes[1]).not.toBe(codes[0]);
  });

  it('hands the result out when the receipt is scanned', async () => {
    scene.clock.advance(3 * 3_600_000);
    // The desk has locked itself meanwhile.
    await signInClerk(page, scene.centre.ready);
    await openReturn(page, codes[0]!);
    await shot(page, 'return-card');
    await markReady(page, codes[0]!);
    await handOver(page, codes[0]!);
    expect(await scanField(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await shot(page, 'returned');
  });

  it('keeps what is not sent over a restart, and sends it when the line is whole again', async () => {
    await desk.close();
    expect(readdirSync(join(scene.folder, 'desk/print'))).toEqual([]);
    desk = await scene.desk();
    page = desk.page;
    await signInClerk(page, scene.centre.ready);
    await page.getByText(/hồ sơ chờ gửi/).first().waitFor();
    await page.keyboard.press('F6');
    await page.getByText(codes[1]!).first().waitFor();
    await shot(page, 'restarted');
    await scene.line.mend();
    await page.keyboard.press('F10');
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    await page.getByText(/đã gửi hết/).first().waitFor({ timeout: 60_000 });
    await shot(page, 'sent');
  });

  it('keeps the half-filled form when the desk process dies, and saves it when that is back', async () => {
    await takeCard(page, an);
    const name = page.getByLabel('Họ tên', { exact: true });
    await expect(name.inputValue()).resolves.toBe('Nguyễn Văn An');
    await page.getByLabel('Điện thoại').fill('0912345678');
    const pid = desk.deskProcess();
    expect(pid).toBeDefined();
    process.kill(pid!, 'SIGKILL');
    await page.getByText(/Phần lưu trữ đang khởi động lại|Phần lưu trữ đã hoạt động trở lại/).first().waitFor();
    await shot(page, 'desk-process-died');
    for (let tries = 0; (desk.deskProcess() ?? pid) === pid && tries < 100; tries += 1) await page.waitForTimeout(100);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    await page.getByText(/Phần lưu trữ đã hoạt động trở lại/).first().waitFor();
    expect(await name.inputValue()).toBe('Nguyễn Văn An');
    expect(await page.getByLabel('Điện thoại').inputValue()).toBe('0912345678');
    codes.push(await receive(page, undefined, 'dang ky tam tru'));
    expect(new Set(codes).size).toBe(3);
  });

  it('forgets the printouts when the clerk signs out', async () => {
    expect(readdirSync(join(scene.folder, 'desk/print')).length).toBeGreaterThan(0);
    await page.getByRole('button', { name: /^Tài khoản của/ }).click();
    await page.getByText('Đăng xuất').click();
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    expect(readdirSync(join(scene.folder, 'desk/print'))).toEqual([]);
  });
});
