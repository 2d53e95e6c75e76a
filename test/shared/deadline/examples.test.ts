/**
 * Due dates written out by hand, each counted on the published days off of its year. Where a day comes from stands beside it:
 * 8662, 2450, 8726 and 12729 are the letters of the Government Office (VPCP-KGVX) named in the calendar's sources, "VPCP 10/2025" its
 * notice of October 2025; LC is the Labour Code 2019 (Art. 111.3, 112), CC the Civil Code 2015 (Art. 147, 148).
 */
import { describe, expect, it } from '@jest/globals';
import { apologyLimit, defaultSettings, supplementEffect, timerEnd, transferBy, type DueChange, type Term, type TimerName } from '#shared/deadline/index.ts';
import { at, calendar, calendarDays, days, due, halves, hours, sameDay, show, withHalfDays } from './sample-calendar.ts';
import { appointment, extension, pause, restart, told } from './told.ts';

type Case = readonly [why: string, accepted: string, term: Term, changes: readonly DueChange[], expected: string];

function check(cases: readonly Case[]): void {
  it.each(cases)('%s', (_why, accepted, term, changes, expected) => {
    const result = told(accepted, term, changes);
    expect(show(result.at)).toBe(expected);
    expect(result.provisional).toBe(false);
  });
}

describe('2024', () => {
  check([
    // 8662: off 08/02 (Thu) to 14/02 (Wed). 30, 31 January, 1, 2, 5, 6, 7 February are 7; 15, 16, 19 to 23 are 14; 26 is the 15th.
    ['Tết: 15 working days', '2024-01-29 10:00', days(15), [], '2024-02-26 17:30'],
    // CC 148.5: the 7th day, 09/02, is in Tết; the next working day is Thursday 15/02.
    ['Tết: 7 calendar days end after it', '2024-02-02 10:00', calendarDays(7), [], '2024-02-15 17:30'],
    // 61/2018: 5 days are 6, 7, 15, 16, 19/02. Asked for on the 6th, complete on the 16th: 7, 15, 16 stood still, so 20, 21, 22.
    ['Tết: a pause over it', '2024-02-05 09:00', days(5), [pause('2024-02-06 14:00', '2024-02-16 10:00')], '2024-02-22 17:30'],
    // LC 112: Giỗ Tổ is Thursday 18/04. One hour is left of Wednesday.
    ['Giỗ Tổ: 2 working hours around it', '2024-04-17 16:30', hours(2), [], '2024-04-19 08:30'],
    // 2450: Monday 29/04 is off for Saturday 04/05; 30/04 and 01/05 are holidays. After the cut-off of Friday: Thursday 02/05.
    ['30/4: the same day, after the cut-off', '2024-04-26 15:30', sameDay, [], '2024-05-02 17:30'],
    // 2450: 1.5 hours of Friday 03/05, 2.5 of the worked Saturday.
    ['30/4: 4 working hours into a worked Saturday', '2024-05-03 16:00', hours(4), [], '2024-05-04 10:00'],
    // 2450: 2, 3, 4 (Saturday), 6, 7 May.
    ['30/4: 5 working days over a worked Saturday', '2024-04-26 09:00', days(5), [], '2024-05-07 17:30'],
    // 8662: off 31/08 (Sat) to 03/09 (Tue). 30/08, 4, 5/09.
    ['2/9: 3 working days', '2024-08-29 09:00', days(3), [], '2024-09-05 17:30'],
    // CC 148.5: the 5th day is Tuesday 03/09, the second National Day.
    ['2/9: 5 calendar days end on the second day', '2024-08-29 09:00', calendarDays(5), [], '2024-09-04 17:30'],
  ]);
});

