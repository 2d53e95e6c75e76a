/** A desk in the test's process and the real centre in one of its own, over real HTTP, with clocks the test holds in its hand. */
import { scryptSync } from 'node:crypto';
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { nodeHasher, nodeRandom, openDeskStore, type DeskStore } from '#db/index.ts';
import { openDesk, type Desk } from '#electron/desk/desk.ts';
import { nodeKeys, nodeVerifier } from '#electron/desk/keys.ts';
import { realTimers } from '#electron/desk/node-ports.ts';
import type { DeskPorts } from '#electron/desk/ports.ts';
import { nodeSealing } from '#electron/desk/sealing.ts';
import { httpTransport, type ExchangeRequest, type ExchangeResponse } from '#electron/desk/sync/transport.ts';
import { finishMove } from '#electron/desk/transfer/index.ts';
import { catalogueSchema, type Catalogue, type PinVerifier } from '#shared/catalogue/index.ts';
import { instantOf } from '#shared/deadline/index.ts';
import type { Outcome } from '#shared/errors/index.ts';
import type { ChannelName, RequestOf, ResponseOf } from '#shared/ipc/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import type { Clock, ClockSample } from '#shared/ports.ts';

export const pin = '2468';
export const commune = 'ls-mai-pha';

/** True time, and what one machine makes of it. */
export class World implements Clock {
  private readonly startedAt = Date.now();
  private truthAt: number;
  private readonly files = new Set<string>();
  boot = 'boot-1';
  bootedAt: number;
  wallOffset = 0;
  suspended = 0;

  constructor(truth = instantOf('2026-11-24', '09:00')) {
    this.truthAt = truth;
    this.bootedAt = truth - 3_600_000;
  }

  truth(): number {
    return this.truthAt + (Date.now() - this.startedAt);
  }

  pass(milliseconds: number): void {
    this.truthAt += milliseconds;
    for (const file of this.files) this.write(file);
  }

  /** Keeps a file of the injected clock in step, for processes that read it. */
  follow(file: string): void {
    this.files.add(file);
    this.write(file);
  }

  private write(file: string): void {
    const truth = this.truth();
    const { boot, bootedAt, wallOffset, suspended } = this;
    const text = JSON.stringify({ v: 1, realAt: Date.now(), trueAt: truth, rate: 1, machines: { centre: { wallOffset: 0, boot: 'centre', bootedAt: 0 }, desk: { boot, bootedAt, wallOffset, suspended } } });
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }

  /** The machine is switched off and on; its wall clock then says `wall`, or goes on rightly. */
  reboot(wall?: number): void {
    this.boot = `${this.boot}+`;
    this.bootedAt = this.truth();
    this.suspended = 0;
    if (wall !== undefined) this.wallOffset = wall - this.truth();
    for (const file of this.files) this.write(file);
  }

  read(): ClockSample {
    const uptime = this.truth() - this.bootedAt;
    return { wall: this.truth() + this.wallOffset, uptime, hrtime: uptime - this.suspended, boot: this.boot };
  }
}

/** A cheap verifier of a PIN. */
export function verifierOf(secret: string): PinVerifier {
  const params = { n: 1024, r: 8, p: 1, keyLength: 32 };
  const salt = Buffer.from('test salt');
  const hash = scryptSync(secret, salt, params.keyLength, { N: params.n, r: params.r, p: params.p });
  return { salt: salt.toString('base64'), hash: hash.toString('base64'), params };
}

/** The sample catalogue, with a cheap PIN verifier for everyone. */
export function sampleCatalogue(): Catalogue {
  const raw: unknown = JSON.parse(readFileSync(join(__dirname, '../../../central/catalogue/sample/catalogue.json'), 'utf8'));
  const catalogue = catalogueSchema.parse(raw);
  const verifier = verifierOf(pin);
  return { ...catalogue, staff: catalogue.staff.map((person) => ({ ...person, pin: verifier })) };
}

const ends: (() => Promise<void> | void)[] = [];

/** Ends everything that was opened, last first. Call it after each test. */
export async function endAll(): Promise<void> {
  for (const end of ends.splice(0).toReversed()) await end();
}

