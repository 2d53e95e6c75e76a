import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { writeExport, verifyExport, type Exported, type Verification, type VerifyOptions } from '#central/export/index.ts';
import { hasher, verifier } from '#central/keys/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { anchorResponseSchema } from '#shared/sync/index.ts';
import { hour, minute, newId, receivedFacts } from '#test/shared/evidence/world.ts';
import { enrolledDesk, startOfTest, testCentre, type TestCentre, type TestDesk } from '../peer.ts';

export const due = startOfTest + 9 * hour;

/** Asks the centre for an anchor and notes it in the desk's log. */
export async function noteAnchor(at: TestCentre, desk: TestDesk, number: number): Promise<void> {
  const body = new TextEncoder().encode(JSON.stringify({ nonce: `n${number}`.padEnd(22, 'x'), head: desk.head }));
  const { anchor } = anchorResponseSchema.parse(JSON.parse((await desk.signed('POST', '/v1/anchor', body)).text));
  desk.act('anchor.noted', { number, boot: 'b', requestUptime: 1, responseUptime: 1, wall: at.time.now, ...anchor, why: 'before-act' });
}

export interface SmallProvince {
  readonly at: TestCentre;
  readonly desks: readonly TestDesk[];
  readonly dossiers: readonly string[];
}

/** A real centre with two desks: anchors, dossiers with sealed bodies in time and late, one body erased, a log that continues another. */
export async function smallProvince(): Promise<SmallProvince> {
  const at = await testCentre();
  const desks = [await enrolledDesk(at), await enrolledDesk(at)];
  const dossiers: string[] = [];
  let number = 0;
  for (const desk of desks) {
    const agency = desk.carried[0]?.entry.header.agency ?? '';
    await noteAnchor(at, desk, (number += 1));
    for (let count = 0; count < 3; count += 1) {
      const dossier = newId();
      dossiers.push(dossier);
      const facts = { ...receivedFacts(startOfTest, due, agency) };
      const personal = { applicant: { kind: 'citizen', fullName: `Nguyễn Văn ${'ABC'[count]}`, idNumber: '020090001234' } };
      desk.act(dossierKinds.received, facts, { dossier, personal, ...(count === 2 ? { body: { erased: true } } : {}) });
    }
    await desk.sync();
  }
  // What its desk sends as erased the centre decided before.
  const reading = at.time.read();
  await at.centre.store.transaction((writer) => at.centre.own.append(writer, reading, [2, 5].map((index) => ({
    kind: dossierKinds.erased, dossier: dossiers[index], facts: { authority: 'Quyết định 12/QĐ-UBND', bodies: 1, at: reading.now, rho: reading.rho ?? null },
  }))));
  at.time.now = startOfTest + hour;
  const [first, second] = desks;
  if (!first || !second) throw new Error('two desks');
  const sent = first.head.seq;
  first.act(dossierKinds.resultReady, { at: at.time.now, timeSource: 'wall', outcome: 'granted', resultCount: 1 }, { dossier: dossiers[0] ?? '' });
  await noteAnchor(at, first, (number += 1));
  await first.sync(sent + 1);
  at.time.now = due + hour;
  const late = second.head.seq;
  second.act(dossierKinds.resultReady, { at: at.time.now, timeSource: 'wall', outcome: 'granted', resultCount: 1 }, { dossier: dossiers[3] ?? '' });
  await second.sync(late + 1);
  const parent = second.newLog();
  second.open(parent);
  await second.sync();
  at.time.now += minute;
  return { at, desks, dossiers };
}

/** A place for files that goes with the test. */
export function filesFolder(): { file(name: string): string; end(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'quay-export-'));
  return { file: (name) => join(folder, name), end: () => rmSync(folder, { recursive: true, force: true }) };
}

export function exportTo(at: TestCentre, file: string, more: { logs?: readonly string[]; bodies?: boolean } = {}): Promise<Exported> {
  return writeExport(at.centre, { file, bodies: true, software: 'test', ...more });
}

export function verify(file: string, options: VerifyOptions = {}): Promise<Verification> {
  return verifyExport(file, { hasher, verifier }, options);
}

export function linesOf(file: string): string[] {
  return gunzipSync(readFileSync(file)).toString('utf8').split('\n').slice(0, -1);
}

export function writeLines(file: string, lines: readonly string[]): void {
  writeFileSync(file, gzipSync(lines.map((line) => `${line}\n`).join(''), { level: 1 }));
}
