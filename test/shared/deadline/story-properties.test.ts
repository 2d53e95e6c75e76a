import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  apologyLimit, civil, daysBetween, defaultSettings, dueDateSchema, dueOf, dueUnder, timerEnd, transferBy, weekdayOf, workingDaysBetween, workingMinutesBetween,
  type DueChange, type Settings, type Term, type TimerName, type WorkingCalendar,
} from '#shared/deadline/index.ts';
import { at, calendar, calendarDays, days, due, hours, withHalfDays } from './sample-calendar.ts';
import { told } from './told.ts';

const minute = 60_000;
const halved = withHalfDays(['2024-05-04', 'morning'], ['2024-12-31', 'afternoon'], ['2025-04-26', 'afternoon'], ['2025-12-31', 'morning'], ['2026-02-13', 'morning'], ['2026-03-07', 'morning']);
const published: Readonly<Record<'whole' | 'halved', WorkingCalendar>> = { whole: calendar, halved };
const years = fc.constantFrom<keyof typeof published>('whole', 'halved');

const instants = fc.integer({ min: at('2024-01-01 00:00') / minute, max: at('2026-06-30 23:59') / minute }).map((count) => count * minute);
const lengths = fc.integer({ min: 0, max: 60 * 24 * 60 }).map((count) => count * minute);
const terms: fc.Arbitrary<Term> = fc.oneof(
  fc.constant<Term>({ unit: 'sameDay' }),
  fc.integer({ min: 1, max: 40 }).map(days),
  fc.integer({ min: 0, max: 20 }).map((n): Term => ({ unit: 'halfWorkingDay', amount: n * 2 + 1 })),
  fc.integer({ min: 1, max: 100 }).map(hours),
  fc.integer({ min: 1, max: 60 }).map(calendarDays),
);
const change: fc.Arbitrary<DueChange> = fc.oneof(
  instants.map((when): DueChange => ({ kind: 'restart', at: when })),
  fc.tuple(instants, lengths).map(([from, length]): DueChange => ({ kind: 'pause', from, to: from + length })),
  terms.filter((term) => term.unit !== 'sameDay').map((by): DueChange => ({ kind: 'extension', by })),
  instants.map((when): DueChange => ({ kind: 'appointment', at: when })),
);
const changes = fc.array(change, { maxLength: 5 });
const settings: fc.Arbitrary<Partial<Settings>> = fc.record({
  dayOfReceiptCounts: fc.boolean(),
  transferCutOff: fc.constantFrom('11:00', '15:00', '16:30'),
  cutOffMovesTerm: fc.boolean(),
  dayTermEnds: fc.constantFrom('closeOfOffice' as const, 'timeOfAcceptance' as const),
  halfDayCountsHalf: fc.boolean(),
  filledSessionEndsTerm: fc.boolean(),
  appointmentMovesDue: fc.boolean(),
});

/** Worked by the calendar's own words, not by the code under test. */
function worked(instant: number, year: keyof typeof published): boolean {
  const { date, time } = civil(instant);
  const { coversTo, daysOff, halfDays, workedInstead } = published[year];
  const [morning, afternoon] = [time >= '07:30' && time <= '11:30', time >= '13:30' && time <= '17:30'];
  const half = halfDays.find((day) => day.date === date);
  if (half) return half.session === 'morning' ? morning : afternoon;
  const works = workedInstead.some((day) => day.date === date) || (weekdayOf(date) < 6 && (date > coversTo || !daysOff.some((day) => day.date === date)));
  return works && (morning || afternoon);
}

