/**
 * The offline verifier: entries per second of a whole `quay verify` (chain, bodies, heads, anchors, receipts, verdicts), beside SHA-256 of the same unpacked
 * bytes in the same run. The files are a centre's own exports, of desks with an anchor to each two acts, as a quiet counter notes them, and to each ten, as a
 * busy one does: an anchor costs a signature to check, which nothing else in a log does. So the checking of as many signatures, by all cores and with nothing else
 * to do, is a limit that no verifier can pass; it is measured in the same run.
 */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { writeExport, verifyExport } from '#central/export/index.ts';
import { SignatureChecks } from '#central/export/signatures.ts';
import { hasher, signerOf, verifier } from '#central/keys/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { anchorResponseSchema } from '#shared/sync/index.ts';
import { hour, newId, receivedFacts } from '#test/shared/evidence/world.ts';
import { enrolledDesk, startOfTest, testCentre, type TestCentre, type TestDesk } from '#test/central/peer.ts';
import { percentile, type Bench, type Figure } from './figure.ts';

const desks = 20;
const actsEach = 1_000;
const rounds = 5;

async function noteAnchor(at: TestCentre, desk: TestDesk, number: number): Promise<void> {
  const body = new TextEncoder().encode(JSON.stringify({ nonce: `n${number}`.padEnd(22, 'x'), head: desk.head }));
  const { anchor } = anchorResponseSchema.parse(JSON.parse((await desk.signed('POST', '/v1/anchor', body)).text));
  desk.act('anchor.noted', { number, boot: 'b', requestUptime: 1, responseUptime: 1, wall: at.time.now, ...anchor, why: 'before-act' });
}

async function fill(at: TestCentre, actsBetweenAnchors: number): Promise<void> {
  let number = 0;
  for (let one = 0; one < desks; one += 1) {
    const desk = await enrolledDesk(at);
    await desk.sync();
    const agency = desk.carried[0]?.entry.header.agency ?? '';
    let sent = desk.head.seq;
    for (let act = 0; act < actsEach / 2; act += 1) {
      if (act % (actsBetweenAnchors / 2) === 0) await noteAnchor(at, desk, (number += 1));
      const dossier = newId();
      const personal = { applicant: { kind: 'citizen', fullName: 'Nguyễn Văn An', idNumber: '020090001234', address: 'Thôn Rọ Phải, xã Mai Pha, tỉnh Lạng Sơn' } };
      desk.act(dossierKinds.received, receivedFacts(startOfTest, startOfTest + 9 * hour, agency), { dossier, personal });
      desk.act(dossierKinds.resultReady, { at: at.time.now, timeSource: 'wall', outcome: 'granted', resultCount: 1 }, { dossier });
      if (desk.head.seq - sent < 900) continue;
      await desk.sync(sent + 1);
      sent = desk.head.seq;
    }
    if (desk.head.seq > sent) await desk.sync(sent + 1);
  }
  at.time.now += hour;
}

/** As long as an anchor. */
const signedLength = 330;

/** Checks so many different signatures on all cores, and does nothing else; milliseconds. */
async function signaturesAlone(count: number): Promise<number> {
  const signer = signerOf(generateKeyPairSync('ed25519').privateKey);
  // The first ones only start the threads.
  const warm = 1_000;
  const signed = Array.from({ length: warm + count }, (_, index) => {
    const text = `${index}`.padEnd(signedLength, 'x');
    return { text, signature: signer.sign(Buffer.from(text)) };
  });
  const checks = new SignatureChecks(verifier);
  try {
    const check = async (some: typeof signed): Promise<number> => {
      const start = performance.now();
      for (const { text, signature } of some) checks.want(signer.publicKey, text, signature, () => undefined);
      if (!(await checks.settle())) throw new Error('a signature was bad');
      return performance.now() - start;
    };
    await check(signed.slice(0, warm));
    return await check(signed.slice(warm));
  } finally {
    await checks.close();
  }
}

async function measureWith(actsBetweenAnchors: number, name: string): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'quay-bench-'));
  const at = await testCentre();
  try {
    await fill(at, actsBetweenAnchors);
    const file = join(folder, 'whole.ndjson.gz');
    const { entries } = await writeExport(at.centre, { file, bodies: true, software: 'bench' });
    const took: number[] = [];
    const hashed: number[] = [];
    const signed: number[] = [];
    let anchors = 0;
    for (let round = 0; round < rounds; round += 1) {
      let start = performance.now();
      const found = await verifyExport(file, { hasher, verifier });
      took.push(entries / ((performance.now() - start) / 1000));
      if (!found.intact) throw new Error(`not intact: ${JSON.stringify(found.flaws[0])}`);
      start = performance.now();
      createHash('sha256').update(gunzipSync(readFileSync(file))).digest();
      hashed.push(entries / ((performance.now() - start) / 1000));
      anchors = found.checked.anchors;
      signed.push(entries / ((await signaturesAlone(anchors)) / 1000));
    }
    const rate = percentile(took, 0.5);
    return [
      { name: `verify, ${entries} entries, ${name}`, value: rate, unit: 'entries/s', against: { name: 'asked for', value: 50_000 }, bar: { atLeast: 1 } },
      { name: `verify, ${name}`, value: rate, unit: 'entries/s', against: { name: 'unpacking and hashing the bytes alone', value: percentile(hashed, 0.5) } },
      {
        name: `verify, ${name}`, value: rate, unit: 'entries/s',
        against: { name: `checking its ${anchors} signatures alone on ${availableParallelism()} cores`, value: percentile(signed, 0.5) },
      },
    ];
  } finally {
    await at.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

const measure: Bench = async () => [...(await measureWith(2, 'an anchor to two acts')), ...(await measureWith(10, 'an anchor to ten acts'))];

export default measure;
