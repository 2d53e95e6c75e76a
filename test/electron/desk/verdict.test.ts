/** What a real desk writes down must be enough for the real centre to judge: the way from the counter to the verdict. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { realTimers } from '#electron/desk/node-ports.ts';
import { silenceToNote } from '#electron/desk/sync/line-ledger.ts';
import { logKinds } from '#shared/log/index.ts';
import type { Verdict } from '#shared/evidence/index.ts';
import { dossierEvidenceSchema } from '#shared/province/index.ts';
import { atEnd, endAll, enrolmentCode, openCentre, openTestDesk, reception, temporaryFolder, until, uuid, workingDesk, World, type TestCentre, type TestDesk } from './place.ts';

afterEach(endAll);

const hour = 3_600_000;
const quick = { timers: { after: (delay: number, callback: () => void) => realTimers.after(Math.min(delay, 30_000) / 50, callback) } };

/** A cable that can be pulled. */
async function cable(target: string): Promise<{ url: string; pull(): void; plug(): void }> {
  const { port } = new URL(target);
  const sockets = new Set<Socket>();
  let plugged = true;
  const server = createServer((near) => {
    if (!plugged) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => (socket === near ? far : near).destroy());
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const pull = (): void => {
    plugged = false;
    for (const socket of sockets) socket.destroy();
  };
  atEnd(() => {
    pull();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, pull, plug: () => void (plugged = true) };
}

async function judged(centre: TestCentre, dossier: string): Promise<{ readonly verdict: Verdict; readonly words: { readonly vi: readonly string[] } }> {
  const { verdict, words } = dossierEvidenceSchema.parse(await centre.ask('dossier', { dossier }));
  if (!verdict) throw new Error('not accepted');
  return { verdict, words };
}

async function allSent(place: TestDesk): Promise<void> {
  await place.get('sync.now', {});
  await until(() => place.store.pendingSummary().entries === 0);
}

const handOver = (world: World, dossier: string) => ({ act: uuid(world), dossier, method: 'counter', receiver: 'applicant', receiptShown: true }) as const;

describe('from the counter to the verdict', () => {
  it('an act with the line up is grade A and its interval holds the truth', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    const order = reception(world);
    await place.get('reception.save', order);
    const before = world.truth();
    await place.get('return.save', handOver(world, order.dossier));
    const after = world.truth();
    await until(() => place.store.pendingSummary().entries === 0);
    await allSent(place);
    const { verdict } = await judged(centre, order.dossier);
    expect(verdict.kind).toBe('on_time');
    expect(verdict.grade).toBe('A');
    expect(verdict.interval?.min ?? Infinity).toBeLessThanOrEqual(after);
    expect(verdict.interval?.max ?? -Infinity).toBeGreaterThanOrEqual(before);
  }, 60_000);

  it('returned in time during an outage whose news came too late: cleared; returned late: late; the old way calls both late', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const line = await cable(centre.url);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: line.url, code: await enrolmentCode(centre), ports: quick });
    const [inTime, tooLate] = [reception(world), reception(world)];
    await place.get('reception.save', inTime);
    await place.get('reception.save', tooLate);
    await allSent(place);

    line.pull();
    await until(async () => {
      world.pass(silenceToNote[0]);
      await place.get('sync.now', {});
      return place.store.pending(0, { entries: 1000, bytes: 1e9 }).some(({ entry }) => entry.header.kind === logKinds.linkLost);
    });
    // Set back by a day meanwhile: it must not help the late one, nor hurt the other.
    world.pass(4 * hour);
    await place.back();
    await place.get('return.save', handOver(world, inTime.dossier));
    world.wallOffset = -24 * hour;
    world.pass(20 * hour);
    await place.back();
    await place.get('return.save', handOver(world, tooLate.dossier));
    world.pass(2 * hour);
    await place.back();
    line.plug();
    await allSent(place);
    await allSent(place);

    const [first, second] = [await judged(centre, inTime.dossier), await judged(centre, tooLate.dossier)];
    expect([first.verdict.kind, second.verdict.kind]).toEqual(['cleared', 'late']);
    expect(first.verdict.cause).toBe('outage');
    expect([first.verdict.oldWay, second.verdict.oldWay]).toEqual(['late', 'late']);
    expect([first.verdict.grade, second.verdict.grade]).toEqual(['B', 'B']);
    expect(first.words.vi.length).toBeGreaterThan(0);
  }, 60_000);

  it('a desk switched off over night in the outage: never called late for that', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const folder = temporaryFolder();
    const first = await workingDesk({ folder, world, url: centre.url, code: await enrolmentCode(centre), ports: quick });
    const order = reception(world);
    await first.get('reception.save', order);
    await allSent(first);
    await first.close();
    const alone = openTestDesk({ folder, world });
    world.pass(2 * hour);
    await alone.signIn();
    await alone.get('return.save', handOver(world, order.dossier));
    await alone.close();
    world.pass(20 * hour);
    world.reboot();
    const back = openTestDesk({ folder, world, url: centre.url, ports: quick });
    await back.signIn();
    await allSent(back);
    const { verdict } = await judged(centre, order.dossier);
    expect(verdict.kind).not.toBe('late');
  }, 60_000);
});
