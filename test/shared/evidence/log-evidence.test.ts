import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { signerOf } from '#central/keys/index.ts';
import { signAnchor, type CredibleInterval, type LogEvidence } from '#shared/evidence/index.ts';
import { logKinds, type Entry } from '#shared/log/index.ts';
import { centreKey, day, Desk, hour, lineDown, minute, newId, second } from './world.ts';

const due = Date.UTC(2026, 10, 24, 10);

function intervalOf(evidence: LogEvidence, entry: Entry): CredibleInterval {
  const interval = evidence.interval(entry.header.seq);
  if (!interval) throw new Error('not held');
  return interval;
}

function contains(desk: Desk, evidence: LogEvidence, entry: Entry): boolean {
  const truth = desk.truth.get(entry.hash) ?? Number.NaN;
  const { min, max } = intervalOf(evidence, entry);
  return (min ?? -Infinity) <= truth && truth <= (max ?? Infinity);
}

/** A connected desk: an anchor, the act, an anchor and the acknowledgement within minutes. */
function connected(): { desk: Desk; act: Entry } {
  const desk = new Desk({ wallOffset: -3 * hour });
  desk.anchor({ why: 'enrolled' });
  desk.wait(4 * minute);
  const act = desk.ready(newId());
  desk.wait(2 * second).anchor({ why: 'after-act' });
  desk.wait(second).sync();
  return { desk, act };
}

/** Cut off: an anchor in the morning, the act, then no contact for hours. */
function cutOff(options: ConstructorParameters<typeof Desk>[0] = {}): { desk: Desk; act: Entry; dossier: string } {
  const desk = new Desk(options);
  const dossier = newId();
  desk.anchor();
  desk.receive(dossier, due);
  desk.wait(2 * hour);
  const act = desk.ready(dossier);
  return { desk, act, dossier };
}

