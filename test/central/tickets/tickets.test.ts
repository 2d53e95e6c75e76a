import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishCatalogue, sampleCatalogue, sampleAgency } from '#central/catalogue/index.ts';
import { hasher, makeVerifier, random } from '#central/keys/index.ts';
import { centreKinds } from '#central/ledger/index.ts';
import { entryHeaderSchema, type EntryHeader } from '#shared/log/index.ts';
import { provincePaths, ticketsSchema, type TicketRequest, type Tickets } from '#shared/province/index.ts';
import { hour, newId } from '#test/shared/evidence/world.ts';
import { problemIn, send, startOfTest, testCentre, type Answer, type TestCentre } from '../peer.ts';

const password = 'mật khẩu thật dài';
let at: TestCentre;
const cookies = new Map<string, string>();

beforeAll(async () => {
  at = await testCentre();
  for (const role of ['officer', 'administrator', 'auditor']) {
    await at.centre.officers.add({ id: `o-${role}`, login: role, name: `Tên ${role}`, roles: [role] }, password);
    const answer = await send(at.centre.url, provincePaths.session, { method: 'POST', body: JSON.stringify({ name: role, password }) });
    cookies.set(role, (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
  }
  at.time.now = startOfTest + 10 * hour;
});
afterAll(async () => {
  await at.end();
  expect(at.reported).toEqual([]);
});

const headersFor = (role: string): { cookie: string } => ({ cookie: cookies.get(role) ?? '' });
const post = (body: unknown, role = 'officer', path = '', headers: Record<string, string> = {}): Promise<Answer> => send(at.centre.url, `${provincePaths.tickets}${path}`, { method: 'POST', body: JSON.stringify(body), headers: { ...headersFor(role), ...headers } });
const list = async (role = 'auditor'): Promise<Tickets> => ticketsSchema.parse(JSON.parse((await send(at.centre.url, provincePaths.tickets, { headers: headersFor(role) })).text));
const codeOf = (answer: Answer): [number, string] => [answer.status, problemIn(answer).fault.code];
const told = (more: Partial<TicketRequest> = {}): TicketRequest => ({
  ticket: newId(), operator: 'VNPT Lạng Sơn', reference: 'SC-2026-117', agencies: [sampleAgency], lines: [], everywhere: false, from: startOfTest, to: startOfTest + 2 * hour, ...more,
});
const notes = async (kind: string): Promise<EntryHeader[]> => (await at.centre.store.entries(at.centre.own.log, 1, 1000))
  .map(({ text }) => entryHeaderSchema.parse(JSON.parse(text))).filter((header) => header.kind === kind);

describe('an operator’s ticket', () => {
  it('is recorded once under the officer’s name, for agencies by id or name and for whole lines', async () => {
    const { agencies, lines } = await list();
    const name = agencies.find(({ id }) => id === sampleAgency)?.name ?? '';
    expect(lines.find((line) => line.name === 'Tuyến Lộc Bình')?.agencies).toBe(7);
    const ticket = told({ agencies: [name, sampleAgency], lines: ['Tuyến Lộc Bình'] });
    expect((await post(ticket)).status).toBe(200);
    expect((await post(ticket)).status).toBe(200);
    const [recorded, ...more] = await notes(centreKinds.ticketRecorded);
    expect(more).toEqual([]);
    expect(recorded).toMatchObject({ actor: 'o-officer', facts: { operator: 'VNPT Lạng Sơn', reference: 'SC-2026-117', everywhere: false } });
    expect((await list()).tickets).toMatchObject([{ ticket: ticket.ticket, by: { name: 'Tên officer' }, at: at.time.now }]);
    expect((await list()).tickets[0]?.agencies).toHaveLength(8);
  });

  it('is replaced and withdrawn, and then counts for nothing', async () => {
    const [before] = (await list()).tickets;
    const next = told({ everywhere: true, agencies: [], replaces: before?.ticket ?? '' });
    expect((await post(next, 'administrator')).status).toBe(200);
    expect((await list()).tickets).toMatchObject([{ ticket: next.ticket, everywhere: true, agencies: [] }]);
    expect(codeOf(await post(told({ replaces: before?.ticket ?? '' })))).toEqual([404, 'ticket.unknown']);
    expect((await post({}, 'officer', `/${next.ticket}/withdraw`)).status).toBe(200);
    expect((await list()).tickets).toEqual([]);
    expect(codeOf(await post({}, 'officer', `/${next.ticket}/withdraw`))).toEqual([404, 'ticket.unknown']);
  });

  it.each([
    ['nobody it hit', { agencies: [] }, 'ticket.no-agency'],
    ['an agency nobody knows', { agencies: ['nowhere'] }, 'ticket.unknown-agency'],
    ['a line nobody is on', { lines: ['Tuyến không có'] }, 'ticket.unknown-agency'],
    ['an end before its beginning', { to: startOfTest }, 'ticket.bad-period'],
    ['an end that has not come', { to: startOfTest + 11 * hour }, 'ticket.bad-period'],
    ['more than a month', { from: startOfTest - 32 * 24 * hour }, 'ticket.bad-period'],
    ['no number', { reference: ' ' }, 'message.malformed'],
  ])('with %s is refused', async (_what, more, code) => {
    expect(codeOf(await post(told(more)))[1]).toBe(code);
  });

  it('is recorded by an officer or administrator, from a page of this centre', async () => {
    const before = (await at.centre.store.findLog(at.centre.own.log))?.head.seq;
    expect(codeOf(await post(told(), 'auditor'))).toEqual([403, 'access.denied']);
    expect(codeOf(await post({}, 'auditor', `/${newId()}/withdraw`))).toEqual([403, 'access.denied']);
    expect(codeOf(await post(told(), 'officer', '', { 'sec-fetch-site': 'cross-site' }))).toEqual([403, 'access.denied']);
    expect((await at.centre.store.findLog(at.centre.own.log))?.head.seq).toBe(before);
  });

  it('names agencies as they are called now, and shows when the centre itself was down', async () => {
    const { store, own, time } = at.centre;
    const sample = sampleCatalogue(await makeVerifier('2468', random));
    await publishCatalogue({ store, own, time, hasher }, { ...sample, agencies: sample.agencies.map((agency) => (agency.id === sampleAgency ? { ...agency, name: 'UBND xã Mai Pha mới' } : agency)) }, { replaces: true });
    await store.transaction((writer) => own.append(writer, time.read(), [{ kind: centreKinds.heartbeatGap, facts: { from: startOfTest + hour, to: startOfTest + 2 * hour, rho: 20 } }]));
    await post(told());
    expect(await list()).toMatchObject({ tickets: [{ agencies: [{ name: 'UBND xã Mai Pha mới' }] }], centreGaps: [{ from: startOfTest + hour, to: startOfTest + 2 * hour }] });
  });
});

describe('who may come in', () => {
  it('stands in the centre’s log: officers without their names, codes without the code', async () => {
    const code = await at.newCode();
    await at.centre.officers.add({ id: 'o-auditor', login: 'auditor', name: 'Tên khác', roles: ['auditor', 'officer'] }, password);
    expect((await notes(centreKinds.officerSet)).at(-1)?.facts).toEqual({ officer: 'o-auditor', roles: ['auditor', 'officer'], added: false, at: at.time.now, rho: 20 });
    expect((await notes(centreKinds.officerSet)).filter(({ facts }) => facts['added'] === true)).toHaveLength(3);
    const [issued] = (await notes(centreKinds.codeIssued)).toReversed();
    expect(issued?.facts).toMatchObject({ agency: sampleAgency, desk: 'Quầy 1', approves: true });
    expect(JSON.stringify(issued)).not.toContain(code);
    const held = await at.centre.store.entries(at.centre.own.log, 1, 1000);
    expect(held.some(({ text }) => text.includes('Tên khác'))).toBe(false);
    expect(held.some(({ body }) => body && 'body' in body && body.body.includes('Tên khác'))).toBe(true);
  });
});
