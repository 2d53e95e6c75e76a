import { describe, expect, it } from '@jest/globals';
import { defaultSettings, dueChangeSchema, dueDateSchema, dueOf, dueStepSchema, dueUnder, settingsSchema, supplementEffect, type DueChange, type DueStory, type WorkingCalendar } from '#shared/deadline/index.ts';
import { canonicalText } from '#shared/log/index.ts';
import { at, calendar, calendarDays, days, due, hours, sameDay, show } from './sample-calendar.ts';
import { appointment, extension, pause, restart, told } from './told.ts';

describe('a story of a due date', () => {
  it('without changes is the due date', () => {
    expect(told('2026-11-24 09:00', days(3), [])).toEqual(due('2026-11-24 09:00', days(3)));
  });

  it('is told step by step', () => {
    const changes = [pause('2026-11-25 10:00', '2026-11-27 10:00'), extension(days(1)), appointment('2026-12-05 10:00')];
    const result = told('2026-11-24 09:00', days(3), changes);
    expect(result.steps).toEqual([
      { code: 'term', term: days(3) },
      { code: 'receiptDayNotCounted', date: '2026-11-24' },
      { code: 'paused', from: at('2026-11-25 10:00'), to: at('2026-11-27 10:00'), by: { unit: 'halfWorkingDay', amount: 4 }, was: at('2026-11-27 17:30'), now: at('2026-12-01 17:30') },
      { code: 'weeklyRestSkipped', from: '2026-11-28', to: '2026-11-29', days: 2 },
      { code: 'extended', by: days(1), was: at('2026-12-01 17:30'), now: at('2026-12-02 17:30') },
      { code: 'newAppointment', asked: at('2026-12-05 10:00'), at: at('2026-12-07 07:30'), due: at('2026-12-02 17:30') },
      { code: 'endsAtClose', at: at('2026-12-02 17:30') },
    ]);
  });

  it('forgets what was before a restart', () => {
    const changes: DueChange[] = [extension(days(9)), appointment('2026-12-15 10:00'), restart('2026-11-26 10:00')];
    const { steps, ...rest } = told('2026-11-24 09:00', days(3), changes);
    const { steps: freshSteps, ...fresh } = due('2026-11-26 10:00', days(3));
    expect(rest).toEqual(fresh);
    expect(steps).toEqual([{ code: 'restarted', at: at('2026-11-26 10:00') }, ...freshSteps]);
  });

  it('refuses a restart before the calendar begins', () => {
    const story: DueStory = { acceptedAt: at('2024-01-02 09:00'), term: days(1), changes: [restart('2023-12-29 09:00'), extension(days(1))] };
    expect(dueOf(story, calendar, defaultSettings)).toEqual({ ok: false, fault: { code: 'calendar.missing', params: { date: '2023-12-29' } } });
  });

  it('cuts seconds off, as the receipt does', () => {
    const plain = told('2026-11-24 09:00', hours(8), [pause('2026-11-24 10:00', '2026-11-24 11:00'), appointment('2026-11-30 10:00')]);
    const odd = told(at('2026-11-24 09:00') + 999, hours(8), [
      { kind: 'pause', from: at('2026-11-24 10:00') + 59_999, to: at('2026-11-24 11:00') + 1 }, { kind: 'appointment', at: at('2026-11-30 10:00') + 30_000 },
    ]);
    expect(odd).toEqual(plain);
  });

  it('is provisional when it rests on days no calendar covers', () => {
    expect(told('2026-12-28 09:00', days(2), [extension(days(3))])).toMatchObject({ at: at('2027-01-04 17:30'), provisional: true });
    expect(told('2026-12-28 09:00', days(2), [extension(days(3))]).steps.at(-1)).toEqual({ code: 'beyondCalendar', from: '2027-01-01' });
    // The pause reaches over the end; the due date, long past, does not.
    expect(told('2026-11-02 09:00', days(2), [pause('2026-12-30 09:00', '2027-01-05 09:00')])).toMatchObject({ provisional: true });
    expect(told('2026-12-28 09:00', days(2), [appointment('2027-01-05 09:00')])).toMatchObject({ at: at('2026-12-30 17:30'), provisional: true });
  });

  it('is stored as whole numbers and text, and comes back as it was', () => {
    const changes = [restart('2026-02-12 10:00'), pause('2026-02-13 10:00', '2026-03-02 10:00'), extension(hours(5)), appointment('2026-03-20 12:00')];
    for (const term of [days(5), hours(9), calendarDays(20), sameDay]) {
      const result = told('2026-02-07 09:00', term, changes);
      expect(dueDateSchema.parse(JSON.parse(canonicalText(result)))).toEqual(result);
    }
  });
});

