import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dossierKinds, foldDossier, isAccepted, type DossierKind } from '#shared/dossier/index.ts';
import { explainVerdict, judgeDossier, verdictSchema, type DossierCase, type Reason, type Verdict } from '#shared/evidence/index.ts';
import { logKinds, type Entry } from '#shared/log/index.ts';
import { day, Desk, dueFacts, hour, minute, morning, newId } from './world.ts';

/** 17:00 in Vietnam on 24/11/2026. */
const due = morning + 10 * hour;
const later = due + 6 * day;

function judge(desks: readonly Desk[], dossier: string, more: Partial<DossierCase> = {}): Verdict {
  const entries = desks.flatMap((desk) => desk.entries).filter(({ header }) => header.dossier === dossier);
  const logs = new Map(desks.map((desk) => [desk.log, desk.evidence()]));
  const state = foldDossier(entries);
  if (!state || !isAccepted(state)) throw new Error('not accepted');
  const verdict = judgeDossier({
    state, entries, logs, devices: [...logs.values()].map((log) => ({ installation: log.log, coveredTo: log.coveredTo })), centreSide: () => ({ silences: [], gaps: [] }),
    now: Math.round(Math.max(...desks.map((desk) => desk.now))), ...more,
  });
  expect(verdictSchema.parse(verdict)).toEqual(verdict);
  for (const language of ['vi', 'en'] as const) {
    const words = explainVerdict(verdict, language);
    expect(words.length).toBe(verdict.reasons.length + 1);
    expect(words.join(' ')).not.toMatch(/undefined|NaN|!/);
  }
  return verdict;
}

function until(desk: Desk, at: number): Desk {
  return desk.wait(at - desk.now);
}

/** Anchored and synced: what was just recorded has a narrow interval. */
function settle(desk: Desk): void {
  desk.wait(minute).anchor();
  desk.sync();
}

function received(): { desk: Desk; dossier: string } {
  const desk = new Desk();
  const dossier = newId();
  desk.anchor();
  desk.receive(dossier, due);
  settle(desk);
  return { desk, dossier };
}

function act(desk: Desk, dossier: string, kind: DossierKind, facts: Record<string, unknown>, after: readonly Entry[] = []): Entry {
  return desk.append(kind, { at: Math.round(desk.now), timeSource: 'wall', ...facts }, { dossier, after: after.map(({ hash }) => hash) });
}

function askSupplement(desk: Desk, dossier: string, effect: 'restart' | 'pause' = 'restart'): Entry {
  return act(desk, dossier, dossierKinds.supplementRequested, { stage: 'examination', effect, papers: [], completeBy: Math.round(desk.now) + 15 * day, ruleSet: 'nd118' });
}

function completeSupplement(desk: Desk, dossier: string, dueAt: number): Entry {
  return act(desk, dossier, dossierKinds.supplementCompleted, { papers: [], due: dueFacts(dueAt) });
}

function codes({ reasons }: Verdict): Reason['code'][] {
  return reasons.map(({ code }) => code);
}

function reason<Code extends Reason['code']>({ reasons }: Verdict, code: Code): Extract<Reason, { code: Code }> | undefined {
  return reasons.find((one): one is Extract<Reason, { code: Code }> => one.code === code);
}

