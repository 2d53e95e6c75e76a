import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { agenciesInForce, catalogueSchema, type Catalogue } from '#shared/catalogue/index.ts';
import { civil, formatDate, formatDateTime } from '#shared/deadline/index.ts';
import { DomainError, fault } from '#shared/errors/index.ts';
import { canonicalText } from '#shared/log/index.ts';
import { catalogueOfWorkbook, checkPublication, latestCatalogue, publishCatalogue, workbookOf, type WorkbookProblem } from '../catalogue/index.ts';
import type { Foundation } from '../foundation.ts';
import { hasher, makeVerifier, random } from '../keys/index.ts';
import { withFolder, type Asked } from './acting.ts';
import { printFault, printResult, type Output } from '#shared/command/index.ts';

/** The catalogue without what its staff's PINs are checked against: a short PIN could be guessed from it. */
function withoutPins(catalogue: Catalogue): Catalogue {
  return { ...catalogue, staff: catalogue.staff.map(({ pin: _pin, ...person }) => person) };
}

async function published({ store }: Foundation): Promise<Catalogue> {
  const catalogue = await latestCatalogue(store);
  if (!catalogue) throw new DomainError('catalogue.none');
  return catalogue;
}

/** A file that cannot be opened, by its name alone: the path may name a person. */
function unreadable(file: string, error: unknown): DomainError {
  return new DomainError('catalogue.unreadable-file', { file: basename(file) }, error);
}

/** `quay catalogue export`: the catalogue published last, as a workbook or as JSON by the file's ending. PINs are left out. */
export async function exportCommand(asked: Asked & { readonly file: string }, output: Output): Promise<void> {
  const { file, json } = asked;
  await withFolder(asked, 'centre.read-catalogue', async (foundation) => {
    const catalogue = withoutPins(await published(foundation));
    const bytes = file.toLowerCase().endsWith('.json') ? `${JSON.stringify(catalogue, undefined, 2)}\n` : await workbookOf(catalogue);
    try {
      writeFileSync(file, bytes);
    } catch (error) {
      throw unreadable(file, error);
    }
    printResult(output, json, { version: catalogue.version, file }, [`Version ${catalogue.version} is in ${file}.`]);
  });
}

/**
 * `quay catalogue import`: checks a workbook or a JSON file and publishes it as the next version, unless `check` or nothing changed.
 * False where something has to be corrected; all of it is printed, and nothing is published.
 */
export async function importCommand(asked: Asked & { readonly file: string; readonly check: boolean }, output: Output): Promise<boolean> {
  const { file, json, check } = asked;
  return withFolder(asked, 'centre.publish', async (foundation) => {
    const before = await latestCatalogue(foundation.store);
    const read = await readCatalogue(foundation, file, before);
    if ('problems' in read) {
      printProblems(read.problems, json, output);
      return false;
    }
    if (before && content(before) === content(read.catalogue)) {
      printResult(output, json, { version: before.version, published: false }, [`Nothing differs from version ${before.version}; nothing was published.`]);
    } else if (check) {
      printResult(output, json, { published: false, ok: true }, ['Everything is in order; nothing was published.']);
    } else {
      const { store, own, time } = foundation;
      const version = await publishCatalogue({ store, own, time, hasher }, read.catalogue);
      printResult(output, json, { version, published: true }, [`Published as version ${version}.`]);
    }
    return true;
  });
}

/** What a catalogue says, without its number. */
function content({ version: _version, leases: _leases, ...rest }: Catalogue): string {
  return canonicalText(JSON.parse(JSON.stringify(rest)));
}

type Read = { readonly catalogue: Catalogue } | { readonly problems: readonly WorkbookProblem[] };

async function readCatalogue({ store }: Foundation, file: string, before: Catalogue | undefined): Promise<Read> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (!file.toLowerCase().endsWith('.json')) {
    const outcome = await catalogueOfWorkbook(bytes, before);
    return outcome.ok ? { catalogue: outcome.catalogue } : { problems: outcome.problems };
  }
  const parsed = catalogueSchema.safeParse(jsonOf(bytes.toString('utf8')));
  if (!parsed.success) throw new DomainError('catalogue.not-json', { where: parsed.error.issues.slice(0, 3).map(({ path }) => path.map(String).join('.')).join(', ') });
  const pins = new Map(before?.staff.map(({ id, pin }) => [id, pin]));
  const staff = parsed.data.staff.map((person) => {
    const pin = person.pin ?? pins.get(person.id);
    return pin ? { ...person, pin } : person;
  });
  const catalogue = { ...parsed.data, staff };
  const issues = await checkPublication(store, catalogue);
  return issues.length === 0 ? { catalogue } : { problems: issues.map(({ where, vi, en }) => ({ sheet: where, row: 0, column: '', vi, en })) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.normalize('NFC'));
  } catch (error) {
    throw new DomainError('catalogue.not-json', { where: 'JSON' }, error);
  }
}

