import { describe, expect, it } from '@jest/globals';
import { sampleCatalogue } from '#central/catalogue/index.ts';
import { makeVerifier, random } from '#central/keys/index.ts';
import { daysOffBy } from '#central/judge/days-off.ts';
import { instantOf } from '#shared/deadline/index.ts';
import { day, hour } from '#test/shared/evidence/world.ts';

describe('days off between two contacts', () => {
  it.each<[string, [date: string, time: string], [date: string, time: string], number]>([
    ['the Tết of 2024, from the last evening to a morning after it', ['2024-02-07', '17:30'], ['2024-02-16', '08:00'], 7 * day],
    ['a weekend', ['2026-11-20', '17:00'], ['2026-11-23', '08:00'], 2 * day],
    ['working days alone', ['2026-11-23', '17:00'], ['2026-11-26', '08:00'], 0],
    ['a Saturday that was worked in exchange', ['2024-05-03', '17:00'], ['2024-05-05', '12:00'], 12 * hour],
    ['parts of a Sunday', ['2026-11-22', '06:00'], ['2026-11-22', '18:00'], 12 * hour],
    ['before the calendar', ['2023-02-01', '08:00'], ['2023-02-20', '08:00'], 0],
    ['past the calendar', ['2027-02-01', '08:00'], ['2027-02-20', '08:00'], 0],
  ])('%s', async (_, from, to, off) => {
    const daysOff = daysOffBy(sampleCatalogue(await makeVerifier('2468', random)));
    expect(daysOff(instantOf(...from), instantOf(...to))).toBe(off);
  });

  it('are none without a calendar', () => {
    expect(daysOffBy(undefined)(0, day)).toBe(0);
  });
});
