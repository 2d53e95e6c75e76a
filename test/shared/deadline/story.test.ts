import { describe, expect, it } from '@jest/globals';
import { apologyLimit, defaultSettings, dueOf, supplementEffect, timerEnd, transferBy, type DueChange, type DueDate, type Settings, type Term } from '#shared/deadline/index.ts';
import { at, calendar, days, due, show } from './sample-calendar.ts';

function told(accepted: string, term: Term, changes: readonly DueChange[], settings: Partial<Settings> = {}): DueDate {
  const outcome = dueOf({ acceptedAt: at(accepted), term, changes }, calendar, { ...defaultSettings, ...settings });
  if (!outcome.ok) throw new Error(outcome.fault.code);
  return outcome.value;
}

describe('a story of a due date', () => {
  it('without changes is the due date', () => {
    expect(told('2026-11-24 09:00', days(3), [])).toEqual(due('2026-11-24 09:00', days(3)));
  });

  it('restarts, pauses and is extended', () => {
    expect(show(told('2026-11-24 09:00', days(3), [{ kind: 'restart', at: at('2026-11-26 10:00') }]).at)).toBe('2026-12-01 17:30');
    expect(show(told('2026-11-24 09:00', days(3), [{ kind: 'pause', from: at('2026-11-25 10:00'), to: at('2026-11-27 10:00') }]).at)).toBe('2026-12-01 17:30');
    expect(show(told('2026-11-24 09:00', days(3), [{ kind: 'extension', by: days(2) }]).at)).toBe('2026-12-01 17:30');
  });

  it('keeps its due date for a new appointment, unless the province says otherwise', () => {
    const change: DueChange = { kind: 'appointment', at: at('2026-11-30 16:00') };
    expect(told('2026-11-24 09:00', days(3), [change])).toMatchObject({ at: at('2026-11-27 17:30'), appointment: at('2026-11-30 16:00') });
    expect(show(told('2026-11-24 09:00', days(3), [change], { appointmentMovesDue: true }).at)).toBe('2026-11-30 16:00');
  });
});

it('a supplement restarts under Decree 118 and pauses under Decree 61', () => {
  expect([supplementEffect('nd118', undefined), supplementEffect('nd61', undefined), supplementEffect('nd118', 'pause')]).toEqual(['restart', 'pause', 'pause']);
});

it('timers, hand-over and apology have their limits', () => {
  const answer = timerEnd(at('2026-11-24 16:30'), 'onlineAnswer', calendar, defaultSettings);
  expect(answer.ok && show(answer.value)).toBe('2026-11-25 16:30');
  expect(show(transferBy(at('2026-11-27 15:01'), calendar, defaultSettings))).toBe('2026-11-30 07:30');
  expect(apologyLimit(due('2026-11-26 09:00', days(2)), calendar, defaultSettings)).toEqual({ latest: at('2026-11-30 00:00') - 1, alertOn: '2026-11-27' });
});
