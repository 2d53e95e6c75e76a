/**
 * Work that may be left off between its steps: whoever does it on a thread that others need as well can let them have their turn. What it comes to does not depend on that.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all of it without a break. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

export interface Turns {
  /** Milliseconds of any clock that does not jump. */
  readonly uptime: () => number;
  /** How long the work goes on before others have their turn, milliseconds; a single step may take longer. */
  readonly longest: number;
  /** Resolves when others had it. */
  readonly pause: () => Promise<void>;
}

/** Does it in turns with whatever else is to be done. */
export async function inTurns<T>(steps: Steps<T>, { uptime, longest, pause }: Turns): Promise<T> {
  for (;;) {
    const began = uptime();
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (uptime() - began < longest);
    await pause();
  }
}
