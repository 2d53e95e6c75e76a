import { describe, expect, it } from '@jest/globals';
import { centreKinds } from '#central/ledger/index.ts';
import { reports, soonDone, type Reports } from '#central/reports/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { logKinds } from '#shared/log/index.ts';
import { desksSchema, dossierEvidenceSchema, resultsSchema, type ResultCounts } from '#shared/province/index.ts';
import { day, type Desk, hour, minute, morning, newId, ports } from '#test/shared/evidence/world.ts';
import { Province } from '../judge/province.ts';

const due = morning + 10 * hour;
const period = { from: morning - day, to: morning + day };

function until(desk: Desk, at: number): Desk {
  return desk.wait(at - desk.now);
}

function reportsOf(province: Province, now: number): Reports {
  return reports({ ...ports, source: province.source(), now: () => now });
}

/** One dossier of each kind at one desk, with an outage over the due date. */
function mixed(): { province: Province; desk: Desk; ids: Record<string, string> } {
  const province = new Province();
  const { desk } = province.enrol();
  const ids: Record<string, string> = {};
  for (const name of ['onTime', 'cleared', 'late', 'enteredLate', 'open', 'overdue', 'straddling']) {
    ids[name] = newId();
    desk.receive(ids[name], name === 'open' ? due + 5 * day : due);
  }
  desk.wait(hour).ready(ids['onTime'] ?? '');
  desk.anchor();
  province.sync(desk);
  const from = until(desk, morning + 5 * hour).now;
  desk.append(logKinds.linkLost, { lastAnswerUptime: null });
  until(desk, morning + 6 * hour).ready(ids['cleared'] ?? '');
  until(desk, due + hour).ready(ids['late'] ?? '');
  desk.ready(ids['enteredLate'] ?? '', { claimedAt: due - hour });
  until(desk, due + 2 * hour).append(logKinds.linkRestored);
  desk.anchor();
  province.silence(desk, from, Math.round(desk.now));
  province.sync(desk);
  return { province, desk, ids };
}

describe('results', () => {
  it('count every dossier once in each column, and list the ones that moved with their reasons', async () => {
    const { province, desk, ids } = mixed();
    const { total, levels, moved } = resultsSchema.parse(await reportsOf(province, Math.round(desk.now)).results(period));
    const none = { awaitingDesk: 0, enteredLate: 0, undetermined: 0 };
    expect(total.oldWay).toEqual({ received: 7, resolved: 4, onTime: 1, late: 3, inProgress: 1, overdue: 2, ...none });
    expect(total.credible).toEqual({ received: 7, resolved: 4, onTime: 2, late: 1, inProgress: 1, overdue: 2, ...none, enteredLate: 1 });
    expect(total).toMatchObject({ cleared: 1, moved: 2 });
    expect(levels.map(({ level, credible }) => [level, credible.received])).toEqual([['province', 0], ['district', 0], ['commune', 7]]);
    expect(new Map(moved.map(({ dossier, verdict }) => [dossier, verdict.kind]))).toEqual(new Map([[ids['cleared'], 'cleared'], [ids['enteredLate'], 'entered_late']]));
    for (const { verdict } of moved) expect(verdict.reasons.length).toBeGreaterThan(2);
  });

  it('hold the sums they promise', async () => {
    const { province, desk } = mixed();
    const { total } = await reportsOf(province, Math.round(desk.now)).results(period);
    for (const row of [total.oldWay, total.credible]) expect(sum(row)).toBe(row.received);
  });

  it('of another period, or as known earlier', async () => {
    const { province, desk } = mixed();
    const at = reportsOf(province, Math.round(desk.now));
    expect((await at.results({ from: morning + day, to: morning + 2 * day })).total.oldWay.received).toBe(0);
    const earlier = await at.results({ ...period, now: due + minute });
    expect(earlier.total.credible).toMatchObject({ received: 7, onTime: 1, awaitingDesk: 5, inProgress: 1, late: 0 });
    expect(earlier.total.oldWay).toMatchObject({ overdue: 5, late: 0 });
  });
});

