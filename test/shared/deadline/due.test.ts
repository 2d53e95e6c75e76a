import { describe, expect, it } from '@jest/globals';
import { defaultSettings, dueDate, dueDateSchema, ruleSetFor, termSchema, type Term } from '#shared/deadline/index.ts';
import { canonicalText } from '#shared/log/index.ts';
import { at, calendar, calendarDays, days, due, halves, hours, sameDay, show, withHalfDays } from './sample-calendar.ts';

type Case = readonly [accepted: string, term: Term, expected: string];

describe('terms in working days', () => {
  it.each<Case>([
    // 2024: Tết 08 to 14/02; 29/04 exchanged for Saturday 04/05.
    ['2024-02-07 09:00', days(3), '2024-02-19 17:30'],
    ['2024-04-17 10:00', days(1), '2024-04-19 17:30'],
    ['2024-04-26 09:00', days(2), '2024-05-03 17:30'],
    ['2024-04-26 09:00', days(3), '2024-05-04 17:30'],
    ['2024-04-26 09:00', days(4), '2024-05-06 17:30'],
    ['2024-08-30 16:00', days(1), '2024-09-04 17:30'],
    // 2025: Tết 25/01 to 02/02; Friday 02/05 exchanged for Saturday 26/04.
    ['2025-01-24 10:00', days(5), '2025-02-07 17:30'],
    ['2025-04-24 14:00', days(3), '2025-04-28 17:30'],
    ['2025-04-24 14:00', days(5), '2025-05-05 17:30'],
    ['2025-08-29 08:00', days(1), '2025-09-03 17:30'],
    // 2026: New Year with 02/01 exchanged for 10/01; Tết 14 to 22/02; 31/08 exchanged for 22/08.
    ['2025-12-31 09:00', days(1), '2026-01-05 17:30'],
    ['2026-01-08 09:00', days(2), '2026-01-10 17:30'],
    ['2026-01-08 09:00', days(3), '2026-01-12 17:30'],
    ['2026-02-13 14:00', days(1), '2026-02-23 17:30'],
    ['2026-04-24 09:00', days(1), '2026-04-28 17:30'],
    ['2026-04-29 09:00', days(1), '2026-05-04 17:30'],
    ['2026-08-21 09:00', days(2), '2026-08-24 17:30'],
    ['2026-08-28 09:00', days(2), '2026-09-04 17:30'],
    // The cut-off moves the transfer, not the term.
    ['2026-11-23 16:00', days(1), '2026-11-24 17:30'],
    ['2026-11-24 09:00', days(22), '2026-12-24 17:30'],
  ])('accepted %s, %j: due %s', (accepted, term, expected) => {
    const result = due(accepted, term);
    expect(show(result.at)).toBe(expected);
    expect(result.provisional).toBe(false);
  });

  it.each<Case>([
    ['2026-11-24 09:00', halves(1), '2026-11-25 11:30'],
    ['2026-11-24 09:00', halves(3), '2026-11-26 11:30'],
    ['2026-11-27 16:00', halves(1), '2026-11-30 11:30'],
  ])('a half ends with its session: accepted %s, %j: due %s', (accepted, term, expected) => {
    expect(show(due(accepted, term).at)).toBe(expected);
  });

  it('starts when the office opens, where it was closed', () => {
    // Saturday: day 0 is Monday. Lunch: the same day. Before opening: the same day. After closing: the next.
    for (const [accepted, start, end] of [
      ['2026-11-21 10:00', '2026-11-23 07:30', '2026-11-24 17:30'],
      ['2026-11-24 12:00', '2026-11-24 13:30', '2026-11-25 17:30'],
      ['2026-11-24 06:00', '2026-11-24 07:30', '2026-11-25 17:30'],
      ['2026-11-24 17:31', '2026-11-25 07:30', '2026-11-26 17:30'],
      // The closing minute still belongs to office hours.
      ['2026-11-24 17:30', '2026-11-24 17:30', '2026-11-25 17:30'],
      ['2026-02-15 09:00', '2026-02-23 07:30', '2026-02-24 17:30'],
    ] as const) {
      const result = due(accepted, days(1));
      expect([accepted, show(result.start), show(result.at)]).toEqual([accepted, start, end]);
    }
  });
});

describe('the same day', () => {
  it.each([
    ['2026-11-24 15:00', '2026-11-24 17:30'],
    ['2026-11-24 15:01', '2026-11-25 17:30'],
    ['2026-11-27 15:01', '2026-11-30 17:30'],
    ['2026-08-21 16:00', '2026-08-22 17:30'],
    ['2026-02-13 16:00', '2026-02-23 17:30'],
    ['2026-11-21 09:00', '2026-11-23 17:30'],
    ['2026-11-24 18:00', '2026-11-25 17:30'],
  ])('accepted %s: due %s', (accepted, expected) => {
    expect(show(due(accepted, sameDay).at)).toBe(expected);
  });

  it('goes by the minute on the receipt: 15:00:59 is 15:00', () => {
    expect(show(due(at('2026-11-24 15:00') + 59_999, sameDay).at)).toBe('2026-11-24 17:30');
  });
});

