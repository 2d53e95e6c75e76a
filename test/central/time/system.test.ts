import { describe, expect, it } from '@jest/globals';
import { assumedTime, boundFromChrony, boundFromTimedatectl, boundWithoutFigures } from '#central/time/index.ts';

const tracking = (fields: Partial<Record<'id' | 'stratum' | 'off' | 'delay' | 'dispersion' | 'leap', string>> = {}): string => {
  const { id = 'A29FC87B', stratum = '3', off = '-0.000021', delay = '0.040000', dispersion = '0.002500', leap = 'Normal' } = fields;
  return `${id},162.159.200.123,${stratum},1790211600.123,${off},0.000003,0.000011,-12.345,0.001,0.020,${delay},${dispersion},64.2,${leap}\n`;
};

describe("the bound on the centre's clock", () => {
  it('is the root distance that chrony tells, rounded up', () => {
    // 0.021 ms off + 40 ms / 2 + 2.5 ms = 22.521 ms, and 5 ms margin.
    expect(boundFromChrony(tracking())).toBe(28);
    expect(boundFromChrony(tracking({ off: '1.5' }))).toBe(1_528);
  });

  it('is none where nothing outside vouches for the clock', () => {
    expect(boundFromChrony(tracking({ leap: 'Not synchronised' }))).toBeUndefined();
    expect(boundFromChrony(tracking({ id: '7F7F0101' }))).toBeUndefined();
    expect(boundFromChrony(tracking({ stratum: '0' }))).toBeUndefined();
    expect(boundFromChrony(tracking({ dispersion: 'x' }))).toBeUndefined();
    expect(boundFromChrony('506 Cannot talk to daemon')).toBeUndefined();
    expect(boundFromTimedatectl('NTPSynchronized=no\n')).toBeUndefined();
  });

  it('is wide where only the fact is known, and the operator’s where one answers for it', () => {
    expect(boundFromTimedatectl('NTPSynchronized=yes\n')).toBe(boundWithoutFigures);
    expect(assumedTime(250).read().rho).toBe(250);
  });
});
