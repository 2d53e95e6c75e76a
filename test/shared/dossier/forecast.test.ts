import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { forecastAhead, forecastOf, isLate } from '#shared/dossier/index.ts';

const hour = 3_600_000;
const due = 1_000 * hour;

describe('the forecast', () => {
  it('names what was finished in time, is unsent, and is due by now or soon', () => {
    expect(forecastOf({ dueAt: due, haltedAt: due - hour, sent: false }, due + 1)).toBe('looks-late');
    expect(forecastOf({ dueAt: due, haltedAt: due, sent: false }, due)).toBe('will-look-late');
    expect(forecastOf({ dueAt: due, haltedAt: due - 100 * hour, sent: false }, due - forecastAhead)).toBeUndefined();
    expect(forecastOf({ dueAt: due, haltedAt: due - hour, sent: true }, due + 1)).toBeUndefined();
    expect(forecastOf({ dueAt: due, sent: false }, due + 1)).toBeUndefined();
    expect(forecastOf({ haltedAt: due, sent: false }, due + 1)).toBeUndefined();
  });

  it('never names what was truly late, and keeps to a name once it has been given', () => {
    fc.assert(fc.property(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 100 }), fc.nat(100), (halted, at, later) => {
      const row = { dueAt: due, haltedAt: due + halted * hour, sent: false };
      const now = Math.max(row.haltedAt, due + at * hour);
      const forecast = forecastOf(row, now);
      if (isLate(row, now)) expect(forecast).toBeUndefined();
      if (forecast) expect(forecastOf(row, now + later * hour)).toBeDefined();
      if (forecast === 'looks-late') expect(forecastOf(row, now + later * hour)).toBe('looks-late');
    }));
  });
});
