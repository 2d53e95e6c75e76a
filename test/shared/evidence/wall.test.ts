import { describe, expect, it } from '@jest/globals';
import { civil } from '#shared/deadline/index.ts';
import { lineStretches, outsideSlack, type CredibleInterval, type LogEvidence, type LogRecord } from '#shared/evidence/index.ts';
import { logKinds, type Entry } from '#shared/log/index.ts';
import { day, Desk, hour, lineDown, minute, newId, second } from './world.ts';

function intervalOf(evidence: LogEvidence, entry: Entry): CredibleInterval {
  const interval = evidence.interval(entry.header.seq);
  if (!interval) throw new Error('no such entry');
  return interval;
}

function contains(desk: Desk, evidence: LogEvidence, entry: Entry): boolean {
  const { min, max } = intervalOf(evidence, entry);
  const truth = desk.truth.get(entry.hash) ?? Number.NaN;
  return (min ?? -Infinity) <= truth && truth <= (max ?? Infinity);
}

/** Cut off on the first day; a whole day's work in a boot without an anchor; back on the third day. `during` happens on the second day. */
function threeDays(options: ConstructorParameters<typeof Desk>[0], during: (desk: Desk) => Entry): { desk: Desk; act: Entry } {
  const desk = new Desk(options);
  desk.anchor();
  desk.wait(8 * hour).append(logKinds.linkLost, { lastAnswerUptime: null });
  desk.wait(hour).reboot(14 * hour);
  const act = during(desk.wait(2 * hour));
  desk.wait(6 * hour).reboot(14 * hour);
  desk.wait(hour).append(logKinds.linkRestored);
  desk.anchor();
  desk.wait(second).sync();
  return { desk, act };
}

const ready = (desk: Desk): Entry => desk.ready(newId());

