/** Milliseconds. */
export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

interface Event {
  readonly at: number;
  readonly order: number;
  run: (() => void) | undefined;
}

/**
 * True time of the simulated world, which passes only from one event to the next. After each event everything that follows from it
 * in this process is let come to rest before time goes on; real work that is under way is counted in and out by `during`.
 */
export class VirtualTime {
  now: number;
  /** Events that were run. */
  ran = 0;
  private readonly heap: Event[] = [];
  private order = 0;
  private under = 0;

  constructor(start: number) {
    this.now = start;
  }

  /** Calls back at a time, not before now. Returns what takes it back. */
  at(time: number, run: () => void): () => void {
    const event: Event = { at: Math.max(time, this.now), order: this.order, run };
    this.order += 1;
    this.push(event);
    return () => {
      event.run = undefined;
    };
  }

  after(delay: number, run: () => void): () => void {
    return this.at(this.now + delay, run);
  }

  /** Real work that time has to wait for. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.under += 1;
    try {
      return await work;
    } finally {
      this.under -= 1;
    }
  }

  /** Lets time pass up to `end`. */
  async run(end: number): Promise<void> {
    await this.rest();
    for (let next = this.heap[0]; next && next.at <= end; next = this.heap[0]) {
      this.pop();
      const { run } = next;
      if (!run) continue;
      this.now = next.at;
      this.ran += 1;
      run();
      await this.rest();
    }
    this.now = Math.max(this.now, end);
  }

  /** Until nothing is under way any more. */
  private async rest(): Promise<void> {
    do await new Promise<void>((resolve) => void setImmediate(resolve));
    while (this.under > 0);
  }

  private push(event: Event): void {
    const { heap } = this;
    let place = heap.push(event) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (!above || before(above, event)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = event;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const right = left + 1;
      const a = heap[left];
      const b = heap[right];
      if (!a) break;
      const [child, index] = b && before(b, a) ? [b, right] as const : [a, left] as const;
      if (before(last, child)) break;
      heap[place] = child;
      place = index;
    }
    heap[place] = last;
  }
}

function before(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
