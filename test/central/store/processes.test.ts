/** Two processes of the centre over one PostgreSQL: batches to both at once, one killed; nothing lost, nothing twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hasher, verifier } from '#central/keys/index.ts';
import { centreKinds, centreReceiptSchema } from '#central/ledger/index.ts';
import { openPostgresStore, type CentreStore, type HeldEntry } from '#central/store/index.ts';
import { emptyHead, followChain, headIsSigned, parseEntry, type Entry } from '#shared/log/index.ts';
import { provincePaths } from '#shared/province/index.ts';
import { quay, quayCentral, type RunningCentre } from '../commands/program.ts';
import { problemIn, send, testDesk, type TestDesk } from '../peer.ts';
import { testPostgres, type OwnSchema, type TestPostgres } from './postgres.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

/** Fractions from a seed (a linear congruential generator), so that a failure can be had again. */
function fractions(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

function parsed({ text }: HeldEntry): Entry {
  const entry = parseEntry(text, hasher);
  if (!entry.ok) throw new Error(entry.fault.code);
  return entry.value;
}

describe(`two processes of the centre over one database (seed ${seed})`, () => {
  const fraction = fractions(seed);
  const folder = mkdtempSync(join(tmpdir(), 'quay-several-'));
  const running: RunningCentre[] = [];
  let postgres: TestPostgres;
  let schema: OwnSchema;
  let store: CentreStore;
  const urlOf = (which: number): string => running[which]?.ready.url ?? '';
  const start = (): Promise<RunningCentre> => quayCentral(folder, [], schema.address);

  beforeAll(async () => {
    postgres = await testPostgres();
    schema = await postgres.schema();
    running.push(...(await Promise.all([start(), start()])));
    store = await openPostgresStore(schema.address);
  });
  afterAll(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await store.close();
    await schema.drop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A desk with a log; each request goes to either process. */
  async function newDesk(work: number): Promise<TestDesk> {
    const desk = testDesk(() => urlOf(Math.floor(fraction() * 2)));
    const made = await quay(['central', 'code', '--folder', folder, '--agency', 'ls-mai-pha', '--desk', 'Quầy', '--approved', '--json'], '', schema.address);
    const answer = await desk.enrol(String((JSON.parse(made.output) as { code: unknown }).code));
    if (answer.status !== 200) throw new Error(answer.text);
    desk.open();
    desk.work(work);
    return desk;
  }

  /** What a desk's log is held as: its own entries in their order, none twice, signed to its end. */
  async function expectHeld(desk: TestDesk): Promise<void> {
    const held = await store.entries(desk.log, 1, 100_000);
    expect(held.map(({ hash }) => hash)).toEqual(desk.carried.map(({ entry }) => entry.hash));
    const log = await store.findLog(desk.log);
    expect(log?.head).toEqual(desk.head);
    expect(log?.signed && headIsSigned(log.signed, desk.signer.publicKey, verifier) && log.signed.seq).toBe(desk.head.seq);
  }

  /** The centre's own log is one chain under one key, and its receipts cover each log once, without a gap. */
  async function expectOneOwnLog(desks: readonly TestDesk[]): Promise<void> {
    const own = (await store.logs()).filter(({ installation }) => installation === undefined);
    expect(own).toHaveLength(1);
    const { log, head, signed, publicKey } = own[0]!;
    const entries = (await store.entries(log, 1, 1_000_000)).map(parsed);
    expect(followChain(emptyHead(log), entries)).toEqual({ ok: true, value: head });
    expect(signed).toMatchObject(head);
    expect(signed && headIsSigned(signed, publicKey, verifier)).toBe(true);
    expect(entries.filter(({ header }) => header.kind === centreKinds.opened)).toHaveLength(1);
    for (const desk of desks) {
      const receipts = entries.filter(({ header }) => header.kind === centreKinds.receipt).map(({ header }) => centreReceiptSchema.parse(header.facts)).filter((receipt) => receipt.log === desk.log);
      let covered = 0;
      for (const { first, seq, hash } of receipts) {
        expect(first).toBe(covered + 1);
        expect(hash).toBe(desk.carried[seq - 1]?.entry.hash);
        covered = seq;
      }
      expect(covered).toBe(desk.head.seq);
    }
  }

  it('take the same logs in, sent to both at once, each entry once; whoever follows the places misses none', async () => {
    const desks = [await newDesk(400), await newDesk(400), await newDesk(400)];
    const seen: HeldEntry[] = [];
    const life = { over: false };
    const following = (async () => {
      let last = false;
      for (let at = 0; !last; ) {
        last = life.over;
        const more = await store.entriesAfter(at, 1_000);
        seen.push(...more);
        at = more.at(-1)?.commit ?? at;
      }
    })();
    await Promise.all(desks.map(async (desk) => {
      for (let first = 1; first <= desk.head.seq; ) {
        const last = Math.min(first + Math.floor(fraction() * 60), desk.head.seq);
        // The same batch three times at once, one of them reaching further back.
        const answers = await Promise.all([desk.sync(first, last), desk.sync(first, last), desk.sync(Math.max(1, first - 10), last)]);
        expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
        for (const answer of answers) expect(desk.acknowledged(answer).ack).toEqual({ seq: last, hash: desk.carried[last - 1]?.entry.hash });
        first = last + 1;
      }
    }));
    life.over = true;
    await following;
    for (const desk of desks) await expectHeld(desk);
    await expectOneOwnLog(desks);
    const places = seen.map(({ commit }) => commit);
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    for (const desk of desks) expect(seen.filter(({ log }) => log === desk.log).map(({ hash }) => hash)).toEqual(desk.carried.map(({ entry }) => entry.hash));
  });

  it('know each other’s used nonces and failed sign-ins', async () => {
    const desk = await newDesk(0);
    const target = `/v1/logs/${desk.log}/head`;
    const headers = desk.headersFor('GET', target, new Uint8Array(), await desk.nonce());
    expect((await send(urlOf(0), target, { headers })).status).toBe(200);
    const again = await send(urlOf(1), target, { headers });
    expect([again.status, problemIn(again).fault.code]).toEqual([401, 'request.replayed']);

    const body = JSON.stringify({ name: 'canbo', password: 'not the password' });
    const codes: string[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      codes.push(problemIn(await send(urlOf(attempt % 2), provincePaths.session, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).fault.code);
    }
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'officer.wrong-password'), 'officer.throttled']);
  });

  it('lose nothing that was acknowledged when one is killed, and the other goes on', async () => {
    const desks = [await newDesk(1_500), await newDesk(1_500)];
    const acknowledged = desks.map(() => 0);
    for (let round = 0; round < 4; round += 1) {
      const victim = Math.floor(fraction() * 2);
      const life = { over: false };
      const killing = pause(100 + Math.floor(fraction() * 300)).then(() => running[victim]?.end('SIGKILL')).then(() => pause(150)).then(() => {
        life.over = true;
      });
      await Promise.all(desks.map(async (desk, which) => {
        while (!life.over) {
          const first = (acknowledged[which] ?? 0) + 1;
          const last = Math.min(first + Math.floor(fraction() * 30), desk.head.seq);
          // Sent to the one that is killed, or cut off by it: nothing is acknowledged, and it goes to the other next.
          const answer = await desk.sync(first, last).catch(() => undefined);
          if (answer?.status === 200) acknowledged[which] = desk.acknowledged(answer).ack.seq;
        }
      }));
      await killing;
      for (const [which, desk] of desks.entries()) {
        const head = (await store.findLog(desk.log))?.head;
        expect(head?.seq).toBeGreaterThanOrEqual(acknowledged[which] ?? 0);
        expect(head?.hash).toBe(head?.seq === 0 ? emptyHead(desk.log).hash : desk.carried[(head?.seq ?? 0) - 1]?.entry.hash);
      }
      running[victim] = await start();
    }
    expect(Math.min(...acknowledged)).toBeGreaterThan(4);
    for (const [which, desk] of desks.entries()) {
      for (let first = (acknowledged[which] ?? 0) + 1; first <= desk.head.seq; first += 400) expect((await desk.sync(first, Math.min(first + 399, desk.head.seq))).status).toBe(200);
      await expectHeld(desk);
    }
    await expectOneOwnLog(desks);
  });

  it('write one export that verifies, and stop in order', async () => {
    const file = join(folder, 'all.ndjson.gz');
    expect((await quay(['export', '--folder', folder, '--out', file], '', schema.address)).problems).toBe('');
    const verified = await quay(['verify', file, '--json']);
    expect([verified.code, JSON.parse(verified.output)]).toMatchObject([0, { intact: true }]);
    expect(await Promise.all(running.map((one) => one.end('SIGTERM')))).toEqual([0, 0]);
  });

  it('leave the folder to its database: without the address, or with other keys, nothing is opened', async () => {
    const without = await quay(['central', 'installations', '--folder', folder, '--json']);
    expect([without.code, JSON.parse(without.output)]).toMatchObject([1, { fault: { code: 'store.elsewhere', params: { held: 'PostgreSQL' } } }]);
    const other = mkdtempSync(join(tmpdir(), 'quay-other-keys-'));
    const wrong = await quay(['central', 'installations', '--folder', other, '--json'], '', schema.address);
    expect([wrong.code, JSON.parse(wrong.output)]).toMatchObject([1, { fault: { code: 'centre.other-keys' } }]);
    rmSync(other, { recursive: true, force: true });
  });
});
