import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scaleFor, ticksOf } from '#renderer/province/features/dossier/scale.ts';
import { civil } from '#shared/deadline/index.ts';
import type { EvidenceLine } from '#shared/province/index.ts';
import { evidence } from './centre.ts';

describe('the scale of the evidence picture', () => {
  it('holds due date, act, outage and news, with room at both ends', () => {
    const scale = scaleFor(evidence.timeline);
    for (const line of evidence.timeline) {
      if (line.type === 'anchor') continue;
      expect(scale.place(line.at)).toBeGreaterThan(0);
      expect(scale.place(line.at)).toBeLessThan(100);
    }
  });

  it('keeps the order of time and at most nine round ticks, whatever the stretch', () => {
    const span = fc.tuple(fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }), fc.integer({ min: 1, max: 90 * 86_400_000 }));
    fc.assert(fc.property(span, ([from, length]) => {
      const lines: EvidenceLine[] = [{ type: 'due', at: from, provisional: false, by: 'dossier.received', current: true }, { type: 'news', at: from + length }];
      const scale = scaleFor(lines);
      expect(scale.place(from)).toBeLessThan(scale.place(from + length));
      const ticks = ticksOf(scale);
      expect(ticks.length).toBeLessThanOrEqual(9);
      for (const tick of ticks) expect(Number(civil(tick).time.slice(3)) % 5).toBe(0);
    }));
  });
});