describe('the due date of any story', () => {
  it('lies on a worked day, in a session, on a whole minute, and so does its appointment', () => {
    fc.assert(fc.property(instants, terms, changes, settings, years, (accepted, term, list, how, year) => {
      const result = told(accepted, term, list, how, published[year]);
      for (const one of [result.at, ...(result.appointment === undefined ? [] : [result.appointment])]) {
        expect(worked(one, year)).toBe(true);
        expect(one % minute).toBe(0);
      }
      expect(result.appointment ?? result.at + 1).toBeGreaterThan(result.at);
      expect(dueDateSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    }), { numRuns: 1500 });
  });

  it('is never earlier for a later acceptance', () => {
    fc.assert(fc.property(instants, lengths, terms, changes, settings, years, (accepted, later, term, list, how, year) => {
      const [first, second] = [accepted, accepted + later].map((when) => told(when, term, list, how, published[year]));
      expect(second?.at).toBeGreaterThanOrEqual(first?.at ?? Infinity);
    }), { numRuns: 1500 });
  });

  it('is never earlier for a longer pause, a later restart or a longer extension', () => {
    fc.assert(fc.property(instants, terms, instants, lengths, lengths, settings, years, (accepted, term, from, length, more, how, year) => {
      const of = (one: DueChange): number => told(accepted, term, [one], how, published[year]).at;
      expect(of({ kind: 'pause', from, to: from + length + more })).toBeGreaterThanOrEqual(of({ kind: 'pause', from, to: from + length }));
      expect(of({ kind: 'restart', at: from + more })).toBeGreaterThanOrEqual(of({ kind: 'restart', at: from }));
      const n = 1 + Math.floor(length / (24 * 60 * minute));
      for (const by of [days, hours, calendarDays]) {
        expect(of({ kind: 'extension', by: by(n + 1) })).toBeGreaterThanOrEqual(of({ kind: 'extension', by: by(n) }));
      }
    }), { numRuns: 1000 });
  });

  it('after a restart is that of a fresh acceptance, whatever was before', () => {
    fc.assert(fc.property(instants, instants, terms, changes, settings, years, (accepted, again, term, list, how, year) => {
      const restarted = told(accepted, term, [...list, { kind: 'restart', at: again }], how, published[year]);
      const fresh = due(again, term, how, published[year]);
      expect({ ...restarted, steps: restarted.steps.slice(1), ruleSet: fresh.ruleSet }).toEqual(fresh);
    }));
  });

  it('is not moved by a pause of no length', () => {
    fc.assert(fc.property(instants, terms, changes, instants, settings, years, (accepted, term, list, when, how, year) => {
      const still = told(accepted, term, [...list, { kind: 'pause', from: when, to: when }], how, published[year]);
      const { at: before, appointment } = told(accepted, term, list, how, published[year]);
      expect([still.at, still.appointment]).toEqual([before, appointment]);
    }));
  });

  it('is moved by exactly what stood still', () => {
    fc.assert(fc.property(instants, fc.integer({ min: 1, max: 30 }), instants, lengths, (accepted, n, from, length) => {
      const to = from + length;
      const stop: DueChange = { kind: 'pause', from, to };
      // Outside office hours an act counts as the next opening: the properties of days hold for acts in them.
      fc.pre(worked(from, 'whole') && worked(to, 'whole'));
      const inDays = told(accepted, days(n), []).at;
      expect(workingDaysBetween(inDays, told(accepted, days(n), [stop]).at, calendar)).toBe(workingDaysBetween(from, to, calendar));
      const inHours = told(accepted, hours(n), []).at;
      expect(workingMinutesBetween(inHours, told(accepted, hours(n), [stop]).at, calendar)).toBe(workingMinutesBetween(from, to, calendar));
      const inCalendar = told(accepted, calendarDays(n), []).at;
      expect(daysBetween(civil(inCalendar).date, civil(told(accepted, calendarDays(n), [stop]).at).date)).toBeGreaterThanOrEqual(daysBetween(civil(from).date, civil(to).date));
    }), { numRuns: 400 });
  });

  it('is extended by exactly the extension', () => {
    fc.assert(fc.property(instants, terms, fc.integer({ min: 1, max: 30 }), (accepted, term, n) => {
      const before = told(accepted, term, []).at;
      expect(workingDaysBetween(before, told(accepted, term, [{ kind: 'extension', by: days(n) }]).at, calendar)).toBe(n);
      expect(workingMinutesBetween(before, told(accepted, term, [{ kind: 'extension', by: days(n) }]).at, calendar)).toBe(n * 480);
      expect(workingMinutesBetween(before, told(accepted, term, [{ kind: 'extension', by: hours(n) }]).at, calendar)).toBe(n * 60);
    }), { numRuns: 400 });
  });
});

describe('changes compose', () => {
  it('two pauses that touch are one', () => {
    fc.assert(fc.property(instants, fc.oneof(fc.integer({ min: 1, max: 30 }).map(days), fc.integer({ min: 1, max: 90 }).map(hours)), instants, lengths, lengths, (accepted, term, from, first, second) => {
      const [middle, to] = [from + first, from + first + second];
      expect(told(accepted, term, [{ kind: 'pause', from, to: middle }, { kind: 'pause', from: middle, to }]).at).toBe(told(accepted, term, [{ kind: 'pause', from, to }]).at);
    }), { numRuns: 400 });
  });

  it('two extensions are their sum, and a pause before one is a pause after it', () => {
    fc.assert(fc.property(instants, terms, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), instants, lengths, (accepted, term, a, b, from, length) => {
      fc.pre(term.unit !== 'calendarDay');
      for (const by of [days, hours]) {
        const both = told(accepted, term, [{ kind: 'extension', by: by(a) }, { kind: 'extension', by: by(b) }]).at;
        expect(both).toBe(told(accepted, term, [{ kind: 'extension', by: by(a + b) }]).at);
      }
      const [stop, more]: DueChange[] = [{ kind: 'pause', from, to: from + length }, { kind: 'extension', by: days(a) }];
      expect(told(accepted, term, [stop!, more!]).at).toBe(told(accepted, term, [more!, stop!]).at);
    }), { numRuns: 400 });
  });

  it('a story goes on from where it stood', () => {
    fc.assert(fc.property(instants, terms, changes, change, settings, (accepted, term, list, last, how) => {
      const [before, after] = [told(accepted, term, list, how), told(accepted, term, [...list, last], how)];
      if (last.kind === 'restart') return;
      const ends = (steps: typeof before.steps): typeof before.steps => steps.filter(({ code }) => !['endsAtClose', 'endsWithSession', 'beyondCalendar'].includes(code));
      expect(ends(after.steps).slice(0, ends(before.steps).length)).toEqual(ends(before.steps));
    }));
  });
});

