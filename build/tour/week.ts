import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { instantOf } from '#shared/deadline/index.ts';
import { outcomeSchema } from '#shared/errors/index.ts';
import { dossierViewSchema } from '#shared/ipc/index.ts';
import type { CentreReady } from '../launch/index.ts';
import type { Runtime } from '../runtime/index.ts';
import { closeDay, fillReception, handOver, markReady, openReturn, said, saveReception, signIn, startDeskApp, type DeskApp, type DrivenClock, type Line } from '../stage/index.ts';
import { cast, roles, type Role } from './cast.ts';
import { signInOfficer } from './officer.ts';
import { dossierWords, totalWords } from './print.ts';

/** Monday 05/10/2026, eight in the morning in Vietnam. */
export const firstMorning = instantOf('2026-10-05', '08:00');

export interface WeekOptions {
  readonly runtime: Runtime;
  readonly folder: string;
  /** Where screenshots go. */
  readonly pictures: string;
  readonly clock: DrivenClock;
  readonly centre: CentreReady;
  readonly line: Line;
  readonly say: (line: string) => void;
}

const clerk = 'Nguyễn Thị Hoa';
const supervisor = 'Lương Văn Đức';

/** Plays the week. False when the centre's verdict on a dossier is not the one its story calls for. */
export async function playWeek(options: WeekOptions): Promise<boolean> {
  const { clock, line, centre, say } = options;
  const data = join(options.folder, 'desk');
  mkdirSync(data, { mode: 0o700 });
  const codes = new Map<Role, string>();
  const pin = centre.developmentPin ?? '';
  let desk: DeskApp | undefined;
  let pictures = 0;

  const open = async (): Promise<Page> => {
    desk = await startDeskApp({ runtime: options.runtime, folder: data, centre: { ...centre, url: line.url }, clockFile: clock.file });
    await signIn(desk.page, clerk, pin);
    return desk.page;
  };
  const picture = async (page: Page, name: string): Promise<void> => {
    pictures += 1;
    await page.screenshot({ path: join(options.pictures, `${String(pictures).padStart(2, '0')}-${name}.png`) });
  };
  /** Time goes on. The desk has locked itself meanwhile, so somebody signs in again: the clerk, if nobody else is named. */
  const at = async (date: string, time: string, what: string, who = clerk): Promise<void> => {
    clock.advanceTo(instantOf(date, time));
    const [, month, day] = date.split('-');
    say(`${day}/${month} ${time}  ${what}`);
    if (desk) await signIn(desk.page, who, pin);
  };
  const codeOf = (role: Role): string => {
    const code = codes.get(role);
    if (code === undefined) throw new Error(`no dossier for ${role}`);
    return code;
  };
  const finish = async (page: Page, role: Role, shots: boolean): Promise<void> => {
    const code = codeOf(role);
    await openReturn(page, code);
    await markReady(page, code);
    if (shots) await picture(page, `result-${role}`);
    await handOver(page, code);
    if (shots) await picture(page, `returned-${role}`);
  };
  /** The supervisor closes the day: a second person's word on when its acts were done, which the centre asks for where no line shows it. */
  const close = async (date: string, shots = false): Promise<void> => {
    await at(date, '17:40', 'Người phụ trách chốt ngày', supervisor);
    if (desk) await closeDay(desk.page, pin);
    if (desk && shots) await picture(desk.page, 'day-closed');
  };
  /** The machine is switched off and on again: another boot, in which no anchor has been seen yet. */
  const reboot = async (boot: string): Promise<Page> => {
    await desk?.close();
    clock.change('desk', { boot, bootedAt: clock.now() });
    return await open();
  };

  try {
    say('05/10 08:00  Quầy mở, đã ghi danh với trung tâm, tiếp nhận sáu hồ sơ');
    let page = await open();
    await picture(page, 'desk');
    for (const role of roles) {
      const part = cast[role];
      await fillReception(page, part.card, part.procedure);
      if (role === 'birth') await picture(page, 'reception');
      codes.set(role, await saveReception(page));
      say(`             ${codeOf(role)}  ${part.name}`);
    }
    await picture(page, 'received');
    await at('2026-10-05', '09:30', 'Trả một hồ sơ khi còn kết nối');
    await finish(page, 'connected', false);
    await said(page, /đã gửi hết/);
    await picture(page, 'all-sent');
    await page.keyboard.press('F7');
    await said(page, /Sổ theo dõi hồ sơ/);
    await picture(page, 'day');

    await at('2026-10-05', '10:00', 'Mất kết nối: đường truyền bị cắt thật');
    await line.cut();
    await at('2026-10-05', '10:10', 'Quầy làm việc bình thường');
    await said(page, /Mất kết nối từ/);
    await picture(page, 'line-cut');
    await at('2026-10-05', '15:00', 'Trả kết quả khai sinh, trước hạn 17:30');
    await finish(page, 'birth', true);
    await close('2026-10-05', true);
    await at('2026-10-06', '14:00', 'Trả bản sao trích lục, đã quá hạn từ hôm qua');
    await finish(page, 'late', true);
    await close('2026-10-06');
    await at('2026-10-07', '09:00', 'Trả giấy xác nhận tình trạng hôn nhân, trước hạn 08/10');
    await finish(page, 'marriage', true);
    await close('2026-10-07');

    await at('2026-10-08', '08:00', 'Máy bị tắt rồi bật lại, vẫn mất kết nối');
    page = await reboot('desk-boot-2');
    await at('2026-10-08', '09:00', 'Trả hồ sơ cải chính, trước hạn, nhưng không có mốc thời gian nào quanh đó và không ai chốt ngày');
    await finish(page, 'undecided', true);
    await at('2026-10-09', '08:00', 'Máy bị tắt rồi bật lại một lần nữa');
    page = await reboot('desk-boot-3');
    await picture(page, 'restarted-with-unsent-work');
    await at('2026-10-09', '08:10', 'Tỉnh xem kết quả khi quầy vẫn mất kết nối: các hồ sơ quá hạn chờ tin từ quầy, chưa bị coi là chậm');
    const officer = await openOfficerWindow(desk, centre);
    await picture(officer, 'officer-while-the-line-is-cut');

    await at('2026-10-09', '16:00', 'Đường truyền được nối lại; quầy gửi hết');
    await line.mend();
    await page.keyboard.press('F10');
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    await said(page, /đã gửi hết/);
    await picture(page, 'reconnected');

    const ids = new Map<Role, string>();
    for (const [role, code] of codes) ids.set(role, await dossierId(page, code));
    await at('2026-10-09', '17:00', 'Trung tâm kết luận\n');
    await officer.reload();
    await officer.getByText('cách tính cũ').first().waitFor();
    await picture(officer, 'officer-results');
    for (const role of ['birth', 'late', 'undecided'] as const) {
      await officer.evaluate(`location.hash = '#/dossiers/${ids.get(role) ?? ''}'`);
      await officer.getByRole('heading', { name: codeOf(role) }).waitFor();
      await officer.getByRole('img', { name: 'Dòng thời gian của chứng cứ' }).waitFor();
      await picture(officer, `officer-dossier-${role}`);
    }
    await officer.getByRole('link', { name: 'Các quầy' }).click();
    await officer.getByRole('table', { name: 'Các quầy' }).waitFor();
    await picture(officer, 'officer-desks');
    return await judge(ids, options);
  } finally {
    await desk?.close();
  }
}