describe('wall evidence', () => {
  it('computed by hand: the hull of both offsets, ± 10 s, 200 ppm of the gap, both travels and bounds', () => {
    const desk = new Desk({ rho: 10, wallOffset: 3 * day });
    const start = desk.now;
    desk.anchor({ there: 300, back: 200 });
    desk.wait(hour).reboot(10 * hour).wait(hour);
    const act = ready(desk);
    desk.wait(hour).reboot(9 * hour);
    // Put forward by 40 s while it was off.
    desk.wallOffset += 40 * second;
    const asked = desk.now;
    desk.anchor({ there: 400, back: 100 });
    desk.sync();
    const interval = intervalOf(desk.evidence({ outside: lineDown }), act);
    const gap = asked + 400 - (start + 300);
    const offsets = [-(3 * day) - 200, -(3 * day + 40 * second) - 100];
    const allowance = 10_000 + Math.ceil(gap / 5_000) + 500 + 500 + 20;
    const wall = act.header.clock.wall;
    expect(interval.derivation.wall).toEqual({
      min: wall + offsets[1]! - allowance, max: wall + offsets[0]! + allowance, offsets, allowance, anchors: [1, desk.entries.length],
    });
    expect(interval).toMatchObject({ grade: 'B-wall', min: wall + offsets[1]! - allowance, max: wall + offsets[0]! + allowance });
    expect(contains(desk, desk.evidence({ outside: lineDown }), act)).toBe(true);
  });

  it('holds for a clock that is a month off, is put right by NTP when the line is back, and says so', () => {
    const { desk, act } = threeDays({ wallOffset: 30 * day }, ready);
    desk.wait(minute).step(-30 * day).wait(minute).reboot(14 * hour).wait(hour).anchor();
    desk.sync();
    const evidence = desk.evidence({ outside: lineDown });
    expect(intervalOf(evidence, act).grade).toBe('B-wall');
    expect(contains(desk, evidence, act)).toBe(true);
  });

  it('holds where NTP puts the clock before the anchor that ends the gap is noted', () => {
    const desk = new Desk({ wallOffset: -20 * day });
    desk.anchor();
    desk.wait(hour).reboot(14 * hour).wait(hour);
    const act = ready(desk);
    desk.wait(hour).reboot(14 * hour).wait(hour);
    desk.step(20 * day).anchor();
    desk.sync();
    const evidence = desk.evidence({ outside: lineDown });
    expect(intervalOf(evidence, act).grade).toBe('B-wall');
    expect(contains(desk, evidence, act)).toBe(true);
  });

  it('a sleep in the stretch is weighed the same way', () => {
    const desk = new Desk({ wallOffset: hour });
    desk.anchor();
    desk.wait(hour);
    const act = ready(desk);
    desk.suspend(3 * hour).wait(minute).anchor();
    desk.sync();
    const evidence = desk.evidence({ outside: lineDown });
    expect(intervalOf(evidence, act)).toMatchObject({ grade: 'B-wall', derivation: { weaknesses: ['suspended', 'by-wall'] } });
    expect(contains(desk, evidence, act)).toBe(true);
  });

  it.each<[string, (desk: Desk) => Entry]>([
    ['a step that nobody recorded', (desk) => {
      ready(desk);
      desk.step(hour, false);
      return ready(desk);
    }],
    ['a clock that went back while the machine was off', (desk) => {
      ready(desk);
      desk.reboot(minute);
      desk.wallOffset -= 2 * day;
      return ready(desk);
    }],
    ['a dead battery', (desk) => {
      desk.wallOffset = Date.UTC(2010, 0, 1) - desk.now;
      return ready(desk);
    }],
  ])('before an act %s breaks the continuity: the hard bound only', (_, during) => {
    const { desk, act } = threeDays({}, during);
    const evidence = desk.evidence({ outside: lineDown });
    expect(intervalOf(evidence, act)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['no-anchor-in-boot', 'wall-broken'] } });
    expect(contains(desk, evidence, act)).toBe(true);
  });

  it.each<[string, (desk: Desk) => void]>([
    ['a step that nobody recorded', (desk) => void desk.step(hour, false)],
    ['a clock set back while the machine was off', (desk) => {
      desk.reboot(minute);
      desk.wallOffset -= 2 * day;
    }],
    ['a clock set back before a start and forward again after it', (desk) => {
      desk.reboot(minute);
      desk.wallOffset -= 2 * hour;
      ready(desk);
      desk.reboot(minute);
      desk.wallOffset += 2 * hour;
    }],
  ])('after an act %s leaves what the wall clock says of it as the latest it can have been', (_, meddle) => {
    const { desk, act } = threeDays({}, (one) => {
      const made = ready(one);
      meddle(one);
      ready(one);
      return made;
    });
    const evidence = desk.evidence({ outside: lineDown });
    const interval = intervalOf(evidence, act);
    // From below only what was recorded before it with an anchor: here the loss of the link.
    expect(interval).toMatchObject({ grade: 'B-wall', min: evidence.interval(2)?.min, derivation: { weaknesses: ['no-anchor-in-boot', 'by-wall', 'wall-broken-later'] } });
    expect(interval.max).toBe(Math.min(interval.derivation.wall?.max ?? 0, interval.derivation.hard.max ?? 0));
    expect(contains(desk, evidence, act)).toBe(true);
    // The acts after it have the hard bound alone.
    const [, after] = desk.entries.filter(({ header }) => header.kind === act.header.kind);
    expect(intervalOf(evidence, after!)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['no-anchor-in-boot', 'wall-broken'] } });
  });

  it('a clock that stood ahead at the act and was put back after it contradicts nothing and proves nothing', () => {
    const { desk, act } = threeDays({}, (one) => {
      // Unseen, before the boot of the act.
      one.wallOffset += 3 * day;
      const made = ready(one);
      one.reboot(minute);
      one.wallOffset -= 3 * day;
      return made;
    });
    expect(intervalOf(desk.evidence({ outside: lineDown }), act)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['no-anchor-in-boot', 'wall-broken-later'] } });
  });

  it('needs a gap of seven days at most', () => {
    const desk = new Desk();
    desk.anchor();
    desk.wait(hour).reboot(4 * day).wait(hour);
    const act = ready(desk);
    desk.wait(hour).reboot(4 * day).anchor();
    desk.sync();
    expect(intervalOf(desk.evidence({ outside: lineDown }), act)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['no-anchor-in-boot', 'gap-too-long'] } });
    // Over the holidays eight days are not too long, if no more than five of them were worked.
    const holidays = (days: number) => intervalOf(desk.evidence({ outside: lineDown, daysOff: () => days * day }), act);
    expect(holidays(3)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['no-anchor-in-boot', 'gap-too-long'] } });
    expect(holidays(4)).toMatchObject({ grade: 'B-wall' });
    expect(contains(desk, desk.evidence({ outside: lineDown, daysOff: () => 4 * day }), act)).toBe(true);
  });
});