describe('a term that was stopped in time', () => {
  it('stands still: in term whatever the hour, with since when and why', () => {
    const { desk, dossier } = received();
    askSupplement(until(desk, due - 3 * hour), dossier);
    settle(desk);
    settle(until(desk, due + 3 * day));
    const verdict = judge([desk], dossier);
    expect(verdict).toMatchObject({ kind: 'in_term', oldWay: 'in_term', complete: false, forPeople: false, due });
    expect(reason(verdict, 'standing-still')).toMatchObject({ why: 'supplement', until: expect.any(Number) });
    expect(explainVerdict(verdict, 'vi')).toContainEqual(
      expect.stringMatching(/^Thời hạn giải quyết đang dừng, chờ người nộp bổ sung hồ sơ; dừng lúc 14:0\d:\d\d ngày 24\/11\/2026 \(± \d+ giây\), người nộp có đến 09\/12\/2026 14:\d\d$/),
    );
  });

  it('runs anew from the completion: the new date decides, the one before was kept', () => {
    const { desk, dossier } = received();
    askSupplement(until(desk, due - 3 * hour), dossier);
    settle(desk);
    completeSupplement(until(desk, due + 2 * day), dossier, later);
    settle(desk);
    expect(judge([desk], dossier)).toMatchObject({ kind: 'in_term', due: later, oldWay: 'in_term' });
    until(desk, later - hour).ready(dossier);
    settle(desk);
    const verdict = judge([desk], dossier);
    expect(verdict).toMatchObject({ kind: 'on_time', due: later, oldWay: 'on_time' });
    expect(reason(verdict, 'earlier-due')).toMatchObject({ at: due, outcome: 'kept', act: 'supplement-requested' });
    expect(explainVerdict(verdict, 'vi')).toContainEqual(expect.stringMatching(/^Hạn trước đó 24\/11\/2026 17:00: yêu cầu bổ sung hồ sơ lúc .*, trong hạn$/));
  });

  it('and was missed afterwards is late by the new date', () => {
    const { desk, dossier } = received();
    askSupplement(until(desk, due - 3 * hour), dossier);
    completeSupplement(until(desk, due + 2 * day), dossier, later);
    settle(desk);
    settle(until(desk, later + hour));
    expect(judge([desk], dossier)).toMatchObject({ kind: 'late', complete: false, oldWay: 'overdue' });
    desk.ready(dossier);
    settle(desk);
    expect(judge([desk], dossier)).toMatchObject({ kind: 'late', complete: true, oldWay: 'late' });
  });

  it('although the news of it came after the date: cleared in the end, and the old way had called it overdue', () => {
    const { desk, dossier } = received();
    askSupplement(until(desk, due - 3 * hour), dossier);
    settle(until(desk, due + 2 * hour));
    expect(judge([desk], dossier)).toMatchObject({ kind: 'in_term', oldWay: 'overdue' });
    completeSupplement(until(desk, due + 2 * day), dossier, later);
    desk.wait(hour).ready(dossier);
    settle(desk);
    const verdict = judge([desk], dossier);
    expect(verdict).toMatchObject({ kind: 'cleared', cause: 'unexplained', audit: true, oldWay: 'late' });
    const excused = judge([desk], dossier, { centreSide: () => ({ silences: [], gaps: [{ from: due - 3 * hour, to: due + 2 * hour }] }) });
    expect(excused).toMatchObject({ kind: 'cleared', cause: 'outage', audit: false });
  });

  it('stands still for a payment that stops it; one that does not stop it does nothing to the date', () => {
    for (const pauses of [true, false]) {
      const { desk, dossier } = received();
      act(until(desk, due - 3 * hour), dossier, dossierKinds.paymentRequested, { amount: 50_000, pauses });
      settle(until(desk, due + hour));
      const verdict = judge([desk], dossier);
      expect(verdict.kind).toBe(pauses ? 'in_term' : 'late');
      expect(reason(verdict, 'standing-still')?.why).toBe(pauses ? 'payment' : undefined);
    }
  });
});