describe('2025', () => {
  check([
    // 8726: off 25/01 (Sat) to 02/02 (Sun). 21, 22, 23, 24 January, 3 to 7 February, 10.
    ['Tết: 10 working days', '2025-01-20 08:00', days(10), [], '2025-02-10 17:30'],
    // 8726: Friday 24/01 whole, then the morning of Monday 03/02.
    ['Tết: one day and a half', '2025-01-23 14:00', halves(3), [], '2025-02-03 11:30'],
    // CC 148.5: the 10th day, 30/01, is mùng 2.
    ['Tết: 10 calendar days', '2025-01-20 08:00', calendarDays(10), [], '2025-02-03 17:30'],
    // LC 112: Giỗ Tổ is Monday 07/04.
    ['Giỗ Tổ: 1 working day', '2025-04-04 10:00', days(1), [], '2025-04-08 17:30'],
    // 8726: Friday 02/05 is off for Saturday 26/04.
    ['30/4: 1 working day is the worked Saturday', '2025-04-25 09:00', days(1), [], '2025-04-26 17:30'],
    // 8726: 26, 28, 29 April; 30/04 to 04/05 off; 05/05.
    ['30/4: 4 working days', '2025-04-25 09:00', days(4), [], '2025-05-05 17:30'],
    // 8726: off 30/08 (Sat) to 02/09 (Tue).
    ['2/9: the same day, a minute after the cut-off', '2025-08-29 15:01', sameDay, [], '2025-09-03 17:30'],
    ['2/9: the same day, at the cut-off', '2025-08-29 15:00', sameDay, [], '2025-08-29 17:30'],
    // 8726: due 05/09 (3, 4, 5), extended by 8, 9/09.
    ['2/9: extended by 2 working days', '2025-08-29 09:00', days(3), [extension(days(2))], '2025-09-09 17:30'],
  ]);
});

/** Decree 118/2025/NĐ-CP is in force from 01/07/2025 (Art. 19.5: the term runs from zero); before, it stood still. */
describe('the change of rules, 30/06 to 01/07/2025', () => {
  const [asked, complete] = ['2025-07-02 10:00', '2025-07-07 15:00'];
  it.each([
    // 1, 2, 3, 4, 7 July; 3, 4, 7 stood still: 8, 9, 10.
    ['received on the last day of Decree 61', '2025-06-30 16:59', 'nd61', '2025-07-07 17:30', '2025-07-10 17:30'],
    // 2, 3, 4, 7, 8 July; from zero: 8, 9, 10, 11, 14.
    ['received on the first day of Decree 118', '2025-07-01 07:30', 'nd118', '2025-07-08 17:30', '2025-07-14 17:30'],
    // Received in the evening: its date is 30/06 and so are its rules; day 0 is 01/07.
    ['received in the evening before', '2025-06-30 19:00', 'nd61', '2025-07-08 17:30', '2025-07-11 17:30'],
  ])('%s', (_why, accepted, ruleSet, plain, supplemented) => {
    const first = told(accepted, days(5), []);
    expect([first.ruleSet, show(first.at)]).toEqual([ruleSet, plain]);
    const change = supplementEffect(first.ruleSet, undefined) === 'restart' ? restart(complete) : pause(asked, complete);
    const then = told(accepted, days(5), [change]);
    expect([then.ruleSet, show(then.at)]).toEqual([ruleSet, supplemented]);
  });

  it('a restart after it keeps the rules of the reception', () => {
    expect(told('2025-06-30 09:00', days(5), [restart('2025-07-07 15:00')]).ruleSet).toBe('nd61');
  });
});