describe('grades', () => {
  it('A: anchors before and after, a receipt within 15 minutes; a wall three hours slow does not matter', () => {
    const { desk, act } = connected();
    const evidence = desk.evidence();
    const interval = intervalOf(evidence, act);
    expect(interval.grade).toBe('A');
    expect(interval.derivation.weaknesses).toEqual([]);
    expect(contains(desk, evidence, act)).toBe(true);
    expect((interval.max ?? 0) - (interval.min ?? 0)).toBeLessThan(second);
  });

  it('computes E by hand: forward and backward cut each other', () => {
    const desk = new Desk({ rho: 10 });
    desk.anchor({ there: 100, back: 300 });
    const a = desk.truth.get(desk.entries[0]?.hash ?? '') ?? 0;
    desk.wait(1_000_000);
    const act = desk.ready(newId());
    desk.wait(2_000_000).anchor({ there: 5_000, back: 1_000 });
    desk.sync();
    const { min, max } = intervalOf(desk.evidence(), act);
    // forward: t = a − 300, u − p = 1 000 000 (δ 200), u − q = 1 000 400 (δ 200.08 → 201)
    const forward = { min: a - 300 - 10 + 999_800 - 40, max: a - 300 + 10 + 1_000_601 + 40 };
    // backward: t = a + 3 005 000, p − u = 2 006 000 (δ 401.2 → 402), q − u = 2 000 000 (δ 400)
    const backward = { min: a + 3_005_000 - 10 - 2_006_402 - 40, max: a + 3_005_000 + 10 - 1_999_600 + 40 };
    expect({ min, max }).toEqual({ min: Math.max(forward.min, backward.min), max: Math.min(forward.max, backward.max) });
  });

  it('B: an outage of a day without a reboot, same boot after it', () => {
    const { desk, act } = cutOff({ drift: 150e-6 });
    desk.wait(day).anchor({ why: 'link-restored' });
    desk.sync();
    const evidence = desk.evidence();
    expect(intervalOf(evidence, act)).toMatchObject({ grade: 'B', derivation: { weaknesses: ['receipt-late'] } });
    expect(contains(desk, evidence, act)).toBe(true);
  });

  it('B backward: switched on without a network, the first anchor comes after the act', () => {
    const desk = new Desk();
    desk.anchor();
    desk.reboot(14 * hour).wait(hour);
    const act = desk.ready(newId());
    desk.wait(hour).anchor({ why: 'link-restored' });
    desk.sync();
    const evidence = desk.evidence();
    expect(intervalOf(evidence, act)).toMatchObject({ grade: 'B', derivation: { weaknesses: expect.arrayContaining(['backward-only']) } });
    expect(contains(desk, evidence, act)).toBe(true);
  });

  it('B forward: cut off in the afternoon, switched off at night, back in the morning; the walls go on, and somebody outside knows of the outage', () => {
    const { desk, act } = cutOff({ wallOffset: 20 * day });
    desk.wait(3 * hour).reboot(14 * hour).wait(10 * minute).anchor({ why: 'link-restored' });
    desk.sync();
    expect(intervalOf(desk.evidence(), act)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['forward-only', 'unsupported'] } });
    const evidence = desk.evidence({ outside: lineDown });
    expect(intervalOf(evidence, act)).toMatchObject({ grade: 'B', derivation: { weaknesses: ['forward-only', 'receipt-late'] } });
    expect(contains(desk, evidence, act)).toBe(true);
  });

  it('B forward: what the wall clock does after the act does not touch what uptime measured; before it, a step that no entry records does', () => {
    const { desk, act } = cutOff();
    desk.wait(3 * hour).reboot(14 * hour);
    desk.wallOffset = -16 * 365 * day;
    desk.append(logKinds.linkLost, { lastAnswerUptime: null });
    desk.wait(10 * minute).anchor();
    desk.sync();
    const evidence = desk.evidence({ outside: lineDown });
    expect(intervalOf(evidence, act)).toMatchObject({ grade: 'B', derivation: { weaknesses: ['forward-only', 'receipt-late'] } });
    expect(contains(desk, evidence, act)).toBe(true);

    const other = new Desk();
    other.anchor();
    other.wait(hour).step(hour, false).wait(minute);
    const doubtful = other.ready(newId());
    other.wait(3 * hour).reboot(14 * hour).wait(minute).anchor();
    other.sync();
    const interval = intervalOf(other.evidence({ outside: lineDown }), doubtful);
    expect(interval).toMatchObject({ grade: 'C', derivation: { weaknesses: ['forward-only', 'wall-broken'] } });
    expect({ min: interval.min, max: interval.max }).toEqual(interval.derivation.hard);
  });

  it('C: forward only while the next anchor is not held yet', () => {
    const { desk, act } = cutOff();
    desk.sync();
    expect(intervalOf(desk.evidence(), act)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['forward-only', 'no-anchor-after'] } });
  });

  it('C: a whole boot without an anchor, and nobody else who stands for it', () => {
    const desk = new Desk();
    desk.anchor();
    desk.reboot(14 * hour).wait(hour);
    const act = desk.ready(newId());
    desk.wait(hour).reboot(14 * hour).anchor();
    desk.sync();
    const evidence = desk.evidence();
    expect(intervalOf(evidence, act)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['no-anchor-in-boot', 'unsupported'] } });
    expect(contains(desk, evidence, act)).toBe(true);
  });

  it('C: the machine slept between the anchors; on systems whose clocks hide it, because the desk recorded it', () => {
    const first = cutOff();
    first.desk.suspend(3 * hour).anchor();
    first.desk.sync();
    expect(intervalOf(first.desk.evidence(), first.act)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['suspended', 'unsupported'] } });

    const hidden = cutOff();
    const before = hidden.desk.reading();
    hidden.desk.wait(3 * hour).append(logKinds.clockSuspended, { suspended: 0, before, noticedBy: 'sampler' });
    hidden.desk.anchor();
    hidden.desk.sync();
    expect(intervalOf(hidden.desk.evidence(), hidden.act)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['suspended', 'unsupported'] } });
  });

  it('C: more than seven days from contact to contact; just under is B', () => {
    const { desk, act } = cutOff();
    desk.wait(7 * day).anchor();
    desk.sync();
    expect(intervalOf(desk.evidence(), act)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['gap-too-long'] } });
    const shorter = cutOff();
    shorter.desk.wait(7 * day - 3 * hour).anchor();
    shorter.desk.sync();
    expect(intervalOf(shorter.desk.evidence(), shorter.act).grade).toBe('B');
  });

  it('C: a fork from its first double place on; before it nothing changes', () => {
    const { desk, act } = connected();
    const later = desk.ready(newId());
    desk.anchor();
    desk.sync();
    const evidence = desk.evidence({ forkAt: later.header.seq });
    expect(intervalOf(evidence, later)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['fork'] } });
    expect(intervalOf(evidence, act).grade).toBe('A');
  });

  it('C: uptime went back, or a boot came again after another', () => {
    const { desk, act } = connected();
    desk.drift = 0.5; // the uptime jumps back by a third
    desk.append(logKinds.linkLost);
    desk.sync();
    expect(intervalOf(desk.evidence(), act)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['uptime-back', 'no-anchor-in-boot'] } });
  });
});

