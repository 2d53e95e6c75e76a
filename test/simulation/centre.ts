import { join } from 'node:path';
import { keepAlive, markEvery } from '#central/alive.ts';
import { publishCatalogue } from '#central/catalogue/index.ts';
import { makeCode } from '#central/enrolment/index.ts';
import { openFoundation, type Foundation } from '#central/foundation.ts';
import { provinceSource, type ProvinceData } from '#central/judge/index.ts';
import { hasher, random, verifier } from '#central/keys/index.ts';
import { centreKinds } from '#central/ledger/index.ts';
import { openService, type Service } from '#central/service.ts';
import type { Catalogue } from '#shared/catalogue/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import type { ExchangeRequest, ExchangeResponse } from '#electron/desk/sync/transport.ts';
import { within, type Stretch } from './lines.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What the centre says of its own clock's error, milliseconds. */
export const rho = 50;

type App = Service['app'];

/** The real centre over its real store, asked in the process; down in some stretches. */
export class SimulatedCentre {
  readonly foundation: Foundation;
  private readonly app: App;
  private readonly world: VirtualTime;
  private readonly down: readonly Stretch[];
  requests = 0;
  /** Refusals of a desk's batches, by code: none may come of a wrong clock. */
  readonly refusals = new Map<string, number>();

  private constructor(world: VirtualTime, foundation: Foundation, app: App, down: readonly Stretch[]) {
    this.world = world;
    this.foundation = foundation;
    this.app = app;
    this.down = down;
  }

  /** `error`: how far its clock is off, within {@link rho}. */
  static async open(world: VirtualTime, folder: string, catalogue: Catalogue, down: readonly Stretch[], error: () => number): Promise<SimulatedCentre> {
    const time = {
      read: () => {
        const now = Math.round(world.now + error());
        return { sample: { wall: now, uptime: now, hrtime: now, boot: 'centre' }, now, rho };
      },
      stop: () => undefined,
    };
    const foundation = await openFoundation(join(folder, 'centre'), time, 'simulation');
    await publishCatalogue({ ...foundation, hasher }, catalogue);
    const { app } = await openService(foundation, {
      software: 'simulation', batchesAtOnce: 64, enrolmentsPerMinute: 1_000_000, wall: () => world.now, report: (line) => void process.stderr.write(`${line}\n`),
    });
    await app.ready();
    const centre = new SimulatedCentre(world, foundation, app, down);
    await centre.live();
    return centre;
  }

  up(): boolean {
    return !within(this.down, this.world.now);
  }

  /** Leaves its marks while it runs; after a time down it starts anew and finds the gap. */
  private async live(): Promise<void> {
    const { world } = this;
    let alive: Awaited<ReturnType<typeof keepAlive>> | undefined;
    const every = (_delay: number, run: () => void): (() => void) => {
      let cancel = (): void => undefined;
      const next = (): void => {
        // Three times as seldom as in life, and still often enough that no gap is seen where there is none.
        cancel = world.after(3 * markEvery, () => {
          if (this.up()) run();
          next();
        });
      };
      next();
      return () => cancel();
    };
    const start = async (): Promise<void> => {
      alive = await world.during(keepAlive(this.foundation, () => world.now, (line) => void process.stderr.write(`${line}\n`), every));
    };
    await start();
    for (const { from, to } of this.down) {
      // It ends without a word, as in a power cut: the marks tell.
      world.at(from, () => alive?.vanish());
      world.at(to, () => void start());
    }
  }

  async code(agency: string, desk: string): Promise<string> {
    return (await this.world.during(makeCode({ ...this.foundation, hasher, random }, { agency, desk, approves: true }))).code;
  }

  async answer({ method, path, headers, body }: ExchangeRequest): Promise<ExchangeResponse> {
    this.requests += 1;
    const answer = await this.world.during(this.app.inject({ method, url: path, headers: { ...headers }, ...(body ? { payload: Buffer.from(body) } : {}) }));
    if (answer.statusCode >= 400) this.refused(path, answer.payload);
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(Object.entries(answer.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))),
      body: answer.rawPayload,
    };
  }

  private refused(path: string, payload: string): void {
    const call = path.split('?')[0]?.replace(/[0-9a-f-]{36}/g, '{id}') ?? '';
    const code = /"code":"([^"]+)"/.exec(payload)?.[1] ?? 'unknown';
    const name = `${call} ${code}`;
    this.refusals.set(name, (this.refusals.get(name) ?? 0) + 1);
  }

  /** An officer records an operator's ticket. */
  async ticket(agencies: readonly string[], stretch: Stretch): Promise<void> {
    const { store, own, time } = this.foundation;
    const reading = time.read();
    const facts = {
      ticket: mintUuid(this.world.now, random), reference: `SC-${this.world.ran}`, operator: 'VNPT', agencies: [...agencies], everywhere: agencies.length === 0,
      from: Math.round(stretch.from), to: Math.round(stretch.to), at: reading.now, rho,
    };
    await this.world.during(store.transaction((writer) => own.append(writer, reading, [{ kind: centreKinds.ticketRecorded, facts }], 'officer')));
  }

  data(): Promise<ProvinceData> {
    return provinceSource(this.foundation.store).read();
  }

  ports(): { centreKeys: string[]; verifier: typeof verifier } {
    return { centreKeys: [this.foundation.keys.signer.publicKey], verifier };
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.foundation.close();
  }
}
