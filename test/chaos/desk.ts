import { cpSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { nodeHasher, openDeskStore, type DeskStore } from '#db/index.ts';
import { openDesk, type Desk } from '#electron/desk/desk.ts';
import { finishSwap } from '#electron/desk/recovery/index.ts';
import { finishMove, type PreparedMove } from '#electron/desk/transfer/index.ts';
import type { DeskPorts } from '#electron/desk/ports.ts';
import { nodeKeys } from '#electron/desk/keys.ts';
import { nodeSealing } from '#electron/desk/sealing.ts';
import { LineError, type ExchangeRequest, type ExchangeResponse, type Transport } from '#electron/desk/sync/transport.ts';
import { verifier } from '#central/keys/index.ts';
import type { Outcome } from '#shared/errors/index.ts';
import type { ChannelName, RequestOf, ResponseOf } from '#shared/ipc/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import type { Chance } from '../simulation/chance.ts';
import { Machine } from '../simulation/machine.ts';
import { pin } from '../simulation/province.ts';
import { second, type VirtualTime } from '../simulation/virtual-time.ts';
import type { MortalCentre } from './centre.ts';
import { Doom, mortal, type Side } from './doom.ts';
import type { Weather } from './weather.ts';

const key = new Uint8Array(32).fill(7);
/** PKCS #8 of an Ed25519 private key up to its 32 bytes (RFC 8410). */
const keyHead = Buffer.from('302e020100300506032b657004220420', 'hex');
/** How many times more seldom than in life the desk looks at its line. */
const leisure = 10;

export interface MortalDeskOptions {
  readonly world: VirtualTime;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly centre: MortalCentre;
  readonly folder: string;
  readonly name: string;
  /** The agency it is enrolled for. */
  readonly agency: string;
}

/** The real desk over its real store; it dies at commits and comes back from what its disk was then. */
export class MortalDesk {
  readonly options: MortalDeskOptions;
  private readonly machine: Machine;
  private disk: string;
  private disks = 0;
  private running: { readonly desk: Desk; readonly store: DeskStore; readonly doom: Doom } | undefined;
  private readonly endings: Promise<void>[] = [];
  deaths = 0;
  restores = 0;
  /** How often it went to another agency. */
  moves = 0;

  constructor(options: MortalDeskOptions) {
    this.options = options;
    this.machine = new Machine(options.world, options.name, { drift: options.chance.between(-2e-5, 2e-5), wallOffset: options.chance.between(-3, 3) * second, deadBattery: undefined });
    this.disk = join(options.folder, `${options.name}-0`);
    mkdirSync(this.disk, { recursive: true });
  }

  get up(): boolean {
    return this.running !== undefined && !this.running.doom.dead;
  }

  get store(): DeskStore {
    if (!this.running) throw new Error('the desk is off');
    return this.running.store;
  }

  private nextDisk(): string {
    return join(this.options.folder, `${this.options.name}-${(this.disks += 1)}`);
  }

  start(code?: string): void {
    const { world, chance } = this.options;
    this.machine.boot();
    const random = chance.bytes();
    finishSwap(this.disk);
    const image = this.nextDisk();
    const doom = new Doom(() => cpSync(this.disk, image, { recursive: true }), () => world.after(0, () => this.fall(image)));
    const opened = openDeskStore({ file: join(this.disk, 'desk.db'), key, hasher: nodeHasher, random });
    const store = mortal(opened, doom, ['commit', 'merge', 'markAcknowledged', 'markKept', 'openLog'], { memo: ['save'], anchors: ['add'], catalogue: ['store'] });
    const ports: DeskPorts = {
      clock: this.machine, hasher: nodeHasher, random, verifier, sealing: nodeSealing,
      keys: { ...nodeKeys, generate: () => createPrivateKey({ key: Buffer.concat([keyHead, random.bytes(32)]), format: 'der', type: 'pkcs8' }).export({ format: 'der', type: 'pkcs8' }).toString('base64url') },
      transport: () => this.transport(doom), leisure,
      timers: { after: (delay, run) => world.after(this.machine.trueDelay(delay), run) },
      probes: { interfaces: () => '', around: () => Promise.resolve({ gateway: 'answered', names: 'silent' }) },
      suspendsShow: true, keepForRecovery: () => Promise.resolve(), report: (line) => void process.stderr.write(`${this.options.name} ${line}\n`),
    };
    const desk = openDesk({
      folder: this.disk, store, key, software: 'chaos', banners: [], checkAnswers: true, automaticBackups: false,
      centre: { url: 'http://centre.invalid', ...(code === undefined ? {} : { enrolmentCode: code }) },
      onMove: (prepared) => this.go(prepared, ports),
    }, ports);
    this.running = { desk, store: opened, doom };
  }

  /** It goes to another agency, as the program does it: closes, puts the new store in place and starts. It may be cut off before or in the middle. */
  private go(prepared: PreparedMove, ports: DeskPorts): void {
    const { running } = this;
    if (!running || running.doom.dead) return;
    this.running = undefined;
    const { world, chance } = this.options;
    const put = (): void => {
      const fate = chance.next();
      if (fate > 0.2 && finishMove({ data: this.disk, key, ports }, prepared)) {
        this.moves += 1;
        if (fate < 0.4) this.cutInTheMiddle();
      }
      this.start();
    };
    this.endings.push(running.desk.close().then(() => void world.after(0, put)));
  }

  /** The swap as a cut leaves it: the journal is written, the papers are moved and the store is not. */
  private cutInTheMiddle(): void {
    const at = (...names: readonly string[]): string => join(this.disk, ...names);
    const aside = readdirSync(this.disk).filter((name) => name.startsWith('former-')).sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).at(-1) ?? '';
    renameSync(at('desk.db'), at('desk.db.recovered'));
    renameSync(at(aside, 'desk.db'), at('desk.db'));
    writeFileSync(at('recovery.json'), JSON.stringify({ v: 1, aside }));
  }

  private transport(doom: Doom): Transport {
    const { world, centre, weather, name } = this.options;
    const exchange = (request: ExchangeRequest): Promise<ExchangeResponse> => new Promise((resolve, reject) => {
      let over = false;
      const end = (how: () => void): void => {
        // A ghost hears nothing.
        if (over || doom.dead) return;
        over = true;
        stop();
        how();
      };
      const fail = (failure: LineError['failure']): void => end(() => reject(new LineError(failure)));
      const stop = world.after(request.timeout, () => fail('timed-out'));
      // Putting a ghost away ends what it waits for.
      const ended = (): void => {
        over = true;
        stop();
        reject(new LineError('closed'));
      };
      request.signal?.addEventListener('abort', ended, { once: true });
      if (request.signal?.aborted === true) return ended();
      if (doom.dead) return undefined;
      if (weather.down.has(name)) {
        world.after(50, () => fail('unreachable'));
        return undefined;
      }
      const arrive = async (heard: boolean): Promise<void> => {
        const answer = await centre.answer(request);
        if (!heard) return;
        const back = weather.passage();
        if (!answer || back.after === undefined || weather.down.has(name)) {
          world.after(100, () => fail('cut'));
          return;
        }
        world.after(back.after, () => end(() => resolve(answer)));
      };
      const there = weather.passage();
      // What was sent arrives even where its sender is dead by then.
      if (there.after !== undefined) world.after(there.after, () => void world.during(arrive(true)));
      if (there.again !== undefined) world.after((there.after ?? 0) + there.again, () => void world.during(arrive(false)));
      return undefined;
    });
    return { exchange, close: () => undefined };
  }

  /** The ghost is put away; the clerk starts the machine again after a while. */
  private fall(image: string): void {
    this.end();
    this.deaths += 1;
    this.disk = image;
    this.options.world.after(this.options.chance.between(second, 90 * second), () => {
      if (!this.running) this.start();
    });
  }

  /** Closing may take some time, which passes only where nobody waits for it here. */
  end(): void {
    const { running } = this;
    this.running = undefined;
    if (running) this.endings.push(running.desk.close());
  }

  die(commits: number, side: Side): void {
    if (commits === 0) this.running?.doom.now();
    else this.running?.doom.at(commits, side);
  }

  /** A copy of the disk as a backup makes it. */
  backup(): string | undefined {
    if (!this.up) return undefined;
    const place = join(this.options.folder, `${this.options.name}-backup-${(this.disks += 1)}`);
    mkdirSync(place);
    const made = this.store.backup(join(place, 'desk.db'));
    return made.ok ? place : undefined;
  }

  /** A backup is put back, as the program does it: with the marker that makes the next start open a new log. */
  restore(backup: string): void {
    this.end();
    this.restores += 1;
    this.disk = this.nextDisk();
    cpSync(backup, this.disk, { recursive: true });
    writeFileSync(join(this.disk, 'restored.json'), JSON.stringify({ v: 1, why: 'restored' }));
    this.start();
  }

  /** What the desk answers a window; undefined where it is off or dies over it. */
  async call<Name extends ChannelName>(channel: Name, request: RequestOf<Name>): Promise<Outcome<ResponseOf<Name>> | undefined> {
    const { running } = this;
    if (!running || running.doom.dead) return undefined;
    const outcome = await running.desk.answer(channel, request);
    return running.doom.dead ? undefined : (outcome as Outcome<ResponseOf<Name>>);
  }

  /** What the ghost answered as well: for a check that has to fail. */
  async callEvenDead<Name extends ChannelName>(channel: Name, request: RequestOf<Name>): Promise<Outcome<ResponseOf<Name>> | undefined> {
    return this.running ? ((await this.running.desk.answer(channel, request)) as Outcome<ResponseOf<Name>>) : undefined;
  }

  async signIn(): Promise<boolean> {
    const view = await this.call('session.view', {});
    if (!view?.ok) return false;
    if (view.value.signedIn) return true;
    return (await this.call('session.sign-in', { staff: `${this.store.identity()?.agency ?? this.options.agency}-1`, pin }))?.ok === true;
  }

  async signOut(): Promise<void> {
    await this.call('session.sign-out', {});
  }

  id(): string {
    return mintUuid(this.options.world.now, this.options.chance.bytes());
  }

  /** All that was put away is closed. */
  async ended(): Promise<void> {
    await Promise.all(this.endings);
  }
}
