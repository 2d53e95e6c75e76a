/** The acts between reception and return in the real window, by keys alone: hop, supplement, apology, stop, their forms, the duties and the register. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { cardText, said, signIn, type DeskApp } from '#build/stage/index.ts';
import { receive, setScene, shot, signInClerk, type Scene } from './harness.ts';

const supervisor = 'Lương Văn Đức';
const confirm = 'Control+Enter';

let scene: Scene;
let desk: DeskApp;
let page: Page;
const codes: string[] = [];

beforeAll(async () => {
  scene = await setScene();
  desk = await scene.desk();
  page = desk.page;
  await signIn(page, supervisor, scene.centre.ready.developmentPin ?? '');
});
afterAll(() => scene?.end());

/** Opens a dossier's page from the list, by its code. */
async function openDossier(code: string): Promise<void> {
  await page.keyboard.press('F6');
  await page.getByLabel('Tìm hồ sơ').fill(code);
  await page.getByRole('button', { name: new RegExp(code.replaceAll('.', String.raw`\.`)) }).first().waitFor();
  await page.getByLabel('Tìm hồ sơ').press('Enter');
  await page.keyboard.press('Enter');
  await page.getByText('Việc có thể làm').waitFor();
}

/** Opens the form of an act by its key. */
async function begin(key: string, name: string): Promise<ReturnType<Page['getByRole']>> {
  await page.keyboard.press(key);
  const form = page.getByRole('group', { name });
  await form.waitFor();
  return form;
}

/** Pages of the PDFs printed so far whose names begin with a code or a word. */
function printed(name: string): readonly string[] {
  const folder = join(scene.folder, 'desk/print');
  return readdirSync(folder).filter((file) => file.startsWith(name)).map((file) => readFileSync(join(folder, file), 'latin1'));
}

/** The frame fills the window and nothing sticks out of it. */
async function expectNoScrollOfTheFrame(): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight)).toBe(0);
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds() && tries < 200; tries += 1) await page.waitForTimeout(50);
  expect(holds()).toBe(true);
}

describe('a dossier’s way between reception and return', () => {
  it('goes to a unit and is taken over there: both halves of form 06', async () => {
    codes.push(await receive(page, cardText('020090123456', 'Nguyễn Văn An', '01011990', 'Nam', 'Thôn Phai Duốc, xã Mai Pha, tỉnh Lạng Sơn'), 'dang ky lai khai sinh'));
    await openDossier(codes[0]!);
    await begin('Alt+c', 'Chuyển hồ sơ');
    await page.keyboard.type('tu phap');
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press(confirm);
    await page.getByText(/bên nhận chưa ghi/).waitFor();
    await shot(page, 'acts-forwarded');
    await begin('Alt+n', 'Nhận bàn giao');
    await page.keyboard.press(confirm);
    await page.getByText(/bên nhận chưa ghi/).waitFor({ state: 'detached' });
    expect(await page.getByRole('row').filter({ hasText: 'Bộ phận Tư pháp' }).count()).toBeGreaterThan(0);
  });

  it('asks for a supplement with form 02, and goes on with a new due date when it came', async () => {
    const before = printed(codes[0]!).length;
    await begin('Alt+b', 'Yêu cầu bổ sung');
    await page.keyboard.press('Space');
    await page.getByLabel('Lý do').fill('Tờ khai thiếu chữ ký của người yêu cầu.');
    await page.keyboard.press(confirm);
    await page.getByText('Chờ người nộp bổ sung').first().waitFor();
    await until(() => printed(codes[0]!).length > before);
    expect(printed(codes[0]!).every((pdf) => pdf.startsWith('%PDF-') && pdf.includes('BeVietnamPro'))).toBe(true);
    await shot(page, 'acts-supplement');
    await begin('Alt+b', 'Ghi nhận bổ sung');
    await page.keyboard.press(confirm);
    await said(page, /Hạn trả mới/);
  });

  it('apologises once, before the due date, with form 04', async () => {
    await begin('Alt+x', 'Xin lỗi, hẹn lại');
    await shot(page, 'acts-apology-form');
    await expectNoScrollOfTheFrame();
    await page.keyboard.press(confirm);
    // The form says at its fields what is missing; nothing is recorded.
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await page.getByLabel('Hẹn lại ngày').fill('23/10/2026');
    await page.getByLabel('Lý do').fill('Chờ xác minh tại nơi đăng ký trước đây.');
    await page.keyboard.press(confirm);
    await page.getByText(/23\/10\/2026/).first().waitFor();
    await shot(page, 'acts-apologised');
  });

  it('stands in the list of what is to be done, and in the register that is printed', async () => {
    await page.keyboard.press('F5');
    await page.getByRole('heading', { name: 'Việc cần làm' }).waitFor();
    await page.getByText(codes[0]!).first().waitFor();
    await shot(page, 'acts-duties');
    await page.keyboard.press('F7');
    await page.getByText(codes[0]!).first().waitFor();
    await page.keyboard.press('Alt+i');
    await said(page, /sổ theo dõi hồ sơ ngày 05\/10\/2026/);
    expect(printed('so-theo-doi')).toHaveLength(1);
    await shot(page, 'acts-day');
  });

  it('stops at the applicant’s word, with form 05; after that the desk says what is not possible any more', async () => {
    codes.push(await receive(page, cardText('020185004321', 'Hoàng Thị Bình', '15081985', 'Nữ', 'Thôn Khòn Khuyên, xã Mai Pha, tỉnh Lạng Sơn'), 'xac nhan hon nhan'));
    await openDossier(codes[1]!);
    await begin('Alt+r', 'Người nộp xin rút');
    await page.getByLabel('Lý do').fill('Không còn nhu cầu.');
    await page.keyboard.press(confirm);
    await page.getByRole('button', { name: /^Dừng giải quyết/ }).waitFor();
    await begin('Alt+d', 'Dừng giải quyết');
    await page.getByLabel('Lý do').fill('Theo đề nghị của người nộp.');
    await page.keyboard.press(confirm);
    await page.getByText(/Đã dừng/).first().waitFor();
    await shot(page, 'acts-stopped');
    expect(await page.getByRole('button', { name: /^Có kết quả/ }).count()).toBe(0);
  });

  it('changes people at once; each acts in their own name', async () => {
    await page.getByRole('button', { name: /^Tài khoản của/ }).click();
    await page.getByText('Đăng xuất').click();
    await signInClerk(page, scene.centre.ready);
    await openDossier(codes[0]!);
    expect(await page.getByRole('button', { name: /Xin lỗi/ }).count()).toBe(0);
    await page.getByText(supervisor).first().waitFor();
  });
});
