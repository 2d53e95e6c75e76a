import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { codeCommand, installationsCommand, officerCommand, stateCommand } from '#central/commands/administer.ts';
import { bundleImportCommand } from '#central/commands/bundle.ts';
import { exportCommand, importCommand } from '#central/commands/catalogue.ts';
import type { Asked } from '#central/commands/acting.ts';
import type { Output } from '#shared/command/index.ts';
import { portalMessagesCommand } from '#central/commands/portal.ts';
import { ticketAddCommand, ticketListCommand, ticketWithdrawCommand } from '#central/commands/ticket.ts';
import { hasher, random } from '#central/keys/index.ts';
import { centreKinds } from '#central/ledger/index.ts';
import { openSqliteStore } from '#central/store/index.ts';
import { sampleAgency } from '#central/catalogue/index.ts';
import { catalogueSchema } from '#shared/catalogue/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import { mintUuid, parseEntry } from '#shared/log/index.ts';
import { portalMessageSchema, type PortalMessage } from '#shared/portal/index.ts';
import { startOfTest, testDesk, type TestDesk } from '../peer.ts';
import { quay, quayCentral, type RunningCentre } from './program.ts';

const place = mkdtempSync(join(tmpdir(), 'quay-acting-'));
const folder = join(place, 'centre');
const password = 'mot mat khau dai';
const id = (): string => mintUuid(startOfTest, random);
const dossiers = { whole: id(), erased: id(), provisional: id() };
const silent: Output = { line: () => undefined, problem: () => undefined };
let centre: RunningCentre;
let desk: TestDesk;