describe('the hard bound', () => {
  it('lies between the anchor in the chain before and the first receipt after, whatever the clocks said', () => {
    const desk = new Desk({ rho: 30 });
    desk.anchor({ error: 7 });
    const t = (desk.truth.get(desk.entries[0]?.hash ?? '') ?? 0) - 20 + 7;
    desk.reboot(hour).wait(hour);
    const act = desk.ready(newId());
    desk.wait(5 * hour);
    const receipt = desk.sync(-11);
    const interval = intervalOf(desk.evidence(), act);
    expect({ min: interval.min, max: interval.max }).toEqual({ min: t - 30, max: receipt.at + 30 });
    expect(interval.derivation.receipt).toEqual({ by: 'centre', seq: act.header.seq, at: receipt.at, rho: 30 });
  });

  it('an anchor is a receipt of the head in its request, and of no later entry', () => {
    const noted = new Desk();
    noted.anchor();
    noted.reboot(hour).wait(hour);
    const first = noted.ready(newId());
    noted.wait(minute).anchor({ there: 0, back: 0 });
    const t = noted.now;
    const next = noted.ready(newId());
    noted.wait(5 * hour).sync();
    const more = noted.evidence();
    expect(intervalOf(more, first).derivation.hard.max).toBe(t + 50);
    expect(intervalOf(more, next).derivation.hard.max).toBeGreaterThan(t + hour);
  });

  it('a receipt without a synchronised clock proves order, not time; one of another branch proves nothing', () => {
    const { desk, act } = cutOff();
    desk.receipts.push({ seq: act.header.seq, hash: act.hash, at: desk.now, proof: null });
    desk.receipts.push({ seq: act.header.seq, hash: 'f'.repeat(64), at: desk.now, proof: { at: desk.now, rho: 1 } });
    const evidence = desk.evidence();
    expect(intervalOf(evidence, act).max).toBeNull();
    expect(evidence.arrival(act.header.seq)).toMatchObject({ at: desk.now, proof: null });
  });

  it('a new log begins no earlier than its parent ended', () => {
    const { desk, act } = cutOff();
    expect(intervalOf(desk.evidence({ parentMin: desk.now + hour }), act).derivation.hard.min).toBe(desk.now + hour);
  });

  it('the order of the log cuts what one entry alone leaves open', () => {
    const desk = new Desk();
    desk.anchor();
    desk.wait(6 * day);
    const first = desk.ready(newId());
    desk.anchor();
    desk.reboot(hour);
    const after = desk.ready(newId());
    desk.wait(minute).anchor();
    desk.sync();
    const evidence = desk.evidence();
    expect(intervalOf(evidence, after).min ?? 0).toBeGreaterThanOrEqual(intervalOf(evidence, first).min ?? Infinity);
    expect(contains(desk, evidence, first)).toBe(true);
    expect(contains(desk, evidence, after)).toBe(true);
  });
});

describe('coverage', () => {
  it('reaches to the last anchor in the chain, not to the receipt', () => {
    const desk = new Desk();
    desk.anchor();
    const t = desk.now - 20;
    desk.wait(5 * hour).sync();
    expect(desk.evidence().coveredTo).toBe(t - 50);
  });
  it('reaches further by a head the log itself claimed, less twelve minutes; not by a claim of another head', () => {
    const desk = new Desk();
    desk.anchor();
    const head = desk.entries[0]!;
    const claim = { seq: 1, hash: head.hash, at: desk.now + 5 * hour, rho: 50 };
    expect(desk.evidence({ claims: [claim] }).coveredTo).toBe(claim.at - 50 - 12 * minute);
    expect(desk.evidence({ claims: [{ ...claim, seq: 2 }] }).coveredTo).toBe(desk.now - 20 - 50);
  });
  it('ends before a fork', () => {
    const { desk, act } = connected();
    desk.wait(hour).anchor();
    expect(desk.evidence({ forkAt: act.header.seq }).coveredTo).toBeLessThan(desk.truth.get(act.hash) ?? 0);
  });
});

describe('anchors that do not count', () => {
  const stranger = signerOf(generateKeyPairSync('ed25519').privateKey);

  it.each([
    ['bad-signature', (desk: Desk) => {
      const good = desk.anchor({ noted: false });
      desk.note(signAnchor(JSON.parse(good.text), stranger), Math.round(desk.uptime), Math.round(desk.uptime));
    }],
    ['other-log', (desk: Desk) => {
      const other = new Desk({ now: desk.now });
      desk.note(other.anchor({ noted: false }), Math.round(desk.uptime), Math.round(desk.uptime));
    }],
    ['head-not-in-chain', (desk: Desk) => {
      const good = desk.anchor({ noted: false });
      desk.note(signAnchor({ ...JSON.parse(good.text), hash: 'e'.repeat(64) }, centreKey), Math.round(desk.uptime), Math.round(desk.uptime));
    }],
    ['head-not-in-chain', (desk: Desk) => {
      const good = desk.anchor({ noted: false });
      desk.note(signAnchor({ ...JSON.parse(good.text), seq: 99 }, centreKey), Math.round(desk.uptime), Math.round(desk.uptime));
    }],
    ['impossible-uptimes', (desk: Desk) => {
      const good = desk.anchor({ noted: false });
      desk.note(good, Math.round(desk.uptime), Math.round(desk.uptime) + hour);
    }],
    ['impossible-uptimes', (desk: Desk) => {
      const good = desk.anchor({ noted: false });
      desk.note(good, 1, 2); // answered before the head it names was written
    }],
    ['replayed', (desk: Desk) => {
      const good = desk.anchor();
      desk.wait(2 * hour);
      desk.note(good, Math.round(desk.uptime), Math.round(desk.uptime));
    }],
  ] as const)('%s is ignored and reported', (why, cheat) => {
    const { desk, act } = cutOff();
    const honest = desk.evidence();
    cheat(desk);
    const seq = desk.entries.length;
    const evidence = desk.evidence();
    expect(evidence.ignored).toEqual([{ seq, why }]);
    expect(contains(desk, evidence, act)).toBe(true);
    // Here the honest first use of the replayed anchor ended the act's gap, and bounds it.
    if (why === 'replayed') return;
    expect(intervalOf(evidence, act).derivation.ignored).toEqual([{ seq, why }]);
    expect(intervalOf(evidence, act).min).toBe(intervalOf(honest, act).min);
  });
});

