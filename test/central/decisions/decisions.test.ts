import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { centreKinds } from '#central/ledger/index.ts';
import { parseEntry } from '#shared/log/index.ts';
import { hasher } from '#central/keys/index.ts';
import { dossierDecisionsSchema, provincePaths, queueCountsSchema, type DossierDecisions, type ProposeRequest } from '#shared/province/index.ts';
import { newId } from '#test/shared/evidence/world.ts';
import { problemIn, type Answer } from '../peer.ts';
import { decidedOffice, type DecidedOffice } from './office.ts';

let office: DecidedOffice;
beforeEach(async () => {
  office = await decidedOffice();
});
afterEach(async () => {
  await office.at.end();
  expect(office.at.reported).toEqual([]);
});

const why = 'Giấy biên nhận tay có chữ ký của bà Hoàng Thị Ánh lúc 10:40';
const papers = ['Biên nhận tay số 12', 'Sổ theo dõi, trang 31'];

/** What an officer would send after looking at a dossier. */
async function wanted(dossier: string, more: Partial<ProposeRequest> = {}): Promise<ProposeRequest> {
  const { basis, standing } = await office.decisions(dossier);
  if (!basis) throw new Error('not judged');
  return { proposal: newId(), dossier, outcome: 'on_time', basis, ...(standing === undefined ? {} : { reverses: standing }), why, papers, ...more };
}

const confirm = (proposal: string, login: string): Promise<Answer> => office.post(`${provincePaths.decisions}/${proposal}/confirm`, login);
const withdraw = (proposal: string, login: string): Promise<Answer> => office.post(`${provincePaths.decisions}/${proposal}/withdraw`, login, { why: 'Chưa đủ giấy tờ' });
const propose = (request: ProposeRequest, login: string): Promise<Answer> => office.post(provincePaths.decisions, login, request);
const decided = (answer: Answer): DossierDecisions => dossierDecisionsSchema.parse(JSON.parse(answer.text));
const codeOf = (answer: Answer): [number, string] => [answer.status, problemIn(answer).fault.code];

/** The officer proposes, another confirms. */
async function decide(dossier: string, more: Partial<ProposeRequest> = {}): Promise<string> {
  const request = await wanted(dossier, more);
  expect((await propose(request, 'lan')).status).toBe(200);
  expect((await confirm(request.proposal, 'binh')).status).toBe(200);
  return request.proposal;
}

describe('the queue', () => {
  it('holds what is left to people and what is to be audited, with why and since when, and nothing else', async () => {
    const { dossiers: { straddling, audited }, at } = office;
    const { lines, counts } = await office.queue();
    expect(counts).toEqual({ decisions: 1, toConfirm: 0, audits: 1 });
    expect(new Map(lines.map(({ dossier, reason, since }) => [dossier, [reason, since]]))).toEqual(new Map([[straddling, ['straddles', at.time.now]], [audited, ['audit-unexplained', at.time.now]]]));
    expect(lines.find(({ dossier }) => dossier === straddling)?.verdict).toMatchObject({ kind: 'undetermined', oldWay: 'late', forPeople: true });
    expect(lines.find(({ dossier }) => dossier === audited)?.verdict).toMatchObject({ kind: 'cleared', cause: 'unexplained', oldWay: 'late', audit: true });
  });

  it('says to each officer how many wait for their confirmation', async () => {
    await propose(await wanted(office.dossiers.straddling), 'lan');
    const counts = async (login: string) => queueCountsSchema.parse(JSON.parse((await office.get(provincePaths.queueCounts, login)).text));
    expect([await counts('lan'), await counts('binh')]).toEqual([{ decisions: 1, toConfirm: 0, audits: 1 }, { decisions: 1, toConfirm: 1, audits: 1 }]);
    expect((await office.queue('lan')).lines.find(({ proposal }) => proposal)?.proposal).toMatchObject({ mine: true, by: { name: 'Đỗ Thị Lan' }, outcome: 'on_time' });
  });
});