describe('2026', () => {
  check([
    // 12729: 01/01 is a holiday, Friday 02/01 off for Saturday 10/01. 1.5 hours of Wednesday, half an hour of Monday.
    ['New Year: 2 working hours', '2025-12-31 16:00', hours(2), [], '2026-01-05 08:00'],
    // 12729: Saturday 10/01 is worked.
    ['New Year: 1 working day is the worked Saturday', '2026-01-09 09:00', days(1), [], '2026-01-10 17:30'],
    // VPCP 10/2025: off 14/02 (Sat) to 22/02 (Sun).
    ['Tết: the same day, after the cut-off of the last day', '2026-02-13 15:30', sameDay, [], '2026-02-23 17:30'],
    ['Tết: the same day, after the cut-off of the day before', '2026-02-12 15:30', sameDay, [], '2026-02-13 17:30'],
    // CC 148.5: the 30th day after 19/01 is 18/02, mùng 2.
    ['Tết: 30 calendar days', '2026-01-19 09:00', calendarDays(30), [], '2026-02-23 17:30'],
    // Complete on 12/02: 13, 23, 24/02.
    ['Tết: a restart before it', '2026-02-02 09:00', days(3), [restart('2026-02-12 09:00')], '2026-02-24 17:30'],
    // Complete on mùng 3, when nobody works: accepted when the office opens on 23/02, so 24, 25, 26.
    ['Tết: a restart in it', '2026-02-02 09:00', days(3), [restart('2026-02-19 09:00')], '2026-02-26 17:30'],
    // A procedure may say pause under Decree 118 too. Due 13/02 (10, 11, 12, 13); 12, 13, 23 stood still: 23, 24, 25.
    ['Tết: a pause over it, in days', '2026-02-09 09:00', days(4), [pause('2026-02-11 09:00', '2026-02-23 09:00')], '2026-02-25 17:30'],
    // Due 10:00 on 12/02 (5.5 h of the 11th, 2.5 of the 12th). It stood still 15:00 to 17:30, all of 12, 13/02, 07:30 to 08:30: 19.5 h.
    // From 12/02 10:00: 5.5 to the close, 8 on the 13th, 6 on the 23rd: 15:30.
    ['Tết: a pause over it, in hours', '2026-02-11 10:00', hours(8), [pause('2026-02-11 15:00', '2026-02-23 08:30')], '2026-02-23 15:30'],
    // Due 24/02; it stood still for 12 days, 13/02 to 25/02, and 12 days after 24/02 is Sunday 08/03.
    ['Tết: a pause over it, in calendar days', '2026-02-04 09:00', calendarDays(20), [pause('2026-02-13 09:00', '2026-02-25 09:00')], '2026-03-09 17:30'],
    // GT2026: Sunday 26/04 is compensated on Monday 27/04 (LC 111.3). 28, 29 April, then 04/05.
    ['Giỗ Tổ and 30/4: 3 working days', '2026-04-24 10:00', days(3), [], '2026-05-04 17:30'],
    // VPCP 10/2025: Saturday 22/08 is worked for Monday 31/08.
    ['2/9: 3 working days over the worked Saturday', '2026-08-21 14:00', days(3), [], '2026-08-25 17:30'],
    // VPCP 10/2025: off 29/08 to 02/09. 3, 4, 7, 8, 9 September.
    ['2/9: 5 working days', '2026-08-28 11:00', days(5), [], '2026-09-09 17:30'],
    // Due 25/08 (22, 24, 25). Extended by 26, 27, 28/08 and 03/09; half a day more ends in the morning of 04/09.
    ['2/9: extended twice', '2026-08-21 09:00', days(3), [extension(days(4)), extension(halves(1))], '2026-09-04 11:30'],
    // Extended by 10 calendar days from 25/08: 04/09. By 5: 30/08, a Sunday before a day exchanged and two holidays.
    ['2/9: extended by calendar days', '2026-08-21 09:00', days(3), [extension(calendarDays(10))], '2026-09-04 17:30'],
    ['2/9: extended by calendar days into it', '2026-08-21 09:00', days(3), [extension(calendarDays(5))], '2026-09-03 17:30'],
    // Due 14:30; extended by 4 hours: 3 to the close, then 08:30.
    ['an extension in hours', '2026-11-24 10:30', hours(2), [extension(hours(4))], '2026-11-25 08:30'],
    // Due 10:00 on Wednesday; a working day later it is 10:00 again.
    ['a working day more for a term in hours', '2026-11-24 10:00', hours(8), [extension(days(1))], '2026-11-26 10:00'],
  ]);

  it('Friday before Tết worked in the morning only', () => {
    const half = withHalfDays(['2026-02-13', 'morning']);
    expect(show(told('2026-02-13 09:00', sameDay, [], {}, half).at)).toBe('2026-02-13 11:30');
    // Half of 13/02, and the morning of 23/02 would complete one day: a day ends with its day.
    expect(show(told('2026-02-12 09:00', days(1), [], {}, half).at)).toBe('2026-02-23 17:30');
    // 2.5 and 4 hours of the 12th, 4 of the 13th, 1.5 of the 23rd.
    expect(show(told('2026-02-12 09:00', hours(12), [], {}, half).at)).toBe('2026-02-23 09:00');
    // Due 12/02 at the close; extended by a day: half of 13/02, and again the day that completes it is whole.
    expect(show(told('2026-02-11 09:00', days(1), [extension(days(1))], {}, half).at)).toBe('2026-02-23 17:30');
    // Due 11/02; 12 and half of 13/02 stood still: a day and a half later is the morning of 13/02.
    expect(show(told('2026-02-10 09:00', days(1), [pause('2026-02-11 09:00', '2026-02-13 10:00')], {}, half).at)).toBe('2026-02-13 11:30');
  });
});