describe('results of every kind of act', () => {
  const at = (desk: Desk): { at: number; timeSource: 'wall' } => ({ at: Math.round(desk.now), timeSource: 'wall' });

  /** Waiting for a supplement and for a payment, stopped in time and too late, apologised for, handed in only, refused, contradicted. */
  function everyKind(): { province: Province; desk: Desk; ids: Record<string, string> } {
    const province = new Province();
    const { desk } = province.enrol();
    const { desk: other } = province.enrol({ now: desk.now, agency: 'so-xay-dung' });
    const ids: Record<string, string> = {};
    const id = (name: string): string => (ids[name] ??= newId());
    const act = (name: string, kind: string, facts: Record<string, unknown>): void => void desk.append(kind, { ...at(desk), ...facts }, { dossier: id(name), after: [] });
    for (const name of ['supplement', 'payment', 'stopped', 'stoppedLate', 'apologised', 'contradicted']) desk.receive(id(name), due);
    for (const name of ['submitted', 'refused']) {
      act(name, dossierKinds.submitted, {
        code: `H37.99-261124-${name}`, provisional: false, procedure: '1.001193', procedureVersion: 1, catalogueVersion: 1, submittedAt: Math.round(desk.now), channel: 'online',
        receivingAgency: desk.agency, competentAgency: desk.agency, level: 'commune',
      });
    }
    act('refused', dossierKinds.notAccepted, { reason: 'wrong-agency', ruleSet: 'nd118' });
    act('supplement', dossierKinds.supplementRequested, { stage: 'examination', effect: 'restart', papers: [], completeBy: due + 15 * day, ruleSet: 'nd118' });
    act('payment', dossierKinds.paymentRequested, { amount: 1000, pauses: true });
    act('apologised', dossierKinds.apologised, { previous: due, appointment: { at: due, appointment: due + day, start: due, provisional: false, ruleSet: 'nd118', calendar: { id: 'vn', version: '1' }, steps: [] }, movesDue: false, cause: 'agency' });
    act('stopped', dossierKinds.stopRequested, {});
    desk.anchor();
    province.sync(desk);
    until(desk, due + hour);
    for (const name of ['stopped', 'stoppedLate']) {
      if (name === 'stoppedLate') act(name, dossierKinds.stopRequested, {});
      act(name, dossierKinds.stopped, { reason: 'applicant-request', refund: 0 });
    }
    desk.ready(id('apologised'));
    desk.ready(id('contradicted'));
    desk.anchor();
    province.sync(desk);
    // Its tick lies after what it saw.
    for (let count = 0; count < 20; count += 1) other.append(logKinds.linkLost, { lastAnswerUptime: null });
    until(other, due + hour).ready(id('contradicted'));
    other.wait(minute).anchor();
    province.sync(other);
    desk.wait(hour);
    return { province, desk, ids };
  }

  it('count stops as resolved, standing terms as in progress, and the rest beside the table', async () => {
    const { province, desk, ids } = everyKind();
    const { total, levels, conflicted } = resultsSchema.parse(await reportsOf(province, Math.round(desk.now)).results(period));
    expect(total.credible).toMatchObject({ received: 6, resolved: 4, onTime: 1, late: 3, inProgress: 2, overdue: 0 });
    expect(sum(total.credible)).toBe(6);
    expect(sum(total.oldWay)).toBe(6);
    expect(total.beside).toEqual({ submitted: 1, notAccepted: 1, awaitingApplicant: 2, stopped: 2, apologised: 1 });
    expect(levels.find(({ level }) => level === 'commune')?.beside).toEqual(total.beside);
    expect(conflicted).toMatchObject([{ dossier: ids['contradicted'], count: 1, between: ['so-xay-dung', desk.agency] }]);
    // They wait for people whatever period is looked at.
    expect((await reportsOf(province, Math.round(desk.now)).results({ from: morning + 5 * day, to: morning + 6 * day })).conflicted).toHaveLength(1);
  });

  it('are told dossier by dossier: dates, standing still, contradictions, with a verdict or without one', async () => {
    const { province, desk, ids } = everyKind();
    const evidence = async (name: string) => dossierEvidenceSchema.parse(await reportsOf(province, Math.round(desk.now)).dossier(ids[name] ?? '', {}));
    const supplement = await evidence('supplement');
    expect(supplement.timeline).toContainEqual(expect.objectContaining({ type: 'standing-still', why: 'supplement', to: null }));
    expect(supplement.timeline).toContainEqual(expect.objectContaining({ type: 'act', act: 'dossier.supplement-requested', until: due + 15 * day, decides: true }));
    expect(supplement.timeline).toContainEqual(expect.objectContaining({ type: 'due', at: due, by: 'dossier.received', current: true, outcome: 'open' }));
    expect((await evidence('apologised')).timeline).toContainEqual(expect.objectContaining({ act: 'dossier.apologised', appointment: due + day }));
    const acts = (await evidence('contradicted')).timeline.filter((line) => line.type === 'act');
    expect(acts.filter(({ against }) => against.length > 0).map(({ agency, against }) => [agency, against[0]?.agencyName])).toEqual(
      expect.arrayContaining([[desk.agency, 'so-xay-dung'], ['so-xay-dung', desk.agency]]),
    );
    const refused = await evidence('refused');
    expect(refused).toMatchObject({ stage: 'not-accepted', words: { vi: ['Hồ sơ chưa được tiếp nhận: chưa có hạn trả nên không đánh giá.'] } });
    expect([refused.verdict, refused.timeline.filter(({ type }) => type === 'act').length]).toEqual([undefined, 2]);
  });
});

