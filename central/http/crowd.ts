/** How long one that is turned away counts, milliseconds. */
const remembered = 4_000;
/** Seconds over which a crowd is spread at most. */
const widest = 8;

/** Says to those who are turned away when to come again. */
export interface Crowd {
  /** Seconds for one more. `place` is always the same for the same one. */
  comeAgain(place: number): number;
}

/**
 * The more were turned away a moment ago, the further apart they come again: each at a place of its own, so that the waiting do not return together; and the last few soon, so that the
 * centre does not stand idle over them. `atOnce` is how many are let in at once, `now` the centre's time in milliseconds.
 */
export function crowdOf(atOnce: number, now: () => number): Crowd {
  let turnedAway: number[] = [];
  return {
    comeAgain(place) {
      const at = now();
      // A clock that was put back makes a crowd of none; beyond the widest it makes no difference how many more there are.
      turnedAway = [...turnedAway.filter((before) => before <= at && at - before < remembered), at].slice(-widest * atOnce);
      return 1 + (place % Math.min(widest, Math.ceil(turnedAway.length / atOnce)));
    },
  };
}