describe('a term that was stopped too late', () => {
  it('is late for good: what comes after the due date heals nothing', () => {
    const { desk, dossier } = received();
    const asked = askSupplement(until(desk, due + hour), dossier);
    settle(desk);
    const waiting = judge([desk], dossier);
    expect(waiting).toMatchObject({ kind: 'late', complete: false, act: asked.hash, oldWay: 'overdue' });
    completeSupplement(until(desk, due + 2 * day), dossier, later);
    desk.wait(hour).ready(dossier);
    settle(desk);
    const verdict = judge([desk], dossier);
    expect(verdict).toMatchObject({ kind: 'late', complete: true, act: asked.hash, oldWay: 'late', due: later });
    expect(reason(verdict, 'earlier-due')).toMatchObject({ at: due, outcome: 'late' });
    expect(explainVerdict(verdict, 'vi')).toContainEqual(expect.stringContaining('khi đã quá hạn này; hạn sau không xóa được việc quá hạn'));
  });

  it('whatever the desk’s clock said', () => {
    const desk = new Desk({ wallOffset: -5 * hour });
    const dossier = newId();
    desk.anchor();
    desk.receive(dossier, due);
    settle(desk);
    askSupplement(until(desk, due + hour), dossier);
    settle(desk);
    completeSupplement(desk, dossier, later);
    settle(desk);
    expect(judge([desk], dossier).kind).toBe('late');
  });

  it('or perhaps too late goes to people: never late, never on time by default', () => {
    const { desk, dossier } = received();
    until(desk, due - 3 * hour).reboot(minute);
    askSupplement(desk, dossier);
    until(desk, due + day).reboot(hour).anchor();
    desk.sync();
    expect(judge([desk], dossier)).toMatchObject({ kind: 'undetermined', forPeople: true, grade: 'C' });
    completeSupplement(desk, dossier, later);
    desk.ready(dossier);
    settle(desk);
    const verdict = judge([desk], dossier);
    expect(verdict).toMatchObject({ kind: 'undetermined', forPeople: true });
    expect(reason(verdict, 'earlier-due')?.outcome).toBe('unsure');
  });

  it('is not too late where the result was there before: the first of both ended the stretch', () => {
    const { desk, dossier } = received();
    const other = new Desk({ now: desk.now, agency: 'trung-tam' });
    other.anchor();
    until(other, due - hour).ready(dossier);
    settle(other);
    askSupplement(until(desk, due + hour), dossier);
    settle(desk);
    expect(judge([desk, other], dossier)).toMatchObject({ kind: 'on_time', complete: true });
    expect(judge([desk], dossier).kind).toBe('late');
  });

  it('a weak result that is known to follow the late stop does not make it doubtful', () => {
    const { desk, dossier } = received();
    const asked = askSupplement(until(desk, due + hour), dossier);
    const completed = completeSupplement(desk.wait(hour), dossier, later);
    settle(desk);
    const other = new Desk({ now: morning });
    other.anchor();
    other.reboot(minute); // no anchor in this boot: the hard bound only, from the morning on
    for (let count = 0; count < 10; count += 1) other.append(logKinds.linkLost, { lastAnswerUptime: null }); // its tick lies after what it saw
    until(other, due + 3 * hour).ready(dossier, { after: [completed.hash] });
    other.wait(hour).sync();
    expect(judge([desk, other], dossier)).toMatchObject({ kind: 'late', act: asked.hash });
  });
});