function printProblems(problems: readonly WorkbookProblem[], json: boolean, output: Output): void {
  const reason = fault('catalogue.bad-rows', { count: problems.length });
  if (json) {
    output.line(JSON.stringify({ fault: reason, problems }));
    return;
  }
  for (const { sheet, row, column, vi, en } of problems) {
    const [place, where] = [[sheet, ...(row > 0 ? [`dòng ${row}`] : []), ...(column === '' ? [] : [`cột ${column}`])], [sheet, ...(row > 0 ? [`row ${row}`] : []), ...(column === '' ? [] : [`column ${column}`])]];
    output.problem(`${place.join(', ')}: ${vi}`);
    output.problem(`  ${where.join(', ')}: ${en}`);
  }
  printFault(output, false, reason);
}

/** `quay catalogue show`: what is published, in numbers. */
export async function showCommand(asked: Asked, output: Output): Promise<void> {
  await withFolder(asked, 'centre.read-catalogue', async (foundation) => {
    const catalogue = await published(foundation);
    const publishedAt = (await foundation.store.latestCatalogue())?.publishedAt ?? 0;
    const today = civil(foundation.time.read().now).date;
    const { agencies, procedures, staff, calendars } = catalogue;
    const current = procedures.filter(({ validFrom, validTo }) => validFrom <= today && (validTo === undefined || today <= validTo));
    const shown = {
      version: catalogue.version, publishedAt, province: catalogue.province.name,
      agencies: { all: agencies.length, inForce: agenciesInForce(catalogue, today).length },
      procedures: { versions: procedures.length, inForce: current.length },
      staff: { all: staff.length, withoutPin: staff.filter(({ pin }) => !pin).map(({ id }) => id) },
      calendars: calendars.map(({ id, version, coversFrom, coversTo }) => ({ id, version, coversFrom, coversTo })),
    };
    printResult(output, asked.json, shown, [
      `${shown.province}, version ${shown.version}, published ${formatDateTime(publishedAt)}`,
      `Agencies: ${shown.agencies.inForce} in force of ${shown.agencies.all}`,
      `Procedures: ${shown.procedures.inForce} in force, ${shown.procedures.versions} versions`,
      `Staff: ${shown.staff.all}, without a PIN: ${shown.staff.withoutPin.join(', ') || 'none'}`,
      ...shown.calendars.map(({ id, version, coversFrom, coversTo }) => `Calendar ${id} ${version}: ${formatDate(coversFrom)} to ${formatDate(coversTo)}`),
    ]);
  });
}

/** Whether a PIN is none that anybody would try first: 4 to 12 digits, neither all the same nor counting up or down. */
function isSound(pin: string): boolean {
  if (!/^\d{4,12}$/.test(pin)) return false;
  const digits = Array.from(pin, Number);
  const steps = new Set(digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0)));
  return steps.size > 1 || ![0, 1, -1].includes([...steps][0] ?? 0);
}

/** `quay staff set-pin`: gives a member of staff a PIN, as a new version of the catalogue. Errors: `staff.unknown`, `staff.weak-pin`. */
export async function setPinCommand(asked: Asked & { readonly staff: string; readonly pin: string }, output: Output): Promise<void> {
  if (!isSound(asked.pin)) throw new DomainError('staff.weak-pin');
  await withFolder(asked, 'centre.publish', async (foundation) => {
    const catalogue = await published(foundation);
    if (!catalogue.staff.some(({ id }) => id === asked.staff)) throw new DomainError('staff.unknown', { staff: asked.staff });
    const pin = await makeVerifier(asked.pin, random);
    const { store, own, time } = foundation;
    const version = await publishCatalogue({ store, own, time, hasher }, { ...catalogue, staff: catalogue.staff.map((person) => (person.id === asked.staff ? { ...person, pin } : person)) });
    printResult(output, asked.json, { staff: asked.staff, version }, [`${asked.staff} has a new PIN from version ${version} on.`]);
  });
}
