import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { keepAlive, markEvery, type Alive } from '#central/alive.ts';
import { publishCatalogue } from '#central/catalogue/index.ts';
import { makeCode } from '#central/enrolment/index.ts';
import { openFoundation, type Foundation } from '#central/foundation.ts';
import { hasher, random } from '#central/keys/index.ts';
import { openService, type Service } from '#central/service.ts';
import type { ExchangeRequest, ExchangeResponse } from '#electron/desk/sync/transport.ts';
import type { Catalogue } from '#shared/catalogue/index.ts';
import type { Chance } from '../simulation/chance.ts';
import { minute, second, type VirtualTime } from '../simulation/virtual-time.ts';
import { Doom, mortal, type Side } from './doom.ts';

/** The real centre over its real store, asked in the process; it dies at commits and comes back from what its disk was then. */
export class MortalCentre {
  private readonly world: VirtualTime;
  private readonly chance: Chance;
  private readonly folder: string;
  private disk: string;
  private images = 0;
  private held: { readonly foundation: Foundation; readonly service: Service; readonly doom: Doom; readonly alive: Alive } | undefined;
  deaths = 0;

  private constructor(world: VirtualTime, chance: Chance, folder: string) {
    this.world = world;
    this.chance = chance;
    this.folder = folder;
    this.disk = join(folder, 'centre-0');
  }

  static async open(world: VirtualTime, chance: Chance, folder: string, catalogue: Catalogue): Promise<MortalCentre> {
    const centre = new MortalCentre(world, chance, folder);
    await centre.start();
    await publishCatalogue({ ...centre.foundation, hasher }, catalogue);
    return centre;
  }

  get up(): boolean {
    return this.held !== undefined && !this.held.doom.dead;
  }

  get foundation(): Foundation {
    if (!this.held) throw new Error('the centre is down');
    return this.held.foundation;
  }

  private async start(): Promise<void> {
    const { world } = this;
    const time = {
      read: () => ({ sample: { wall: world.now, uptime: world.now, hrtime: world.now, boot: 'centre' }, now: Math.round(world.now), rho: 50 }),
      stop: () => undefined,
    };
    const opened = await openFoundation(this.disk, time, 'chaos');
    const image = join(this.folder, `centre-${(this.images += 1)}`);
    const doom = new Doom(() => cpSync(this.disk, image, { recursive: true }), () => world.after(0, () => void world.during(this.fall(image))));
    const foundation = { ...opened, store: mortal(opened.store, doom, ['transaction']) };
    const report = (line: string): void => void process.stderr.write(`${line}\n`);
    const service = await openService(foundation, { software: 'chaos', enrolmentsPerMinute: 1_000_000, wall: () => world.now, report });
    await service.app.ready();
    const alive = await keepAlive(foundation, () => world.now, report, (_delay, run) => {
      let cancel = (): void => undefined;
      const next = (): void => {
        cancel = world.after(3 * markEvery, () => {
          run();
          next();
        });
      };
      next();
      return () => cancel();
    });
    this.held = { foundation, service, doom, alive };
  }

  /** It is dead: what it was is put away, and after a while it starts again from its disk. */
  private async fall(image: string): Promise<void> {
    const { held } = this;
    if (!held) return;
    this.deaths += 1;
    held.alive.vanish();
    this.held = undefined;
    await held.service.app.close();
    await held.foundation.close();
    this.disk = image;
    mkdirSync(this.disk, { recursive: true });
    this.world.after(this.chance.between(second, 3 * minute), () => void this.world.during(this.start()));
  }

  die(commits: number, side: Side): void {
    this.held?.doom.at(commits, side);
  }

  /** The answer to a request; undefined where nobody answers any more. */
  async answer({ method, path, headers, body }: ExchangeRequest): Promise<ExchangeResponse | undefined> {
    const { held } = this;
    if (!held || held.doom.dead) return undefined;
    const answer = await held.service.app.inject({ method, url: path, headers: { ...headers }, ...(body ? { payload: Buffer.from(body) } : {}) });
    if (held.doom.dead) return undefined;
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(Object.entries(answer.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))),
      body: answer.rawPayload,
    };
  }

  async code(agency: string, desk: string): Promise<string> {
    return (await makeCode({ ...this.foundation, hasher, random }, { agency, desk, approves: true })).code;
  }

  async close(): Promise<void> {
    const { held } = this;
    this.held = undefined;
    held?.alive.vanish();
    await held?.service.app.close();
    await held?.foundation.close();
  }
}