describe('an extension, an appointment, a date computed again', () => {
  it('move the date from when they were recorded, if it was not missed by then', () => {
    for (const [at, kind] of [[due - hour, 'on_time'], [due + hour, 'late']] as const) {
      const { desk, dossier } = received();
      act(until(desk, at), dossier, dossierKinds.extended, { by: { unit: 'workingDay', amount: 2 }, due: dueFacts(later) });
      settle(desk);
      until(desk, later - hour).ready(dossier);
      settle(desk);
      expect(judge([desk], dossier)).toMatchObject({ kind, due: later });
    }
  });

  function apologised(movesDue: boolean): Verdict {
    const { desk, dossier } = received();
    const appointment = movesDue ? dueFacts(later) : { ...dueFacts(due), appointment: later };
    act(until(desk, due - 8 * hour), dossier, dossierKinds.apologised, { previous: due, appointment, movesDue, cause: 'agency' });
    settle(desk);
    until(desk, later - hour).ready(dossier);
    settle(desk);
    return judge([desk], dossier);
  }

  it('an apology alone leaves the date: the dossier is late, and the apology is told', () => {
    const verdict = apologised(false);
    expect(verdict).toMatchObject({ kind: 'late', due });
    expect(explainVerdict(verdict, 'vi')).toContain('Đã xin lỗi và hẹn lại ngày 30/11/2026 17:00; vẫn đánh giá theo hạn trả');
  });

  it('where the province judges by the new appointment it is a stretch of its own', () => {
    const verdict = apologised(true);
    expect(verdict).toMatchObject({ kind: 'on_time', due: later });
    expect(reason(verdict, 'earlier-due')).toMatchObject({ act: 'apologised', outcome: 'kept' });
    expect(codes(verdict)).not.toContain('apologised');
  });

  it('a provisional date that was missed before it was computed again goes to people', () => {
    const desk = new Desk();
    const dossier = newId();
    desk.anchor();
    desk.receive(dossier, due, { due: dueFacts(due, true) });
    settle(desk);
    act(until(desk, due + hour), dossier, dossierKinds.dueComputedAgain, { due: dueFacts(later) });
    settle(desk);
    desk.ready(dossier);
    settle(desk);
    expect(judge([desk], dossier)).toMatchObject({ kind: 'undetermined', forPeople: true, reasons: expect.arrayContaining([{ code: 'due-provisional' }]) });
  });
});

describe('a stop ends the term', () => {
  it('in time where the applicant asked in time, however long the stop itself took', () => {
    const { desk, dossier } = received();
    const asked = act(until(desk, due - hour), dossier, dossierKinds.stopRequested, {});
    settle(desk);
    settle(until(desk, due + hour));
    // Asked and not decided: the term runs on.
    expect(judge([desk], dossier)).toMatchObject({ kind: 'late', complete: false });
    act(until(desk, due + day), dossier, dossierKinds.stopped, { reason: 'applicant-request', refund: 0 });
    settle(desk);
    expect(judge([desk], dossier)).toMatchObject({ kind: 'on_time', complete: true, act: asked.hash, oldWay: 'on_time' });
  });

  it('late where the due date was over when the applicant asked', () => {
    const { desk, dossier } = received();
    act(until(desk, due + hour), dossier, dossierKinds.stopRequested, {});
    act(desk.wait(minute), dossier, dossierKinds.stopped, { reason: 'applicant-request', refund: 0 });
    settle(desk);
    expect(judge([desk], dossier)).toMatchObject({ kind: 'late', complete: true });
  });

  it('an asking that led to a result and not to a stop completes nothing', () => {
    const { desk, dossier } = received();
    act(until(desk, due - hour), dossier, dossierKinds.stopRequested, {});
    settle(desk);
    until(desk, due + hour).ready(dossier);
    settle(desk);
    expect(judge([desk], dossier)).toMatchObject({ kind: 'late', complete: true });
  });

  it('while the term stood still it is on time by the halt, weeks after the date', () => {
    const { desk, dossier } = received();
    askSupplement(until(desk, due - hour), dossier);
    settle(desk);
    for (let days = 3; days < 16; days += 3) settle(until(desk, due + days * day));
    const stopped = act(until(desk, due + 16 * day), dossier, dossierKinds.stopped, { reason: 'supplement-not-completed', refund: 0 });
    settle(desk);
    const verdict = judge([desk], dossier);
    expect(verdict).toMatchObject({ kind: 'on_time', complete: true, oldWay: 'on_time' });
    expect(codes(verdict)).toEqual(expect.arrayContaining(['halted', 'completed']));
    expect(reason(verdict, 'completed')?.act).toBe('stopped');
    expect(verdict.interval?.min ?? 0).toBeGreaterThan(due + 15 * day);
    expect(stopped.hash).not.toBe(verdict.act);
  });
});

