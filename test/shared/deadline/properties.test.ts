import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { civil, defaultSettings, settingsSchema, termSchema, weekdayOf, workingDaysBetween, workingMinutesBetween, type Settings, type Term } from '#shared/deadline/index.ts';
import { at, calendar, calendarDays, days, due, hours, withHalfDays } from './sample-calendar.ts';

const minute = 60_000;
const halved = withHalfDays(['2024-05-04', 'morning'], ['2025-04-26', 'afternoon'], ['2025-12-31', 'morning'], ['2026-08-22', 'morning'], ['2026-03-07', 'morning']);

const accepted = fc.integer({ min: at('2024-01-01 00:00'), max: at('2026-11-30 23:59') });
const terms: fc.Arbitrary<Term> = fc.oneof(
  fc.constant<Term>({ unit: 'sameDay' }),
  fc.integer({ min: 1, max: 60 }).map(days),
  fc.integer({ min: 0, max: 30 }).map((n): Term => ({ unit: 'halfWorkingDay', amount: n * 2 + 1 })),
  fc.integer({ min: 1, max: 200 }).map(hours),
  fc.integer({ min: 1, max: 90 }).map(calendarDays),
);
const settings: fc.Arbitrary<Settings> = fc.record({
  nd118From: fc.constant(defaultSettings.nd118From),
  dayOfReceiptCounts: fc.boolean(),
  transferCutOff: fc.constantFrom('11:00', '15:00', '16:30'),
  cutOffMovesTerm: fc.boolean(),
  outsideHoursWaitForOpening: fc.boolean(),
  dayTermEnds: fc.constantFrom('closeOfOffice' as const, 'timeOfAcceptance' as const),
  halfDayCountsHalf: fc.boolean(),
  filledSessionEndsTerm: fc.boolean(),
  calendarTermRolls: fc.constant(true),
  paymentPauses: fc.boolean(),
  timers: fc.constant(defaultSettings.timers),
  apologyDaysBefore: fc.integer({ min: 0, max: 3 }),
  appointmentMovesDue: fc.boolean(),
  transferGraceMinutes: fc.constantFrom(0, 30, 240),
}).filter((how) => settingsSchema.safeParse(how).success);
const published = { whole: calendar, halved };
const years = fc.constantFrom<keyof typeof published>('whole', 'halved');

/** Worked by the rule in the calendar's own words, not by the code under test. */
function worked(date: string, year: keyof typeof published): boolean {
  if (published[year].halfDays.some((day) => day.date === date) || calendar.workedInstead.some((day) => day.date === date)) return true;
  return weekdayOf(date) < 6 && !calendar.daysOff.some((day) => day.date === date);
}

describe('every due date', () => {
  it('lies on a worked day, in office hours, on a whole minute, not before its start', () => {
    fc.assert(fc.property(accepted, terms, settings, years, (start, term, how, year) => {
      const result = due(start, term, how, published[year]);
      const end = civil(result.at);
      expect(worked(end.date, year) || end.date > calendar.coversTo).toBe(true);
      expect((end.time >= '07:30' && end.time <= '11:30') || (end.time >= '13:30' && end.time <= '17:30')).toBe(true);
      expect(result.at % minute).toBe(0);
      expect(result.at).toBeGreaterThanOrEqual(result.start);
      expect(result.start).toBeGreaterThan(start - minute);
      expect(result.provisional).toBe(end.date > calendar.coversTo);
    }), { numRuns: 1500 });
  });

  it('is never earlier for a later acceptance', () => {
    fc.assert(fc.property(accepted, fc.integer({ min: 0, max: 10 * 24 * 60 }), terms, settings, years, (start, later, term, how, year) => {
      fc.pre(start + later * minute <= at('2026-11-30 23:59'));
      expect(due(start + later * minute, term, how, published[year]).at).toBeGreaterThanOrEqual(due(start, term, how, published[year]).at);
    }), { numRuns: 1500 });
  });

  it('is later for one day or hour more, and never earlier for one calendar day more', () => {
    fc.assert(fc.property(accepted, fc.integer({ min: 1, max: 100 }), settings, years, (start, n, how, year) => {
      expect(due(start, hours(n + 1), how, published[year]).at).toBeGreaterThan(due(start, hours(n), how, published[year]).at);
      expect(due(start, calendarDays(n + 1), how, published[year]).at).toBeGreaterThanOrEqual(due(start, calendarDays(n), how, published[year]).at);
      expect(due(start, days(n + 1), how, calendar).at).toBeGreaterThan(due(start, days(n), how, calendar).at);
    }), { numRuns: 500 });
  });

  it('leaves exactly the term between itself and its start', () => {
    fc.assert(fc.property(accepted, fc.integer({ min: 1, max: 100 }), years, (start, n, year) => {
      const inHours = due(start, hours(n), {}, published[year]);
      expect(workingMinutesBetween(inHours.start, inHours.at, published[year])).toBe(n * 60);
      const inDays = due(start, days(n), {}, calendar);
      expect(workingDaysBetween(inDays.start, inDays.at, calendar)).toBe(n);
    }), { numRuns: 500 });
  });
});

describe('working time between instants', () => {
  it('counts sessions, not hours', () => {
    expect(workingMinutesBetween(at('2026-11-24 09:00'), at('2026-11-25 09:00'), calendar)).toBe(480);
    expect(workingMinutesBetween(at('2026-11-24 11:00'), at('2026-11-24 14:00'), calendar)).toBe(60);
    expect(workingMinutesBetween(at('2026-02-13 17:00'), at('2026-02-23 08:00'), calendar)).toBe(60);
    expect(workingMinutesBetween(at('2026-11-25 09:00'), at('2026-11-24 09:00'), calendar)).toBe(-480);
    expect(workingDaysBetween(at('2026-01-08 09:00'), at('2026-01-12 09:00'), calendar)).toBe(3);
    expect(workingDaysBetween(at('2026-11-24 09:00'), at('2026-11-24 17:00'), calendar)).toBe(0);
    expect(workingDaysBetween(at('2026-08-21 09:00'), at('2026-08-22 09:00'), halved)).toBe(0.5);
  });

  it('adds up', () => {
    fc.assert(fc.property(accepted, accepted, accepted, (a, b, c) => {
      const [x, y, z] = [a, b, c].map((instant) => Math.floor(instant / minute) * minute);
      const sum = workingMinutesBetween(x!, y!, halved) + workingMinutesBetween(y!, z!, halved);
      expect(workingMinutesBetween(x!, z!, halved)).toBe(sum);
    }), { numRuns: 200 });
  });
});

it('random terms are terms', () => {
  fc.assert(fc.property(terms, (term) => expect(termSchema.parse(term)).toEqual(term)));
});
