import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { nodeHasher, openDeskStore, type DeskStore } from '#db/index.ts';
import { openDesk, type Desk } from '#electron/desk/desk.ts';
import { verifier } from '#central/keys/index.ts';
import { nodeKeys } from '#electron/desk/keys.ts';
import { nodeSealing } from '#electron/desk/sealing.ts';
import type { DeskPorts } from '#electron/desk/ports.ts';
import { LineError, type ExchangeRequest, type ExchangeResponse, type Transport } from '#electron/desk/sync/transport.ts';
import type { ChannelName, RequestOf, ResponseOf } from '#shared/ipc/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import type { Signer } from '#shared/ports.ts';
import type { SimulatedCentre } from './centre.ts';
import type { Chance } from './chance.ts';
import type { Line } from './lines.ts';
import type { Machine } from './machine.ts';
import { pin } from './province.ts';
import { minute, second, type VirtualTime } from './virtual-time.ts';

/** What an office is, and the troubles it has. */
export interface OfficeOptions {
  readonly world: VirtualTime;
  readonly centre: SimulatedCentre;
  readonly machine: Machine;
  readonly line: Line;
  readonly chance: Chance;
  readonly folder: string;
  readonly agency: string;
  /** Staff ids. */
  readonly clerk: string;
  readonly supervisor: string | undefined;
}

/** How many times more seldom than in life a simulated desk looks at its line between two contacts: a quarter has many half minutes. */
const leisure = 20;

/** The desk reads its key for each request; here that is done once for each key. */
const signers = new Map<string, Signer>();
const rememberedKeys: typeof nodeKeys = {
  generate: () => nodeKeys.generate(),
  signer(privateKey) {
    const known = signers.get(privateKey) ?? nodeKeys.signer(privateKey);
    signers.set(privateKey, known);
    return known;
  },
};

/**
 * One office's desk: the real program over its real encrypted store (in a folder that lives in memory), with the clock, the
 * timers, the network and chance of the simulated world.
 */
export class Office {
  readonly options: OfficeOptions;
  private desk: Desk | undefined;
  private store: DeskStore | undefined;
  private awakeAt = 0;
  private copies = 0;
  private file: string;
  /** Somebody holds each message back, so many milliseconds one way. */
  slowed = 0;
  /** When the machine was switched on, true times. */
  readonly starts: number[] = [];
  /** Answers that were refused, by channel and code. */
  readonly refused = new Map<string, number>();

  constructor(options: OfficeOptions) {
    this.options = options;
    mkdirSync(options.folder, { recursive: true });
    this.file = join(options.folder, 'desk.db');
  }

  get running(): boolean {
    return this.desk !== undefined;
  }

  /** Running and not asleep. */
  get awake(): boolean {
    return this.running && this.options.world.now >= this.awakeAt;
  }

  get held(): DeskStore {
    if (!this.store) throw new Error('the desk is off');
    return this.store;
  }

  /** The machine is switched on and the program started. */
  switchOn(code?: string): void {
    if (this.desk) return;
    this.options.machine.boot();
    this.start(code);
  }

  private start(code?: string): void {
    const { world, machine, folder } = this.options;
    this.starts.push(world.now);
    this.store = openDeskStore({ file: this.file, key: new Uint8Array(32).fill(7), hasher: nodeHasher, random: this.random() });
    this.desk = openDesk({
      folder, store: this.store, key: new Uint8Array(32), software: 'simulation', banners: [], checkAnswers: false, automaticBackups: false,
      centre: { url: 'http://centre.invalid', ...(code === undefined ? {} : { enrolmentCode: code }) },
    }, {
      clock: machine, hasher: nodeHasher, random: this.random(), verifier, keys: rememberedKeys, sealing: nodeSealing, transport: () => this.transport(),
      leisure,
      timers: { after: (delay, run) => this.timer(delay, run) },
      probes: { interfaces: () => '', around: () => Promise.resolve({ gateway: 'answered', names: 'silent' }) },
      suspendsShow: true, keepForRecovery: () => Promise.resolve(), report: (line) => void process.stderr.write(`${new Date(world.now).toISOString()} ${this.options.agency} ${line}\n`),
    });
  }

  private random(): DeskPorts['random'] {
    return this.options.chance.bytes();
  }

  /** Timers run by the machine's uptime, and not while it sleeps or is off. */
  private timer(delay: number, run: () => void): () => void {
    const { world, machine } = this.options;
    const { desk } = this;
    let cancel = (): void => undefined;
    // Letting others have a turn takes no time; a desk that is closing waits for it.
    if (delay === 0 && world.now >= this.awakeAt) {
      let wanted = true;
      void world.during(new Promise<void>((resolve) => void setImmediate(resolve))).then(() => {
        if (wanted) run();
      });
      return () => {
        wanted = false;
      };
    }
    const fire = (): void => {
      if (this.desk !== desk && desk !== undefined) return;
      if (world.now < this.awakeAt) cancel = world.at(this.awakeAt + second, fire);
      else run();
    };
    cancel = world.after(machine.trueDelay(delay), fire);
    return () => cancel();
  }