describe('terms in working hours', () => {
  it.each<Case>([
    ['2026-11-24 09:00', hours(8), '2026-11-25 09:00'],
    ['2026-11-24 09:00', hours(4), '2026-11-24 15:00'],
    ['2026-11-24 10:30', hours(2), '2026-11-24 14:30'],
    ['2026-11-24 07:30', hours(4), '2026-11-24 11:30'],
    ['2026-11-24 07:30', hours(8), '2026-11-24 17:30'],
    ['2026-11-24 11:30', hours(1), '2026-11-24 14:30'],
    ['2026-11-27 16:30', hours(2), '2026-11-30 08:30'],
    ['2026-01-09 16:30', hours(2), '2026-01-10 08:30'],
    ['2026-02-13 17:00', hours(1), '2026-02-23 08:00'],
    ['2026-11-22 09:00', hours(1), '2026-11-23 08:30'],
  ])('accepted %s, %j: due %s', (accepted, term, expected) => {
    expect(show(due(accepted, term).at)).toBe(expected);
  });
});

describe('terms in calendar days', () => {
  it.each<Case>([
    ['2026-11-24 09:00', calendarDays(10), '2026-12-04 17:30'],
    // 26/04 is Giỗ Tổ and a Sunday, 27/04 compensates it.
    ['2026-04-16 09:00', calendarDays(10), '2026-04-28 17:30'],
    // A worked Saturday is no day off.
    ['2026-08-12 09:00', calendarDays(10), '2026-08-22 17:30'],
    ['2026-02-06 09:00', calendarDays(8), '2026-02-23 17:30'],
    ['2024-04-19 09:00', calendarDays(10), '2024-05-02 17:30'],
  ])('accepted %s, %j: due %s', (accepted, term, expected) => {
    expect(show(due(accepted, term).at)).toBe(expected);
  });
});

describe('half days', () => {
  const saturdayMorning = withHalfDays(['2026-11-28', 'morning']);
  const wednesdayAfternoon = withHalfDays(['2026-11-25', 'afternoon']);

  it('count half', () => {
    expect(show(due('2026-11-27 09:00', days(1), {}, saturdayMorning).at)).toBe('2026-11-30 17:30');
    expect(show(due('2026-11-27 09:00', halves(1), {}, saturdayMorning).at)).toBe('2026-11-28 11:30');
    expect(show(due('2026-11-24 09:00', days(2), {}, wednesdayAfternoon).at)).toBe('2026-11-27 17:30');
  });

  it('count whole where the province says so', () => {
    expect(show(due('2026-11-27 09:00', days(1), { halfDayCountsHalf: false }, saturdayMorning).at)).toBe('2026-11-28 11:30');
  });

  it('end terms at their own close, and have only their own hours', () => {
    expect(show(due('2026-11-18 09:00', calendarDays(10), {}, saturdayMorning).at)).toBe('2026-11-28 11:30');
    expect(show(due('2026-11-28 09:00', sameDay, {}, saturdayMorning).at)).toBe('2026-11-28 11:30');
    expect(show(due('2026-11-24 16:30', hours(2), {}, wednesdayAfternoon).at)).toBe('2026-11-25 14:30');
    expect(show(due('2026-11-25 08:00', sameDay, {}, wednesdayAfternoon).start)).toBe('2026-11-25 13:30');
  });
});