describe('a new appointment', () => {
  it('is another date to come, and leaves the due date', () => {
    const result = told('2026-02-09 09:00', days(3), [appointment('2026-02-25 10:00')]);
    expect([show(result.at), show(result.appointment ?? 0)]).toEqual(['2026-02-12 17:30', '2026-02-25 10:00']);
  });

  it.each([
    // VPCP 10/2025: Tết; lunch; evening; a worked Saturday stays.
    ['2026-02-18 10:00', '2026-02-23 07:30'],
    ['2026-11-30 12:15', '2026-11-30 13:30'],
    ['2026-11-27 18:00', '2026-11-30 07:30'],
    ['2026-08-22 10:00', '2026-08-22 10:00'],
  ])('on %s is one on %s', (asked, given) => {
    expect(show(told('2026-01-20 09:00', days(1), [appointment(asked)]).appointment ?? 0)).toBe(given);
    const moving = told('2026-01-20 09:00', days(1), [appointment(asked)], { appointmentMovesDue: true });
    expect([show(moving.at), moving.appointment]).toEqual([given, undefined]);
  });

  it('moves with a pause, is overtaken by an extension, and ends with a restart', () => {
    // Due 12/02, appointment 25/02 10:00. 24, 25, 26/02 stood still: 13, 23, 24/02; and 26, 27/02, 02/03 for the appointment.
    const held = told('2026-02-09 09:00', days(3), [appointment('2026-02-25 10:00'), pause('2026-02-23 09:00', '2026-02-26 09:00')]);
    expect([show(held.at), show(held.appointment ?? 0)]).toEqual(['2026-02-24 17:30', '2026-03-02 10:00']);
    expect(told('2026-02-09 09:00', days(3), [appointment('2026-02-25 10:00'), extension(days(2))]).appointment).toBe(at('2026-02-25 10:00'));
    expect(told('2026-02-09 09:00', days(3), [appointment('2026-02-25 10:00'), extension(days(10))]).appointment).toBeUndefined();
    expect(told('2026-02-09 09:00', days(3), [appointment('2026-02-25 10:00'), restart('2026-02-11 09:00')]).appointment).toBeUndefined();
  });
});

