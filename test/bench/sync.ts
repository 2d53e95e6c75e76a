/**
 * What waits at a desk goes to the centre: 20,000 entries of about 1 KB from the desk's real store through its real client over HTTP into the real centre, beside PouchDB's
 * replication and beside the least work there could be (gzip NDJSON into transactions of 1,000 rows); and over a line that is slow and breaks.
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { nodeHasher, nodeRandom, openDeskStore, type DeskStore } from '#db/index.ts';
import { openCentre } from '#electron/desk/sync/centre.ts';
import { firstBatchSize, pushLog } from '#electron/desk/sync/push.ts';
import { httpTransport, LineError } from '#electron/desk/sync/transport.ts';
import { signerOf } from '#central/keys/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { ok } from '#shared/errors/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import type { Signer } from '#shared/ports.ts';
import { openProxy } from '../chaos/proxy.ts';
import { agency, startCentreProgram, type CentreProgram } from '../chaos/programs.ts';
import { startProgram } from '../chaos/process.ts';
import { clock, receivedFacts } from '../shared/dossier/sample.ts';
import { Chance } from '../simulation/chance.ts';
import type { Bench } from './figure.ts';
import { secondsOfPouch } from './peers/pouch.ts';
import { die, person } from './sample/people.ts';

const events = 20_000;
const slowEvents = 8_000;
const noPause = async (): Promise<void> => undefined;

interface Desk {
  readonly store: DeskStore;
  readonly signer: Signer;
  readonly log: string;
}

/** An enrolled desk with so many entries waiting. */
async function deskWith(count: number, folder: string, centre: CentreProgram): Promise<Desk> {
  mkdirSync(folder, { recursive: true });
  const signer = signerOf(generateKeyPairSync('ed25519').privateKey);
  const [installation, log] = [mintUuid(clock.wall, nodeRandom), mintUuid(clock.wall, nodeRandom)];
  const body = JSON.stringify({ code: await centre.code(), installation, log, publicKey: signer.publicKey, software: 'bench' });
  const enrolled = await fetch(`${centre.url}/v1/enrol`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  if (!enrolled.ok) throw new Error(`enrolment: ${enrolled.status}`);
  const store = openDeskStore({ file: join(folder, 'desk.db'), key: new Uint8Array(32).fill(7), hasher: nodeHasher, random: nodeRandom });
  store.openLog({ identity: { installation, agency, desk: 'Quầy 1', log, publicKey: signer.publicKey }, software: 'bench', why: 'enrolled', act: mintUuid(clock.wall, nodeRandom), clock });
  for (let made = 1; made < count; made += 100) {
    const done = store.commit({
      act: mintUuid(clock.wall, nodeRandom), actor: 's-1', clock,
      decide: () => ok(Array.from({ length: Math.min(100, count - made) }, (_, index) => ({
        kind: dossierKinds.received, dossier: mintUuid(clock.wall, nodeRandom), after: [],
        facts: { ...receivedFacts({ code: `H37.90.001-261123-${made + index}`, receivingAgency: agency, competentAgency: agency }) }, personal: { ...person(die(made + index)) },
      }))),
    });
    if (!done.ok) throw new Error(done.fault.code);
  }
  return { store, signer, log };
}

/** Sends all of it; after each failure of the line again, at once. Seconds. */
async function secondsOfPush({ store, signer, log }: Desk, url: string): Promise<number> {
  const transport = httpTransport(url, () => []);
  const centre = openCentre({ transport, hasher: nodeHasher, wall: Date.now, signal: new AbortController().signal, answered: () => undefined });
  const size = { entries: firstBatchSize };
  const began = performance.now();
  try {
    for (;;) {
      try {
        const pushed = await pushLog({ store, centre, signer, log, size, acknowledged: () => undefined, branched: () => undefined, pause: noPause });
        if (pushed.kind !== 'all-sent') throw new Error(`the centre said ${pushed.kind}`);
        return (performance.now() - began) / 1_000;
      } catch (error) {
        if (!(error instanceof LineError)) throw error;
      }
    }
  } finally {
    transport.close();
  }
}

function textsOf({ store, log }: Desk): string[] {
  return store.pending(0, { entries: events, bytes: 1e9 }, log).map(({ entry, body }) => (body && !('erased' in body) ? `${entry.text.slice(0, -1)},"body":${JSON.stringify(body.body)}}` : entry.text));
}

async function secondsOfRaw(folder: string, texts: readonly string[]): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const server = await startProgram(join(import.meta.dirname, 'peers/raw-post.ts'), {}, { args: [folder] });
  try {
    const began = performance.now();
    for (let at = 0; at < texts.length; at += 1_000) {
      const answer = await fetch(String(server.ready['url']), { method: 'POST', body: gzipSync(texts.slice(at, at + 1_000).join('\n')) });
      await answer.text();
    }
    return (performance.now() - began) / 1_000;
  } finally {
    await server.kill();
  }
}