function sum(row: ResultCounts): number {
  return row.onTime + row.late + row.inProgress + row.overdue + row.awaitingDesk + row.enteredLate + row.undetermined;
}

describe('the figures of the province’s report', () => {
  // First quarter of 2024: received, resolved, on time, late, in progress; how many of the late were so on paper only is made up.
  const figures = [
    { level: 'province', received: 19_884, resolved: 16_756, onTime: 16_631, late: 125, inProgress: 3_128, onPaperOnly: 40 },
    { level: 'district', received: 8_070, resolved: 7_762, onTime: 7_604, late: 158, inProgress: 308, onPaperOnly: 100 },
    { level: 'commune', received: 42_461, resolved: 42_429, onTime: 42_349, late: 80, inProgress: 32, onPaperOnly: 79 },
  ] as const;

  it('come out of entries exactly in the old column; the new one moves only what was proved', async () => {
    const province = new Province();
    let now = 0;
    for (const { level, onTime, late, inProgress, onPaperOnly } of figures) {
      const { desk } = province.enrol({ agency: level });
      const receive = (count: number, dueAt: number): string[] => Array.from({ length: count }, () => {
        const id = newId();
        desk.receive(id, dueAt, { level });
        return id;
      });
      const resolved = receive(onTime, due);
      const delayed = receive(late, due);
      receive(inProgress, due + 30 * day);
      for (const id of resolved) desk.ready(id);
      desk.anchor();
      province.sync(desk);
      const from = until(desk, due - 3 * hour).now;
      desk.append(logKinds.linkLost, { lastAnswerUptime: null });
      for (const id of delayed.slice(0, onPaperOnly)) desk.ready(id);
      until(desk, due + hour);
      for (const id of delayed.slice(onPaperOnly)) desk.ready(id);
      desk.append(logKinds.linkRestored);
      desk.anchor();
      province.silence(desk, from, Math.round(desk.now));
      province.sync(desk);
      now = Math.max(now, Math.round(desk.now));
    }
    const { levels, total, moved } = await reportsOf(province, now).results(period);
    for (const { level, received, resolved, onTime, late, inProgress, onPaperOnly } of figures) {
      const row = levels.find((one) => one.level === level);
      expect(row?.oldWay).toMatchObject({ received, resolved, onTime, late, inProgress, overdue: 0 });
      expect(row?.credible).toMatchObject({ received, resolved, onTime: onTime + onPaperOnly, late: late - onPaperOnly, inProgress, undetermined: 0 });
    }
    expect(total.oldWay).toMatchObject({ received: 70_415, resolved: 66_947, onTime: 66_584, late: 363, inProgress: 3_468 });
    expect(moved.length).toBe(219);
    expect(new Set(moved.map(({ verdict }) => verdict.cause))).toEqual(new Set(['outage']));
  }, 120_000);
});

describe('desks', () => {
  it('tell who is connected, who is silent, what is held and what waits', async () => {
    const { province, desk } = mixed();
    const { desk: quiet, installation } = province.enrol({ agency: 'trung-tam', now: desk.now - 3 * hour });
    const waiting = newId();
    quiet.receive(waiting, Math.round(quiet.now + hour));
    province.sync(quiet);
    const now = Math.round(desk.now + minute);
    const { desks } = desksSchema.parse(await reportsOf(province, now).desks({}));
    expect(desks.map(({ agency, connection, awaited }) => [agency, connection, awaited])).toEqual([['trung-tam', 'silent', 1], ['xa-mai-pha', 'connected', 0]]);
    const line = desks.find((one) => one.installation === installation);
    expect(line).toMatchObject({ held: quiet.entries.length, lastHeardAt: Math.round(quiet.now), enrolment: 'approved', forked: false });
    expect(line?.coveredTo ?? Infinity).toBeLessThan(quiet.now);
  });
});