/** The dossier's id behind its code, asked of the desk as its page asks. */
async function dossierId(page: Page, code: string): Promise<string> {
  const answer: unknown = await page.evaluate(`window.desk.call('dossier.by-code', { code: ${JSON.stringify(code)} })`);
  const parsed = outcomeSchema(dossierViewSchema).parse(answer);
  if (!parsed.ok) throw new Error(`the desk does not know ${code}: ${parsed.fault.code}`);
  return parsed.value.id;
}

async function judge(ids: ReadonlyMap<Role, string>, { centre, clock, say }: WeekOptions): Promise<boolean> {
  if (centre.officer === undefined) throw new Error('the centre has no sample officer');
  const officer = await signInOfficer(centre.url, centre.officer);
  let agrees = true;
  for (const [role, id] of ids) {
    const part = cast[role];
    const evidence = await officer.dossier(id);
    say(dossierWords(part, evidence));
    const { oldWay, kind } = evidence.verdict;
    if (oldWay !== part.expected.oldWay || kind !== part.expected.verdict) {
      agrees = false;
      say(`  NOT AS EXPECTED: ${part.expected.oldWay} → ${part.expected.verdict}, and it is ${oldWay} → ${kind}`);
    }
    say('');
  }
  say(totalWords(await officer.results(firstMorning, clock.now())));
  return agrees;
}

/** The officer's pages, in a window of their own beside the counter's, as a browser at the province would show them. */
async function openOfficerWindow(desk: DeskApp | undefined, { province }: CentreReady): Promise<Page> {
  if (desk === undefined || province === undefined) throw new Error('the officer needs a running runtime and a sign-in');
  const opened = desk.app.waitForEvent('window');
  await desk.app.evaluate(async ({ BrowserWindow, session }, address) => {
    const window = new BrowserWindow({ width: 1366, height: 768, useContentSize: true, webPreferences: { sandbox: true, contextIsolation: true, session: session.fromPartition('officer') } });
    await window.loadURL(address);
  }, province);
  const page = await opened;
  await page.getByText('cách tính cũ').first().waitFor();
  return page;
}
