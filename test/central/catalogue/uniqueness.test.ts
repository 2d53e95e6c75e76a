/** No code is given out twice: real desks' stores and the real centre's leases, over random offline schedules. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogueFor, codesFor, ensureLease, mapProvisionalCodes, noteProvisionalCodes, numbersInLease, publishCatalogue } from '#central/catalogue/index.ts';
import { openFoundation } from '#central/foundation.ts';
import { hasher, random } from '#central/keys/index.ts';
import { nodeHasher, openDeskStore, type DeskStore } from '#db/index.ts';
import { addDays, instantOf } from '#shared/deadline/index.ts';
import { ok } from '#shared/errors/index.ts';
import { mintUuid, type Entry } from '#shared/log/index.ts';
import { clock, receivedFacts } from '../../shared/dossier/sample.ts';
import { reception } from '../../db/sample.ts';
import { agency, smallCatalogue } from '../../shared/catalogue/samples.ts';

const installations = 3;
const desk = fc.nat(installations - 1);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant('sync' as const), desk, more: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ op: fc.constant('receive' as const), desk, count: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('keep a backup' as const), desk }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('restore it' as const), desk }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('days pass' as const), days: fc.constantFrom(1, 1, 5, 40) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('the identifier changes' as const), inDays: fc.integer({ min: -1, max: 2 }) }) },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What was handed to citizens, and by which log: nothing of it may come again. */
interface Given {
  readonly codes: Map<string, string>;
  readonly twice: string[];
}

async function play(steps: readonly Step[], folder: string): Promise<Given & { leased: number; provisional: number; mapped: number }> {
  let today = '2026-11-24';
  let wall = instantOf(today, '09:00');
  let identifiers = 0;
  let files = 0;
  const mint = (): string => mintUuid(wall, random);
  const time = { read: () => ({ sample: { wall, uptime: 1, hrtime: 1, boot: 'b' }, now: wall, rho: 20 }), stop: () => undefined };
  const centre = await openFoundation(join(folder, 'centre'), time, 'test');
  const { store, own } = centre;
  let catalogue = smallCatalogue({ agencies: [agency('commune', { identifier: 'H37.1' })], staff: [] });
  const publish = (): Promise<number> => publishCatalogue({ store, own, time, hasher }, catalogue);
  await publish();

  const openStore = (file: string): DeskStore => openDeskStore({ file, key: new Uint8Array(32).fill(3), hasher: nodeHasher, random });
  const openLog = (at: DeskStore, installation: string, publicKey: string): void => {
    at.openLog({ identity: { installation, agency: 'commune', desk: 'Quầy', log: mint(), publicKey }, software: 'test', why: 'enrolled', act: mint(), clock });
  };
  const desks: { id: string; key: string; store: DeskStore; unsent: Entry[]; backup: { file: string } | undefined }[] = [];
  for (let index = 0; index < installations; index += 1) {
    const id = mint();
    const key = Buffer.from(random.bytes(32)).toString('base64url');
    const file = join(folder, `${files++}.db`);
    desks.push({ id, key, store: openStore(file), unsent: [], backup: undefined });
    openLog(desks[index]!.store, id, key);
    await store.transaction((writer) => writer.addInstallation({ id, agency: 'commune', desk: 'Quầy', publicKey: key, keyId: id, state: 'approved', log: desks[index]!.store.head().log, enrolledAt: wall, software: 't' }));
    await store.transaction((writer) => writer.addLog({ log: desks[index]!.store.head().log, installation: id, agency: 'commune', publicKey: key, parent: undefined, openedAt: wall }));
  }

  const given: Given = { codes: new Map(), twice: [] };
  const counts = { leased: 0, provisional: 0, mapped: 0 };
  const give = (code: string, whose: string): void => {
    const before = given.codes.get(code);
    if (before !== undefined && before !== whose) given.twice.push(code);
    given.codes.set(code, whose);
  };

  for (const one of steps) {
    const place = 'desk' in one ? desks[one.desk]! : undefined;
    switch (one.op) {
      case 'receive': {
        const done = place!.store.commit({
          act: mint(), actor: 's-1', clock,
          decide: (_read, codes) => ok(Array.from({ length: one.count }, () => {
            const dossier = mint();
            const { text, provisional } = codes.next(today);
            give(text, dossier);
            counts[provisional ? 'provisional' : 'leased'] += 1;
            return reception(dossier, receivedFacts({ code: text, provisional, acceptedAt: wall, receivingAgency: 'commune', competentAgency: 'commune' }));
          })),
        });
        if (!done.ok) throw new Error(done.fault.code);
        place!.unsent.push(...done.value.entries);
        break;
      }
      case 'sync': {
        const { log } = place!.store.head();
        await store.transaction(async (writer) => {
          if (!(await writer.findLog(log))) {
            await writer.addLog({ log, installation: place!.id, agency: 'commune', publicKey: place!.key, parent: undefined, openedAt: wall });
            await writer.setInstallationLog(place!.id, log);
          }
          await noteProvisionalCodes(writer, place!.unsent.splice(0));
          await mapProvisionalCodes(writer, own, 'commune', time.read());
          const installation = await writer.findInstallation({ id: place!.id });
          await ensureLease(writer, own, random, installation!, time.read(), one.more);
        });
        const installation = (await store.findInstallation({ id: place!.id }))!;
        const view = await catalogueFor(store, installation);
        place!.store.catalogue.store(view.catalogue!);
        for (const { dossier, code } of (await codesFor(store, installation, 0)).codes) {
          counts.mapped += 1;
          give(code, dossier);
        }
        break;
      }
      case 'keep a backup': {
        place!.backup = { file: join(folder, `${files++}.db`) };
        const kept = place!.store.backup(place!.backup.file);
        if (!kept.ok) throw new Error(kept.fault.code);
        break;
      }
      case 'restore it': {
        if (!place!.backup) break;
        place!.store.close();
        place!.store = openStore(place!.backup.file);
        place!.unsent = [];
        place!.backup = undefined;
        // What a desk does that finds itself restored: a new log before anything else.
        openLog(place!.store, place!.id, place!.key);
        break;
      }
      case 'days pass':
        today = addDays(today, one.days);
        wall = instantOf(today, '09:00');
        break;
      case 'the identifier changes': {
        identifiers += 1;
        const from = addDays(today, one.inDays);
        const [commune] = catalogue.agencies;
        const before = (commune!.identifiers ?? []).filter(({ validFrom }) => validFrom < from).map((old) => ({ ...old, validTo: old.validTo !== undefined && old.validTo < from ? old.validTo : addDays(from, -1) }));
        catalogue = { ...catalogue, agencies: [{ ...commune!, identifiers: [...before, { identifier: `H37.1.${identifiers}`, validFrom: from }] }] };
        await publish();
        break;
      }
    }
  }
  for (const { store: at } of desks) at.close();
  await centre.close();
  return { ...given, ...counts };
}

