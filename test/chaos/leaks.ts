import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chance } from '../simulation/chance.ts';
import { newIds, receptionOf, startCentreProgram, startDeskProgram, until, type DeskProgram } from './programs.ts';

/** What a search of a desk's files came to. */
export interface Leaks {
  readonly people: number;
  readonly files: number;
  readonly megabytes: number;
  /** Files with an ID number of somebody in the clear. */
  readonly found: readonly string[];
}

/**
 * A real desk records so many people, keeps half-typed forms, makes a backup, attaches a paper and writes a bundle; then every file it made, its temporary files and
 * all it said are searched for their ID numbers.
 */
export async function searchForLeaks({ folder, people, seed }: { readonly folder: string; readonly people: number; readonly seed: number }): Promise<Leaks> {
  const chance = new Chance(seed);
  const places = { desk: join(folder, 'desk'), temporary: join(folder, 'tmp'), stick: join(folder, 'stick') };
  for (const place of Object.values(places)) mkdirSync(place, { recursive: true });
  const centre = await startCentreProgram(folder);
  const desk = await startDeskProgram(places.desk, centre.url, await centre.code(), { output: join(places.temporary, 'said.log'), temporary: places.temporary });
  const numbers = new Set<string>();
  try {
    await until(async () => (await desk.signIn()) && desk.sent(), 'the desk was not ready');
    for (let person = 0; person < people; person += 1) {
      // The second half is recorded without a line, so that it goes by the bundle.
      if (person === Math.floor(people / 2)) await centre.kill();
      const idNumber = `0${chance.whole(20, 96)}${chance.whole(100_000_000, 999_999_999)}`;
      numbers.add(idNumber);
      const ids = newIds();
      await desk.must('reception.save', { ...ids, ...receptionOf(person, { fullName: `Người ${person}`, idNumber }) });
      if (person % 100 === 0) await leaveTraces(desk, ids.dossier, idNumber, join(places.stick, 'scan.pdf'));
    }
    await desk.must('backup.make', {});
    await desk.must('bundle.export-to', { file: join(places.stick, 'goi.quaygoi') });
  } finally {
    // Killed, not closed: what lies about at that moment is what a thief would find.
    await desk.kill();
    await centre.kill();
  }
  return search(Object.values(places), numbers);
}

/** All that a counter does with a number beside receptions. */
async function leaveTraces(desk: DeskProgram, dossier: string, idNumber: string, scan: string): Promise<void> {
  await desk.must('draft.save', { key: 'reception', text: JSON.stringify({ idNumber }) });
  writeFileSync(scan, `%PDF-1.7\n${idNumber} ${'x'.repeat(1_000)}`);
  await desk.must('attachment.add-from', { ...newIds(), dossier, of: 'paper', file: scan });
  writeFileSync(scan, '');
  await desk.call('dossier.list', { text: idNumber, filter: 'all', limit: 10 });
  await desk.call('scan.resolve', { text: `${idNumber}|x|y` });
}

/** All files under some folders in which one of the numbers stands, whatever is around it, in 8 or 16 bits a letter. */
export function search(folders: readonly string[], numbers: ReadonlySet<string>): Leaks {
  const found: string[] = [];
  let [files, bytes] = [0, 0];
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const raw = readFileSync(join(entry.parentPath, entry.name));
      files += 1;
      bytes += raw.length;
      if (stretches(raw).some((part) => [part.toString('latin1'), part.toString('utf16le'), Buffer.from(part.subarray(1)).toString('utf16le')].some((text) => holds(text, numbers)))) found.push(entry.name);
    }
  }
  return { people: numbers.size, files, megabytes: Math.round(bytes / 1024 / 1024), found };
}

/** A file in stretches that overlap by more than a number is long. */
function stretches(raw: Buffer): Buffer[] {
  const size = 8 * 1024 * 1024;
  return Array.from({ length: Math.ceil(raw.length / size) }, (_, index) => Buffer.from(raw.subarray(index * size, (index + 1) * size + 64)));
}

function holds(text: string, numbers: ReadonlySet<string>): boolean {
  for (const [digits] of text.matchAll(/\d{12,}/g)) {
    for (let at = 0; at + 12 <= digits.length; at += 1) if (numbers.has(digits.slice(at, at + 12))) return true;
  }
  return false;
}