describe('what may move a due date', () => {
  it('is parsed', () => {
    for (const change of [restart('2026-02-12 10:00'), pause('2026-02-12 10:00', '2026-02-12 10:00'), extension(days(3)), appointment('2026-02-12 10:00')]) {
      expect(dueChangeSchema.parse(JSON.parse(canonicalText(change)))).toEqual(change);
    }
  });

  it.each([
    { kind: 'pause', from: 2, to: 1 },
    { kind: 'restart', at: 1.5 },
    { kind: 'extension', by: { unit: 'sameDay' } },
    { kind: 'extension', by: { unit: 'workingDay', amount: 0 } },
    { kind: 'closed' },
  ])('is not %j', (change) => {
    expect(dueChangeSchema.safeParse(change).success).toBe(false);
  });

  it('is a restart under Decree 118 and a pause under Decree 61, unless the procedure says otherwise', () => {
    expect([supplementEffect('nd118', undefined), supplementEffect('nd61', undefined)]).toEqual(['restart', 'pause']);
    expect([supplementEffect('nd118', 'pause'), supplementEffect('nd61', 'restart')]).toEqual(['pause', 'restart']);
  });
});

describe('a calendar published later', () => {
  const until = (coversTo: string, version: string): WorkingCalendar => ({ ...calendar, version, coversTo, daysOff: calendar.daysOff.filter(({ date }) => date <= coversTo) });
  const [year2025, whole] = [until('2025-12-31', '2025-v1'), until('2026-12-31', '2026-v1')];
  const story: DueStory = { acceptedAt: at('2025-12-26 09:00'), term: days(5), changes: [] };
  const under = (one: DueStory, printedUnder: WorkingCalendar, later: WorkingCalendar): ReturnType<typeof dueUnder> => {
    const printed = dueOf(one, printedUnder, defaultSettings);
    if (!printed.ok) throw new Error(printed.fault.code);
    return dueUnder(one, printed.value, later, defaultSettings);
  };

  it('replaces a provisional date', () => {
    // Known: weekly rest, so 29, 30, 31/12, 01, 02/01. Then New Year and 02/01 are off: 29, 30, 31/12, 05, 06/01.
    const result = under(story, year2025, whole);
    expect(result).toMatchObject({ ok: true, value: { moves: true, binding: true, due: { at: at('2026-01-06 17:30'), provisional: false, calendar: { version: '2026-v1' } } } });
    expect(result.ok && result.value.due.steps.at(-1)).toEqual({ code: 'computedAgain', was: at('2026-01-02 17:30'), calendar: { id: calendar.id, version: '2025-v1' } });
    expect(result.ok && dueStepSchema.array().safeParse(result.value.due.steps).success).toBe(true);
  });

  it('says when a provisional date turns out right', () => {
    expect(under({ ...story, term: calendarDays(10) }, year2025, whole)).toMatchObject({ ok: true, value: { moves: false, binding: true, due: { provisional: false } } });
  });

  it('shows what would move, and leaves a printed date alone', () => {
    // The 24th of November becomes a holiday (resolution 80-NQ/TW) after the receipt was printed.
    const later = { ...calendar, version: '2026-v4', daysOff: [...calendar.daysOff, { date: '2026-11-24', name: 'Ngày Văn hóa Việt Nam', kind: 'holiday' as const, source: [] }] };
    const result = under({ acceptedAt: at('2026-11-23 09:00'), term: days(1), changes: [] }, calendar, later);
    expect(result).toMatchObject({ ok: true, value: { moves: true, binding: false, due: { at: at('2026-11-25 17:30') } } });
    // An appointment given for that day still has a time.
    const appointed = under({ acceptedAt: at('2026-11-16 09:00'), term: days(1), changes: [appointment('2026-11-24 09:00')] }, calendar, later);
    expect(appointed.ok && show(appointed.value.due.appointment ?? 0)).toBe('2026-11-25 07:30');
  });

  it('keeps the rules of the reception', () => {
    const old: DueStory = { acceptedAt: at('2025-06-30 09:00'), term: days(3), changes: [] };
    const printed = dueOf({ ...old, ruleSet: 'nd61' }, calendar, defaultSettings);
    expect(printed.ok && dueUnder(old, printed.value, calendar, { ...defaultSettings, nd118From: '2025-01-01' }))
      .toMatchObject({ ok: true, value: { due: { ruleSet: 'nd61' }, moves: false } });
  });
});

it('settings published before the timers get the defaults', () => {
  const { timers: _timers, apologyDaysBefore: _days, appointmentMovesDue: _moves, transferGraceMinutes: _grace, ...before } = defaultSettings;
  expect(settingsSchema.parse(before)).toEqual(defaultSettings);
  expect(settingsSchema.parse({ timers: { onlineAnswer: { unit: 'workingHour', amount: 4 } } }).timers).toEqual({ ...defaultSettings.timers, onlineAnswer: hours(4) });
});
