import { dossierKinds } from '#shared/dossier/index.ts';
import { logKinds } from '#shared/log/index.ts';
import { dossierDecisionsSchema, dossierEvidenceSchema, provincePaths, queueSchema, type DossierDecisions, type DossierEvidence, type Queue } from '#shared/province/index.ts';
import { anchorResponseSchema } from '#shared/sync/index.ts';
import { hour, minute, newId, receivedFacts } from '#test/shared/evidence/world.ts';
import { enrolledDesk, send, startOfTest, testCentre, type Answer, type TestCentre, type TestDesk } from '../peer.ts';

export const password = 'mật khẩu thật dài';
export const due = startOfTest + 2 * hour;

/** A centre with officers, and two desks whose news of a result came after the due date: one is for people, one on time by its anchors and to be audited. */
export interface DecidedOffice {
  readonly at: TestCentre;
  /** The desk without anchors; its dossier is for people. */
  readonly desk: TestDesk;
  readonly dossiers: { readonly straddling: string; readonly audited: string; readonly open: string };
  /** A third desk, whose line was down till now, sends what it did: it handed the result of the first over before the due date. */
  bringBacklog(): Promise<void>;
  /** The cookie of an officer. */
  as(login: string): Promise<string>;
  get(path: string, login: string): Promise<Answer>;
  post(path: string, login: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  queue(login?: string): Promise<Queue>;
  decisions(dossier: string, login?: string): Promise<DossierDecisions>;
  evidence(dossier: string): Promise<DossierEvidence>;
}

/** A result between two anchors of a boot and without a loss of the line, so that nothing explains the delay; and one of a desk that has no anchors at all. */
export async function decidedOffice(): Promise<DecidedOffice> {
  const at = await testCentre();
  const cookies = new Map<string, string>();
  for (const [login, name, role] of [['lan', 'Đỗ Thị Lan', 'officer'], ['binh', 'Trần Văn Bình', 'officer'], ['quan-tri', 'Lê Quản', 'administrator'], ['kiem-toan', 'Vũ Kiểm', 'auditor']] as const) {
    await at.centre.officers.add({ id: `o-${login}`, login, name, roles: [role] }, password);
  }
  const anchored = await enrolledDesk(at);
  const desk = await enrolledDesk(at);
  const cutOff = await enrolledDesk(at);
  const dossiers = { straddling: newId(), audited: newId(), open: newId() };
  const agency = desk.carried[0]?.entry.header.agency ?? '';
  const clock = () => {
    const uptime = at.time.now - startOfTest + 5 * minute;
    return { wall: at.time.now, uptime, hrtime: uptime * 1000, boot: 'on' };
  };
  let number = 0;
  const anchor = async (by: TestDesk): Promise<void> => {
    const body = new TextEncoder().encode(JSON.stringify({ nonce: `${number}`.padStart(22, 'x'), head: by.head }));
    const { anchor: signed } = anchorResponseSchema.parse(JSON.parse((await by.signed('POST', '/v1/anchor', body)).text));
    number += 1;
    const { uptime } = clock();
    by.act(logKinds.anchorNoted, { number, boot: 'on', requestUptime: uptime - 20, responseUptime: uptime + 20, wall: at.time.now, ...signed, why: 'before-act' }, { clock: clock() });
  };
  const received = { ...receivedFacts(startOfTest, due, 'ignored'), receivingAgency: agency, competentAgency: agency };
  const receive = (by: TestDesk, dossier: string, code: string, dueAt = due): void => void by.act(dossierKinds.received, { ...received, code, due: { ...received.due, at: dueAt } }, { dossier, clock: clock() });
  const ready = (by: TestDesk, dossier: string): void => void by.act(dossierKinds.resultReady, { at: at.time.now, timeSource: 'wall', outcome: 'granted', resultCount: 1 }, { dossier, clock: clock() });
  const sync = async (by: TestDesk, first = 1): Promise<void> => {
    const answer = await by.sync(first);
    if (answer.status !== 200) throw new Error(answer.text);
  };

  receive(desk, dossiers.straddling, 'H37.90.01-261124-0001');
  receive(anchored, dossiers.audited, 'H37.90.01-261124-0002');
  receive(anchored, dossiers.open, 'H37.90.01-261124-0003', startOfTest + 400 * hour);
  await anchor(anchored);
  await anchor(cutOff);
  const all = [desk, anchored, cutOff];
  for (const one of all) await sync(one);
  const sent = all.map(({ carried }) => carried.length + 1);
  at.time.now = startOfTest + hour;
  ready(desk, dossiers.straddling);
  ready(anchored, dossiers.audited);
  cutOff.act(dossierKinds.handedOver, { at: at.time.now, timeSource: 'wall', method: 'counter', receiver: 'applicant', receiptShown: true }, { dossier: dossiers.straddling, personal: {}, clock: clock() });
  at.time.now = startOfTest + 3 * hour;
  await anchor(anchored);
  await sync(desk, sent[0]);
  await sync(anchored, sent[1]);

  const as = async (login: string): Promise<string> => {
    const known = cookies.get(login);
    if (known !== undefined) return known;
    const answer = await send(at.centre.url, provincePaths.session, { method: 'POST', body: JSON.stringify({ name: login, password }) });
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    cookies.set(login, cookie);
    return cookie;
  };
  const get = async (path: string, login: string): Promise<Answer> => send(at.centre.url, path, { headers: { cookie: await as(login) } });
  return {
    at, desk, dossiers, as, get,
    bringBacklog: async () => {
      await anchor(cutOff);
      await sync(cutOff, sent[2]);
    },
    post: async (path, login, body = {}, headers = {}) => send(at.centre.url, path, { method: 'POST', body: JSON.stringify(body), headers: { cookie: await as(login), ...headers } }),
    queue: async (login = 'lan') => queueSchema.parse(JSON.parse((await get(provincePaths.queue, login)).text)),
    decisions: async (dossier, login = 'lan') => dossierDecisionsSchema.parse(JSON.parse((await get(`${provincePaths.dossiers}/${dossier}/decisions`, login)).text)),
    evidence: async (dossier) => dossierEvidenceSchema.parse(JSON.parse((await get(`${provincePaths.dossiers}/${dossier}`, 'lan')).text)),
  };
}
