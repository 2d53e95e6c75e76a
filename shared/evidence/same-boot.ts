import type { ReadEntry } from '#shared/log/index.ts';
import { aroundAnchor } from './drift.ts';
import { anchorsByBoot, type MachineStory } from './machine-story.ts';
import type { NotedAnchor } from './noted-anchors.ts';
import type { AnchorBound, Weakness } from './verdict.ts';

/** How many anchors on each side of an act are intersected; those further away could only be worse by their longer drift. */
const nearest = 8;

/** What the anchors of its own boot say of one entry. Infinite ends where none bounds it. */
export interface SameBoot {
  readonly min: number;
  readonly max: number;
  /** The nearest anchor answered before the act, and the nearest sent for after it. */
  readonly forward: NotedAnchor | undefined;
  readonly backward: NotedAnchor | undefined;
  /** Why anchors of the boot could not be used. */
  readonly obstacle: Weakness | undefined;
}

/** Gives the same-boot bounds of entries: the intersection over the anchors that uptime measures to. */
export function sameBootBounds(anchors: readonly NotedAnchor[], story: MachineStory): (entry: ReadEntry) => SameBoot {
  const boots = anchorsByBoot(anchors);
  return (entry) => {
    const { boot, uptime } = entry.header.clock;
    const nothing = { min: -Infinity, max: Infinity, forward: undefined, backward: undefined };
    const broken = story.broken(boot);
    if (broken) return { ...nothing, obstacle: broken };
    const list = boots.get(boot) ?? [];
    const split = firstAnsweredAfter(list, uptime);

    let { min, max } = nothing;
    let forward: NotedAnchor | undefined;
    let backward: NotedAnchor | undefined;
    let obstacle: Weakness | undefined;
    const last = Math.min(list.length, split + nearest);
    for (let index = Math.max(0, split - nearest); index < last; index += 1) {
      const noted = list[index];
      if (!noted) continue;
      // The whole stretch from request to act, or from act to response: both bounds measure over all of it.
      const why = story.between(boot, Math.min(noted.requestUptime, uptime), Math.max(noted.responseUptime, uptime));
      if (why) {
        obstacle = why;
        continue;
      }
      const bounds = aroundAnchor(noted, uptime);
      min = Math.max(min, bounds.min);
      max = Math.min(max, bounds.max);
      if (noted.responseUptime <= uptime) forward = noted;
      else if (!backward && noted.requestUptime >= uptime) backward = noted;
    }
    return { min, max, forward, backward, obstacle };
  };
}

/** What one anchor leaves of an act at an uptime of its boot, for the derivation. */
export function boundBy(noted: NotedAnchor, uptime: number): AnchorBound {
  return { number: noted.number, seq: noted.seq, t: noted.anchor.t, rho: noted.anchor.rho, ...aroundAnchor(noted, uptime) };
}

/** Index of the first anchor answered after an uptime; the list is in the order of responses. */
function firstAnsweredAfter(list: readonly NotedAnchor[], uptime: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.responseUptime ?? Infinity) <= uptime) low = middle + 1;
    else high = middle;
  }
  return low;
}
