/**
 * A new desk joins an agency with 100,000 open dossiers: how soon somebody can work there, and how soon it knows them all. The real desk and the real centre, each a program of
 * its own.
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { publishCatalogue } from '#central/catalogue/index.ts';
import { enrol, makeCode } from '#central/enrolment/index.ts';
import { openFoundation } from '#central/foundation.ts';
import { acceptBatch } from '#central/ingest/index.ts';
import { hasher, random, signerOf, verifier } from '#central/keys/index.ts';
import { assumedTime } from '#central/time/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { emptyHead, makeEntry, mintUuid, seal, type Head } from '#shared/log/index.ts';
import { writeBatch, type CarriedEntry } from '#shared/sync/index.ts';
import { startProgram, type Program } from '../chaos/process.ts';
import { clock, receivedFacts } from '../shared/dossier/sample.ts';
import { catalogueOf, pin, procedures } from '../simulation/province.ts';
import type { Bench } from './figure.ts';
import { die, person } from './sample/people.ts';

const dossiers = 100_000;
const agency = 'c-1';
const catalogue = catalogueOf([{ agency, level: 'commune', line: 'l', clerk: 'c-1-1', supervisor: undefined, perDay: 1 }]);
const okSchema = z.object({ ok: z.literal(true), value: z.unknown().optional() });
const pullSchema = z.object({ pull: z.object({ running: z.boolean(), left: z.object({ entries: z.int() }), drainedAt: z.int().optional() }).optional() });

/** The centre's folder as an older desk of the agency left it. Gives a code for the new one. */
async function fill(folder: string): Promise<void> {
  const centre = await openFoundation(folder, assumedTime(50), 'bench');
  try {
    await publishCatalogue({ ...centre, hasher }, catalogue);
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

async function call(desk: Program, channel: string, request: object): Promise<unknown> {
  const answer = okSchema.safeParse(await desk.ask({ op: 'call', channel, request }));
  return answer.success ? (answer.data.value ?? true) : undefined;
}

async function until(holds: () => Promise<boolean>): Promise<number> {
  while (!(await holds())) await new Promise((resolve) => void setTimeout(resolve, 50));
  return performance.now();
}

const measure: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quay-first-sync-'));
  const places = { centre: join(folder, 'centre'), desk: join(folder, 'desk') };
  mkdirSync(places.desk);
  await fill(places.centre);
  const [clockFile, catalogueFile] = [join(folder, 'clock.json'), join(folder, 'catalogue.json')];
  writeFileSync(clockFile, JSON.stringify({ v: 1, realAt: Date.now(), trueAt: Date.now(), rate: 1, machines: { centre: { wallOffset: 0, boot: 'centre', bootedAt: 0 } } }));
  writeFileSync(catalogueFile, JSON.stringify(catalogue));
  const centre = await startProgram(join(import.meta.dirname, '../electron/desk/centre-process.ts'), { folder: places.centre, clockFile, catalogueFile, port: 0 });
  const code = String(await centre.ask({ op: 'code', agency }));
  const began = performance.now();
  const desk = await startProgram(join(import.meta.dirname, '../electron/desk/machine-process.ts'), { folder: places.desk, url: centre.ready['url'], code });
  try {
    await until(async () => (await call(desk, 'session.sign-in', { staff: 'c-1-1', pin })) !== undefined);
    const usable = await until(async () => (await call(desk, 'reception.save', {
      act: mintUuid(Date.now(), random), dossier: mintUuid(Date.now(), random), procedure: procedures[0], papers: [], sets: 1, channel: 'counter',
      personal: { applicant: { kind: 'citizen', fullName: 'Hoàng Thị Ngọc Ánh', idNumber: '020190001234', address: 'Thôn Rọ Phải' } },
    })) !== undefined);
    const waits: number[] = [];
    const drained = await until(async () => {
      const asked = performance.now();
      const view = pullSchema.safeParse(await call(desk, 'sync.view', {}));
      waits.push(performance.now() - asked);
      return view.success && view.data.pull?.drainedAt !== undefined && view.data.pull.left.entries === 0;
    });
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
