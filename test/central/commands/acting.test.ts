import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hasher } from '#central/keys/index.ts';
import { centreKinds } from '#central/ledger/index.ts';
import { openSqliteStore } from '#central/store/index.ts';
import { sampleAgency } from '#central/catalogue/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { mintUuid, parseEntry } from '#shared/log/index.ts';
import { portalMessageSchema } from '#shared/portal/index.ts';
import { random } from '#central/keys/index.ts';
import { startOfTest, testDesk, type TestDesk } from '../peer.ts';
import { quay, quayCentral, type RunningCentre } from './program.ts';

const place = mkdtempSync(join(tmpdir(), 'quay-acting-'));
const folder = join(place, 'centre');
const password = 'mot mat khau dai';
const id = (): string => mintUuid(startOfTest, random);
const dossiers = { whole: id(), erased: id(), provisional: id() };
let centre: RunningCentre;
let desk: TestDesk;

beforeAll(async () => {
  centre = await quayCentral(folder);
  for (const role of ['officer', 'administrator', 'auditor']) {
    expect((await quay(['central', 'officer', '--folder', folder, '--login', role, '--name', role, '--role', role], `${password}\n`)).code).toBe(0);
  }
  desk = testDesk(() => centre.ready.url);
  await desk.enrol(centre.ready.enrolmentCode);
  desk.open();
  const due = { at: startOfTest, start: startOfTest, provisional: false, ruleSet: 'nd118', calendar: { id: 'vn', version: '1' }, steps: [] };
  for (const [name, dossier] of Object.entries(dossiers)) {
    const facts = {
      code: name === 'provisional' ? 'T-7K2M-0031' : `H37.99.01-261124-${name}`, provisional: name === 'provisional', procedure: '1.001193', procedureVersion: 1, catalogueVersion: 1, submittedAt: startOfTest,
      channel: 'counter', receivingAgency: sampleAgency, competentAgency: sampleAgency, level: 'commune', timeSource: 'anchor', acceptedAt: startOfTest, term: { unit: 'sameDay' }, due, papers: [], sets: 1, fee: 0,
    };
    const personal = { applicant: { kind: 'citizen', fullName: 'Hoàng Thị Ánh', idNumber: '020190000001', address: 'Thôn 1' } };
    desk.act(dossierKinds.received, facts, { dossier, personal, ...(name === 'erased' ? { body: { erased: true } } : {}) });
  }
  expect((await desk.sync()).status).toBe(200);
}, 120_000);

afterAll(async () => {
  await centre.end('SIGTERM');
  rmSync(place, { recursive: true, force: true });
});

const run = async (args: readonly string[], as?: string, more = ''): Promise<{ code: number | null; fault: string | undefined; output: string }> => {
  const done = await quay([...args, '--folder', folder, '--json', ...(as === undefined ? [] : ['--as', as])], as === undefined ? more : `${password}\n${more}`);
  return { code: done.code, output: done.output, fault: done.code === 0 ? undefined : (JSON.parse(done.output) as { fault: { code: string } }).fault.code };
};

