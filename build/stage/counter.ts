import type { Page } from 'playwright-core';

/** The counter as a clerk works it, by keys and by the words on the screen. */

const codeShape = /(?:[0-9A-Z]+(?:\.[0-9A-Z]+)*-\d{6}-\d{4,}|T-[0-9A-Z]{4}-\d{4,})/;

/** What the one scan field is called. */
const scanLabel = 'Quét thẻ, biên nhận hoặc gõ để tìm';

/** The one scan field. */
export function scanField(page: Page): ReturnType<Page['locator']> {
  return page.getByLabel(scanLabel);
}

/** The text of a citizen card's QR code (thẻ căn cước), with `|` between its fields. Dates are `ddMMyyyy`. */
export function cardText(number: string, name: string, birth: string, sex: 'Nam' | 'Nữ', address: string): string {
  return [number, '', name, birth, sex, address, '01012022'].join('|');
}

/** Signs in. A desk that is new has its staff only after its first connection, so it waits for them. */
export async function signIn(page: Page, name: string, pin: string): Promise<void> {
  const person = page.getByRole('radio', { name });
  await person.waitFor();
  await person.focus();
  await page.keyboard.press('Space');
  await page.getByLabel('Mã PIN').fill(pin);
  await page.keyboard.press('Enter');
  await scanField(page).waitFor();
}

/** Types as a keyboard scanner does: the whole code at once, then Enter. */
export async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.press('F3');
  await page.locator(`[aria-label="${scanLabel}"]:focus`).waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** Waits until the screen says something, and gives the sentence. */
export async function said(page: Page, words: RegExp): Promise<string> {
  const found = page.getByText(words).first();
  await found.waitFor();
  return await found.innerText();
}

/** Scans a card for a reception, and waits until the form has it. */
export async function takeCard(page: Page, card: string): Promise<void> {
  await page.keyboard.press('F2');
  await page.getByRole('heading', { name: 'Tiếp nhận hồ sơ' }).waitFor();
  // The screen puts the cursor where something is missing as soon as it stands; a scanner is not that quick.
  await page.waitForTimeout(200);
  await scan(page, card);
  const name = page.getByLabel('Họ tên', { exact: true });
  for (let tries = 0; (await name.inputValue()) === '' && tries < 200; tries += 1) await page.waitForTimeout(50);
}

/**
 * Fills a reception: a card that is scanned (or none, where the form is filled already), then words or a code for the
 * procedure. Ends with the due date on the screen.
 */
export async function fillReception(page: Page, card: string | undefined, procedure: string): Promise<void> {
  if (card !== undefined) await takeCard(page, card);
  await page.getByRole('combobox', { name: 'Thủ tục' }).focus();
  await page.keyboard.type(procedure);
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('Hạn trả').getByText(/\d{2}\/\d{2}\/\d{4}/).waitFor();
}

/** Saves and prints the reception on the screen. Gives the dossier's code as the screen says it. */
export async function saveReception(page: Page): Promise<string> {
  await page.keyboard.press('Control+Enter');
  const words = await said(page, /^Đã lưu (?:và in|và tạo)/);
  const code = codeShape.exec(words)?.[0];
  if (code === undefined) throw new Error(`no code in the sentence: ${words}`);
  return code;
}

/** Opens a dossier for its return, by the code on its receipt. */
export async function openReturn(page: Page, code: string): Promise<void> {
  await scan(page, code);
  await page.getByRole('button', { name: /^Trả và in/ }).waitFor();
  await page.getByText(code).first().waitFor();
}

/** Records that the result of the dossier on the screen is there. */
export async function markReady(page: Page, code: string): Promise<void> {
  await page.keyboard.press('F9');
  await said(page, new RegExp(`Hồ sơ ${escaped(code)} đã có kết quả`));
}

/** Hands out the results of the dossier on the screen. */
export async function handOver(page: Page, code: string): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await said(page, new RegExp(`Đã trả kết quả ${escaped(code)}`));
}

/** Closes the day (chốt ngày) as the supervisor who is signed in, with their PIN once more. */
export async function closeDay(page: Page, pin: string): Promise<void> {
  await page.keyboard.press('F7');
  await page.getByRole('heading', { name: /^Sổ theo dõi hồ sơ/ }).waitFor();
  await page.keyboard.press('Alt+C');
  await page.getByLabel(/^Mã PIN của/).fill(pin);
  await page.keyboard.press('Enter');
  await said(page, /^Đã chốt lúc/);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
