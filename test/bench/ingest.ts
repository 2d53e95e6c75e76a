/**
 * A province that comes back after an outage: 212 desks with 1,000 entries each, taken in by the centre over its embedded store and over
 * PostgreSQL, in one run. The work of the store and of the checks; HTTP and its signatures are left out.
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '#build/runtime/index.ts';
import { publishCatalogue, sampleCatalogue } from '#central/catalogue/index.ts';
import { enrol, makeCode } from '#central/enrolment/index.ts';
import { openFoundation, type Foundation } from '#central/foundation.ts';
import { acceptBatch } from '#central/ingest/index.ts';
import { hasher, makeVerifier, random, signerOf, verifier } from '#central/keys/index.ts';
import { assumedTime } from '#central/time/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { emptyHead, makeEntry, mintUuid, seal, type Head } from '#shared/log/index.ts';
import { writeBatch, type CarriedEntry } from '#shared/sync/index.ts';
import { clock, receivedFacts } from '../shared/dossier/sample.ts';
import { die, person } from './sample/people.ts';
import type { Bench } from './figure.ts';

const desks = 212;
const entriesEach = 1_000;
const entriesInBatch = 250;
const batchesAtOnce = 16;
/** What the centre may take over PostgreSQL, seconds. */
const limit = 60;
const agencies = ['ls-mai-pha', 'ls-dong-dang'] as const;

/** Makes one desk's log: receptions with personal bodies, each forwarded, finished and handed over. Enrols it, and gives its batches. */
async function desk(centre: Foundation, count: number): Promise<() => Promise<void>> {
  const signer = signerOf(generateKeyPairSync('ed25519').privateKey);
  const agency = agencies[count % 2] ?? agencies[0];
  const other = agencies[(count + 1) % 2] ?? agencies[0];
  const { code } = await makeCode({ ...centre, hasher, random }, { agency, desk: `Quầy ${count + 1}`, approves: true });
  const installation = mintUuid(clock.wall, random);
  const log = mintUuid(clock.wall, random);
  const enrolled = await enrol({ ...centre, hasher, random }, { code, installation, log, publicKey: signer.publicKey, software: 'bench' });
  if (!enrolled.ok) throw new Error(enrolled.fault.code);

  let head: Head = emptyHead(log);
  const carried: CarriedEntry[] = [];
  const write = (kind: string, facts: Record<string, unknown>, dossier: string, personal?: unknown): void => {
    const body = personal === undefined ? undefined : seal(personal, random, hasher);
    const seq = head.seq + 1;
    const entry = makeEntry({
      v: 1, log, seq, prev: head.hash, tick: seq, kind, agency, act: mintUuid(clock.wall, random), actor: 's-1', clock, facts, dossier, ...(body ? { sealed: body.sealed } : {}),
    }, hasher);
    head = { log, seq, hash: entry.hash };
    carried.push({ entry, body: body?.body });
  };
  for (let number = 1; carried.length < entriesEach; number += 1) {
    const dossier = mintUuid(clock.wall, random);
    write(dossierKinds.received, { ...receivedFacts({ code: `H37.${count}-261123-${number}`, receivingAgency: agency, competentAgency: other }) }, dossier, { ...person(die(count * entriesEach + number)) });
    write('dossier.forwarded', { toAgency: other }, dossier);
    write(dossierKinds.resultReady, { at: clock.wall, timeSource: 'wall', outcome: 'granted', resultCount: 1 }, dossier);
    write(dossierKinds.handedOver, { at: clock.wall, timeSource: 'wall' }, dossier);
  }
  const held = await centre.store.findInstallation({ id: installation });
  if (!held) throw new Error('the desk is not enrolled');
  return async () => {
    let from: Head = emptyHead(log);
    for (let first = 0; first < carried.length; first += entriesInBatch) {
      const batch = carried.slice(first, first + entriesInBatch);
      const taken = await acceptBatch({ ...centre, hasher, verifier }, held, log, writeBatch(from, batch, signer));
      if (!taken.ok) throw new Error(taken.refusal.fault.code);
      from = { log, ...taken.answer.ack };
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