describe('what a cheat tries', () => {
  it('sets the clock back while running: uptime decides, the step is recorded', () => {
    const { desk, act } = cutOff();
    desk.wait(5 * hour);
    const before = desk.reading();
    desk.wallOffset -= 6 * hour;
    desk.append(logKinds.clockStepped, { by: -6 * hour, before });
    const late = desk.ready(newId());
    desk.wait(minute).anchor();
    desk.sync();
    const evidence = desk.evidence();
    expect(intervalOf(evidence, late).grade).toBe('B');
    expect(intervalOf(evidence, late).min ?? 0).toBeGreaterThan((desk.truth.get(act.hash) ?? 0) + 4 * hour);
    expect(contains(desk, evidence, late)).toBe(true);
  });

  it('unplugs the cable and acts after the due date: uptime since the last anchor says when', () => {
    const desk = new Desk();
    const dossier = newId();
    desk.anchor();
    desk.receive(dossier, due);
    desk.wait(due + hour - desk.now);
    const act = desk.ready(dossier, { at: due - hour, claimedAt: due - hour });
    desk.wait(minute).anchor();
    desk.sync();
    expect(intervalOf(desk.evidence(), act).min ?? 0).toBeGreaterThan(due);
  });

  it('delays an anchor on the wire: the interval only becomes wider', () => {
    const make = (back: number): { desk: Desk; act: Entry } => {
      const { desk, act } = cutOff();
      desk.wait(10 * minute).anchor({ there: 20, back });
      desk.wait(2 * hour - back).anchor();
      desk.sync();
      return { desk, act };
    };
    const prompt = make(20);
    const delayed = make(hour);
    const a = intervalOf(prompt.desk.evidence(), prompt.act);
    const b = intervalOf(delayed.desk.evidence(), delayed.act);
    const relative = (desk: Desk, act: Entry, at: number | null): number => (at ?? 0) - (desk.truth.get(act.hash) ?? 0);
    expect(relative(delayed.desk, delayed.act, b.min)).toBeLessThanOrEqual(relative(prompt.desk, prompt.act, a.min));
    expect(relative(delayed.desk, delayed.act, b.max)).toBeGreaterThanOrEqual(relative(prompt.desk, prompt.act, a.max));
    expect(contains(delayed.desk, delayed.desk.evidence(), delayed.act)).toBe(true);
  });

  it('pauses the machine past the due date and reconnects in the same boot: the anchors disagree, only the hard bound is left', () => {
    const { desk } = cutOff();
    desk.pause(6 * hour);
    const act = desk.ready(newId());
    desk.wait(minute).anchor();
    desk.sync();
    const evidence = desk.evidence();
    expect(intervalOf(evidence, act)).toMatchObject({ grade: 'C' });
    expect(intervalOf(evidence, act).derivation.weaknesses).toContain('anchors-disagree');
    expect(contains(desk, evidence, act)).toBe(true);
  });

  it('pauses the machine and reboots before it reconnects: passes only where the line really was down, or with another person who closes that day', () => {
    const { desk } = cutOff();
    desk.pause(6 * hour);
    const act = desk.ready(newId());
    desk.wait(minute).reboot(hour).anchor();
    desk.sync();
    expect(intervalOf(desk.evidence(), act)).toMatchObject({ grade: 'C', derivation: { weaknesses: ['forward-only', 'unsupported'] } });
    expect(contains(desk, desk.evidence(), act)).toBe(true);
    // What remains possible; docs/evidence.md says so.
    const passes = desk.evidence({ outside: lineDown });
    expect(intervalOf(passes, act).grade).toBe('B');
    expect(contains(desk, passes, act)).toBe(false);
  });
});
