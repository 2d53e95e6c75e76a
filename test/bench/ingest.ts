/**
 * A province that comes back after an outage: 212 desks with 1,000 entries each, taken in by the centre over its embedded store and over
 * PostgreSQL, in one run. The work of the store and of the checks; HTTP and its signatures are left out.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '#build/runtime/index.ts';
import { publishCatalogue, sampleCatalogue } from '#central/catalogue/index.ts';
import { openFoundation, type Foundation } from '#central/foundation.ts';
import { acceptBatch } from '#central/ingest/index.ts';
import { hasher, makeVerifier, random, verifier } from '#central/keys/index.ts';
import { assumedTime } from '#central/time/index.ts';
import { writeBatch } from '#shared/sync/index.ts';
import type { Bench } from './figure.ts';
import { deskLog, enrolled } from './sample/desk-log.ts';

const desks = 212;
const entriesEach = 1_000;
const entriesInBatch = 250;
const batchesAtOnce = 16;
/** What the centre may take over PostgreSQL, seconds. */
const limit = 60;
const agencies = ['ls-mai-pha', 'ls-dong-dang'] as const;

/** Makes one desk's log, enrols it, and gives what sends its batches. */
async function desk(centre: Foundation, count: number): Promise<() => Promise<void>> {
  const agency = agencies[count % 2] ?? agencies[0];
  const written = deskLog(count, agency, agencies[(count + 1) % 2] ?? agencies[0]);
  const held = await enrolled(centre, written, agency, `Quầy ${count + 1}`);
  const batches = Array.from({ length: entriesEach / entriesInBatch }, () => written.write(entriesInBatch));
  return async () => {
    for (const { from, carried } of batches) {
      const taken = await acceptBatch({ ...centre, hasher, verifier }, held, written.log, writeBatch(from, carried, written.signer));
      if (!taken.ok) throw new Error(taken.refusal.fault.code);
    }
  };
}

/** Seconds that the centre takes for all of it. */
async function secondsOver(database: string | undefined): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'quay-ingest-'));
  const centre = await openFoundation(join(folder, 'centre'), assumedTime(50), 'bench', database);
  try {
    await publishCatalogue({ ...centre, hasher }, sampleCatalogue(await makeVerifier('2468', random)));
    const waiting: (() => Promise<void>)[] = [];
    for (let count = 0; count < desks; count += 1) waiting.push(await desk(centre, count));
    const start = performance.now();
    await Promise.all(Array.from({ length: batchesAtOnce }, async () => {
      for (let send = waiting.pop(); send; send = waiting.pop()) await send();
    }));
    const seconds = (performance.now() - start) / 1000;
    const held = (await centre.store.logs()).filter(({ installation }) => installation !== undefined).reduce((sum, { head }) => sum + head.seq, 0);
    if (held !== desks * entriesEach) throw new Error(`${held} entries are held`);
    return seconds;
  } finally {
    await centre.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const measure: Bench = async () => {
  // Without DATABASE_URL: figures are of a server of our own on this machine, not of one that others use.
  const { DATABASE_URL: _given, ...env } = process.env;
  const server = await startPostgres({ env, say: console.log });
  try {
    const embedded = await secondsOver(undefined);
    const seconds = await secondsOver(server.address);
    const name = `${desks} desks × ${entriesEach} entries taken in`;
    return [
      { name: `${name} over PostgreSQL`, value: seconds, unit: 's', against: { name: 'the agreed limit', value: limit }, bar: { atMost: 1 } },
      { name: `${name} over PostgreSQL`, value: seconds, unit: 's', against: { name: 'the embedded store', value: embedded } },
    ];
  } finally {
    await server.stop();
  }
};

export default measure;