describe('support', () => {
  const supervisors = new Set(['boss', 'deputy']);
  const dateOf = (desk: Desk): string => civil(desk.now).date;
  const closedBy = (actor: string, date?: string) => (desk: Desk): Entry => {
    const act = ready(desk);
    desk.wait(4 * hour).close(actor, date ?? dateOf(desk));
    return act;
  };
  const graded = (during: (desk: Desk) => Entry, more: Partial<LogRecord> = { supervisors }): CredibleInterval => {
    const { desk, act } = threeDays({}, during);
    return intervalOf(desk.evidence(more), act);
  };

  it('the close of that day by a supervisor who is not the author stands for it', () => {
    expect(graded(closedBy('boss'))).toMatchObject({ grade: 'B-wall', derivation: { support: { by: 'close' } } });
  });

  it.each<[string, (desk: Desk) => Entry, Partial<LogRecord>]>([
    ['by somebody who is no supervisor', closedBy('clerk'), { supervisors }],
    ['by the author of the act', closedBy('desk'), { supervisors: new Set(['desk']) }],
    ['of another day', closedBy('boss', '2026-11-23'), { supervisors }],
    ['before the act', (desk) => {
      desk.close('boss', dateOf(desk));
      return ready(desk.wait(minute));
    }, { supervisors }],
    ['of the day of the act that was made on the next day', (desk) => {
      const act = ready(desk);
      const date = dateOf(desk);
      desk.wait(day).close('boss', date);
      return act;
    }, { supervisors }],
    ['after a restart, with the clock as it should be', (desk) => {
      const act = ready(desk);
      desk.wait(hour).reboot(minute);
      desk.wait(hour).close('boss', dateOf(desk));
      return act;
    }, { supervisors }],
    ['after the clock went back', (desk) => {
      const act = ready(desk);
      desk.wait(minute).step(-3 * hour, false);
      ready(desk);
      desk.wait(4 * hour).close('boss', dateOf(desk));
      return act;
    }, { supervisors }],
    ['that names another head', (desk) => {
      const act = ready(desk);
      desk.append(logKinds.dayClosed, { date: dateOf(desk), head: { seq: act.header.seq, hash: 'a'.repeat(64) }, at: 1, timeSource: 'wall', received: 0, ready: 0, returned: 0, unsent: 0 }, { actor: 'boss' });
      return act;
    }, { supervisors }],
  ])('a close %s does not', (_, during, more) => {
    expect(graded(during, more)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['no-anchor-in-boot', 'unsupported'] } });
  });

  it('from outside only for the time in which the line was down', () => {
    const { desk, act } = threeDays({}, ready);
    const truth = desk.truth.get(act.hash) ?? 0;
    const at = (from: number, to: number): CredibleInterval => intervalOf(desk.evidence({ outside: [{ by: 'agencies', from, to }] }), act);
    expect(at(truth - hour, truth + hour)).toMatchObject({ grade: 'B-wall', derivation: { support: { by: 'agencies' } } });
    expect(at(truth - hour, truth - outsideSlack).grade).toBe('C');
    expect(at(truth + outsideSlack, truth + hour).grade).toBe('C');
  });

  it('of another agency counts what its own log records as an outage, while the centre heard none of its desks', () => {
    const outage = { fromSeq: 1, toSeq: 2, from: { min: 100, max: 110 }, to: { min: 490, max: 500 } };
    const witness = { agency: 'b', outages: [outage], silences: [{ from: 90, to: 300 }, { from: 350, to: 600 }] };
    expect(lineStretches([witness], 'a')).toEqual([{ by: 'agencies', from: 100, to: 300 }, { by: 'agencies', from: 350, to: 500 }]);
    // A machine that was only switched off records nothing; one's own agency does not corroborate itself.
    expect(lineStretches([{ ...witness, outages: [] }], 'a')).toEqual([]);
    expect(lineStretches([witness], 'b')).toEqual([]);
    // A colleague of the witness that was heard shows that the line worked.
    expect(lineStretches([witness, { agency: 'b', outages: [], silences: [{ from: 80, to: 150 }] }], 'a')).toEqual([{ by: 'agencies', from: 100, to: 150 }]);
    expect(lineStretches([witness, { agency: 'b', outages: [], silences: [] }], 'a')).toEqual([]);
  });
});

describe('a witness', () => {
  it('is a receipt no earlier than its own entry can be; of another chain it is none', () => {
    const { desk, act } = threeDays({}, ready);
    const at = (desk.truth.get(act.hash) ?? 0) + 5 * minute;
    const seen = { seq: act.header.seq, hash: act.hash, at };
    expect(intervalOf(desk.evidence({ witnesses: [seen] }), act)).toMatchObject({ grade: 'C', max: at, derivation: { receipt: { by: 'witness', at } } });
    expect(intervalOf(desk.evidence({ witnesses: [{ ...seen, hash: 'b'.repeat(64) }] }), act).max).not.toBe(at);
  });

  it('makes nothing grade A: that receipt has to be the centre’s', () => {
    const desk = new Desk();
    desk.anchor();
    desk.wait(minute);
    const act = ready(desk);
    desk.wait(hour).anchor();
    desk.sync();
    const seen = { seq: act.header.seq, hash: act.hash, at: desk.now - 59 * minute };
    expect(intervalOf(desk.evidence({ witnesses: [seen] }), act)).toMatchObject({ grade: 'B', derivation: { weaknesses: ['receipt-late'] } });
  });
});

describe('the first entry of a continued log', () => {
  it('carries the last anchor over: time does not begin anew', () => {
    const old = new Desk();
    const signed = old.anchor({ noted: false });
    const requestUptime = Math.round(old.uptime) - 40;
    const next = new Desk({ now: old.now });
    const facts = (anchor: object | undefined): Record<string, unknown> => ({
      installation: newId(), publicKey: 'k'.repeat(43), software: 'test', why: 'restored', parent: { log: old.log, seq: 0, hash: '0'.repeat(64) }, ...(anchor ? { anchor } : {}),
    });
    next.append(logKinds.opened, facts({ number: 7, boot: 'boot-1', requestUptime, responseUptime: requestUptime + 40, wall: next.now, ...signed }));
    const act = ready(next.wait(hour));
    next.wait(hour).sync();
    const interval = intervalOf(next.evidence(), act);
    expect(interval.derivation.forward).toMatchObject({ number: 7, seq: 1 });
    expect(contains(next, next.evidence(), act)).toBe(true);
    // For this log it proves no receipt, and one that is not for another log is no inheritance.
    expect(interval.derivation.receipt).toMatchObject({ by: 'centre' });
  });
});
