/** A centre whose database goes and comes back, and several processes that leave the marks of its life. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gapAfter, keepAlive, type Repeats } from '#central/alive.ts';
import { openFoundation, type Foundation } from '#central/foundation.ts';
import { centreHeartbeatGapSchema, centreKinds, readOwnLog } from '#central/ledger/index.ts';
import { lineTo, testPostgres, type Line, type OwnSchema, type TestPostgres } from '../store/postgres.ts';
import { enrolledDesk, problemIn, send, setTime, startOfTest, testCentre, type TestCentre } from '../peer.ts';

let postgres: TestPostgres;
let schema: OwnSchema;
let line: Line;
beforeAll(async () => {
  postgres = await testPostgres();
});
beforeAll(async () => {
  schema = await postgres.schema();
  line = await lineTo(schema.address);
});
afterAll(async () => {
  await line.end();
  await schema.drop();
  await postgres.stop();
});

describe('a centre that loses its database', () => {
  let at: TestCentre;
  beforeAll(async () => {
    at = await testCentre({ database: line.address });
  });

  it('asks desks to come again, acknowledges nothing, and goes on when it is back', async () => {
    const desk = await enrolledDesk(at);
    desk.work(20);
    expect((await desk.sync(1, 10)).status).toBe(200);
    const nonce = await desk.nonce();
    await line.cut();
    const lost = await desk.sync(11);
    expect([lost.status, problemIn(lost).fault.code, lost.headers.get('retry-after')]).toEqual([503, 'centre.busy', '5']);
    expect((await send(at.centre.url, '/healthz')).status).toBe(200);
    expect(at.reported.map((text) => JSON.parse(text) as unknown)).toContainEqual({ level: 'error', what: 'the database cannot be used', reason: expect.any(String) });
    expect(at.reported.join()).not.toMatch(/quay_test|postgres:/);
    await line.mend();
    // The nonce was not used up: the same signed request may come again.
    const target = `/v1/logs/${desk.log}/head`;
    expect((await desk.signed('GET', target, new Uint8Array(), { nonce })).status).toBe(200);
    const back = await desk.sync(11);
    expect(desk.acknowledged(back).ack).toEqual({ seq: desk.head.seq, hash: desk.head.hash });
  });

  it('stops in order while it is lost', async () => {
    await line.cut();
    await expect(at.end()).resolves.toBeUndefined();
    await line.mend();
  });
});

describe('the marks of several processes', () => {
  const time = setTime();
  const real = { now: 1_000_000 };
  const pass = (milliseconds: number): void => {
    real.now += milliseconds;
    time.now += milliseconds;
  };
  let folder: TestCentre;
  let own: OwnSchema;
  let cut: Line;
  const processes: Foundation[] = [];
  const marks: (() => void)[] = [];
  const every: Repeats = (_delay, run) => {
    marks.push(run);
    return () => undefined;
  };
  const reported: string[] = [];

  beforeAll(async () => {
    own = await postgres.schema();
    cut = await lineTo(own.address);
    // A centre's folder with its keys; both processes have it.
    folder = await testCentre({ database: cut.address });
    await folder.centre.stop();
    for (let count = 0; count < 2; count += 1) {
      const foundation = await openFoundation(folder.folder, time, 'test', cut.address);
      processes.push(foundation);
      await keepAlive(foundation, () => real.now, (text) => reported.push(text), every);
    }
  });
  afterAll(async () => {
    for (const foundation of processes) await foundation.close();
    await cut.end();
    await own.drop();
    rmSync(folder.folder, { recursive: true, force: true });
  });

  async function gaps(): Promise<{ from: number; to: number }[]> {
    const [first] = processes;
    if (!first) throw new Error('nothing runs');
    const entries = await readOwnLog(first.store, first.own.log);
    return entries.filter(({ header }) => header.kind === centreKinds.heartbeatGap).map(({ header }) => centreHeartbeatGapSchema.parse(header.facts)).map(({ from, to }) => ({ from, to }));
  }
  /** One process leaves its mark; ends when it is written, or could not be. */
  async function mark(which: number): Promise<void> {
    marks[which]?.();
    await processes[which]?.store.transaction(async () => undefined).catch(() => undefined);
  }

  it('show no gap while one of them runs', async () => {
    const before = await gaps();
    for (let count = 0; count < 20; count += 1) {
      pass(15_000);
      await mark(1);
    }
    // The other one stood still for five minutes.
    await mark(0);
    expect(await gaps()).toEqual(before);
  });

  it('show once that none could reach the database', async () => {
    const before = await gaps();
    const from = time.now;
    await cut.cut();
    for (let count = 0; count < 8; count += 1) {
      pass(15_000);
      await mark(count % 2);
    }
    expect(reported.length).toBeGreaterThan(0);
    await cut.mend();
    pass(15_000);
    await mark(0);
    const to = time.now;
    await mark(1);
    expect(to - from).toBeGreaterThan(gapAfter);
    expect(await gaps()).toEqual([...before, { from, to }]);
    expect(from).toBeGreaterThan(startOfTest);
  });
});
