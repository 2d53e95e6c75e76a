import { describe, expect, it } from '@jest/globals';
import { judgeProvince, provinceJudge } from '#central/judge/index.ts';
import { centreKinds } from '#central/ledger/index.ts';
import type { Verdict } from '#shared/evidence/index.ts';
import { logKinds, type Head } from '#shared/log/index.ts';
import { day, Desk, hour, minute, morning, newId, ports } from '#test/shared/evidence/world.ts';
import { Province } from './province.ts';

const due = morning + 10 * hour;

function until(desk: Desk, at: number): Desk {
  return desk.wait(at - desk.now);
}

function verdict(province: Province, dossier: string, now: number): Verdict | undefined {
  return judgeProvince(province.data(), now, ports).dossiers.get(dossier)?.verdict;
}

function headOf(desk: Desk): Head {
  const last = desk.entries.at(-1)!;
  return { log: desk.log, seq: last.header.seq, hash: last.hash };
}

/** Received in the morning; link lost at noon; ready offline at two; the news comes in the evening. */
function outage(): { province: Province; desk: Desk; dossier: string } {
  const province = new Province();
  const { desk } = province.enrol({ wallOffset: -5 * hour });
  const dossier = newId();
  desk.receive(dossier, due);
  province.sync(desk);
  until(desk, morning + 5 * hour).append(logKinds.linkLost, { lastAnswerUptime: null });
  until(desk, morning + 7 * hour).ready(dossier);
  until(desk, due + 2 * hour).append(logKinds.linkRestored);
  province.silence(desk, morning + 5 * hour - minute, desk.now);
  desk.anchor();
  province.sync(desk);
  return { province, desk, dossier };
}

describe('the province’s verdicts', () => {
  it('follow from logs, receipts and now alone: as known at each time', () => {
    const { province, desk, dossier } = outage();
    expect(verdict(province, dossier, due - minute)).toMatchObject({ kind: 'in_term', oldWay: 'in_term', complete: false });
    expect(verdict(province, dossier, due + hour)).toMatchObject({ kind: 'awaiting_desk', oldWay: 'overdue', complete: false });
    expect(verdict(province, dossier, Math.round(desk.now))).toMatchObject({ kind: 'cleared', cause: 'outage', oldWay: 'late', grade: 'B' });
    // What came later does not change what was known then.
    desk.wait(day).anchor();
    province.sync(desk);
    expect(verdict(province, dossier, due + hour)).toMatchObject({ kind: 'awaiting_desk' });
  });

  it('are identical from scratch, in any order of the logs, and with evidence kept from before', () => {
    const { province, desk, dossier } = outage();
    const other = province.enrol({ now: desk.now, agency: 'trung-tam' });
    const elsewhere = newId();
    other.desk.receive(elsewhere, due + day);
    province.sync(other.desk);
    const now = Math.round(other.desk.now);
    const judge = provinceJudge(ports);
    judge.judge(province.data(), due + hour);
    const verdicts = (judged: ReturnType<typeof judgeProvince>): unknown => Object.fromEntries([...judged.dossiers].map(([id, one]) => [id, one.verdict]));
    const fresh = verdicts(judgeProvince(province.data(), now, ports));
    expect(verdicts(judge.judge(province.data(), now))).toEqual(fresh);
    const data = province.data();
    expect(verdicts(judgeProvince({ ...data, desks: data.desks.toReversed() }, now, ports))).toEqual(fresh);
    expect(JSON.stringify(fresh)).toContain(dossier);
    expect(JSON.stringify(fresh)).toContain(elsewhere);
  });

  it('a receipt of an unsynchronised centre is dated by the next synchronised entry', () => {
    const province = new Province();
    const { desk } = province.enrol();
    const dossier = newId();
    desk.receive(dossier, due);
    desk.reboot(minute);
    until(desk, due - 2 * hour).ready(dossier);
    province.sync(desk, desk.entries.length, null);
    const now = Math.round(desk.now);
    // No time evidence yet, and the desk's own time does not count.
    expect(verdict(province, dossier, now)).toMatchObject({ kind: 'undetermined' });
    desk.wait(minute);
    province.note(centreKinds.heartbeatGap, { from: now, to: now, rho: 50 });
    province.note(centreKinds.receipt, { log: newId(), first: 1, seq: 1, hash: 'a'.repeat(64), at: Math.round(desk.now), rho: 50 });
    expect(verdict(province, dossier, Math.round(desk.now))).toMatchObject({ kind: 'on_time', grade: 'C' });
  });

  it('people decide where a log forked before the act', () => {
    const { province, desk, dossier } = outage();
    province.note(centreKinds.forkSeen, { log: desk.log, seq: 4, held: 'a'.repeat(64), other: 'b'.repeat(64), at: Math.round(desk.now), rho: 50 });
    expect(verdict(province, dossier, Math.round(desk.now))).toMatchObject({ kind: 'undetermined', forPeople: true, grade: 'C' });
  });
});

