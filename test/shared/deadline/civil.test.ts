import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays, civil, daysBetween, formatDate, formatDateTime, formatDueDate, instantOf, parseDate, termText, weekdayOf,
} from '#shared/deadline/index.ts';

const instants = fc.integer({ min: Date.UTC(1976, 0, 1), max: Date.UTC(2199, 0, 1) });
const dates = instants.map((instant) => civil(instant).date);

describe('civil time', () => {
  it('is Vietnam’s, whatever the machine’s zone', () => {
    expect(civil(Date.parse('2026-11-23T17:00:00Z'))).toEqual({ date: '2026-11-24', time: '00:00', weekday: 2 });
    expect(civil(Date.parse('2026-11-24T16:59:59.999Z'))).toEqual({ date: '2026-11-24', time: '23:59', weekday: 2 });
    expect(instantOf('2026-11-24', '09:30')).toBe(Date.parse('2026-11-24T09:30:00+07:00'));
    expect(instantOf('2026-11-24')).toBe(Date.parse('2026-11-24T00:00:00+07:00'));
  });

  it('agrees with the zone database', () => {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    fc.assert(fc.property(instants, (instant) => {
      const { date, time } = civil(instant);
      expect(format.format(instant)).toBe(`${date}, ${time}`);
    }));
  });

  it('goes to an instant and back', () => {
    fc.assert(fc.property(instants, (instant) => {
      const { date, time } = civil(instant);
      expect(instantOf(date, time)).toBe(Math.floor(instant / 60_000) * 60_000);
    }));
  });

  it('counts days over leap years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(weekdayOf('2026-11-22')).toBe(7);
    expect(weekdayOf('2026-11-23')).toBe(1);
    fc.assert(fc.property(dates, fc.integer({ min: -5000, max: 5000 }), (date, count) => {
      expect(daysBetween(date, addDays(date, count))).toBe(count);
    }));
  });
});

describe('dates as text', () => {
  it('are written day first', () => {
    const instant = instantOf('2026-02-12', '17:30');
    expect(formatDate('2026-02-12')).toBe('12/02/2026');
    expect(formatDate(instant)).toBe('12/02/2026');
    expect(formatDateTime(instant)).toBe('12/02/2026 17:30');
    expect(formatDueDate(instant)).toBe('thứ Năm 12/02/2026 17:30');
    expect(formatDueDate(instantOf('2026-11-22', '08:00'))).toBe('Chủ nhật 22/11/2026 08:00');
    expect(formatDueDate(instant, 'en')).toBe('Thursday 12/02/2026 17:30');
  });

  it('are read as written', () => {
    fc.assert(fc.property(dates, (date) => {
      expect(parseDate(formatDate(date))).toEqual({ ok: true, value: date });
    }));
    expect(parseDate(' 1/2/2026 ')).toEqual({ ok: true, value: '2026-02-01' });
    expect(parseDate('01-02-2026')).toEqual({ ok: true, value: '2026-02-01' });
  });

  it.each(['', '31/02/2026', '29/02/2025', '00/01/2026', '01/13/2026', '1/2-2026', '2026-02-01', '01/02/26'])('refuse %p', (text) => {
    expect(parseDate(text)).toMatchObject({ ok: false, fault: { code: 'date.invalid' } });
  });

  it('let nothing but digits into the fault', () => {
    expect(parseDate('Nguyễn Văn A 01/01')).toEqual({ ok: false, fault: { code: 'date.invalid', params: { value: '01/01' } } });
  });

  it('name terms', () => {
    expect(termText({ unit: 'workingDay', amount: 3 })).toBe('3 ngày làm việc');
    expect(termText({ unit: 'halfWorkingDay', amount: 3 })).toBe('1,5 ngày làm việc');
    expect(termText({ unit: 'halfWorkingDay', amount: 1 }, 'en')).toBe('0.5 working days');
    expect(termText({ unit: 'sameDay' })).toBe('trong ngày');
  });
});