it('codes are unique over random offline schedules, run-outs, restores, new logs and new identifiers', async () => {
  const totals = { leased: 0, provisional: 0, mapped: 0 };
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
    const folder = mkdtempSync(join(tmpdir(), 'quay-codes-'));
    try {
      const { twice, ...counts } = await play(steps, folder);
      expect(twice).toEqual([]);
      for (const key of ['leased', 'provisional', 'mapped'] as const) totals[key] += counts[key];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }), { numRuns: 12, seed: 20_261_124 });
  // The schedules did reach what they are for.
  expect(totals.leased).toBeGreaterThan(numbersInLease);
  expect(totals.provisional).toBeGreaterThan(100);
  expect(totals.mapped).toBeGreaterThan(100);
}, 120_000);

it('a log that restarts every day uses up blocks, never numbers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quay-codes-'));
  const steps = Array.from({ length: 86 }, () => [
    { op: 'keep a backup' as const, desk: 0 }, { op: 'sync' as const, desk: 0, more: false }, { op: 'receive' as const, desk: 0, count: 1 }, { op: 'restore it' as const, desk: 0 },
  ]).flat();
  const { twice, leased, provisional } = await play([...steps, { op: 'sync', desk: 0, more: false }, { op: 'receive', desk: 0, count: 1 }], folder);
  rmSync(folder, { recursive: true, force: true });
  expect(twice).toEqual([]);
  // 24 blocks of 250 and 59 of 50 lie below the centre's own numbers; the next log works on with provisional codes.
  expect([leased, provisional]).toEqual([24 + 59, 86 + 1 - 24 - 59]);
}, 120_000);
