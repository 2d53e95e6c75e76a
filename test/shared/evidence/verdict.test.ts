import { describe, expect, it } from '@jest/globals';
import { explainVerdict, type Verdict } from '#shared/evidence/index.ts';
import { logKinds } from '#shared/log/index.ts';
import { due, judge, received, until } from './judged.ts';
import { day, Desk, hour, lineDown, minute, morning, newId, second } from './world.ts';

describe('the verdict table', () => {
  it('on_time: the news came by D', () => {
    const { desk, dossier } = received();
    until(desk, due - hour).anchor();
    desk.ready(dossier);
    desk.wait(second).sync();
    expect(judge([desk], dossier)).toMatchObject({ kind: 'on_time', oldWay: 'on_time', complete: true, forPeople: false });
  });

  it('on_time by the news alone, where the evidence is C', () => {
    const { desk, dossier } = received();
    until(desk, due - 2 * hour).reboot(minute);
    desk.ready(dossier);
    desk.wait(second).sync();
    expect(judge([desk], dossier)).toMatchObject({ kind: 'on_time', grade: 'C' });
  });

  it('cleared by an outage that both sides support; the old way says late', () => {
    const { desk, dossier } = received();
    const lost = until(desk, morning + 6 * hour + 20 * minute).append(logKinds.linkLost, { lastAnswerUptime: null });
    const silence = { from: desk.now - minute, to: morning + 11 * hour + 45 * minute };
    until(desk, morning + 7 * hour + 3 * minute).ready(dossier);
    until(desk, silence.to).append(logKinds.linkRestored);
    desk.anchor();
    const news = desk.wait(second).sync();
    const verdict = judge([desk], dossier, { side: { silences: [silence], gaps: [] } });
    expect(lost.header.seq).toBeGreaterThan(1);
    expect(verdict).toMatchObject({ kind: 'cleared', cause: 'outage', grade: 'B', oldWay: 'late', newsAt: news.at, audit: false, forPeople: false });
    const words = explainVerdict(verdict, 'vi');
    expect(words[0]).toBe('Đúng hạn; tin đến trung tâm sau hạn do mất kết nối');
    expect(words[1]).toBe('Hạn trả 24/11/2026 17:00');
    expect(words[2]).toMatch(/^Có kết quả lúc 14:0[23]:\d\d ngày 24\/11\/2026 \(± \d giây\), mức chứng cứ B$/);
    expect(words).toContainEqual(expect.stringMatching(/^Mất kết nối từ 24\/11\/2026 13:\d\d đến 24\/11\/2026 18:45, cả quầy và trung tâm cùng ghi nhận$/));
    expect(words).toContainEqual(expect.stringMatching(/^Sở cứ: thời gian chạy máy giữa hai mốc trước và sau; /));
  });

  it('the desk alone cannot excuse itself: no silence at the centre, no outage', () => {
    const { desk, dossier } = received();
    until(desk, due - 3 * hour).append(logKinds.linkLost, { lastAnswerUptime: null });
    desk.ready(dossier);
    until(desk, due + 2 * hour).append(logKinds.linkRestored);
    desk.anchor();
    desk.sync();
    expect(judge([desk], dossier)).toMatchObject({ kind: 'cleared', cause: 'unexplained', audit: true });
  });

  it('nor can the silence of the centre alone', () => {
    const { desk, dossier } = received();
    until(desk, due - 3 * hour).ready(dossier);
    until(desk, due + 2 * hour).anchor();
    desk.sync();
    expect(judge([desk], dossier, { side: { silences: [{ from: due - 3 * hour, to: due + 2 * hour }], gaps: [] } })).toMatchObject({ cause: 'unexplained', audit: true });
  });

  it('the centre’s own down-time is an outage for all', () => {
    const { desk, dossier } = received();
    until(desk, due - hour).ready(dossier);
    until(desk, due + hour).anchor();
    desk.sync();
    expect(judge([desk], dossier, { side: { silences: [], gaps: [{ from: due - hour, to: due + hour }] } })).toMatchObject({ kind: 'cleared', cause: 'outage' });
  });

  it('transit: ready a minute before D, arrived four minutes after', () => {
    const { desk, dossier } = received();
    until(desk, due - 2 * minute).anchor();
    until(desk, due - minute).ready(dossier);
    until(desk, due + 3 * minute).anchor();
    desk.wait(minute).sync();
    expect(judge([desk], dossier)).toMatchObject({ kind: 'cleared', cause: 'transit', grade: 'A' });
  });

  it('desk off: made ready, switched off at once, on again after D', () => {
    const { desk, dossier } = received();
    until(desk, due - minute).ready(dossier);
    const from = desk.now;
    desk.reboot(15 * hour).anchor();
    desk.wait(second).sync();
    const side = { silences: [{ from, to: desk.now - minute }], gaps: [] };
    expect(judge([desk], dossier, { side, record: { outside: lineDown } })).toMatchObject({ kind: 'cleared', cause: 'desk-off', grade: 'B' });
    // Nobody else stands for it: a paused machine would look the same.
    expect(judge([desk], dossier, { side })).toMatchObject({ kind: 'undetermined', forPeople: true, grade: 'C' });
  });

  it('backlog: earlier entries of the log kept arriving until this one', () => {
    const { desk, dossier } = received();
    const from = until(desk, due - 3 * hour).now;
    desk.append(logKinds.linkLost, { lastAnswerUptime: null });
    for (let count = 0; count < 6; count += 1) desk.receive(newId(), due + day);
    desk.ready(dossier);
    const to = until(desk, due + hour).now;
    desk.append(logKinds.linkRestored);
    desk.anchor();
    for (let upTo = 4; upTo <= 9; upTo += 1) desk.wait(10 * minute).sync(0, upTo);
    desk.wait(10 * minute).sync();
    expect(judge([desk], dossier, { side: { silences: [{ from, to }], gaps: [] } })).toMatchObject({ kind: 'cleared', cause: 'backlog', audit: false });
  });

  it('late: ready after D, whatever the desk’s clock says', () => {
    const { desk, dossier } = received();
    until(desk, due + hour);
    desk.ready(dossier);
    desk.wait(minute).anchor();
    desk.sync();
    expect(judge([desk], dossier)).toMatchObject({ kind: 'late', complete: true, oldWay: 'late', forPeople: false });
  });

  it('entered_late: the same with an earlier time claimed; a claim after D changes nothing', () => {
    const make = (claimedAt: number): Verdict => {
      const { desk, dossier } = received();
      until(desk, due + hour).ready(dossier, { claimedAt });
      desk.wait(minute).anchor();
      desk.sync();
      return judge([desk], dossier);
    };
    expect(make(due - hour)).toMatchObject({ kind: 'entered_late', forPeople: true });
    expect(make(due + 10 * minute)).toMatchObject({ kind: 'late', forPeople: false });
  });

  it('late without completion: every device is covered beyond D', () => {
    const { desk, dossier } = received();
    until(desk, due + minute).anchor();
    desk.sync();
    expect(judge([desk], dossier)).toMatchObject({ kind: 'late', complete: false, oldWay: 'overdue' });
  });

  it('awaiting_desk: a heartbeat proves nothing; after seven days people decide', () => {
    const { desk, dossier } = received();
    until(desk, due + minute);
    expect(judge([desk], dossier)).toMatchObject({ kind: 'awaiting_desk', forPeople: false, oldWay: 'overdue' });
    until(desk, due + 7 * day + 1);
    expect(judge([desk], dossier)).toMatchObject({ kind: 'awaiting_desk', forPeople: true });
  });

  it('awaiting_desk while only one of two devices is covered', () => {
    const { desk, dossier } = received();
    until(desk, due + minute).anchor();
    desk.sync();
    const devices = [{ installation: 'a', coveredTo: due + minute }, { installation: 'b', coveredTo: null }];
    expect(judge([desk], dossier, { devices })).toMatchObject({ kind: 'awaiting_desk', reasons: expect.arrayContaining([{ code: 'not-covered', installation: 'b', to: null }]) });
    expect(judge([desk], dossier, { devices: [] })).toMatchObject({ kind: 'awaiting_desk' });
  });

  it('in_term: not complete, and D not over', () => {
    const { desk, dossier } = received();
    until(desk, due);
    expect(judge([desk], dossier)).toMatchObject({ kind: 'in_term', oldWay: 'in_term' });
  });

  it('undetermined: the hard bound lies on both sides of D; never late, never on time by default', () => {
    const { desk, dossier } = received();
    until(desk, due - 3 * hour).reboot(minute);
    desk.ready(dossier);
    until(desk, due + day).reboot(hour).anchor();
    desk.sync();
    expect(judge([desk], dossier)).toMatchObject({ kind: 'undetermined', forPeople: true, grade: 'C', oldWay: 'late', reasons: expect.arrayContaining([{ code: 'straddles' }]) });
  });

  it('C before D proves as much as A: the whole hard bound lies before it', () => {
    const { desk, dossier } = received();
    until(desk, due - 3 * hour).reboot(minute);
    const act = desk.ready(dossier);
    desk.wait(minute).anchor({ there: 0 }); // its request names the head with the act: a receipt
    desk.append(logKinds.linkLost, { lastAnswerUptime: null });
    until(desk, due + hour);
    desk.sync();
    const verdict = judge([desk], dossier);
    expect(verdict).toMatchObject({ kind: 'cleared', act: act.hash });
  });
});

