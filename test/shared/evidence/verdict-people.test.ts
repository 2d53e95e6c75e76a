import { describe, expect, it } from '@jest/globals';
import { explainVerdict, type Decision, type LogRecord, type Verdict } from '#shared/evidence/index.ts';
import { logKinds, makeEntry } from '#shared/log/index.ts';
import { hasher } from '#central/keys/index.ts';
import { due, judge, received, until } from './judged.ts';
import { day, type Desk, dueFacts, hour, lineDown, minute, newId, second } from './world.ts';

describe('shaky ground goes to people', () => {
  it('an entry of a newer version', () => {
    const { desk, dossier } = received();
    until(desk, due + hour).ready(dossier);
    desk.append('dossier.extended', { to: due + day }, { dossier, after: [] });
    desk.anchor();
    desk.sync();
    expect(judge([desk], dossier)).toMatchObject({ kind: 'undetermined', forPeople: true, reasons: expect.arrayContaining([{ code: 'unknown-entries', count: 1 }]) });
  });

  it('a provisional due date that was missed', () => {
    const { desk, dossier } = received({ due: dueFacts(due, true) });
    until(desk, due + hour).ready(dossier);
    desk.anchor();
    desk.sync();
    expect(judge([desk], dossier)).toMatchObject({ kind: 'undetermined', reasons: expect.arrayContaining([{ code: 'due-provisional' }]) });
  });

  it('the credible time of reception gives another due date, and by it another verdict', () => {
    const { desk, dossier } = received();
    until(desk, due - hour).ready(dossier);
    desk.anchor();
    desk.sync();
    // As if the desk's clock had made the printed date three hours too late.
    const disputed = judge([desk], dossier, { dueAt: () => due - 3 * hour });
    expect(disputed).toMatchObject({ kind: 'undetermined', forPeople: true, reasons: expect.arrayContaining([{ code: 'due-disputed', min: due - 3 * hour, max: due - 3 * hour }]) });
    // Another date that leads to the same verdict is only noted.
    expect(judge([desk], dossier, { dueAt: () => due - 30 * minute })).toMatchObject({ kind: 'on_time', reasons: expect.arrayContaining([expect.objectContaining({ code: 'due-disputed' })]) });
    expect(judge([desk], dossier, { dueAt: () => due }).reasons.map(({ code }) => code)).not.toContain('due-disputed');
  });
});

describe('words', () => {
  it('hold no personal data, because verdicts are made of times, counts and ids alone', () => {
    const { desk, dossier } = received();
    const last = desk.entries.at(-1)!;
    desk.entries[desk.entries.length - 1] = makeEntry({ ...last.header, facts: { ...last.header.facts, note: 'Nguyễn Văn An' } }, hasher);
    desk.receipts.push({ ...desk.sync(), hash: desk.entries.at(-1)!.hash });
    until(desk, due + day);
    const verdict = judge([desk], dossier);
    expect(JSON.stringify([verdict, explainVerdict(verdict, 'vi')])).not.toContain('Nguyễn');
  });
});

describe('what people decide', () => {
  /** Made ready in a boot without an anchor while nobody outside knows of an outage: the program cannot tell. */
  function unclear(): { desk: Desk; dossier: string } {
    const { desk, dossier } = received();
    until(desk, due - hour).reboot(minute);
    desk.ready(dossier);
    until(desk, due + hour).reboot(minute).anchor();
    desk.wait(second).sync();
    return { desk, dossier };
  }
  const basisOf = ({ kind, due: at, interval }: Verdict): Decision['basis'] => ({ kind, due: at, min: interval?.min ?? null, max: interval?.max ?? null });

  it('stands in place of the program’s verdict, which is told beside it', () => {
    const { desk, dossier } = unclear();
    const own = judge([desk], dossier);
    expect(own).toMatchObject({ kind: 'undetermined', forPeople: true });
    const decision: Decision = { proposal: newId(), outcome: 'on_time', at: due + day, by: ['o-1', 'o-2'], basis: basisOf(own) };
    expect(judge([desk], dossier, { decision })).toMatchObject({ kind: 'on_time', program: 'undetermined', decision: decision.proposal, forPeople: false });
    expect(judge([desk], dossier, { decision: { ...decision, outcome: 'late' } })).toMatchObject({ kind: 'late', program: 'undetermined', forPeople: false });
    // Taken back: the evidence alone again.
    expect(judge([desk], dossier, { decision: { ...decision, outcome: 'open' } })).toEqual(own);
  });

  it('comes before them again when the program’s verdict is not the one they decided on', () => {
    const { desk, dossier } = unclear();
    const own = judge([desk], dossier);
    const decision: Decision = { proposal: newId(), outcome: 'late', at: due + day, by: ['o-1', 'o-2'], basis: basisOf(own) };
    // A ticket that is recorded later makes it clear.
    const later = judge([desk], dossier, { decision, record: { outside: lineDown } });
    expect(later).toMatchObject({ kind: 'late', program: 'cleared', forPeople: true });
    expect(later.reasons).toContainEqual(expect.objectContaining({ code: 'decided', outdated: true }));
  });

  it('an audit that leaves doubts leaves the dossier to two people', () => {
    const { desk, dossier } = received();
    until(desk, due - hour).ready(dossier);
    until(desk, due + hour).anchor();
    desk.wait(second).sync();
    const own = judge([desk], dossier);
    expect(own).toMatchObject({ kind: 'cleared', cause: 'unexplained', audit: true });
    const act = own.act;
    expect(judge([desk], dossier, { audited: (hash) => (hash === act ? 'as-judged' : undefined) })).toMatchObject({ kind: 'cleared', audit: false, forPeople: false });
    expect(judge([desk], dossier, { audited: (hash) => (hash === act ? 'doubtful' : undefined) })).toMatchObject({ kind: 'undetermined', audit: false, forPeople: true });
  });
});

describe('audits', () => {
  it('are drawn by the receipt: one in five, one in twenty where the outage is corroborated from outside', () => {
    const rate = (record: Partial<LogRecord>): number => {
      let drawn = 0;
      for (let round = 0; round < 400; round += 1) {
        const { desk, dossier } = received();
        until(desk, due - hour).append(logKinds.linkLost, { lastAnswerUptime: null });
        const from = desk.now - minute;
        desk.ready(dossier);
        until(desk, due + hour).append(logKinds.linkRestored);
        desk.anchor();
        desk.wait(second).sync();
        const last = desk.receipts.at(-1)!;
        desk.receipts[desk.receipts.length - 1] = { ...last, entry: hasher.sha256(new TextEncoder().encode(`receipt ${round}`)) };
        const verdict = judge([desk], dossier, { side: { silences: [{ from, to: desk.now }], gaps: [] }, record });
        expect(verdict).toMatchObject({ kind: 'cleared', cause: 'outage', grade: 'B' });
        if (verdict.audit) drawn += 1;
      }
      return drawn;
    };
    const inside = rate({});
    const outside = rate({ outside: lineDown });
    expect(inside).toBeGreaterThan(50);
    expect(inside).toBeLessThan(115);
    expect(outside).toBeGreaterThan(5);
    expect(outside).toBeLessThan(40);
  });
});