describe('a decision', () => {
  it('takes two different officers, stands in place of the verdict, and keeps its grounds out of the entry', async () => {
    const { dossiers: { straddling }, at } = office;
    const request = await wanted(straddling);
    const open = decided(await propose(request, 'lan'));
    expect(open.proposals).toMatchObject([{ by: { id: 'o-lan', name: 'Đỗ Thị Lan' }, mine: true, current: true, grounds: { why, papers } }]);
    expect([open.mayPropose, open.standing]).toEqual([false, undefined]);
    expect((await office.evidence(straddling)).verdict).toMatchObject({ kind: 'undetermined', forPeople: true });

    expect(codeOf(await confirm(request.proposal, 'lan'))).toEqual([403, 'decision.same-person']);
    const closed = decided(await confirm(request.proposal, 'binh'));
    expect(closed).toMatchObject({ standing: request.proposal, mayPropose: true, proposals: [{ mine: false, closed: { how: 'confirmed', by: { name: 'Trần Văn Bình' } } }] });
    expect((await office.evidence(straddling)).verdict).toMatchObject({ kind: 'on_time', program: 'undetermined', decision: request.proposal, forPeople: false });
    expect((await office.queue()).lines.map(({ dossier }) => dossier)).not.toContain(straddling);

    const own = (await at.centre.store.entries(at.centre.own.log, 1, 1000)).map(({ text, body }) => ({ entry: parseEntry(text, hasher), text, body }));
    const [proposed] = own.filter(({ entry }) => entry.ok && entry.value.header.kind === centreKinds.decisionProposed);
    expect([proposed?.text.includes('Ánh'), proposed?.body && 'body' in proposed.body && proposed.body.body.includes('Ánh')]).toEqual([false, true]);
  });

  it('stands without its grounds once they are erased by law', async () => {
    const { straddling } = office.dossiers;
    const proposal = await decide(straddling);
    const db = new Database(join(office.at.folder, 'centre.db'));
    db.prepare(`UPDATE entries SET body = '{"erased":true}' WHERE log = ? AND body IS NOT NULL`).run(office.at.centre.own.log);
    db.close();
    expect(await office.decisions(straddling)).toMatchObject({ standing: proposal, proposals: [{ grounds: { unreadable: 'erased' } }] });
    expect((await office.evidence(straddling)).verdict).toMatchObject({ kind: 'on_time', decision: proposal });
  });

  it('sent again is recorded once', async () => {
    const request = await wanted(office.dossiers.straddling);
    const count = async (): Promise<number> => (await office.at.centre.store.findLog(office.at.centre.own.log))?.head.seq ?? 0;
    await propose(request, 'lan');
    const before = await count();
    expect((await propose(request, 'lan')).status).toBe(200);
    expect(await count()).toBe(before);
    await confirm(request.proposal, 'binh');
    expect((await confirm(request.proposal, 'binh')).status).toBe(200);
    expect(await count()).toBe(before + 1);
    // The same id for something else is neither.
    expect(codeOf(await propose({ ...request, dossier: office.dossiers.audited }, 'lan'))).toEqual([400, 'message.malformed']);
  });

  it('has one open proposal at a time, which its author or another may take back', async () => {
    const { straddling } = office.dossiers;
    const first = await wanted(straddling);
    const second = await wanted(straddling, { outcome: 'late' });
    const answers = await Promise.all([propose(first, 'lan'), propose(second, 'binh')]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    expect(codeOf(answers.find(({ status }) => status === 409)!)).toEqual([409, 'decision.open-already']);
    const [open] = (await office.decisions(straddling)).proposals;
    const gone = decided(await withdraw(open?.proposal ?? '', open?.mine === true ? 'binh' : 'lan'));
    expect(gone.proposals).toMatchObject([{ closed: { how: 'withdrawn', why: 'Chưa đủ giấy tờ' } }]);
    expect(codeOf(await confirm(open?.proposal ?? '', 'binh'))).toEqual([409, 'decision.not-open']);
    expect(gone.mayPropose).toBe(true);
    await decide(straddling);
  });

  it('is reversed by the same rule, and only while it is the one that stands', async () => {
    const { straddling } = office.dossiers;
    const nothing = await wanted(straddling, { outcome: 'open' });
    expect(codeOf(await propose(nothing, 'lan'))).toEqual([409, 'decision.nothing-to-reverse']);
    const stale = await wanted(straddling, { outcome: 'late' });
    const first = await decide(straddling);
    expect(codeOf(await propose(stale, 'binh'))).toEqual([409, 'decision.basis-changed']);
    const back = await wanted(straddling, { outcome: 'open' });
    expect(back.reverses).toBe(first);
    await propose(back, 'binh');
    expect((await office.queue()).lines.find(({ dossier }) => dossier === straddling)).toMatchObject({ reason: 'proposed', proposal: { outcome: 'open' } });
    await confirm(back.proposal, 'lan');
    expect((await office.evidence(straddling)).verdict).toMatchObject({ kind: 'undetermined', forPeople: true });
    await decide(straddling, { outcome: 'late' });
    expect((await office.evidence(straddling)).verdict).toMatchObject({ kind: 'late', program: 'undetermined' });
  });

  it('is refused on a verdict that changed meanwhile, when it is proposed and when it is confirmed', async () => {
    const { straddling } = office.dossiers;
    const seen = await wanted(straddling, { outcome: 'late' });
    const open = await wanted(straddling, { outcome: 'late' });
    await propose(open, 'lan');
    await office.bringBacklog();
    expect((await office.evidence(straddling)).verdict).toMatchObject({ kind: 'cleared', forPeople: false });
    expect((await office.decisions(straddling)).proposals).toMatchObject([{ current: false }]);
    expect(codeOf(await confirm(open.proposal, 'binh'))).toEqual([409, 'decision.basis-changed']);
    // It does not stand in the way for ever.
    expect((await office.queue()).lines.find(({ dossier }) => dossier === straddling)).toMatchObject({ reason: 'audit-unexplained', proposal: { outcome: 'late' } });
    expect((await withdraw(open.proposal, 'binh')).status).toBe(200);
    expect(codeOf(await propose(seen, 'lan'))).toEqual([409, 'decision.not-for-people']);
  });

  it('comes before people again where the verdict it was made on has changed', async () => {
    const { straddling } = office.dossiers;
    const first = await decide(straddling, { outcome: 'late' });
    await office.bringBacklog();
    expect((await office.queue()).lines.find(({ dossier }) => dossier === straddling)).toMatchObject({ reason: 'outdated', verdict: { kind: 'late', program: 'cleared' } });
    const back = await wanted(straddling, { outcome: 'open' });
    expect([back.basis.kind, back.reverses]).toEqual(['cleared', first]);
    const stale = { ...back, basis: { ...back.basis, kind: 'undetermined' as const } };
    expect(codeOf(await propose(stale, 'lan'))).toEqual([409, 'decision.basis-changed']);
    await propose(back, 'binh');
    await confirm(back.proposal, 'lan');
    expect((await office.evidence(straddling)).verdict).toMatchObject({ kind: 'cleared', forPeople: false });
  });

  it('is left alone where the program decides, or where there is nothing to decide yet', async () => {
    for (const dossier of [office.dossiers.audited, office.dossiers.open]) expect(codeOf(await propose(await wanted(dossier, { outcome: 'late' }), 'lan'))).toEqual([409, 'decision.not-for-people']);
    const { basis } = await wanted(office.dossiers.open);
    expect(codeOf(await propose({ ...(await wanted(office.dossiers.open)), dossier: newId(), basis }, 'lan'))).toEqual([404, 'dossier.unknown']);
  });
});

describe('an audit', () => {
  const audit = (act: string, finding: 'as-judged' | 'doubtful', login = 'lan'): Promise<Answer> => office.post(provincePaths.audits, login, { dossier: office.dossiers.audited, act, finding, why });

  it('that confirms the verdict leaves it as it is', async () => {
    const { audited } = office.dossiers;
    const act = (await office.decisions(audited)).audit?.act ?? '';
    const answer = decided(await audit(act, 'as-judged'));
    expect(answer).toMatchObject({ mayPropose: false, audited: [{ act, finding: 'as-judged', by: { name: 'Đỗ Thị Lan' }, grounds: { why, papers: [] } }] });
    expect(answer.audit).toBeUndefined();
    expect((await office.evidence(audited)).verdict).toMatchObject({ kind: 'cleared', audit: false });
    expect(codeOf(await audit(act, 'doubtful', 'binh'))).toEqual([409, 'audit.not-waiting']);
  });

  it('that leaves doubts brings the dossier before two people', async () => {
    const { audited } = office.dossiers;
    const act = (await office.decisions(audited)).audit?.act ?? '';
    await audit(act, 'doubtful');
    expect((await audit(act, 'doubtful')).status).toBe(200);
    expect((await office.queue()).lines.find(({ dossier }) => dossier === audited)).toMatchObject({ reason: 'doubtful-audit' });
    await decide(audited, { outcome: 'late' });
    expect((await office.evidence(audited)).verdict).toMatchObject({ kind: 'late', program: 'undetermined' });
  });
});

describe('who may', () => {
  const some = (): [string, unknown][] => [
    [provincePaths.decisions, { proposal: newId() }],
    [`${provincePaths.decisions}/${newId()}/confirm`, {}],
    [`${provincePaths.decisions}/${newId()}/withdraw`, { why }],
    [provincePaths.audits, {}],
  ];

  it('decide is an officer; an administrator and an auditor read', async () => {
    const own = async () => office.at.centre.store.entries(office.at.centre.own.log, 1, 1000);
    const before = (await own()).length;
    for (const login of ['quan-tri', 'kiem-toan']) {
      for (const path of [provincePaths.queue, provincePaths.queueCounts, `${provincePaths.dossiers}/${office.dossiers.straddling}/decisions`]) expect([path, (await office.get(path, login)).status]).toEqual([path, 200]);
      for (const [path, body] of some()) expect([path, ...codeOf(await office.post(path, login, body))]).toEqual([path, 403, 'access.denied']);
    }
    expect((await own()).length).toBe(before);
  });

  it('call is a page of this centre, with a request in its shape', async () => {
    for (const [path, body] of some()) {
      expect([path, ...codeOf(await office.post(path, 'lan', body, { 'sec-fetch-site': 'cross-site' }))]).toEqual([path, 403, 'access.denied']);
    }
    expect(codeOf(await office.post(provincePaths.decisions, 'lan', { ...(await wanted(office.dossiers.straddling)), papers: [] }))).toEqual([400, 'message.malformed']);
    expect(codeOf(await office.post(provincePaths.decisions, 'lan', { ...(await wanted(office.dossiers.straddling)), why: '  ' }))).toEqual([400, 'message.malformed']);
    expect(codeOf(await office.post(`${provincePaths.decisions}/none/confirm`, 'lan'))).toEqual([400, 'message.malformed']);
  });
});
