/** The branches of a forked log at the centre: kept whole, whatever the order, however often. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { centreBranchKeptSchema, centreForkSeenSchema, centreKinds } from '#central/ledger/index.ts';
import { hasher, verifier } from '#central/keys/index.ts';
import type { HeldEntry } from '#central/store/index.ts';
import { headIsSigned, parseEntry, type Head } from '#shared/log/index.ts';
import type { CarriedEntry } from '#shared/sync/index.ts';
import { enrolledDesk, problemIn, testCentre, type Answer, type TestCentre, type TestDesk } from '../peer.ts';

let at: TestCentre;
beforeAll(async () => {
  at = await testCentre();
});
afterAll(() => at.end());

const onBranches = async (log: string): Promise<HeldEntry[]> => (await at.centre.store.branchEntriesAfter(0, 100_000)).filter((entry) => entry.log === log);
const mainLine = async (log: string): Promise<string[]> => (await at.centre.store.entries(log, 1, 100_000)).map(({ hash }) => hash);
const hashes = (carried: readonly CarriedEntry[]): string[] => carried.map(({ entry }) => entry.hash);

/** The centre's own facts of a kind about a log. */
async function notes(kind: string, log: string): Promise<unknown[]> {
  const all = await at.centre.store.entries(at.centre.own.log, 1, 100_000);
  return all.flatMap(({ text }) => {
    const entry = parseEntry(text, hasher);
    return entry.ok && entry.value.header.kind === kind && entry.value.header.facts['log'] === log ? [entry.value.header.facts] : [];
  });
}

/** A desk whose log is held up to its head, with a copy that goes on from an earlier place with other entries. */
async function cloned(held: number, common: number, more: number): Promise<TestDesk> {
  const desk = await enrolledDesk(at);
  desk.work(held - 1);
  await desk.sync();
  desk.rollBackTo(common);
  desk.work(more);
  return desk;
}

const forkOf = (answer: Answer) => {
  const { fault, kept } = problemIn(answer);
  return [answer.status, fault.code, fault.params['seq'], kept];
};

describe('another branch', () => {
  it('is kept to its end, batch by batch, each with its receipt, and the same again changes nothing', async () => {
    const desk = await cloned(6, 3, 9);
    const line = await mainLine(desk.log);
    const kept = (seq: number): unknown => ({ seq, hash: desk.carried[seq - 1]?.entry.hash });
    expect(forkOf(await desk.sync(2, 5))).toEqual([409, 'log.fork', 4, kept(5)]);
    expect(forkOf(await desk.sync(6, 8))).toEqual([409, 'log.fork', 4, kept(8)]);
    at.time.now += 1000;
    expect(forkOf(await desk.sync(6, 8))).toEqual([409, 'log.fork', 4, kept(8)]);
    // Overlapping, across the place where it leaves the main line.
    expect(forkOf(await desk.sync(3, 10))).toEqual([409, 'log.fork', 4, kept(10)]);
    expect(forkOf(await desk.sync(11))).toEqual([409, 'log.fork', 4, kept(12)]);
    expect(forkOf(await desk.sync(1))).toEqual([409, 'log.fork', 4, kept(12)]);

    expect(await mainLine(desk.log)).toEqual(line);
    const branch = desk.carried[3]?.entry.hash ?? '';
    const entries = await onBranches(desk.log);
    expect(entries.map(({ hash }) => hash)).toEqual(hashes(desk.carried.slice(3)));
    expect(new Set(entries.map((entry) => entry.branch))).toEqual(new Set([branch]));
    const seen = (await notes(centreKinds.forkSeen, desk.log)).map((facts) => centreForkSeenSchema.parse(facts));
    expect(seen).toMatchObject([{ seq: 4, held: line[3], other: branch }]);
    const receipts = (await notes(centreKinds.branchKept, desk.log)).map((facts) => centreBranchKeptSchema.parse(facts));
    expect(receipts.map(({ first, seq, hash }) => [first, seq, hash])).toEqual([[4, 5], [6, 8], [9, 10], [11, 12]].map(([first, seq]) => [first, seq, desk.carried[(seq ?? 0) - 1]?.entry.hash]));
    expect(receipts.every((receipt) => receipt.branch === branch)).toBe(true);
    const [held] = await at.centre.store.branches(desk.log);
    expect(held).toMatchObject({ branch, first: 4, follows: line[2], leavesAt: 4, head: desk.head });
    expect(held && headIsSigned(held.head, desk.signer.publicKey, verifier)).toBe(true);
  });

  it('keeps bodies, and marks what does not fit', async () => {
    const desk = await cloned(3, 2, 1);
    const sealed = desk.act('dossier.noted', {}, { personal: { name: 'Hoàng Thị Ánh' } });
    desk.act('dossier.received', { code: 'not as it should be' });
    await desk.sync(3);
    expect((await onBranches(desk.log)).map(({ body, marked }) => [body, marked])).toEqual([[undefined, false], [sealed.body, false], [undefined, true]]);
  });

  it('may have branches of its own: three clones, in any order', async () => {
    const desk = await cloned(4, 3, 4);
    const second = desk.carried;
    await desk.sync(4);
    desk.rollBackTo(5);
    desk.work(3);
    const third = desk.carried;
    expect(forkOf(await desk.sync(6))).toEqual([409, 'log.fork', 4, { seq: 8, hash: desk.head.hash }]);
    desk.rollBackTo(3);
    desk.work(2);
    const fourth = desk.carried;
    expect(forkOf(await desk.sync(2))).toEqual([409, 'log.fork', 4, { seq: 5, hash: desk.head.hash }]);
    const branches = await at.centre.store.branches(desk.log);
    expect(branches.map(({ first, follows, leavesAt, head }) => [first, follows, leavesAt, head.hash])).toEqual([
      [4, second[2]?.entry.hash, 4, second.at(-1)?.entry.hash],
      [6, second[4]?.entry.hash, 4, third.at(-1)?.entry.hash],
      [4, second[2]?.entry.hash, 4, fourth.at(-1)?.entry.hash],
    ]);
    const all = new Set((await onBranches(desk.log)).map(({ hash }) => hash));
    expect(all).toEqual(new Set([...hashes(second.slice(3)), ...hashes(third.slice(5)), ...hashes(fourth.slice(3))]));
    expect(await notes(centreKinds.forkSeen, desk.log)).toHaveLength(3);
  });

  it('hinders neither the main line nor a new log that continues the branch', async () => {
    const desk = await enrolledDesk(at);
    desk.work(3);
    await desk.sync();
    const main = desk.carried;
    desk.rollBackTo(3);
    desk.work(3);
    await desk.sync(4);
    const parent: Head = desk.newLog();
    desk.open(parent);
    expect((await desk.sync()).status).toBe(200);
    expect(await at.centre.store.findLog(desk.log)).toMatchObject({ parent: parent.log });

    desk.backTo(main);
    desk.work(2);
    expect(desk.acknowledged(await desk.sync(5)).ack).toEqual({ seq: 6, hash: desk.head.hash });
    const anchor = await desk.signed('POST', '/v1/anchor', new TextEncoder().encode(JSON.stringify({ nonce: 'A'.repeat(22), head: desk.head })));
    expect(anchor.status).toBe(200);
  });

  it('is checked like any other: a broken chain or another signature leaves nothing behind', async () => {
    const desk = await cloned(4, 2, 4);
    await desk.sync(3, 4);
    const lines = desk.batch(5).split('\n');
    lines.splice(1, 1);
    expect((await desk.sendBatch(lines.join('\n').replace('"count":2', '"count":1'))).status).toBe(422);
    const stranger = await enrolledDesk(at);
    expect(problemIn(await stranger.sendBatch(desk.batch(5), { toLog: desk.log })).fault.code).toBe('log.bad-signature');
    expect(await onBranches(desk.log)).toHaveLength(2);
  });
});

