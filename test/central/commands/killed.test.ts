import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { hasher, verifier } from '#central/keys/index.ts';
import { openSqliteStore } from '#central/store/index.ts';
import { emptyHead, followChain, headIsSigned, headSchema, parseEntry } from '#shared/log/index.ts';
import { testDesk } from '../peer.ts';
import { quayCentral, type RunningCentre } from './program.ts';

const rounds = 6;
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

/** A small generator (mulberry32), so that a failure can be had again from its seed. */
function fractions(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe(`a centre that is killed in the middle of batches (seed ${seed})`, () => {
  it('has everything it acknowledged, in one chain, and goes on', async () => {
    const fraction = fractions(seed);
    const folder = mkdtempSync(join(tmpdir(), 'quay-killed-'));
    let running: RunningCentre | undefined;
    try {
      running = await quayCentral(folder);
      const desk = testDesk(() => running?.ready.url ?? '');
      expect((await desk.enrol(running.ready.enrolmentCode)).status).toBe(200);
      desk.open();
      desk.work(20 * 400);
      let acknowledged = 0;
      for (let round = 0; round < rounds; round += 1) {
        const centre = running;
        const life = { over: false };
        const killed = pause(100 + Math.floor(fraction() * 400)).then(() => centre.end('SIGKILL')).then(() => {
          life.over = true;
        });
        while (!life.over) {
          const first = acknowledged + 1;
          const last = Math.min(acknowledged + 1 + Math.floor(fraction() * 40), desk.head.seq);
          // The kill cuts the request off: then nothing is acknowledged.
          const answer = await desk.sync(first, last).catch(() => undefined);
          if (answer?.status === 200) acknowledged = desk.acknowledged(answer).ack.seq;
        }
        await killed;
        running = await quayCentral(folder);
        const held = headSchema.parse(JSON.parse((await desk.signed('GET', `/v1/logs/${desk.log}/head`)).text));
        expect(held.seq).toBeGreaterThanOrEqual(acknowledged);
        expect(held.hash).toBe(held.seq === 0 ? emptyHead(desk.log).hash : desk.carried[held.seq - 1]?.entry.hash);
        expect((await desk.sync(acknowledged + 1, acknowledged + 1)).status).toBe(200);
        acknowledged += 1;
      }
      expect(acknowledged).toBeGreaterThan(rounds);
      expect(await running.end('SIGTERM')).toBe(0);

      const store = openSqliteStore(join(folder, 'centre.db'));
      for (const { log, head, signed, publicKey } of await store.logs()) {
        const entries = (await store.entries(log, 1, 1_000_000)).map(({ text }) => {
          const entry = parseEntry(text, hasher);
          if (!entry.ok) throw new Error(entry.fault.code);
          return entry.value;
        });
        expect(followChain(emptyHead(log), entries)).toEqual({ ok: true, value: head });
        expect(signed).toMatchObject(head);
        expect(signed && headIsSigned(signed, publicKey, verifier)).toBe(true);
      }
      await store.close();
    } finally {
      running?.child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