  private transport(): Transport {
    const { world, centre, line } = this.options;
    let closed = false;
    const exchange = (request: ExchangeRequest): Promise<ExchangeResponse> => new Promise((resolve, reject) => {
      let over = false;
      const end = (how: () => void): void => {
        if (over) return;
        over = true;
        stop();
        request.signal?.removeEventListener('abort', ended);
        how();
      };
      const fail = (failure: LineError['failure']): void => end(() => reject(new LineError(failure)));
      const ended = (): void => fail('closed');
      const stop = world.after(request.timeout, () => fail('timed-out'));
      if (request.signal?.aborted === true || closed) return fail('closed');
      request.signal?.addEventListener('abort', ended, { once: true });
      if (!line.up(world.now)) {
        world.after(50, () => fail('unreachable'));
        return undefined;
      }
      const arrive = async (): Promise<void> => {
        if (over) return;
        if (!line.up(world.now) || !centre.up()) return fail(centre.up() ? 'cut' : 'refused');
        // What the centre does is done whether or not its answer arrives.
        const answer = await centre.answer(request);
        world.after(line.latency() + this.slowed, () => (line.up(world.now) ? end(() => resolve(answer)) : fail('cut')));
        return undefined;
      };
      world.after(line.latency() + this.slowed, () => void world.during(arrive()));
      return undefined;
    });
    return {
      exchange,
      close: () => {
        closed = true;
      },
    };
  }

  /** The machine is shut down. */
  async switchOff(): Promise<void> {
    const { desk } = this;
    this.desk = undefined;
    this.store = undefined;
    await this.options.world.during(desk?.close() ?? Promise.resolve());
  }

  /** It goes to sleep for a while; a sleeping machine's clocks go on but for the monotonic one. */
  sleep(milliseconds: number): void {
    if (!this.desk) return;
    this.desk.power('suspend');
    this.options.machine.slept(milliseconds);
    this.awakeAt = this.options.world.now + milliseconds;
    const { desk } = this;
    this.options.world.at(this.awakeAt, () => {
      if (this.desk === desk) desk.power('resume');
    });
  }

  /** A virtual machine is stopped for a while: none of its clocks moves, and nothing in it runs. */
  standStill(milliseconds: number): void {
    const { world, machine } = this.options;
    const { desk } = this;
    this.awakeAt = world.now + milliseconds;
    machine.standing(world.now);
    world.at(this.awakeAt, () => {
      if (this.desk === desk) machine.stoodStill(milliseconds);
    });
  }

  /** The power fails right after a commit: what is on the disk at this moment is all there is. The machine is off afterwards. */
  async crash(): Promise<void> {
    const image = this.image();
    await this.switchOff();
    this.swapDisk(image);
  }

  /** A copy of the disk as it is. */
  image(): string {
    this.copies += 1;
    const folder = join(this.options.folder, `disk-${this.copies}`);
    mkdirSync(folder);
    const copy = join(folder, 'desk.db');
    for (const end of ['', '-wal']) if (existsSync(`${this.file}${end}`)) copyFileSync(`${this.file}${end}`, `${copy}${end}`);
    return copy;
  }

  /** Somebody puts an image of the disk back; the machine has to be off. */
  restore(image: string): void {
    this.swapDisk(image);
  }

  /** Another disk in the place of the one there was, which nobody needs again: a quarter's power failures would fill the memory. */
  private swapDisk(image: string): void {
    for (const end of ['', '-wal', '-shm']) rmSync(`${this.file}${end}`, { force: true });
    this.file = image;
  }

  /** Calls the desk as a window does. Undefined where it refuses or is off. */
  async call<Name extends ChannelName>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name> | undefined> {
    if (!this.desk || !this.awake) return undefined;
    const outcome = await this.options.world.during(this.desk.answer(name, request));
    if (outcome.ok) return outcome.value as ResponseOf<Name>;
    const key = `${name} ${outcome.fault.code}`;
    this.refused.set(key, (this.refused.get(key) ?? 0) + 1);
    if (outcome.fault.code === 'clock.confirm-needed' && name !== 'clock.confirm') {
      // The clerk looks at their watch, which is right to the minute, and confirms.
      const at = Math.round(this.options.world.now / minute) * minute;
      if (await this.call('clock.confirm', { at })) return this.call(name, request);
    }
    return undefined;
  }

  /** Somebody sits down: the desk locks itself when nobody is there. */
  async signIn(staff: string): Promise<boolean> {
    if (!this.awake) return false;
    const view = await this.call('session.view', {});
    if (view?.signedIn?.id === staff) return true;
    return (await this.call('session.sign-in', { staff, pin })) !== undefined;
  }

  /** The supervisor signed in closes the day. */
  async closeDay(): Promise<boolean> {
    return (await this.call('day.close', { act: this.id(), pin })) !== undefined;
  }

  id(): string {
    return mintUuid(this.options.world.now, this.random());
  }

  async remove(): Promise<void> {
    await this.switchOff();
    rmSync(this.options.folder, { recursive: true, force: true });
  }
}
