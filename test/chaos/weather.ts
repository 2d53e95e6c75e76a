import type { Chance } from '../simulation/chance.ts';
import { minute, second } from '../simulation/virtual-time.ts';

/** What becomes of one message on its way: lost, or there after so many milliseconds; perhaps once more later. */
export interface Passage {
  readonly after: number | undefined;
  readonly again: number | undefined;
}

/** The weather on the lines: messages are lost, late, twice, and overtake each other; calm at the end. */
export class Weather {
  calm = false;
  /** Lines that are down. */
  readonly down = new Set<string>();
  private readonly chance: Chance;
  private readonly loss: number;
  private readonly twice: number;
  private readonly slow: number;

  constructor(chance: Chance) {
    this.chance = chance;
    this.loss = chance.between(0, 0.25);
    this.twice = chance.between(0, 0.15);
    this.slow = chance.between(0, 0.2);
  }

  /** A line goes down, or is up again. */
  turn(line: string): void {
    if (!this.down.delete(line)) this.down.add(line);
  }

  passage(): Passage {
    const { chance, calm } = this;
    const delay = chance.between(5, 200);
    if (calm) return { after: delay, again: undefined };
    return {
      after: chance.is(this.loss) ? undefined : chance.is(this.slow) ? chance.between(second, 40 * second) : delay,
      again: chance.is(this.twice) ? chance.between(10, 2 * minute) : undefined,
    };
  }
}
