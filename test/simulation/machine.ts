import type { Clock, ClockSample } from '#shared/ports.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A desk's computer as its clocks show it. True time is the world's. */
export class Machine implements Clock {
  /** Error of the wall clock, milliseconds. */
  wallOffset: number;
  /** What the battery clock says at each start, where its battery is dead. */
  readonly deadBattery: number | undefined;
  private boots = 0;
  private bootedAt = 0;
  /** True milliseconds of this boot in which no clock moved (a paused virtual machine), and in which monotonic time did not. */
  private paused = 0;
  private asleep = 0;
  private stoppedAt: number | undefined;
  private readonly time: VirtualTime;
  private readonly name: string;
  /** True time per unit of uptime is 1 + drift. */
  private readonly drift: number;
  /** A changed program's reading, where one lies. */
  lie: ((truth: ClockSample) => ClockSample) | undefined;

  constructor(time: VirtualTime, name: string, options: { drift: number; wallOffset: number; deadBattery: number | undefined }) {
    this.time = time;
    this.name = name;
    this.drift = options.drift;
    this.wallOffset = options.wallOffset;
    this.deadBattery = options.deadBattery;
  }

  boot(): void {
    this.boots += 1;
    this.bootedAt = this.time.now - 20_000;
    this.paused = 0;
    this.asleep = 0;
    if (this.deadBattery !== undefined) this.wallOffset = this.deadBattery - this.time.now;
  }

  slept(milliseconds: number): void {
    this.asleep += milliseconds;
  }

  /** From now on it stands still. */
  standing(at: number): void {
    this.stoppedAt = at;
  }

  /** It goes on after so long. */
  stoodStill(milliseconds: number): void {
    this.stoppedAt = undefined;
    this.paused += milliseconds;
    this.wallOffset -= milliseconds;
  }

  /** When a timer of so much uptime is over, in true time. */
  trueDelay(uptime: number): number {
    return uptime * (1 + this.drift);
  }

  read(): ClockSample {
    const now = this.stoppedAt ?? this.time.now;
    const uptime = (now - this.bootedAt - this.paused) / (1 + this.drift);
    const truth = {
      wall: now + this.wallOffset, uptime, hrtime: uptime - this.asleep / (1 + this.drift), boot: `${this.name}-${this.boots}`,
    };
    return this.lie ? this.lie(truth) : truth;
  }
}
