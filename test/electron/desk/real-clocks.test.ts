/**
 * The real program on this machine's real clocks, made wrong from outside: a wall clock that jumps while it runs, one that says 2010, a boot time that
 * moves under the same boot id, another boot id, a process that stands still. What the centre concludes must hold the truth.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { findClockShifter } from '#build/runtime/index.ts';
import type { Verdict } from '#shared/evidence/index.ts';
import type { ChannelName, RequestOf, ResponseOf } from '#shared/ipc/index.ts';
import { logKinds } from '#shared/log/index.ts';
import { dossierEvidenceSchema } from '#shared/province/index.ts';
import { atEnd, endAll, enrolmentCode, openCentre, pin, reception, temporaryFolder, until, uuid, World, type TestCentre } from './place.ts';

afterEach(endAll);

const node = join(__dirname, '../../../node_modules/node/bin/node');
const program = join(__dirname, 'machine-process.ts');
const outcomeSchema = z.union([z.object({ ok: z.literal(true), value: z.unknown() }), z.object({ ok: z.literal(false), fault: z.object({ code: z.string() }) })]);
const noteSchema = z.array(z.object({ kind: z.string(), facts: z.record(z.string(), z.unknown()), clock: z.object({ wall: z.number(), uptime: z.number(), boot: z.string() }) }));

/** How the program is started: what stands before it on the command line, and what its environment adds. */
interface Start {
  readonly before?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface RunningDesk {
  readonly child: ChildProcess;
  ask(op: string, more?: Readonly<Record<string, unknown>>): Promise<unknown>;
  get<Name extends ChannelName>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>>;
  kill(): Promise<void>;
}

async function start(options: { folder: string; url: string; code?: string; cut?: boolean }, how: Start = {}): Promise<RunningDesk> {
  const whole = [...(how.before ?? []), existsSync(node) ? node : process.execPath, program, JSON.stringify(options)];
  const errors: string[] = [];
  const child = spawn(whole[0] ?? '', whole.slice(1), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, ...how.env } });
  child.stderr?.on('data', (bytes: Buffer) => errors.push(bytes.toString()));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>();
  let next = 1;
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`the desk ended with ${code}: ${errors.join('')}`));
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the desk ended with ${code}: ${errors.join('')}`)));
    child.on('message', (message: { ready?: true; id?: number; value?: unknown }) => {
      if (message.ready) resolve();
      else if (message.id !== undefined) {
        waiting.get(message.id)?.resolve(message.value);
        waiting.delete(message.id);
      }
    });
  });
  const ask: RunningDesk['ask'] = (op, more = {}) => new Promise((resolve, reject) => {
    const id = next++;
    waiting.set(id, { resolve, reject });
    child.send({ id, op, ...more });
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  atEnd(kill);
  return {
    child, ask, kill,
    async get(name, request) {
      const outcome = outcomeSchema.parse(await ask('call', { channel: name, request }));
      if (!outcome.ok) throw new Error(`${name}: ${outcome.fault.code} ${errors.join('')}`);
      return outcome.value as never;
    },
  };
}

async function signIn(desk: RunningDesk): Promise<void> {
  let clerk: string | undefined;
  await until(async () => {
    clerk = (await desk.get('session.view', {})).staff.find(({ roles }) => roles.includes('clerk'))?.id;
    return clerk !== undefined;
  }, 30_000);
  await desk.get('session.sign-in', { staff: clerk ?? '', pin });
}

async function connected(desk: RunningDesk): Promise<void> {
  await desk.ask('line', { on: true });
  await until(async () => {
    const { state, waiting } = await desk.get('sync.now', {});
    return state === 'connected' && waiting.entries === 0;
  }, 30_000);
}

/** Received with a line; then the line is gone. */
async function received(centre: TestCentre, world: World, how: Start = {}): Promise<{ folder: string; desk: RunningDesk; dossier: string }> {
  const folder = temporaryFolder();
  const desk = await start({ folder, url: centre.url, code: await enrolmentCode(centre) }, how);
  await signIn(desk);
  const { dossier } = await desk.get('reception.save', reception(world));
  await connected(desk);
  await desk.ask('line', { on: false });
  return { folder, desk, dossier };
}

/** The result is ready; gives the truth before and after it was recorded. */
async function ready(desk: RunningDesk, world: World, dossier: string): Promise<readonly [number, number]> {
  const before = world.truth();
  await desk.get('result.mark-ready', { act: uuid(world), dossier, outcome: 'granted', resultCount: 1 });
  return [before, world.truth()];
}

async function judged(centre: TestCentre, dossier: string): Promise<Verdict> {
  const { verdict } = dossierEvidenceSchema.parse(await centre.ask('dossier', { dossier }));
  if (!verdict) throw new Error('not accepted');
  return verdict;
}

function holdsTruth({ interval }: Verdict, [before, after]: readonly [number, number]): void {
  expect(interval?.min ?? -Infinity).toBeLessThanOrEqual(after);
  expect(interval?.max ?? Infinity).toBeGreaterThanOrEqual(before);
}

/** A wall clock that a file moves while the program runs; uptime and monotonic time stay the machine's. */
async function movedWall(offset: string): Promise<{ how: Start; move(to: string): void }> {
  const library = await findClockShifter();
  if (library === undefined) throw new Error('libfaketime is not installed. Run: sudo apt-get install -y libfaketime');
  const file = join(temporaryFolder(), 'wall');
  writeFileSync(file, offset);
  return {
    how: { env: { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', NO_FAKE_STAT: '1' } },
    move: (to) => writeFileSync(file, to),
  };
}

/** Namespaces are root's; anybody else makes a user's own first. */
const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];

const day = 86_400_000;

describe('a desk on real clocks', () => {
  it('writes down how its wall clock jumped, and the verdict does not mind', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const wall = await movedWall('+0');
    const { desk, dossier } = await received(centre, world, wall.how);
    wall.move('+30d');
    const truth = await ready(desk, world, dossier);
    wall.move('-30d');
    await desk.ask('observe');
    const steps = noteSchema.parse(await desk.ask('kinds')).filter(({ kind }) => kind === logKinds.clockStepped).map(({ facts }) => Number(facts['by']) / day);
    expect(steps).toHaveLength(2);
    expect(steps[0]).toBeCloseTo(30, 3);
    expect(steps[1]).toBeCloseTo(-60, 3);
    wall.move('+0');
    await connected(desk);
    const verdict = await judged(centre, dossier);
    expect(verdict).toMatchObject({ kind: 'on_time', grade: 'A' });
    holdsTruth(verdict, truth);
  });

  it('works in 2010 as soon as the centre has said what time it is', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const wall = await movedWall('-6000d');
    const { desk, dossier } = await received(centre, world, wall.how);
    const clocks = z.object({ wall: z.number() }).parse(await desk.ask('clocks'));
    expect(new Date(clocks.wall).getUTCFullYear()).toBeLessThan(2012);
    const truth = await ready(desk, world, dossier);
    const { state } = await desk.get('dossier.get', { dossier });
    expect(Math.abs((state.ready?.at ?? 0) - truth[1])).toBeLessThan(60_000);
    await connected(desk);
    const verdict = await judged(centre, dossier);
    expect(verdict).toMatchObject({ kind: 'on_time', grade: 'A' });
    holdsTruth(verdict, truth);
  });

  it('is not believed by its uptime when that moved under one boot id: what the machine says contradicts itself', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const { folder, desk, dossier } = await received(centre, world);
    await desk.kill();
    const again = await start({ folder, url: centre.url, cut: true }, { before: ['unshare', ...asRoot, '--time', '--boottime', '864000', '--monotonic', '864000', '--fork', '--kill-child'] });
    await signIn(again);
    const truth = await ready(again, world, dossier);
    await connected(again);
    const verdict = await judged(centre, dossier);
    expect(verdict.grade).not.toBe('A');
    expect(verdict.kind).toBe('on_time');
    holdsTruth(verdict, truth);
  });

  it('counts as another boot after a start under another boot id: no uptime of the boot before proves anything', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const { folder, desk, dossier } = await received(centre, world);
    const { boot } = z.object({ boot: z.string() }).parse(await desk.ask('clocks'));
    await desk.kill();
    const other = join(temporaryFolder(), 'boot_id');
    writeFileSync(other, '0f0e0d0c-0b0a-4908-8706-050403020100\n');
    const bind = ['unshare', ...asRoot, '--mount', 'sh', '-c', `mount --bind '${other}' /proc/sys/kernel/random/boot_id && exec "$@"`, 'sh'];
    const again = await start({ folder, url: centre.url, cut: true }, { before: bind });
    await signIn(again);
    const truth = await ready(again, world, dossier);
    const act = noteSchema.parse(await again.ask('kinds')).at(-1);
    expect(act?.clock.boot).not.toBe(boot);
    await connected(again);
    const verdict = await judged(centre, dossier);
    expect(verdict.kind).toBe('on_time');
    expect(verdict.grade).not.toBe('A');
    holdsTruth(verdict, truth);
  });

  it('that stood still for a while has lost no time', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const { desk, dossier } = await received(centre, world);
    desk.child.kill('SIGSTOP');
    await new Promise((resolve) => void setTimeout(resolve, 2_000));
    desk.child.kill('SIGCONT');
    const truth = await ready(desk, world, dossier);
    await connected(desk);
    const verdict = await judged(centre, dossier);
    expect(verdict).toMatchObject({ kind: 'on_time', grade: 'A' });
    holdsTruth(verdict, truth);
  });
});