describe('what people settled', () => {
  it('counts for nothing once dropped: a result that was none', () => {
    const { desk, dossier } = received();
    const other = new Desk({ now: desk.now, agency: 'trung-tam' });
    other.anchor();
    const wrong = until(other, due - 2 * hour).ready(dossier);
    settle(other);
    const right = until(desk, due + hour).ready(dossier);
    settle(desk);
    expect(judge([desk, other], dossier).kind).toBe('on_time');
    act(desk, dossier, dossierKinds.conflictSettled, { kept: right.hash, dropped: [wrong.hash] }, [right, wrong]);
    settle(desk);
    expect(judge([desk, other], dossier)).toMatchObject({ kind: 'late', act: right.hash });
  });

  it('a stop that was dropped stopped nothing', () => {
    const { desk, dossier } = received();
    const asked = askSupplement(until(desk, due - hour), dossier);
    settle(desk);
    act(desk, dossier, dossierKinds.conflictSettled, { kept: 'a'.repeat(64), dropped: [asked.hash] });
    settle(until(desk, due + hour));
    expect(judge([desk], dossier)).toMatchObject({ kind: 'late', complete: false });
  });
});

describe('a due date that others acts gave', () => {
  it('is asked about with the credible times of those acts; people decide where the verdict would be another', () => {
    const { desk, dossier } = received();
    askSupplement(until(desk, due - 3 * hour), dossier);
    settle(desk);
    const completed = completeSupplement(until(desk, due + 2 * day), dossier, later);
    settle(desk);
    until(desk, later - hour).ready(dossier);
    settle(desk);
    const asked: string[] = [];
    const true3 = later - 3 * hour;
    const verdict = judge([desk], dossier, {
      dueAt: (stretch, when) => {
        if (stretch.due.at === due) return due;
        asked.push(completed.hash);
        const at = when({ entry: completed.hash, told: 0, delays: true });
        expect(Math.abs(at - (desk.truth.get(completed.hash) ?? 0))).toBeLessThan(3 * minute);
        return true3;
      },
    });
    expect(asked.length).toBe(2);
    expect(verdict).toMatchObject({ kind: 'undetermined', forPeople: true, reasons: expect.arrayContaining([{ code: 'moved-due-disputed', told: later, min: true3, max: true3 }]) });
    expect(judge([desk], dossier, { dueAt: (stretch) => stretch.due.at }).kind).toBe('on_time');
  });
});

describe('any course of stretches', () => {
  it('is late exactly where a date was surely missed, by true time and whatever the clock said', () => {
    const step = fc.record({ halt: fc.integer({ min: 1, max: 40 }), stand: fc.integer({ min: 1, max: 100 }), term: fc.integer({ min: 5, max: 30 }) });
    const course = fc.record({ wallOffset: fc.integer({ min: -30 * day, max: 30 * day }), steps: fc.array(step, { maxLength: 4 }), ready: fc.integer({ min: 1, max: 40 }) });
    fc.assert(fc.property(course, ({ wallOffset, steps, ready }) => {
      const desk = new Desk({ wallOffset });
      const dossier = newId();
      desk.anchor();
      let date = Math.round(desk.now + 10 * hour);
      desk.receive(dossier, date);
      settle(desk);
      let missed = false;
      const end = (hours: number): void => {
        // Half an hour off the hour, so that no act lies within its own bound of a due date.
        desk.wait(hours * hour + 30 * minute);
        missed ||= desk.now > date;
      };
      for (const { halt, stand, term } of steps) {
        end(halt);
        askSupplement(desk, dossier);
        settle(desk);
        desk.wait(stand * hour);
        date = Math.round(desk.now + term * hour);
        completeSupplement(desk, dossier, date);
        settle(desk);
      }
      end(ready);
      desk.ready(dossier);
      settle(desk);
      expect(judge([desk], dossier).kind).toBe(missed ? 'late' : 'on_time');
    }), { numRuns: 60 });
  });
});