describe('a later calendar', () => {
  it('makes provisional dates final, and leaves final ones alone', () => {
    fc.assert(fc.property(instants, terms, changes, settings, fc.constantFrom('2024-12-31', '2025-12-31', '2026-12-31'), (accepted, term, list, how, coversTo) => {
      const rules = { ...defaultSettings, ...how };
      const earlier = { ...calendar, coversTo, version: coversTo.slice(0, 4), daysOff: calendar.daysOff.filter(({ date }) => date <= coversTo) };
      fc.pre(civil(accepted).date <= coversTo);
      const story = { acceptedAt: accepted, term, changes: list };
      const printed = dueOf(story, earlier, rules);
      const direct = dueOf(story, calendar, rules);
      const result = printed.ok ? dueUnder(story, printed.value, calendar, rules) : printed;
      if (!printed.ok || !direct.ok || !result.ok) throw new Error('the calendar covers the start');
      const { due: again, moves, binding } = result.value;
      expect({ ...again, steps: again.steps.slice(0, -1) }).toEqual(direct.value);
      expect([moves, binding]).toEqual([again.at !== printed.value.at, printed.value.provisional]);
      // Nothing was decided anew about the days that were published before.
      if (!printed.value.provisional) expect(moves).toBe(false);
    }), { numRuns: 600 });
  });
});

describe('timers and limits', () => {
  const timers = fc.constantFrom<TimerName>('onlineAnswer', 'supplementNotice', 'supplementCompletion', 'resultCorrection', 'paperTransfer');

  it('end in office hours, by the rules of terms', () => {
    fc.assert(fc.property(instants, timers, years, (from, timer, year) => {
      const end = timerEnd(from, timer, published[year], defaultSettings);
      if (!end.ok) throw new Error(end.fault.code);
      expect(worked(end.value, year)).toBe(true);
      expect(end.value).toBe(due(from, defaultSettings.timers[timer], {}, published[year]).at);
    }));
  });

  it('hand over within the next working day, never earlier for a later acceptance', () => {
    fc.assert(fc.property(instants, lengths, years, (accepted, later, year) => {
      const by = transferBy(accepted, published[year], defaultSettings);
      expect(worked(by, year)).toBe(true);
      expect(by).toBeGreaterThanOrEqual(accepted - minute);
      expect(workingMinutesBetween(accepted, by, published[year])).toBeLessThanOrEqual(480);
      expect(transferBy(accepted + later, published[year], defaultSettings)).toBeGreaterThanOrEqual(by);
    }));
  });

  it('apologise before the due date, on a day that is worked', () => {
    fc.assert(fc.property(instants, terms, fc.integer({ min: 0, max: 5 }), years, (accepted, term, apologyDaysBefore, year) => {
      const date = due(accepted, term, {}, published[year]);
      const { latest, alertOn } = apologyLimit(date, published[year], { ...defaultSettings, apologyDaysBefore });
      expect(latest).toBeLessThanOrEqual(date.at);
      expect(daysBetween(civil(latest).date, civil(date.at).date)).toBe(apologyDaysBefore);
      expect(alertOn <= civil(latest).date).toBe(true);
      expect(worked(at(`${alertOn} 09:00`), year) || worked(at(`${alertOn} 14:00`), year)).toBe(true);
      // No working day lies between the alert and the limit.
      expect(workingDaysBetween(at(`${alertOn} 17:30`), latest, published[year])).toBe(0);
    }));
  });
});