describe('settings', () => {
  it('may count the day of receipt', () => {
    const counts = { dayOfReceiptCounts: true };
    expect(show(due('2026-11-24 10:00', days(1), counts).at)).toBe('2026-11-24 17:30');
    expect(show(due('2026-11-24 10:00', days(3), counts).at)).toBe('2026-11-26 17:30');
    expect(show(due('2026-11-24 10:00', calendarDays(3), counts).at)).toBe('2026-11-26 17:30');
    expect(show(due('2026-11-24 10:00', halves(1), counts).at)).toBe('2026-11-24 11:30');
    expect(show(due('2026-11-24 14:00', halves(1), counts).at)).toBe('2026-11-24 17:30');
  });

  it('may let the cut-off move terms in days, at another time', () => {
    const moves = { cutOffMovesTerm: true, transferCutOff: '16:00' };
    expect(show(due('2026-11-24 15:30', days(1), moves).at)).toBe('2026-11-25 17:30');
    const moved = due('2026-11-24 16:30', days(1), moves);
    expect([show(moved.start), show(moved.at)]).toEqual(['2026-11-25 07:30', '2026-11-26 17:30']);
    expect(show(due('2026-11-24 16:30', calendarDays(1), moves).at)).toBe('2026-11-26 17:30');
  });

  it('may end terms at the time of acceptance, within office hours', () => {
    const sameTime = { dayTermEnds: 'timeOfAcceptance' } as const;
    expect(show(due('2026-11-24 10:15', days(3), sameTime).at)).toBe('2026-11-27 10:15');
    expect(show(due('2026-11-27 15:00', days(1), { ...sameTime, halfDayCountsHalf: false }, withHalfDays(['2026-11-28', 'morning'])).at)).toBe('2026-11-28 11:30');
  });

  it('may let a filled session end when the next one opens, and calendar terms end on a day off', () => {
    expect(show(due('2026-11-24 07:30', hours(4), { filledSessionEndsTerm: false }).at)).toBe('2026-11-24 13:30');
    expect(show(due('2026-04-16 09:00', calendarDays(10), { calendarTermRolls: false }).at)).toBe('2026-04-26 17:30');
  });

  it('may count from the hour of acceptance though the office was closed', () => {
    const result = due('2026-11-21 10:00', days(1), { outsideHoursWaitForOpening: false });
    expect([show(result.start), show(result.at)]).toEqual(['2026-11-21 10:00', '2026-11-23 17:30']);
  });
});

describe('rule sets', () => {
  it('change at midnight in Vietnam on 01/07/2025, or when the province says', () => {
    expect(ruleSetFor(at('2025-07-01 00:00') - 1)).toBe('nd61');
    expect(ruleSetFor(at('2025-07-01 00:00'))).toBe('nd118');
    expect(ruleSetFor(at('2025-07-01 00:00'), { nd118From: '2025-07-02' })).toBe('nd61');
    expect(due('2025-06-30 09:00', days(3)).ruleSet).toBe('nd61');
    expect(due('2025-07-01 09:00', days(3)).ruleSet).toBe('nd118');
  });

  it('stay with the dossier', () => {
    const kept = dueDate({ acceptedAt: at('2026-11-24 09:00'), term: days(1), calendar, settings: defaultSettings, ruleSet: 'nd61' });
    expect(kept).toMatchObject({ ok: true, value: { ruleSet: 'nd61' } });
  });
});

describe('the edges of the calendar', () => {
  it('marks what runs past it as provisional, knowing only the weekly rest', () => {
    const result = due('2026-12-31 09:00', days(3));
    expect(show(result.at)).toBe('2027-01-05 17:30');
    expect(result.provisional).toBe(true);
    expect(result.steps.at(-1)).toEqual({ code: 'beyondCalendar', from: '2027-01-01' });
    expect(due('2026-12-30 09:00', days(1)).provisional).toBe(false);
    expect(due('2027-05-03 09:00', sameDay).provisional).toBe(true);
  });

  it('refuses what was accepted before it', () => {
    const before = dueDate({ acceptedAt: at('2023-12-31 23:59'), term: days(1), calendar, settings: defaultSettings });
    expect(before).toEqual({ ok: false, fault: { code: 'calendar.missing', params: { date: '2023-12-31' } } });
    // New Year's Day is covered, though nobody works.
    expect(show(due('2024-01-01 09:00', days(1)).start)).toBe('2024-01-02 07:30');
  });

  it('works the 24th of November 2026 unless a later calendar says otherwise', () => {
    const later = { ...calendar, version: '2026-v4', daysOff: [...calendar.daysOff, { date: '2026-11-24', name: 'Ngày Văn hóa Việt Nam', kind: 'holiday' as const, source: [] }] };
    expect(show(due('2026-11-23 09:00', days(1)).at)).toBe('2026-11-24 17:30');
    expect(show(due('2026-11-23 09:00', days(1), {}, later).at)).toBe('2026-11-25 17:30');
  });
});

describe('what is stored', () => {
  it('is small, whole numbers and text only, and comes back as it was', () => {
    for (const term of [days(22), halves(3), hours(8), calendarDays(60), sameDay]) {
      const result = due('2026-02-07 09:00', term);
      const text = canonicalText(result);
      expect(dueDateSchema.parse(JSON.parse(text))).toEqual(result);
      expect(text.length).toBeLessThan(1500);
    }
  });

  it('writes each term in one way only', () => {
    expect(termSchema.safeParse(halves(2)).success).toBe(false);
    expect(termSchema.safeParse({ unit: 'workingDay', amount: 0.5 }).success).toBe(false);
    expect(termSchema.safeParse({ unit: 'workingDay', amount: 0 }).success).toBe(false);
  });
});