const measure: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quay-bench-sync-'));
  const centre = await startCentreProgram(folder);
  const { url } = centre;
  try {
    const desk = await deskWith(events, join(folder, 'desk'), centre);
    const texts = textsOf(desk);
    const json = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    const raw = await secondsOfRaw(join(folder, 'raw'), texts);
    const pouch = await secondsOfPouch(folder, texts);
    const clean = await openProxy(url, {}, new Chance(1));
    const counted = await secondsOfPush(desk, clean.url);
    await clean.close();
    desk.store.close();
    const again = await deskWith(events, join(folder, 'desk-2'), centre);
    const seconds = await secondsOfPush(again, url);
    again.store.close();

    const slowDesk = await deskWith(slowEvents, join(folder, 'desk-3'), centre);
    const wire = { delay: 150, rate: 125_000 };
    const calm = await openProxy(url, wire, new Chance(1));
    const calmSeconds = await secondsOfPush(slowDesk, calm.url);
    slowDesk.store.close();
    await calm.close();
    const brokenDesk = await deskWith(slowEvents, join(folder, 'desk-4'), centre);
    // A batch is several pieces on the wire; so many of these are reset that about one request in ten is.
    const broken = await openProxy(url, { ...wire, reset: 0.05 }, new Chance(2));
    const brokenSeconds = await secondsOfPush(brokenDesk, broken.url);
    brokenDesk.store.close();
    await broken.close();
    console.log(`  (${texts.length} entries, ${Math.round(json / texts.length)} bytes of JSON each; ${broken.struck['reset'] ?? 0} resets on the slow line; through the counting proxy ${counted.toFixed(2)} s)`);
    return [
      { name: `push of ${events} entries`, value: events / seconds, unit: 'entries/s', against: { name: 'raw gzip POST into transactions of 1,000 rows', value: events / raw }, bar: { atLeast: 0.6 } },
      { name: `push of ${events} entries`, value: events / seconds, unit: 'entries/s', against: { name: 'PouchDB to express-pouchdb', value: events / pouch }, bar: { atLeast: 5 } },
      { name: 'bytes on the wire', value: clean.carried.up, unit: 'bytes', against: { name: 'the JSON', value: json }, bar: { atMost: 0.3 } },
      { name: 'slow line (300 ms, 1 Mbit/s, about one request in ten reset)', value: slowEvents / brokenSeconds, unit: 'entries/s', against: { name: 'the agreed limit', value: 350 }, bar: { atLeast: 1 } },
      { name: 'the same line without resets', value: slowEvents / calmSeconds, unit: 'entries/s', against: { name: 'the agreed limit', value: 350 } },
      { name: 'bytes on the slow line', value: broken.carried.up, unit: 'bytes', against: { name: 'the same without resets', value: calm.carried.up }, bar: { atMost: 1.3 } },
    ];
  } finally {
    await centre.kill();
    rmSync(folder, { recursive: true, force: true });
  }
};

export default measure;
