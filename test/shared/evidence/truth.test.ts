import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldDossier, isAccepted } from '#shared/dossier/index.ts';
import { judgeDossier, logEvidence, type LogRecord, type Verdict } from '#shared/evidence/index.ts';
import { logKinds } from '#shared/log/index.ts';
import { Desk, day, hour, lineDown, minute, newId, ports, second } from './world.ts';

/**
 * Property tests with ground truth: a desk with any drift within δ, any wall clock, any latencies, reboots, suspends and
 * outages makes real entries and real anchors; whatever the evidence then claims must be true.
 */
const rho = 50;
const error = fc.integer({ min: -rho, max: rho });
const wait = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 20 * minute }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 * hour }) });
const latency = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 2 * second }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 20 * minute }) });
const wall = fc.integer({ min: -30 * day, max: 30 * day });
const drift = fc.integer({ min: -200, max: 200 }).map((ppm) => ppm / 1_000_000);

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), for: wait }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('act' as const), dossier: fc.nat(3), handOver: fc.boolean(), claim: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('anchor' as const), there: latency, back: latency, error, noted: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sync' as const), error, keep: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reboot' as const), off: fc.integer({ min: second, max: 16 * hour }), wall: fc.option(wall), drift }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('suspend' as const), for: fc.integer({ min: second, max: 12 * hour }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('step' as const), wall, recorded: fc.boolean() }) },
);
const story = fc.record({
  drift,
  wall,
  dues: fc.array(fc.integer({ min: 10 * minute, max: 4 * day }), { minLength: 4, maxLength: 4 }),
  steps: fc.array(step, { minLength: 5, maxLength: 45 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

function play(told: Story): { desk: Desk; dossiers: { id: string; due: number }[] } {
  const desk = new Desk({ drift: told.drift, wallOffset: told.wall, rho });
  desk.anchor({ why: 'enrolled' });
  const dossiers = told.dues.map((after) => ({ id: newId(), due: desk.now + after }));
  for (const { id, due } of dossiers) desk.receive(id, due);
  for (const one of told.steps) {
    const target = one.do === 'act' ? dossiers[one.dossier] : undefined;
    if (one.do === 'wait') desk.wait(one.for);
    else if (one.do === 'anchor') desk.anchor(one);
    else if (one.do === 'sync') desk.sync(one.error, Math.max(desk.receipts.at(-1)?.seq ?? 1, desk.entries.length - one.keep));
    else if (one.do === 'suspend') desk.suspend(one.for);
    else if (one.do === 'reboot') {
      desk.drift = one.drift;
      desk.reboot(one.off);
      if (one.wall !== null) desk.wallOffset = one.wall;
    } else if (one.do === 'step') {
      const before = desk.reading();
      const by = one.wall - desk.wallOffset;
      desk.wallOffset = one.wall;
      if (one.recorded) desk.append(logKinds.clockStepped, { by: Math.round(by), before });
    } else if (target) {
      const claim = one.claim ? { claimedAt: target.due - minute } : {};
      if (one.handOver) desk.handOver(target.id, claim);
      else desk.ready(target.id, claim);
    }
  }
  return { desk, dossiers };
}

/**
 * Days of an office whose line fails: machines switched off and on, put to sleep, clocks put by hand or NTP while they run, put otherwise once while they are off, and
 * one day on which somebody starts the machine with its clock set back so far that it shows, and puts it right before the next start.
 */
const honest = fc.record({
  drift,
  wall,
  gaps: fc.array(fc.record({
    off: fc.array(fc.integer({ min: second, max: 16 * hour }), { maxLength: 4 }),
    work: fc.integer({ min: minute, max: 8 * hour }),
    sleeps: fc.boolean(),
    steps: fc.option(wall),
    /** Put forward or back while it was off, before the boot with this number. */
    unseen: fc.option(fc.record({ boot: fc.nat(3), by: fc.integer({ min: -5 * day, max: 5 * day }) })),
    /** Set back before this boot, and forward again before the next. */
    meddled: fc.option(fc.nat(3)),
  }), { minLength: 1, maxLength: 4 }),
});

function playHonest(told: typeof honest extends fc.Arbitrary<infer T> ? T : never): Desk {
  const desk = new Desk({ drift: told.drift, wallOffset: told.wall, rho });
  desk.anchor({ why: 'enrolled' });
  for (const gap of told.gaps) {
    for (const [boot, off] of gap.off.entries()) {
      desk.wait(gap.work).ready(newId());
      if (gap.sleeps) desk.suspend(hour);
      if (gap.steps !== null && boot === 0) desk.step(gap.steps);
      desk.wait(minute).ready(newId());
      desk.reboot(off);
      if (gap.unseen?.boot === boot && gap.meddled === null) desk.wallOffset += gap.unseen.by;
      if (gap.meddled === boot) desk.wallOffset -= 20 * day;
      else if (gap.meddled === boot - 1) desk.wallOffset += 20 * day;
    }
    if (gap.meddled !== null && gap.meddled === gap.off.length - 1) {
      desk.wait(minute).ready(newId());
      desk.reboot(minute);
      desk.wallOffset += 20 * day;
    }
    desk.wait(gap.work).ready(newId());
    desk.wait(minute).anchor();
    desk.sync();
  }
  return desk;
}

/** What the centre holds. */
function held(desk: Desk): LogRecord {
  return desk.record({ entries: desk.entries.slice(0, Math.max(0, ...desk.receipts.map((receipt) => receipt.seq))) });
}

/** The seed is kept so that the counts below hold; change it to look elsewhere. */
const lasting = { numRuns: 800, seed: 20_261_124 };

describe('against the truth', () => {
  it('every interval contains it, of every entry and every grade', () => {
    const grades = { A: 0, B: 0, C: 0 };
    fc.assert(fc.property(story, (told) => {
      const { desk } = play(told);
      // Even with support for all it claims: uptime and the hard bound need no belief in any wall clock.
      const evidence = logEvidence({ ...held(desk), outside: lineDown }, ports);
      for (const entry of desk.entries.slice(0, evidence.held)) {
        const interval = evidence.interval(entry.header.seq);
        const truth = desk.truth.get(entry.hash) ?? Number.NaN;
        if (interval?.grade === 'B-wall') continue;
        expect(interval?.min ?? -Infinity).toBeLessThanOrEqual(truth);
        expect(interval?.max ?? Infinity).toBeGreaterThanOrEqual(truth);
        if (interval) grades[interval.grade] += 1;
        expect(interval?.derivation.weaknesses).not.toContain('empty');
        expect(interval?.derivation.weaknesses).not.toContain('anchors-disagree');
      }
      expect(evidence.ignored).toEqual([]);
    }), lasting);
    // The stories must reach every grade, or the above shows nothing.
    for (const count of Object.values(grades)) expect(count).toBeGreaterThan(200);
  });

  it('what the wall clock leaves contains it too, if the clock is put where it is seen, and between two contacts once unseen at most', () => {
    let weighed = 0;
    fc.assert(fc.property(honest, (told) => {
      const desk = playHonest(told);
      const evidence = logEvidence({ ...held(desk), outside: lineDown }, ports);
      for (const entry of desk.entries.slice(0, evidence.held)) {
        const interval = evidence.interval(entry.header.seq);
        const truth = desk.truth.get(entry.hash) ?? Number.NaN;
        expect(interval?.min ?? -Infinity).toBeLessThanOrEqual(truth);
        expect(interval?.max ?? Infinity).toBeGreaterThanOrEqual(truth);
        if (interval?.grade === 'B-wall') weighed += 1;
      }
    }), { numRuns: 400, seed: 20_261_126 });
    expect(weighed).toBeGreaterThan(500);
  });

  it('no late act passes as on time, no act in time is called late, nothing is late that a desk may still bring', () => {
    const kinds = new Map<Verdict['kind'], number>();
    fc.assert(fc.property(story, (told) => {
      const { desk, dossiers } = play(told);
      const record = held(desk);
      const evidence = logEvidence(record, ports);
      for (const { id, due } of dossiers) {
        const entries = record.entries.filter((entry) => entry.header.dossier === id);
        const state = foldDossier(entries);
        if (!state || !isAccepted(state)) continue;
        const verdict = judgeDossier({
          state, entries, logs: new Map([[desk.log, evidence]]), devices: [{ installation: 'one', coveredTo: evidence.coveredTo }],
          centreSide: () => ({ silences: [], gaps: [] }), now: Math.round(desk.now),
        });
        kinds.set(verdict.kind, (kinds.get(verdict.kind) ?? 0) + 1);
        const acts = desk.entries.filter((entry) => entry.header.dossier === id && entry.header.kind !== 'dossier.received');
        const truth = Math.min(...acts.map((entry) => desk.truth.get(entry.hash) ?? Infinity));
        switch (verdict.kind) {
          case 'on_time':
            // By the centre's clock, which may be off by rho.
            expect(truth).toBeLessThanOrEqual(due + rho);
            break;
          case 'cleared':
            expect(truth).toBeLessThanOrEqual(due);
            expect(verdict.newsAt ?? 0).toBeGreaterThan(due);
            expect(verdict.oldWay).toBe('late');
            break;
          case 'late':
          case 'entered_late':
            expect(truth).toBeGreaterThan(due);
            break;
          case 'in_term':
            expect(desk.now).toBeLessThanOrEqual(due + 1);
            break;
          case 'awaiting_desk':
          case 'undetermined':
            break;
        }
        expect(verdict.forPeople || verdict.kind !== 'undetermined').toBe(true);
      }
    }), lasting);
    for (const kind of ['on_time', 'cleared', 'late', 'entered_late', 'in_term', 'awaiting_desk', 'undetermined'] as const) {
      expect([kind, (kinds.get(kind) ?? 0) > 10]).toEqual([kind, true]);
    }
  });

  it('a later anchor or receipt never moves an interval of grade A or B off the truth, and the hard bound only shrinks', () => {
    fc.assert(fc.property(story, (told) => {
      const { desk } = play(told);
      desk.sync();
      const earlier = desk.evidence();
      desk.wait(minute).anchor();
      desk.sync();
      const later = desk.evidence();
      for (const entry of desk.entries.slice(0, earlier.held)) {
        const a = earlier.interval(entry.header.seq)?.derivation.hard;
        const b = later.interval(entry.header.seq)?.derivation.hard;
        expect(b?.min ?? -Infinity).toBeGreaterThanOrEqual(a?.min ?? -Infinity);
        expect(b?.max ?? Infinity).toBeLessThanOrEqual(a?.max ?? Infinity);
      }
    }), { numRuns: 150, seed: 20_261_124 });
  });
});
