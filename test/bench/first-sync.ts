/**
 * A new desk joins an agency with 100,000 open dossiers: how soon somebody can work there, and how soon it knows them all. The real desk and the real centre, each a program of
 * its own.
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishCatalogue } from '#central/catalogue/index.ts';
import { enrol, makeCode } from '#central/enrolment/index.ts';
import { openFoundation } from '#central/foundation.ts';
import { acceptBatch } from '#central/ingest/index.ts';
import { hasher, random, signerOf, verifier } from '#central/keys/index.ts';
import { assumedTime } from '#central/time/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { emptyHead, makeEntry, mintUuid, seal, type Head } from '#shared/log/index.ts';
import { writeBatch, type CarriedEntry } from '#shared/sync/index.ts';
import { agency, smallCatalogue, startCentreProgram, startDeskProgram, until } from '../chaos/programs.ts';
import { clock, receivedFacts } from '../shared/dossier/sample.ts';
import type { Bench } from './figure.ts';
import { die, person } from './sample/people.ts';

const dossiers = 100_000;
/** The centre's folder as an older desk of the agency left it. */
async function fill(folder: string): Promise<void> {
  const centre = await openFoundation(folder, assumedTime(50), 'bench');
  try {
    await publishCatalogue({ ...centre, hasher }, smallCatalogue());
    const signer = signerOf(generateKeyPairSync('ed25519').privateKey);
    const { code } = await makeCode({ ...centre, hasher, random }, { agency, desk: 'Quầy 1', approves: true });
    const [installation, log] = [mintUuid(clock.wall, random), mintUuid(clock.wall, random)];
    await enrol({ ...centre, hasher, random }, { code, installation, log, publicKey: signer.publicKey, software: 'bench' });
    const held = await centre.store.findInstallation({ id: installation });
    if (!held) throw new Error('the desk is not enrolled');
    let head: Head = emptyHead(log);
    for (let made = 0; made < dossiers; made += 1_000) {
      const from = head;
      const carried: CarriedEntry[] = [];
      for (let number = made; number < made + 1_000; number += 1) {
        const body = seal({ ...person(die(number)) }, random, hasher);
        const seq = head.seq + 1;
        const entry = makeEntry({
          v: 1, log, seq, prev: head.hash, tick: seq, kind: dossierKinds.received, agency, dossier: mintUuid(clock.wall, random), after: [], act: mintUuid(clock.wall, random), actor: 's-1', clock,
          facts: { ...receivedFacts({ code: `H37.90.001-261123-${number}`, receivingAgency: agency, competentAgency: agency }) }, sealed: body.sealed,
        }, hasher);
        head = { log, seq, hash: entry.hash };
        carried.push({ entry, body: body.body });
      }
      const taken = await acceptBatch({ ...centre, hasher, verifier }, held, log, writeBatch(from, carried, signer));
      if (!taken.ok) throw new Error(taken.refusal.fault.code);
    }
  } finally {
    await centre.close();
  }
}

const measure: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quay-first-sync-'));
  await fill(join(folder, 'centre'));
  const centre = await startCentreProgram(folder);
  const code = await centre.code();
  const began = performance.now();
  const desk = await startDeskProgram(join(folder, 'desk'), centre.url, code);
  try {
    await until(() => desk.signIn(), 'nobody could sign in');
    await until(async () => (await desk.receive())?.ok === true, 'no reception was saved');
    const usable = performance.now();
    const waits: number[] = [];
    await until(async () => {
      const asked = performance.now();
      const { pull } = await desk.view();
      waits.push(performance.now() - asked);
      return pull?.drainedAt !== undefined && pull.left.entries === 0;
    }, 'it did not fetch all of it');
    const drained = performance.now();
    console.log(`  (while it fetched, the desk answered a call in ${Math.round(Math.max(...waits))} ms at most)`);
    return [
      { name: `a new desk in an agency with ${dossiers} dossiers: first reception saved after`, value: (usable - began) / 1_000, unit: 's', against: { name: 'the agreed limit', value: 60 }, bar: { atMost: 1 } },
      { name: 'all of them fetched after', value: (drained - began) / 1_000, unit: 's', against: { name: 'the same limit', value: 60 } },
    ];
  } finally {
    await desk.kill();
    await centre.kill();
    rmSync(folder, { recursive: true, force: true });
  }
};

export default measure;