describe('the first completing act', () => {
  it('a hand-over without "ready" implies ready no later', () => {
    const { desk, dossier } = received();
    until(desk, due - hour).handOver(dossier);
    until(desk, due + 2 * hour).anchor();
    desk.sync();
    expect(judge([desk], dossier)).toMatchObject({ kind: 'cleared', cause: 'unexplained' });
  });

  it('late for the citizen is not late: ready before D, fetched days later', () => {
    const { desk, dossier } = received();
    const ready = until(desk, due - hour).ready(dossier);
    desk.anchor();
    desk.sync();
    until(desk, due + 3 * day).anchor();
    desk.handOver(dossier, { after: [ready.hash] });
    desk.anchor();
    desk.sync();
    expect(judge([desk], dossier)).toMatchObject({ kind: 'on_time', act: ready.hash });
  });

  it('two desks contradict each other: E is from the least min to the least max', () => {
    const { desk, dossier } = received();
    const other = new Desk({ now: desk.now, agency: 'trung-tam' });
    other.anchor();
    until(other, due - 2 * hour).ready(dossier);
    until(other, due + 3 * hour).anchor();
    other.sync();
    until(desk, due + hour).ready(dossier);
    desk.wait(minute).anchor();
    desk.wait(3 * hour).sync();
    const verdict = judge([desk, other], dossier);
    expect(verdict).toMatchObject({ kind: 'cleared', reasons: expect.arrayContaining([{ code: 'conflict', count: 1 }]) });
    expect(verdict.interval?.max ?? 0).toBeLessThan(due);
    // Without the other desk's word the same dossier was late.
    expect(judge([desk], dossier).kind).toBe('late');
  });

  it('an act known to follow cannot be the first: a weak hand-over does not hide a late "ready"', () => {
    const { desk, dossier } = received();
    const other = new Desk({ now: due - 5 * hour });
    other.anchor();
    other.reboot(minute); // no anchor in this boot: its act has the hard bound only
    until(desk, due + hour);
    const ready = desk.ready(dossier);
    desk.wait(minute).anchor();
    desk.sync();
    until(other, due + 2 * hour).handOver(dossier, { after: [ready.hash] });
    other.wait(hour).sync();
    expect(judge([desk, other], dossier)).toMatchObject({ kind: 'late', act: ready.hash });
    const unknowing = new Desk({ now: due - 5 * hour });
    unknowing.anchor();
    unknowing.reboot(minute);
    until(unknowing, due + 2 * hour).handOver(dossier);
    unknowing.wait(hour).sync();
    expect(judge([desk, unknowing], dossier).kind).toBe('undetermined');
  });
});