describe('what runs beside the term', () => {
  it.each<[string, TimerName, string, string]>([
    // 1.5 h of Friday, 4 h of Monday's morning, 2.5 h of its afternoon.
    ['8 working hours to answer, over Tết', 'onlineAnswer', '2026-02-13 16:00', '2026-02-23 16:00'],
    ['8 working hours to answer what came at night', 'onlineAnswer', '2026-11-24 22:10', '2026-11-25 17:30'],
    ['3 working days for the notice, over 30/4', 'supplementNotice', '2026-04-28 09:00', '2026-05-05 17:30'],
    // CC 148.5: the 15th day is 19/02, mùng 3.
    ['15 calendar days to complete, into Tết', 'supplementCompletion', '2026-02-04 09:00', '2026-02-23 17:30'],
    ['15 calendar days to complete', 'supplementCompletion', '2026-03-02 09:00', '2026-03-17 17:30'],
    ['3 working days to correct, over a worked Saturday', 'resultCorrection', '2026-08-20 10:00', '2026-08-24 17:30'],
    ['1 working day for the papers, over 2/9', 'paperTransfer', '2026-08-28 10:00', '2026-09-03 17:30'],
  ])('%s', (_why, timer, from, expected) => {
    const end = timerEnd(at(from), timer, calendar, defaultSettings);
    expect(end.ok && show(end.value)).toBe(expected);
  });

  it('has the length the province says', () => {
    const longer = { ...defaultSettings, timers: { ...defaultSettings.timers, resultCorrection: days(5) } };
    const end = timerEnd(at('2026-11-23 09:00'), 'resultCorrection', calendar, longer);
    expect(end.ok && show(end.value)).toBe('2026-11-30 17:30');
    expect(timerEnd(at('2023-12-01 09:00'), 'resultCorrection', calendar, longer)).toMatchObject({ ok: false, fault: { code: 'calendar.missing' } });
  });

  it.each([
    ['2026-11-24 08:00', '2026-11-24 17:30'],
    ['2026-11-24 15:00', '2026-11-24 17:30'],
    ['2026-11-24 15:01', '2026-11-25 07:30'],
    ['2026-02-13 16:00', '2026-02-23 07:30'],
    ['2026-08-21 16:00', '2026-08-22 07:30'],
    // Accepted when nobody works: as if when the office opens.
    ['2026-11-24 18:00', '2026-11-25 17:30'],
    ['2026-02-18 09:00', '2026-02-23 17:30'],
  ])('accepted %s: with the specialist unit by %s', (accepted, expected) => {
    expect(show(transferBy(at(accepted), calendar, defaultSettings))).toBe(expected);
  });

  it('gives the hand-over of the next morning the time the province grants', () => {
    expect(show(transferBy(at('2026-11-24 16:00'), calendar, { ...defaultSettings, transferGraceMinutes: 45 }))).toBe('2026-11-25 08:15');
    expect(show(transferBy(at('2026-11-24 11:00'), calendar, { ...defaultSettings, transferCutOff: '10:30' }))).toBe('2026-11-25 07:30');
  });

  it('lets an apology be given until the day before is over', () => {
    const limit = (accepted: string, term: Term, settings = {}): readonly [string, string] => {
      const { latest, alertOn } = apologyLimit(due(accepted, term), calendar, { ...defaultSettings, ...settings });
      return [show(latest), alertOn];
    };
    expect(limit('2026-11-23 09:00', days(3))).toEqual(['2026-11-25 23:59', '2026-11-25']);
    // Due on Monday: Sunday is the day before, Friday the last on which somebody can give it.
    expect(limit('2026-11-26 09:00', days(2))).toEqual(['2026-11-29 23:59', '2026-11-27']);
    // Due on Monday 23/02, the first day after Tết.
    expect(limit('2026-02-13 09:00', days(1))).toEqual(['2026-02-22 23:59', '2026-02-13']);
    expect(limit('2026-11-23 09:00', days(4), { apologyDaysBefore: 3 })).toEqual(['2026-11-24 23:59', '2026-11-24']);
    expect(limit('2026-11-23 09:00', days(3), { apologyDaysBefore: 0 })).toEqual(['2026-11-26 17:30', '2026-11-26']);
    // Due today: the time for an apology was over before the dossier came.
    expect(limit('2026-11-24 09:00', sameDay)).toEqual(['2026-11-23 23:59', '2026-11-23']);
  });
});
