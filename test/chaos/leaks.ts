import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { nodeRandom } from '#db/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import { Chance } from '../simulation/chance.ts';
import { catalogueOf, pin, procedures } from '../simulation/province.ts';
import { startProgram, type Program } from './process.ts';

/** What a search of a desk's files came to. */
export interface Leaks {
  readonly people: number;
  readonly files: number;
  readonly megabytes: number;
  /** Files with an ID number of somebody in the clear. */
  readonly found: readonly string[];
}

const agency = 'c-1';
const doneSchema = z.object({ ok: z.literal(true) });
const viewSchema = z.object({ ok: z.literal(true), value: z.object({ waiting: z.object({ entries: z.int() }) }) });

/**
 * A real desk records so many people, keeps half-typed forms, makes a backup, attaches a paper and writes a bundle; then every file it made, its temporary files and
 * all it said are searched for their ID numbers.
 */
export async function searchForLeaks({ folder, people, seed }: { readonly folder: string; readonly people: number; readonly seed: number }): Promise<Leaks> {
  const chance = new Chance(seed);
  const places = { centre: join(folder, 'centre'), desk: join(folder, 'desk'), temporary: join(folder, 'tmp'), stick: join(folder, 'stick') };
  for (const place of [places.desk, places.temporary, places.stick]) mkdirSync(place, { recursive: true });
  const [clockFile, catalogueFile, output] = [join(folder, 'clock.json'), join(folder, 'catalogue.json'), join(places.temporary, 'said.log')];
  writeFileSync(clockFile, JSON.stringify({ v: 1, realAt: Date.now(), trueAt: Date.now(), rate: 1, machines: { centre: { wallOffset: 0, boot: 'centre', bootedAt: 0 } } }));
  writeFileSync(catalogueFile, JSON.stringify(catalogueOf([{ agency, level: 'commune', line: 'l', clerk: 'c-1-1', supervisor: undefined, perDay: 1 }])));
  const centre = await startProgram(join(import.meta.dirname, '../electron/desk/centre-process.ts'), { folder: places.centre, clockFile, catalogueFile, port: 0 });
  const code = String(await centre.ask({ op: 'code', agency }));
  const desk = await startProgram(join(import.meta.dirname, '../electron/desk/machine-process.ts'), { folder: places.desk, url: centre.ready['url'], code }, { output, temporary: places.temporary });
  const numbers = new Set<string>();
  try {
    await until(async () => doneSchema.safeParse(await call(desk, 'session.sign-in', { staff: 'c-1-1', pin })).success && viewSchema.safeParse(await call(desk, 'sync.view', {})).data?.value.waiting.entries === 0);
    for (let person = 0; person < people; person += 1) {
      // The second half is recorded without a line, so that it goes by the bundle.
      if (person === Math.floor(people / 2)) await centre.kill();
      const idNumber = `0${chance.whole(20, 96)}${chance.whole(100_000_000, 999_999_999)}`;
      numbers.add(idNumber);
      const dossier = mintUuid(Date.now(), nodeRandom);
      const applicant = { kind: 'citizen', fullName: `Người ${person}`, idNumber, address: `Thôn ${person}`, phone: '0912345678' };
      await must(desk, 'reception.save', { act: mintUuid(Date.now(), nodeRandom), dossier, procedure: procedures[person % procedures.length], papers: [], sets: 1, channel: 'counter', personal: { applicant } });
      if (person % 100 === 0) {
        await must(desk, 'draft.save', { key: 'reception', text: JSON.stringify({ idNumber }) });
        const scan = join(places.stick, 'scan.pdf');
        writeFileSync(scan, `%PDF-1.7\n${idNumber} ${'x'.repeat(1_000)}`);
        await must(desk, 'attachment.add-from', { act: mintUuid(Date.now(), nodeRandom), dossier, of: 'paper', file: scan });
        writeFileSync(scan, '');
        await call(desk, 'dossier.list', { text: idNumber, filter: 'all', limit: 10 });
        await call(desk, 'scan.resolve', { text: `${idNumber}|x|y` });
        await call(desk, 'attachment.content', { dossier, sha256: 'a'.repeat(64) });
      }
    }
    await must(desk, 'backup.make', {});
    await must(desk, 'bundle.export-to', { file: join(places.stick, 'goi.quaygoi') });
  } finally {
    // Killed, not closed: what lies about at that moment is what a thief would find.
    await desk.kill();
    await centre.kill();
  }
  return search([places.desk, places.temporary, places.stick], numbers);
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

function call(desk: Program, channel: string, request: object): Promise<unknown> {
  return desk.ask({ op: 'call', channel, request });
}

async function must(desk: Program, channel: string, request: object): Promise<void> {
  const answer = await call(desk, channel, request);
  if (!doneSchema.safeParse(answer).success) throw new Error(`${channel}: ${JSON.stringify(answer).slice(0, 300)}`);
}

async function until(holdsNow: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await holdsNow())) {
    if (Date.now() > end) throw new Error('the desk was not ready within a minute');
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }
}