describe('evidence of two logs that excludes each other', () => {
  it('goes to people: a hand-over that names a "ready" which can only have come later', () => {
    const { desk, dossier } = received();
    const ready = until(desk, due + 3 * hour).ready(dossier);
    desk.wait(minute).anchor();
    desk.sync();
    const other = new Desk({ now: due - 2 * hour });
    other.anchor();
    const handOver = other.wait(minute).handOver(dossier, { after: [ready.hash] });
    other.wait(minute).anchor();
    until(other, due + 4 * hour).sync();
    const verdict = judge([desk, other], dossier);
    expect(verdict).toMatchObject({ kind: 'undetermined', forPeople: true, act: handOver.hash, reasons: expect.arrayContaining([{ code: 'weakness', weakness: 'empty' }]) });
  });
});

describe('the first completing act, bounded by a later one', () => {
  it('a weak "ready" was no later than the well-proved hand-over that follows it', () => {
    const { desk, dossier } = received();
    until(desk, due - 4 * hour).reboot(minute); // no anchor in this boot
    const ready = desk.ready(dossier);
    desk.reboot(minute).wait(hour);
    const handOver = desk.handOver(dossier, { after: [ready.hash] });
    until(desk, due + hour).anchor();
    desk.sync();
    expect(judge([desk], dossier)).toMatchObject({ kind: 'cleared', act: handOver.hash, grade: 'B' });
  });
});

describe('an outage in which the machine’s clock went back after the act', () => {
  it('is cleared by the latest it can have been, and the verdict says what happened to the clock', () => {
    const { desk, dossier } = received();
    const from = desk.now;
    desk.wait(hour).append(logKinds.linkLost, { lastAnswerUptime: null });
    desk.reboot(hour).wait(hour);
    desk.ready(dossier);
    desk.reboot(hour);
    desk.wallOffset -= 30 * hour;
    desk.append(logKinds.linkLost, { lastAnswerUptime: null });
    desk.reboot(hour);
    desk.wallOffset += 30 * hour;
    until(desk, due + hour).append(logKinds.linkRestored);
    desk.anchor();
    desk.wait(second).sync();
    const verdict = judge([desk], dossier, { record: { outside: lineDown }, side: { silences: [{ from, to: Math.round(desk.now) }], gaps: [] } });
    expect(verdict).toMatchObject({ kind: 'cleared', grade: 'B-wall', cause: 'outage' });
    expect(verdict.reasons).toContainEqual({ code: 'weakness', weakness: 'wall-broken-later' });
    expect(explainVerdict(verdict, 'vi').join('\n')).toContain('chỉ chứng tỏ thao tác không muộn hơn thời điểm cuối');
  });
});