beforeAll(async () => {
  centre = await quayCentral(folder);
  for (const role of ['officer', 'administrator', 'auditor'] as const) {
    await officerCommand({ folder, json: true, software: 'test', login: role, name: role, role, password }, silent);
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

type Command = (asked: Asked) => Promise<void>;
const askedBy = (login?: string, given = password): Asked => ({ folder, json: true, software: 'test', ...(login === undefined ? {} : { acting: { login, password: given } }) });
const state = (asked: Asked, wanted: 'approved' | 'revoked'): Promise<void> => stateCommand({ ...asked, installation: desk.installation, state: wanted }, silent);

const outage = { operator: 'VNPT', reference: 'SC-1', agencies: [], lines: ['Tuyến Cao Lộc'], everywhere: false, from: startOfTest, to: startOfTest + 3_600_000 };

/** Records a ticket as the operator of the machine, and withdraws it as asked. */
async function addedAndWithdrawn(asked: Asked): Promise<void> {
  const lines: string[] = [];
  await ticketAddCommand({ ...askedBy(), outage }, { ...silent, line: (line) => lines.push(line) });
  const { ticket } = z.object({ ticket: z.string() }).parse(JSON.parse(lines[0] ?? ''));
  await ticketWithdrawCommand({ ...asked, ticket }, silent);
}

/** Takes in a file that is no bundle: whoever may hears that, and whoever may not hears nothing of the file. */
async function unreadable(asked: Asked): Promise<void> {
  const file = join(place, 'x.quaygoi');
  writeFileSync(file, 'no bundle');
  const fault = await faultOf(bundleImportCommand({ ...asked, file, receipt: join(place, 'x.quaynhan') }, silent).then(() => undefined));
  if (fault !== 'bundle.not-a-bundle') throw new DomainError(fault === 'access.denied' ? fault : 'message.malformed');
}

/** The code of the fault a command ends with; undefined for none. */
async function faultOf(work: Promise<void>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof DomainError ? error.fault.code : Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}

describe('a command for an officer', () => {
  const commands: readonly (readonly [name: string, command: Command, allowed: readonly string[]])[] = [
    ['code', (asked) => codeCommand({ ...asked, agency: sampleAgency, desk: 'Quầy 9', approved: false, hours: 1 }, silent), ['administrator']],
    ['installations', (asked) => installationsCommand(asked, silent), ['officer', 'administrator', 'auditor']],
    ['approve', (asked) => state(asked, 'approved'), ['administrator']],
    ['revoke', (asked) => state(asked, 'revoked'), ['administrator']],
    ['publish', async (asked) => expect(await importCommand({ ...asked, file: await catalogueFile(), check: false }, silent)).toBe(true), ['administrator']],
    ['officer', (asked) => officerCommand({ ...asked, login: 'moi', name: 'Mới', role: 'administrator', password: 'mat khau cua nguoi moi' }, silent), ['administrator']],
    ['ticket list', (asked) => ticketListCommand(asked, silent), ['officer', 'administrator', 'auditor']],
    ['ticket add', (asked) => ticketAddCommand({ ...asked, outage }, silent), ['officer', 'administrator']],
    ['ticket withdraw', (asked) => addedAndWithdrawn(asked), ['officer', 'administrator']],
    ['bundle import', (asked) => unreadable(asked), ['officer', 'administrator']],
    ['portal messages', (asked) => portalMessagesCommand({ ...asked, question: { dossier: dossiers.whole } }, silent), ['officer', 'administrator']],
  ];

  it.each(commands)('%s asks what the role may', async (_name, command, allowed) => {
    for (const role of ['officer', 'administrator', 'auditor']) {
      expect([role, await faultOf(command(askedBy(role)))]).toEqual([role, allowed.includes(role) ? undefined : 'access.denied']);
    }
  });

  it('with a wrong password or an unknown name does nothing', async () => {
    await state(askedBy(), 'approved');
    expect(await faultOf(state(askedBy('administrator', 'sai'), 'revoked'))).toBe('officer.wrong-password');
    expect(await faultOf(state(askedBy('nobody'), 'revoked'))).toBe('officer.wrong-password');
    expect((await desk.signed('GET', '/v1/catalogue')).status).toBe(200);
  });

  it('is noted with that officer as the actor; the operator’s as the centre’s own', async () => {
    await state(askedBy('administrator'), 'revoked');
    await state(askedBy(), 'approved');
    const store = openSqliteStore(join(folder, 'centre.db'));
    const own = (await store.logs()).find(({ installation }) => installation === undefined);
    const notes = (await store.entries(own?.log ?? '', 1, 1000)).map(({ text }) => parseEntry(text, hasher)).flatMap((entry) => (entry.ok ? [entry.value.header] : []));
    await store.close();
    expect(notes.findLast(({ kind }) => kind === centreKinds.revoked)?.actor).toBe('officer-administrator');
    expect(notes.findLast(({ kind }) => kind === centreKinds.approved)?.actor).toBe('centre');
  });

  it('takes the password from the first line of standard input, and a new officer’s from the second', async () => {
    const added = ['central', 'officer', '--folder', folder, '--login', 'hai', '--name', 'Hai', '--json', '--as'];
    expect(JSON.parse((await quay([...added, 'auditor'], `${password}\nmat khau cua nguoi moi\n`)).output)).toMatchObject({ fault: { code: 'access.denied' } });
    expect((await quay([...added, 'administrator'], `${password}\nmat khau cua nguoi moi\n`)).code).toBe(0);
    expect(await faultOf(installationsCommand(askedBy('hai', 'mat khau cua nguoi moi'), silent))).toBeUndefined();
  }, 60_000);
});

/** What is published, with one more remark each time. */
async function catalogueFile(): Promise<string> {
  const file = join(place, 'catalogue.json');
  await exportCommand({ ...askedBy(), file }, silent);
  const held = catalogueSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const procedures = held.procedures.map((procedure, index) => (index === 0 ? { ...procedure, note: `${procedure.note ?? ''}.` } : procedure));
  writeFileSync(file, JSON.stringify({ ...held, procedures }));
  return file;
}

describe('quay ticket', () => {
  it('records, lists and withdraws by the command line, and says what cannot be', async () => {
    const said = async (...args: string[]) => {
      const { code, output } = await quay(['ticket', ...args, '--folder', folder, '--json']);
      return { code, answer: JSON.parse(output) };
    };
    const time = ['--from', '2026-11-24T08:00:00+07:00', '--to', '2026-11-24T10:00:00+07:00'];
    const { answer: { ticket } } = await said('add', '--operator', 'Viettel', '--reference', 'VT-9', ...time, '--agency', sampleAgency, '--line', 'Tuyến Lộc Bình');
    expect((await said('list')).answer.find((one: { ticket: string }) => one.ticket === ticket)).toMatchObject({ operator: 'Viettel', reference: 'VT-9', by: { id: 'centre' } });
    expect((await said('withdraw', ticket)).code).toBe(0);
    expect(await said('withdraw', ticket)).toMatchObject({ code: 1, answer: { fault: { code: 'ticket.unknown' } } });
    expect(await said('add', '--operator', 'Viettel', '--reference', 'VT-9', ...time)).toMatchObject({ code: 1, answer: { fault: { code: 'ticket.no-agency' } } });
  }, 60_000);
});

describe('quay portal messages', () => {
  const read = (output: string): { messages: PortalMessage[]; leftOut: unknown } => {
    const answer = z.object({ messages: portalMessageSchema.array(), leftOut: z.unknown() }).parse(JSON.parse(output));
    return { messages: answer.messages, leftOut: answer.leftOut };
  };

  it('gives both messages of one dossier with the personal data the centre holds', async () => {
    const { output } = await quay(['portal', 'messages', '--folder', folder, '--dossier', dossiers.whole, '--as', 'officer'], `${password}\n`);
    const [whole, course] = read(output).messages;
    expect(whole).toMatchObject({ service: 'DongBoHoSoMC', isUpdating: 'False', data: [{ MaHoSo: 'H37.99.01-261124-whole', ChuHoSo: 'Hoàng Thị Ánh', TrangThaiHoSo: '2' }] });
    expect(course).toMatchObject({ service: 'CapNhatTienDoHoSoMC', data: [{ NoiDungXuLy: 'Tiếp nhận hồ sơ' }] });
  }, 60_000);

  it('gives what arrived since; what is erased is empty, what has no official code is left out and named', async () => {
    const { messages, leftOut } = read((await quay(['portal', 'messages', '--folder', folder, '--since', '2020-01-01', '--json'])).output);
    const told = messages.flatMap((message) => (message.service === 'DongBoHoSoMC' ? message.data : []));
    expect(new Map(told.map(({ MaHoSo, ChuHoSo }) => [MaHoSo, ChuHoSo]))).toEqual(new Map([['H37.99.01-261124-whole', 'Hoàng Thị Ánh'], ['H37.99.01-261124-erased', '']]));
    expect(leftOut).toEqual([{ dossier: dossiers.provisional, why: 'provisional-code' }]);
    const none = await quay(['portal', 'messages', '--folder', folder, '--since', '2999-01-01T00:00:00+07:00', '--json']);
    expect(read(none.output)).toEqual({ messages: [], leftOut: [] });
  }, 60_000);

  it('refuses a dossier it does not hold, no question, and a time that is none', async () => {
    expect(await faultOf(portalMessagesCommand({ ...askedBy(), question: { dossier: id() } }, silent))).toBe('dossier.unknown');
    const [nothing, notTime] = await Promise.all([quay(['portal', 'messages', '--folder', folder]), quay(['portal', 'messages', '--folder', folder, '--since', 'hôm qua'])]);
    expect([nothing.code, notTime.code]).toEqual([1, 1]);
  }, 60_000);
});