describe('any number of clones that send in any order', () => {
  it('are held whole: the main line is one of them, every entry is there once, each with one receipt', async () => {
    const step = fc.record({ clone: fc.nat(3), from: fc.nat(3), act: fc.nat(4), send: fc.boolean(), back: fc.nat(4) });
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
      const desk = await enrolledDesk(at);
      desk.work(2);
      await desk.sync();
      const clones: (readonly CarriedEntry[])[] = [desk.carried];
      const made = new Map(desk.carried.map((one) => [one.entry.hash, one.entry.text]));
      const sent = new Map<number, number>();
      const send = async (clone: number, back: number): Promise<void> => {
        desk.backTo(clones[clone] ?? []);
        for (let first = Math.max(1, (sent.get(clone) ?? 0) + 1 - back); first <= desk.head.seq; ) {
          const last = Math.min(desk.head.seq, first + 2);
          const answer = await desk.sync(first, last);
          const reached = answer.status === 200 ? desk.acknowledged(answer).ack : problemIn(answer).kept;
          if (reached === undefined) {
            first = problemIn(answer).need ?? Number.NaN;
            if (!(first >= 1)) throw new Error(answer.text);
            continue;
          }
          expect(reached).toEqual({ seq: last, hash: desk.carried[last - 1]?.entry.hash });
          first = last + 1;
        }
        sent.set(clone, desk.head.seq);
      };
      for (const { clone, from, act, send: now, back } of steps) {
        const known = clones[clone];
        if (!known) {
          // A copy of the disk of another, as it is at this moment.
          clones.push(clones[from % clones.length] ?? []);
          continue;
        }
        desk.backTo(known);
        desk.work(act);
        clones[clone] = desk.carried;
        for (const one of desk.carried) made.set(one.entry.hash, one.entry.text);
        if (now) await send(clone, back);
      }
      for (const clone of clones.keys()) await send(clone, 1);

      const line = await at.centre.store.entries(desk.log, 1, 100_000);
      const others = await onBranches(desk.log);
      expect(new Map([...line, ...others].map(({ hash, text }) => [hash, text]))).toEqual(made);
      expect(line.length + others.length).toBe(made.size);
      const kept = (await notes(centreKinds.branchKept, desk.log)).map((facts) => centreBranchKeptSchema.parse(facts));
      expect(kept.reduce((sum, { first, seq }) => sum + seq - first + 1, 0)).toBe(others.length);
      for (const { branch, head, first } of await at.centre.store.branches(desk.log)) {
        const own = others.filter((entry) => entry.branch === branch);
        expect(own.map(({ seq }) => seq)).toEqual(own.map((_, index) => first + index));
        expect(own.at(-1)?.hash).toBe(head.hash);
      }
    }), { numRuns: 25 });
  }, 120_000);
});

describe('a restart', () => {
  it('knows the branches it held, and goes on with them', async () => {
    const desk = await cloned(5, 2, 6);
    await desk.sync(3, 5);
    await at.restart();
    expect(forkOf(await desk.sync(6))).toEqual([409, 'log.fork', 3, { seq: 8, hash: desk.head.hash }]);
    expect(await onBranches(desk.log)).toHaveLength(6);
  });
});
