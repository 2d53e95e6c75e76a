import { describe, expect, it } from '@jest/globals';
import { anchorsAgree, aroundAnchor, clockChange, leastElapsed, mostElapsed, workingTime, type AnchorSighting } from '#shared/evidence/index.ts';
import type { ClockReading } from '#shared/log/index.ts';
import { hour, minute, second } from './world.ts';

const t = 1_790_000_000_000;

function sighting(requestUptime: number, responseUptime: number, at = t, rho = 50): AnchorSighting {
  return {
    number: 1, boot: 'b', requestUptime, responseUptime,
    anchor: { v: 1, log: '0192aaaa-0000-7000-8000-000000000000', seq: 0, hash: '0'.repeat(64), nonce: 'x'.repeat(22), t: at, rho, key: '0'.repeat(64) },
  };
}

describe('bounds by one anchor', () => {
  it('rounds the drift outwards to whole milliseconds', () => {
    expect([leastElapsed(5_000), mostElapsed(5_000)]).toEqual([4_999, 5_001]);
    expect([leastElapsed(5_001), mostElapsed(5_001)]).toEqual([4_999, 5_003]);
    expect([leastElapsed(-5_000), mostElapsed(-5_000)]).toEqual([-5_001, -4_999]);
    expect([leastElapsed(0), mostElapsed(0)]).toEqual([0, 0]);
  });

  it('forward: an act ten hours after the anchor', () => {
    // q 1000, p 1200, u 1200 + 36 000 000: (1−δ)(u−p) = 36 000 000 − 7 200, (1+δ)(u−q) = 36 000 200 + 7 201 (7200.04 up)
    expect(aroundAnchor(sighting(1_000, 1_200), 36_001_200)).toEqual({ min: t + 35_992_800 - 50 - 40, max: t + 36_007_401 + 50 + 40 });
  });

  it('backward: an act one hour before the anchor', () => {
    // u 0, q 3 600 000, p 3 600 300: (1+δ)(p−u) = 3 600 300 + 721 (720.06 up), (1−δ)(q−u) = 3 600 000 − 720
    expect(aroundAnchor(sighting(3_600_000, 3_600_300), 0)).toEqual({ min: t - 3_601_021 - 50 - 40, max: t - 3_599_280 + 50 + 40 });
  });

  it('an act while the anchor is on its way lies within its travel', () => {
    // u 5 000 between q 0 and p 10 000: lower (1+δ)(p−u) = 5 001, upper (1+δ)(u−q) = 5 001
    expect(aroundAnchor(sighting(0, 10_000), 5_000)).toEqual({ min: t - 5_001 - 90, max: t + 5_001 + 90 });
  });

  it('anchors agree up to drift, travel and both bounds, and no further', () => {
    // an hour apart: δ·3 600 000 = 720, travel 200 + 200, bounds 100, readings 80: 1 300 allowed
    const first = sighting(0, 200);
    const later = (byCentre: number): AnchorSighting => sighting(hour, hour + 200, t + byCentre);
    expect(anchorsAgree(first, later(hour + 1_300))).toBe(true);
    expect(anchorsAgree(first, later(hour + 1_302))).toBe(false);
    expect(anchorsAgree(first, later(hour - 1_300))).toBe(true);
    expect(anchorsAgree(first, later(hour - 1_301))).toBe(false);
  });
});

describe('two readings of the clocks', () => {
  const before: ClockReading = { wall: t, uptime: 100_000, hrtime: 100_000_000, boot: 'b', anchor: null };
  const after = (wall: number, uptime: number, hrtime: number, boot = 'b'): ClockReading => ({ wall: t + wall, uptime: 100_000 + uptime, hrtime: 100_000_000 + hrtime * 1000, boot, anchor: null });

  it('nothing but time passed', () => {
    expect(clockChange(before, after(minute, minute, minute))).toEqual({ kind: 'same-boot', elapsed: minute, step: 0, suspended: 0 });
  });
  it('the wall was put back by three hours', () => {
    expect(clockChange(before, after(minute - 3 * hour, minute, minute))).toEqual({ kind: 'same-boot', elapsed: minute, step: -3 * hour, suspended: 0 });
  });
  it('slewing is no step, two seconds and a bit are', () => {
    expect(clockChange(before, after(10 * second + 2_005, 10 * second, 10 * second))).toMatchObject({ step: 0 });
    expect(clockChange(before, after(10 * second + 2_006, 10 * second, 10 * second))).toMatchObject({ step: 2_006 });
  });
  it('the machine slept', () => {
    expect(clockChange(before, after(hour, hour, minute))).toMatchObject({ suspended: 59 * minute, step: 0 });
  });
  it('another boot, or an uptime that went back', () => {
    expect(clockChange(before, after(0, 5, 5, 'c'))).toEqual({ kind: 'boot' });
    expect(clockChange(before, after(0, -5, 5))).toEqual({ kind: 'uptime-back', by: 5 });
  });
});

describe('working time', () => {
  const sample = { wall: t - 16 * 365 * 24 * hour, uptime: 500_000, hrtime: 500_000, boot: 'b' };
  it('goes by the last anchor of this boot, whatever the wall says', () => {
    expect(workingTime({ sample, sighting: sighting(399_900, 400_100), newestInLog: t })).toEqual({ known: true, at: t + 100_000, source: 'anchor' });
  });
  it('an anchor of another boot does not count; a confirmation of this boot does', () => {
    expect(workingTime({ sample, sighting: { ...sighting(1, 2), boot: 'a' }, newestInLog: t, confirmed: { at: t + hour, uptime: 440_000, boot: 'b' } }))
      .toEqual({ known: true, at: t + hour + minute, source: 'confirmed' });
  });
  it('an anchor comes before a confirmation', () => {
    expect(workingTime({ sample, sighting: sighting(400_000, 400_000), newestInLog: t, confirmed: { at: t + hour, uptime: 440_000, boot: 'b' } })).toMatchObject({ source: 'anchor' });
  });
  it('the wall, if it is not before the newest time of the log', () => {
    expect(workingTime({ sample: { ...sample, wall: t + 0.4 }, newestInLog: t })).toEqual({ known: true, at: t, source: 'wall' });
    expect(workingTime({ sample, newestInLog: null })).toMatchObject({ known: true, source: 'wall' });
  });
  it('a clock that says 2010 needs the clerk, a confirmation of an earlier boot does not help', () => {
    expect(workingTime({ sample, newestInLog: t, confirmed: { at: t, uptime: 1, boot: 'a' } })).toEqual({ known: false, wall: sample.wall, newest: t });
  });
});
