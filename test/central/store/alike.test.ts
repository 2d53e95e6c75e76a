/** Both stores, given the same, answer the same: the same things shown to the same agencies at the same places. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openPostgresStore, openSqliteStore, type CentreStore, type NewEntry } from '#central/store/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { makeEntry, type Entry } from '#shared/log/index.ts';
import { clock, hasher, uuids } from '../../shared/dossier/sample.ts';
import { testPostgres, type TestPostgres } from './postgres.ts';
import { logOf, plain, signed } from './suite.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await testPostgres();
});
afterAll(() => postgres.stop());

const agencies = ['a-1', 'a-2', 'a-3', 'đ-4'];
const kinds = [dossierKinds.received, dossierKinds.received, 'dossier.forwarded', 'dossier.noted', dossierKinds.handedOver] as const;

const act = fc.record({
  kind: fc.constantFrom(...kinds), dossier: fc.nat({ max: 3 }), to: fc.constantFrom(...agencies), by: fc.constantFrom(...agencies, 'centre'),
  code: fc.constantFrom('H37-1', 'H37-2', undefined), aside: fc.boolean(),
});
const batches = fc.array(fc.record({ log: fc.nat({ max: 2 }), branch: fc.boolean(), acts: fc.array(act, { minLength: 1, maxLength: 12 }) }), { minLength: 1, maxLength: 8 });

type Batches = typeof batches extends fc.Arbitrary<infer T> ? T : never;

/** Writes the batches into a store; the same in each, because ids come from a seed. */
async function write(store: CentreStore, given: Batches): Promise<readonly string[]> {
  const next = uuids('alike');
  const dossiers = Array.from({ length: 4 }, next);
  const logs: { readonly id: string; line: Entry[]; branch: Entry[] }[] = [];
  for (let index = 0; index < 3; index += 1) {
    const id = next();
    await store.transaction((writer) => writer.addLog({ log: id, installation: undefined, agency: undefined, publicKey: id, parent: undefined, openedAt: index }));
    logs.push({ id, line: [], branch: [] });
  }
  for (const { log: which, branch, acts } of given) {
    const log = logs[which]!;
    const list = branch ? log.branch : log.line;
    const opens = branch && list.length === 0;
    const entries: NewEntry[] = [];
    for (const { kind, dossier, to, by, code, aside } of acts) {
      const facts = { ...(kind === dossierKinds.received ? { receivingAgency: to } : { toAgency: to }), ...(code === undefined ? {} : { code }), branch };
      const seq = list.length + 1;
      const entry = makeEntry({
        v: 1, log: log.id, seq, prev: list.at(-1)?.hash ?? '0'.repeat(64), tick: seq, kind, agency: by, act: next(), actor: 's-1', clock, facts,
        ...(aside ? {} : { dossier: dossiers[dossier]! }),
      }, hasher);
      list.push(entry);
      entries.push({ entry });
    }
    await store.transaction(async (writer) => {
      if (!branch) return writer.append(entries, 5, 1);
      const name = list[0]!.hash;
      if (opens) await writer.addBranch({ log: log.id, branch: name, first: 1, follows: '0'.repeat(64), leavesAt: 1, openedAt: 5 });
      return writer.appendToBranch(name, entries, signed(list.at(-1)), 5, 1);
    });
  }
  return [...dossiers, ...logs.map(({ id }) => id)];
}

async function answers(store: CentreStore, ids: readonly string[]): Promise<unknown> {
  const [dossiers, logs] = [ids.slice(0, 4), ids.slice(4)];
  const found: unknown[] = [await store.entriesAfter(0, 1_000), await store.branchEntriesAfter(0, 1_000), await store.branches(), await store.logs()];
  for (const dossier of dossiers) found.push(await store.parties(dossier), await store.entriesOfDossier(dossier, 3, 100));
  for (const code of ['H37-1', 'H37-2']) found.push(await store.dossiersOfCode(code));
  for (const agency of agencies) {
    const end = await store.feedEnd(agency);
    found.push(end);
    const half = { position: Math.floor(end.position / 2), entry: 0 };
    for (const except of [[], logs.slice(0, 2)]) {
      for (const more of [{}, { until: half, closed: 'without' as const }, { until: end, closed: 'alone' as const }]) {
        const query = { agency, after: { position: 0, entry: 0 }, except, ...more };
        found.push(await store.feed(query, 2_000), await store.feed(query, 1_000_000), await store.feedLeft(query));
      }
    }
  }
  return found;
}

it('answer the same, whatever was written', async () => {
  await fc.assert(fc.asyncProperty(batches, async (given) => {
    const folder = mkdtempSync(join(tmpdir(), 'quay-alike-'));
    const schema = await postgres.schema();
    const one = openSqliteStore(join(folder, 'centre.db'));
    const other = await openPostgresStore(schema.address);
    try {
      const ids = await write(one, given);
      expect(await write(other, given)).toEqual(ids);
      expect(await answers(other, ids)).toEqual(await answers(one, ids));
    } finally {
      await Promise.all([one.close(), other.close()]);
      await schema.drop();
      rmSync(folder, { recursive: true, force: true });
    }
  }), { numRuns: 15 });
});

it('give the same to a batch as to its entries one by one', async () => {
  const schema = await postgres.schema();
  const store = await openPostgresStore(schema.address);
  const next = uuids('whole');
  const dossier = next();
  const { log } = await store.transaction((writer) => logOf(writer));
  const make = (seq: number, kind: string, facts: Record<string, unknown>): Entry => makeEntry({
    v: 1, log, seq, prev: '0'.repeat(64), tick: seq, kind, agency: 'a-1', act: next(), actor: 's-1', clock, facts, dossier,
  }, hasher);
  const entries = [
    make(1, dossierKinds.received, { receivingAgency: 'a-1' }), make(2, dossierKinds.handedOver, {}), make(3, 'dossier.forwarded', { toAgency: 'a-2' }), make(4, 'dossier.noted', {}),
  ];
  await store.transaction((writer) => writer.append(plain(entries), 1, 1));
  const shown = async (agency: string) => (await store.feed({ agency, after: { position: 0, entry: 0 }, except: [] }, 1_000_000)).entries.map(({ seq }) => seq);
  // Closed by the second, shown again with the third, with which another agency joins.
  expect(await shown('a-1')).toEqual([1, 2, 1, 2, 3, 4]);
  expect(await shown('a-2')).toEqual([1, 2, 3, 4]);
  await store.close();
  await schema.drop();
});