describe('the evidence of one dossier', () => {
  it('is a timeline of acts, anchors, outages of both sides, due date and news, with words', async () => {
    const { province, desk, ids } = mixed();
    const answer = await reportsOf(province, Math.round(desk.now)).dossier(ids['cleared'] ?? '', {});
    const evidence = dossierEvidenceSchema.parse(answer);
    expect(evidence.timeline.map(({ type }) => type)).toEqual(expect.arrayContaining(['act', 'anchor', 'outage', 'due', 'news']));
    expect(evidence.timeline.map(({ at }) => at)).toEqual(evidence.timeline.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(evidence.timeline.filter((line) => line.type === 'outage').map(({ by }) => by).toSorted()).toEqual(['centre-heard-nothing', 'desk']);
    expect(evidence.words.vi[0]).toBe('Đúng hạn; tin đến trung tâm sau hạn do mất kết nối');
    expect(evidence.words.en[0]).toBe('On time; the news reached the centre after the due date: network outage');
  });

  it('of an unknown dossier there is none', async () => {
    const { province, desk } = mixed();
    expect(await reportsOf(province, Math.round(desk.now)).dossier(newId(), {})).toBeUndefined();
  });
});

describe('questions one after the other', () => {
  it('share their verdicts for a moment, until something arrives or the moment is over', async () => {
    const { province, desk, ids } = mixed();
    let now = Math.round(desk.now);
    const answers = reports({ ...ports, source: province.source(), now: () => now });
    const first = await answers.results(period);
    now += 4_000;
    expect((await answers.results(period)).now).toBe(first.now);
    now += 2_000;
    expect((await answers.results(period)).now).toBe(now);
    desk.wait(minute).ready(ids['overdue'] ?? '');
    province.sync(desk);
    now += 1;
    expect((await answers.results({ ...period, now: first.now })).now).toBe(first.now);
    expect((await answers.results(period)).now).toBe(now);
  });

  it('are judged in turns with all else there is to do, and come to the same', async () => {
    const { province, desk } = mixed();
    const now = Math.round(desk.now);
    const whole = await reports({ ...ports, source: province.source(), now: () => now }).results(period);
    let at = 0;
    // Every look at this clock finds that a turn is over.
    const answers = reports({ ...ports, source: province.source(), now: () => now, uptime: () => (at += 10) });
    let others = 0;
    let judging = true;
    const work = (): void => {
      others += 1;
      if (judging) setImmediate(work);
    };
    setImmediate(work);
    expect(await answers.results(period)).toEqual(whole);
    judging = false;
    expect(others).toBeGreaterThan(3);
  });

  it('of a province that takes long to judge are answered by the last judging for a while, but not who decides', async () => {
    const { province, desk, ids } = mixed();
    let now = Math.round(desk.now);
    let at = 0;
    const answers = reports({ ...ports, source: province.source(), now: () => now, uptime: () => (at += 1_000) });
    const took = -at + (await answers.results(period).then(() => at));
    expect(took).toBeGreaterThan(soonDone);
    const first = now;
    desk.wait(minute).ready(ids['overdue'] ?? '');
    province.sync(desk);
    now += minute;
    expect((await answers.results(period)).now).toBe(first);
    expect((await answers.desks({})).now).toBe(first);
    at += 11 * took;
    expect((await answers.results(period)).now).toBe(now);

    desk.wait(minute);
    desk.anchor();
    province.sync(desk);
    now += minute;
    expect((await answers.results(period)).now).toBe(now - minute);
    expect((await answers.standing()).judged.now).toBe(now);

    // What the centre itself notes of a dossier is seen on that dossier's page at once.
    const judgedAt = now;
    now += minute;
    province.note('centre.something-later', { dossier: ids['overdue'], at: now, rho: 50 });
    expect((await answers.dossier(ids['cleared'] ?? '', {}))?.now).toBe(judgedAt);
    expect((await answers.dossier(ids['overdue'] ?? '', {}))?.now).toBe(now);

    // Who looks for what there is to decide sees what officers said, and waits for nothing else.
    const before = now;
    now += minute;
    desk.wait(minute).anchor();
    province.sync(desk);
    expect((await answers.recent()).judged.now).toBe(before);
    province.note(centreKinds.audited, { dossier: ids['cleared'], act: 'a'.repeat(64), finding: 'as-judged', why: 'b'.repeat(64), at: now, rho: 50 });
    expect((await answers.recent()).judged.now).toBe(now);
  });

  it('tell what the centre’s own log says without judging any desk’s', async () => {
    const { province, desk } = mixed();
    let steps = 0;
    const source = province.source();
    const answers = reports({ ...ports, verifier: { ...ports.verifier, verify: (...args) => ((steps += 1), ports.verifier.verify(...args)) }, source, now: () => Math.round(desk.now) });
    const { word, own } = await answers.word();
    expect([word.desks.length, own.length, steps]).toEqual([1, (await source.read()).own.length, 0]);
    await answers.standing();
    expect(steps).toBeGreaterThan(0);
  });
});