describe('devices that could complete a dossier', () => {
  /** Two desks of one agency; the first received the dossier, nobody completed it; both are past D. */
  function twoDesks(): { province: Province; first: Desk; second: Desk; dossier: string } {
    const province = new Province();
    const { desk: first } = province.enrol();
    const { desk: second } = province.enrol({ now: first.now });
    const dossier = newId();
    first.wait(minute).receive(dossier, due);
    province.sync(first);
    until(first, due + minute).anchor();
    province.sync(first);
    return { province, first, second, dossier };
  }

  it('one that was heard after the reception must be covered', () => {
    const { province, second, dossier } = twoDesks();
    until(second, morning + hour);
    province.sync(second);
    expect(verdict(province, dossier, due + hour)?.kind).toBe('awaiting_desk');
    until(second, due + 2 * minute).anchor();
    province.sync(second);
    expect(verdict(province, dossier, due + hour)?.kind).toBe('late');
  });

  it('one that was not heard since cannot know of it', () => {
    const { province, dossier } = twoDesks();
    // Until it is written down who was heard, it might have been.
    expect(verdict(province, dossier, due + hour)?.kind).toBe('awaiting_desk');
    province.flush(due + minute);
    expect(verdict(province, dossier, due + hour)?.kind).toBe('late');
  });

  it('one taken out of service before the reception does not count; one of another agency neither', () => {
    const province = new Province();
    const old = province.enrol();
    province.note(centreKinds.revoked, { installation: old.installation, at: Math.round(old.desk.now) + 1, rho: 50 });
    const { desk } = province.enrol({ now: old.desk.now + minute });
    const other = province.enrol({ now: desk.now, agency: 'trung-tam' });
    const dossier = newId();
    desk.wait(minute).anchor();
    desk.receive(dossier, due);
    province.sync(desk);
    until(desk, due + minute).anchor();
    province.sync(desk);
    for (const one of [old, other]) province.heard.set(one.desk.log, Math.round(desk.now));
    province.flush(desk.now);
    expect(verdict(province, dossier, due + hour)?.kind).toBe('late');
  });

  it('a restored log is closed by its successor if the centre holds the head it names; the successor begins after it', () => {
    const make = (missing: number): { kind: string | undefined; min: number | null | undefined; parentEnd: number } => {
      const province = new Province();
      const { desk, installation } = province.enrol();
      const dossier = newId();
      desk.receive(dossier, due);
      province.sync(desk);
      for (let count = 0; count < missing; count += 1) desk.append(logKinds.linkLost);
      const restored = new Desk({ now: desk.now + hour });
      province.open(restored, installation, headOf(desk));
      until(restored, due + minute).anchor();
      province.sync(restored);
      const judged = judgeProvince(province.data(), due + hour, ports);
      return {
        kind: judged.dossiers.get(dossier)?.verdict.kind,
        min: judged.logs.get(restored.log)?.evidence.interval(1)?.derivation.hard.min,
        parentEnd: judged.logs.get(desk.log)?.evidence.coveredTo ?? 0,
      };
    };
    const whole = make(0);
    expect(whole.kind).toBe('late');
    expect(whole.min).toBe(whole.parentEnd);
    // The old log had an entry that the centre never got: perhaps the result.
    expect(make(1).kind).toBe('awaiting_desk');
  });

  describe('one that goes to another agency', () => {
    /** Two desks of an agency; a dossier of the first; the second is ordered to another agency. */
    function ordered(): { province: Province; second: Desk; installation: string; dossier: string } {
      const province = new Province();
      const { desk: first } = province.enrol();
      const { desk: second, installation } = province.enrol({ now: first.now });
      const dossier = newId();
      first.wait(minute).receive(dossier, due);
      province.sync(first);
      until(second, morning + hour).anchor();
      province.sync(second);
      province.transfer(installation, 'xa-khac', second.now);
      until(first, due + minute).anchor();
      province.sync(first);
      return { province, second, installation, dossier };
    }
    const goes = (province: Province, second: Desk, installation: string, parent = headOf(second)): Desk => {
      const there = new Desk({ now: second.now + minute, agency: 'xa-khac' });
      province.open(there, installation, parent);
      return there;
    };

    it('must be covered as before while it has not gone', () => {
      const { province, second, dossier } = ordered();
      expect(verdict(province, dossier, due + hour)?.kind).toBe('awaiting_desk');
      until(second, due + minute).anchor();
      province.sync(second);
      expect(verdict(province, dossier, due + hour)?.kind).toBe('late');
    });

    it('has done all it will for the agency it left, once its log there is closed', () => {
      const { province, second, installation, dossier } = ordered();
      goes(province, second, installation);
      const { word, dossiers } = judgeProvince(province.data(), due + hour, ports);
      expect(word.desks.find((desk) => desk.installation === installation)).toMatchObject({ agency: 'xa-khac', desk: 'Quầy 9', goesTo: undefined });
      expect(dossiers.get(dossier)?.verdict.kind).toBe('late');
    });

    it('may have done more where the end of that log is not here', () => {
      const { province, second, installation, dossier } = ordered();
      const lost = second.append(logKinds.linkLost);
      goes(province, second, installation, { log: second.log, seq: lost.header.seq, hash: lost.hash });
      expect(verdict(province, dossier, due + hour)?.kind).toBe('awaiting_desk');
    });

    it('may have gone at any time since the order: what it does there counts from then on', () => {
      const { province, second, installation } = ordered();
      const { desk: other } = province.enrol({ now: second.now, agency: 'xa-khac' });
      const dossier = newId();
      other.wait(minute).receive(dossier, due);
      province.sync(other);
      until(other, due + minute).anchor();
      province.sync(other);
      expect(verdict(province, dossier, due + hour)?.kind).toBe('awaiting_desk');
      const there = goes(province, second, installation);
      expect(verdict(province, dossier, due + hour)?.kind).toBe('awaiting_desk');
      until(there, due + minute).anchor();
      province.sync(there);
      expect(verdict(province, dossier, due + hour)?.kind).toBe('late');
    });
  });
});