describe('a command for an officer', () => {
  const commands: readonly (readonly [name: string, args: () => readonly string[], allowed: readonly string[], input?: string])[] = [
    ['code', () => ['central', 'code', '--agency', sampleAgency, '--desk', 'Quầy 9'], ['administrator']],
    ['installations', () => ['central', 'installations'], ['officer', 'administrator', 'auditor']],
    ['approve', () => ['central', 'approve', desk.installation], ['administrator']],
    ['publish', () => ['central', 'publish', catalogueFile()], ['administrator']],
    ['officer', () => ['central', 'officer', '--login', 'moi', '--name', 'Mới'], ['administrator'], 'mat khau cua nguoi moi\n'],
    ['portal', () => ['portal', 'messages', '--dossier', dossiers.whole], ['officer', 'administrator']],
  ];

  it.each(commands)('%s asks what the role may', async (_name, args, allowed, input) => {
    for (const role of ['officer', 'administrator', 'auditor']) {
      const { code, fault } = await run(args(), role, input);
      expect([role, code, fault]).toEqual([role, allowed.includes(role) ? 0 : 1, allowed.includes(role) ? undefined : 'access.denied']);
    }
  }, 120_000);

  it('with a wrong password or an unknown name does nothing', async () => {
    const wrong = await quay(['central', 'revoke', desk.installation, '--folder', folder, '--json', '--as', 'administrator'], 'sai\n');
    expect([wrong.code, JSON.parse(wrong.output)]).toMatchObject([1, { fault: { code: 'officer.wrong-password' } }]);
    expect((await run(['central', 'revoke', desk.installation], 'nobody')).fault).toBe('officer.wrong-password');
    expect(JSON.parse((await run(['central', 'installations'])).output)).toMatchObject([{ id: desk.installation, state: 'approved' }]);
  }, 60_000);

  it('is noted with that officer as the actor; the operator’s as the centre’s own', async () => {
    expect((await run(['central', 'revoke', desk.installation], 'administrator')).code).toBe(0);
    expect((await run(['central', 'approve', desk.installation])).code).toBe(0);
    const store = openSqliteStore(join(folder, 'centre.db'));
    const own = (await store.logs()).find(({ installation }) => installation === undefined);
    const notes = (await store.entries(own?.log ?? '', 1, 1000)).map(({ text }) => parseEntry(text, hasher)).flatMap((entry) => (entry.ok ? [entry.value.header] : []));
    await store.close();
    expect(notes.findLast(({ kind }) => kind === centreKinds.revoked)?.actor).toBe('officer-administrator');
    expect(notes.findLast(({ kind }) => kind === centreKinds.approved)?.actor).toBe('centre');
  }, 60_000);
});

function catalogueFile(): string {
  const file = join(place, 'catalogue.json');
  writeFileSync(file, JSON.stringify({ version: 0, province: { name: 'Tỉnh Lạng Sơn', identifier: 'H37' }, agencies: [{ id: sampleAgency, identifier: 'H37.99.01', name: 'UBND xã', level: 'commune', validFrom: '2025-07-01', successors: [] }], procedures: [], staff: [], calendars: [], leases: [], settings: {} }));
  return file;
}

describe('quay portal messages', () => {
  const messages = async (args: readonly string[]) => {
    const { output, code } = await run(['portal', 'messages', ...args], 'officer');
    expect(code).toBe(0);
    const answer = JSON.parse(output) as { messages: unknown; leftOut: unknown };
    return { messages: portalMessageSchema.array().parse(answer.messages), leftOut: answer.leftOut };
  };

  it('gives both messages of one dossier with the personal data the centre holds', async () => {
    const { messages: [whole, course] } = await messages(['--dossier', dossiers.whole]);
    expect(whole).toMatchObject({ service: 'DongBoHoSoMC', isUpdating: 'False', data: [{ MaHoSo: 'H37.99.01-261124-whole', ChuHoSo: 'Hoàng Thị Ánh', TrangThaiHoSo: '2' }] });
    expect(course).toMatchObject({ service: 'CapNhatTienDoHoSoMC', data: [{ NoiDungXuLy: 'Tiếp nhận hồ sơ' }] });
  }, 60_000);

  it('gives what arrived since; what is erased is empty, what has no official code is left out and named', async () => {
    const { messages: since, leftOut } = await messages(['--since', '2020-01-01']);
    const told = since.flatMap((message) => (message.service === 'DongBoHoSoMC' ? message.data : []));
    expect(new Map(told.map(({ MaHoSo, ChuHoSo }) => [MaHoSo, ChuHoSo]))).toEqual(new Map([['H37.99.01-261124-whole', 'Hoàng Thị Ánh'], ['H37.99.01-261124-erased', '']]));
    expect(leftOut).toEqual([{ dossier: dossiers.provisional, why: 'provisional-code' }]);
    expect(await messages(['--since', '2999-01-01T00:00:00+07:00'])).toEqual({ messages: [], leftOut: [] });
  }, 60_000);

  it('refuses a dossier it does not hold, no question, and a time that is none', async () => {
    expect((await run(['portal', 'messages', '--dossier', id()])).fault).toBe('dossier.unknown');
    expect((await quay(['portal', 'messages', '--folder', folder])).code).toBe(1);
    expect((await quay(['portal', 'messages', '--folder', folder, '--since', 'hôm qua'])).code).toBe(1);
  }, 60_000);
});