export function atEnd(end: () => Promise<void> | void): void {
  ends.push(end);
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'quay-desk-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The real centre in its own process, on the world's true time. */
export interface TestCentre {
  readonly url: string;
  /** Raw public key that signs its anchors. */
  readonly key: string;
  readonly folder: string;
  ask(op: string, more?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** SIGKILL; open another on the same folder and port to bring it back. */
  kill(): Promise<void>;
}

export async function openCentre(world: World, options: { folder?: string; port?: number } = {}): Promise<TestCentre> {
  const folder = options.folder ?? temporaryFolder();
  const clockFile = join(folder, '..', `${basename(folder)}.clock.json`);
  const catalogueFile = join(folder, '..', `${basename(folder)}.catalogue.json`);
  atEnd(() => {
    rmSync(clockFile, { force: true });
    rmSync(catalogueFile, { force: true });
  });
  world.follow(clockFile);
  writeFileSync(catalogueFile, JSON.stringify(sampleCatalogue()));
  const node = join(__dirname, '../../../node_modules/node/bin/node');
  const child = fork(join(__dirname, 'centre-process.ts'), [JSON.stringify({ folder, clockFile, catalogueFile, port: options.port ?? 0 })], { execPath: existsSync(node) ? node : process.execPath, execArgv: [] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const waiting = new Map<number, (value: unknown) => void>();
  let next = 1;
  const ready = await new Promise<{ url: string; key: string }>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the centre ended with ${code}`)));
    child.on('message', (message: { ready?: true; url: string; key: string; id: number; value: unknown }) => {
      if (message.ready) resolve(message);
      else waiting.get(message.id)?.(message.value);
    });
  });
  const ask: TestCentre['ask'] = (op, more = {}) => new Promise((resolve) => {
    const id = next++;
    waiting.set(id, resolve);
    child.send({ id, op, ...more });
  });
  atEnd(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  return {
    url: ready.url, key: ready.key, folder, ask,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

export async function enrolmentCode(centre: TestCentre, approves = true, agency = commune): Promise<string> {
  return String(await centre.ask('code', { agency, approves }));
}

export interface TestDesk {
  readonly folder: string;
  readonly desk: Desk;
  readonly store: DeskStore;
  readonly reports: string[];
  /** When the desk has gone to another agency and is closed; it is to be opened again. */
  readonly gone: Promise<boolean>;
  call<Name extends ChannelName>(name: Name, request: RequestOf<Name>): Promise<Outcome<ResponseOf<Name>>>;
  /** The answer's value; fails the test otherwise. */
  get<Name extends ChannelName>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>>;
  signIn(staff?: string): Promise<void>;
  /** Time passed and the desk locked itself: somebody signs in again. */
  back(): Promise<void>;
  close(): Promise<void>;
}

export interface TestDeskOptions {
  readonly folder: string;
  readonly world: World;
  readonly url?: string;
  readonly code?: string;
  readonly pinnedKey?: string;
  readonly run?: string;
  readonly ports?: Partial<DeskPorts>;
  /** Whether it goes to another agency when it is told to. */
  readonly goes?: boolean;
}

/** No line at all: nobody listens there. */
export const noLine: DeskPorts['transport'] = (_url, pins) => httpTransport('http://127.0.0.1:9', pins);

/** A line of which each exchange goes through a test's hands; `pass` is the real one. */
export function lineThrough(exchange: (request: ExchangeRequest, pass: (request: ExchangeRequest) => Promise<ExchangeResponse>) => Promise<ExchangeResponse>): DeskPorts['transport'] {
  return (url, pins) => {
    const real = httpTransport(url, pins);
    return { close: () => real.close(), exchange: async (request) => exchange(request, (same) => real.exchange(same)) };
  };
}

export const deskKey = new Uint8Array(32).fill(9);

export function openStore(folder: string): DeskStore {
  return openDeskStore({ file: join(folder, 'desk.db'), key: deskKey, hasher: nodeHasher, random: nodeRandom });
}

export function openTestDesk(options: TestDeskOptions): TestDesk {
  const reports: string[] = [];
  const store = openStore(options.folder);
  const ports: DeskPorts = {
    clock: options.world, hasher: nodeHasher, random: nodeRandom, verifier: nodeVerifier, keys: nodeKeys, sealing: nodeSealing, transport: httpTransport, timers: realTimers,
    probes: { interfaces: () => '', around: () => Promise.resolve({ gateway: 'unknown', names: 'unknown' }) },
    suspendsShow: true, keepForRecovery: () => Promise.resolve(), report: (line) => void reports.push(line),
    ...options.ports,
  };
  const { promise: gone, resolve: went } = Promise.withResolvers<boolean>();
  const desk = openDesk({
    folder: options.folder, store, key: deskKey, software: 'test', banners: [], run: options.run, checkAnswers: true,
    fonts: join(__dirname, '../../../node_modules/@fontsource/be-vietnam-pro/files'),
    ...(options.url === undefined ? {} : { centre: { url: options.url, enrolmentCode: options.code, pinnedKey: options.pinnedKey } }),
    ...(options.goes === true ? { onMove: (prepared) => void desk.close().then(() => went(finishMove({ data: options.folder, key: deskKey, ports }, prepared))) } : {}),
  }, ports);
  atEnd(() => desk.close());
  const call: TestDesk['call'] = async (name, request) => (await desk.answer(name, request)) as never;
  const get: TestDesk['get'] = async (name, request) => {
    const outcome = await call(name, request);
    if (!outcome.ok) throw new Error(`${name}: ${outcome.fault.code} ${JSON.stringify(outcome.fault.params)} ${reports.join('\n')}`);
    return outcome.value;
  };
  return {
    folder: options.folder, desk, store, reports, gone, call, get,
    async signIn(staff) {
      const { staff: people } = await get('session.view', {});
      const clerk = people.find(({ id, roles }) => (staff === undefined ? roles.includes('clerk') : id === staff));
      if (!clerk) throw new Error('nobody to sign in');
      await get('session.sign-in', { staff: clerk.id, pin });
    },
    async back() {
      if (!(await get('session.view', {})).signedIn) await this.signIn();
    },
    close: () => desk.close(),
  };
}

/** Enrolled, with a catalogue, and somebody signed in. */
export async function workingDesk(options: TestDeskOptions): Promise<TestDesk> {
  const place = openTestDesk(options);
  await until(() => place.store.catalogue.current() !== undefined);
  await place.signIn();
  return place;
}

export function uuid(world: World): string {
  return mintUuid(world.truth(), nodeRandom);
}

/** A folder with an enrolled desk that never heard of a centre: the sample catalogue, or another. */
export function enrolledFolder(world: World, catalogue: Catalogue = sampleCatalogue()): string {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const clock = { wall: world.truth(), uptime: 1, hrtime: 1, boot: world.boot, anchor: null };
  store.openLog({ identity: { installation: uuid(world), agency: commune, desk: 'Quầy 2', log: uuid(world), publicKey: 'A'.repeat(43) }, software: 't', why: 'enrolled', act: uuid(world), clock });
  store.catalogue.store(catalogue);
  store.close();
  return folder;
}

/** Timers that fire when the test says so; those that are due by a delay are listed by it. */
export function heldTimers(): DeskPorts['timers'] & { fire(delay: number): void } {
  const waiting = new Set<{ delay: number; callback: () => void }>();
  return {
    after(delay, callback) {
      const timer = { delay, callback };
      waiting.add(timer);
      return () => void waiting.delete(timer);
    },
    fire(delay) {
      const due = [...waiting].filter((timer) => timer.delay === delay);
      for (const timer of due) {
        waiting.delete(timer);
        timer.callback();
      }
    },
  };
}

export const sameDayProcedure = '1.001193';

/** A reception as the window sends it. */
export function reception(world: World, change: Partial<RequestOf<'reception.save'>> = {}): RequestOf<'reception.save'> {
  return {
    act: uuid(world), dossier: uuid(world), procedure: sameDayProcedure, papers: [], sets: 1, channel: 'counter',
    personal: { applicant: { kind: 'citizen', fullName: 'Hoàng Thị Ngọc Ánh', idNumber: '020190001234', address: 'Thôn Rọ Phải, xã Mai Pha, tỉnh Lạng Sơn', phone: '0912345678' } },
    ...change,
  };
}

/** Waits for something that becomes true by itself. */
export async function until(holds: () => boolean | Promise<boolean>, patience = 15_000): Promise<void> {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not become true');
    await new Promise((resolve) => void setTimeout(resolve, 10));
  }
}

/** Makes contact until something holds. */
export async function comesTo(desk: TestDesk, holds: () => boolean | Promise<boolean>): Promise<void> {
  await until(async () => {
    await desk.get('sync.now', {});
    return holds();
  }, 40_000);
}

/** Every entry of a log that the centre holds, in order: the truth of what arrived. */
export async function heldByCentre(centre: TestCentre, log: string): Promise<readonly { seq: number; hash: string; text: string }[]> {
  return (await centre.ask('entries', { log })) as { seq: number; hash: string; text: string }[];
}
