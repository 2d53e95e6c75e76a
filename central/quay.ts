/**
 * `quay`: the command line for administrators, over the same doors as the service. Every command has `--json`.
 */
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import { civilDateSchema, instantOf } from '#shared/deadline/index.ts';
import type { Asked } from './commands/acting.ts';
import { codeCommand, installationsCommand, officerCommand, stateCommand, transferCommand } from './commands/administer.ts';
import { bundleImportCommand } from './commands/bundle.ts';
import { exportCommand as exportCatalogueCommand, importCommand, setPinCommand, showCommand } from './commands/catalogue.ts';
import { eraseCommand } from './commands/erase.ts';
import { exportCommand } from './commands/export.ts';
import { faultIn, printFault, printResult, type Output } from '#shared/command/index.ts';
import { portalMessagesCommand } from './commands/portal.ts';
import { runCentre } from './commands/run.ts';
import { verifyCommand } from './commands/verify.ts';
import { ticketAddCommand, ticketListCommand, ticketWithdrawCommand } from './commands/ticket.ts';
import manifest from '../package.json' with { type: 'json' };

const software = `quay ${manifest.version}`;
/** Where the data of the centre is, if not in its folder: the address of a PostgreSQL database. It may hold a password, so it is no argument that others on the machine can read. */
const database = process.env['DATABASE_URL'] === '' ? undefined : process.env['DATABASE_URL'];
/** The officer's pages, built: beside the bundle in `out/`, or in `out/` beside the sources. */
const pages = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../out/renderer/province' : '../renderer/province', import.meta.url));
const output: Output = {
  line: (line) => void process.stdout.write(`${line}\n`),
  problem: (line) => void process.stderr.write(`${line}\n`),
};

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('a whole number, please');
  return number;
}

const folder = (): Option => new Option('--folder <folder>', 'the centre’s folder: its keys and, unless DATABASE_URL names a PostgreSQL database, its data').makeOptionMandatory();
const json = (): Option => new Option('--json', 'answer in one line of JSON').default(false);

const quay = new Command('quay').description('Quầy Một Cửa: the province’s central service').enablePositionalOptions()
  .addHelpText('after', '\nOn a desk’s data folder: quay bundle export, quay backup, quay restore; each with --help.');

quay.command('version').description('print the version').addOption(json()).action((given: { json: boolean }) => {
  printResult(output, given.json, { version: manifest.version, node: process.versions.node }, [manifest.version]);
});

const central = quay.command('central').description('run the central service').enablePositionalOptions()
  // Not mandatory here: commander would ask the sub-commands, which have their own, for this one too.
  .option('--folder <folder>', 'the centre’s folder: its keys and, unless DATABASE_URL names a PostgreSQL database, its data')
  .option('--host <address>', 'address to listen at', '127.0.0.1')
  .option('--port <port>', 'port to listen at, 0 for any free one', wholeNumber, 8790)
  .option('--tls-key <file>', 'private key for TLS, PEM')
  .option('--tls-cert <file>', 'certificate for TLS, PEM')
  .option('--attachments <folder>', 'where the contents of digitised papers lie; by default in the centre’s folder')
  .option('--metrics-port <port>', 'serve /metrics for Prometheus at this port of this machine', wholeNumber)
  .option('--assume-synchronised <ms>', 'take the machine’s clock as right within so many milliseconds, on the operator’s word', wholeNumber)
  .option('--json-ready', 'print one line of JSON when it listens (the same as --json)', false)
  .option('--end-with-stdin', 'end when standard input closes', false)
  .addOption(json());
if (globalThis.__DEVELOPMENT__ === true) {
  central
    .option('--dev', 'sample catalogue, sample officer, a code that needs no approval, clock taken as right', false)
    .option('--clock-file <file>', 'drive the clock by a file');
}
central.action((given: {
  folder?: string; attachments?: string; metricsPort?: number; host: string; port: number; tlsKey?: string; tlsCert?: string; assumeSynchronised?: number; jsonReady: boolean; endWithStdin: boolean;
  json: boolean; dev?: boolean; clockFile?: string;
}) => {
  const { folder: place } = given;
  if (place === undefined) return central.error("error: required option '--folder <folder>' not specified");
  if ((given.tlsKey === undefined) !== (given.tlsCert === undefined)) central.error('--tls-key and --tls-cert belong together');
  return runCentre({
    folder: place, database, attachments: given.attachments, metricsPort: given.metricsPort, host: given.host, port: given.port, dev: given.dev ?? false, json: given.json || given.jsonReady,
    assumeSynchronised: given.assumeSynchronised, clockFile: given.clockFile, tlsKey: given.tlsKey, tlsCert: given.tlsCert,
    endWithStdin: given.endWithStdin, pages, software,
  }, output);
});

interface Given {
  readonly folder: string;
  readonly json: boolean;
  readonly as?: string;
}

/** An instant: ISO 8601 with a zone, or a civil date in Viet Nam. */
function instant(value: string): number {
  const at = civilDateSchema.safeParse(value).success ? instantOf(value, '00:00') : /T.*(Z|[+-]\d\d:\d\d)$/.test(value) ? Date.parse(value) : NaN;
  if (!Number.isFinite(at)) throw new InvalidArgumentError('a date such as 2026-11-24, or a time such as 2026-11-24T08:00:00+07:00, please');
  return at;
}

const as = (): Option => new Option('--as <login>', 'act for this officer, whose password is the first line of standard input; without it, for the operator of the machine');

let secrets: Promise<string[]> | undefined;
/** The lines of standard input, read once and only where a command needs a password. */
async function secret(index: number): Promise<string> {
  secrets ??= text(process.stdin).then((given) => given.split('\n').map((line) => line.trim()));
  return (await secrets)[index] ?? '';
}

/** What a command was asked, and for whom. */
async function asked({ folder: place, json: inJson, as: login }: Given): Promise<Asked> {
  return { folder: place, database, json: inJson, software, ...(login === undefined ? {} : { acting: { login, password: await secret(0) } }) };
}

central.command('code').description('make a one-time code with which one desk enrols')
  .addOption(folder()).requiredOption('--agency <id>', 'internal id of the agency').requiredOption('--desk <name>', 'name of the desk, for people')
  .option('--approved', 'whoever uses it needs no further approval', false).option('--hours <hours>', 'how long it can be used', wholeNumber, 72).addOption(as()).addOption(json())
  .action(async (given: Given & { agency: string; desk: string; approved: boolean; hours: number }) => codeCommand({ ...given, ...(await asked(given)) }, output));
central.command('installations').description('list the enrolled installations').addOption(folder()).addOption(as()).addOption(json())
  .action(async (given: Given) => installationsCommand(await asked(given), output));
for (const [name, state, description] of [
  ['approve', 'approved', 'approve an installation after its fingerprint was compared'],
  ['revoke', 'revoked', 'take an installation out of service'],
] as const) {
  central.command(`${name} <installation>`).description(description).addOption(folder()).addOption(as()).addOption(json())
    .action(async (installation: string, given: Given) => stateCommand({ ...(await asked(given)), installation, state }, output));
}
central.command('transfer <installation>').description('have an installation serve another agency, once all it holds is at the centre')
  .addOption(folder()).requiredOption('--agency <id>', 'internal id of the agency').option('--desk <name>', 'name of the desk there; without it the one it has').addOption(as()).addOption(json())
  .action(async (installation: string, given: Given & { agency: string; desk?: string }) => transferCommand({ ...given, ...(await asked(given)), installation }, output));
central.command('erase').description('erase the personal data of a finished dossier by a decision, here and with every desk; this cannot be undone')
  .addOption(folder()).addOption(new Option('--dossier <id>', 'the dossier’s id').conflicts('code')).addOption(new Option('--code <code>', 'its code'))
  .requiredOption('--authority <decision>', 'number and date of the decision, without personal data').addOption(as()).addOption(json())
  .action(async (given: Given & { dossier?: string; code?: string; authority: string }) => {
    const { dossier, code, authority } = given;
    const question = dossier !== undefined ? { dossier } : code !== undefined ? { code } : central.error('error: --dossier or --code, please');
    await eraseCommand({ ...(await asked(given)), question, authority }, output);
  });
central.command('officer').description('add an officer or give one a new password, read from standard input')
  .addOption(folder()).requiredOption('--login <login>', 'name to sign in with').requiredOption('--name <name>', 'name for people')
  .addOption(new Option('--role <role>', 'what the officer may do').choices(['officer', 'administrator', 'auditor']).default('officer')).addOption(as()).addOption(json())
  .action(async (given: Given & { login: string; name: string; role: 'officer' | 'administrator' | 'auditor' }) => {
    // After the password of who acts, where somebody does.
    const password = await secret(given.as === undefined ? 0 : 1);
    if (password.length < 10) central.error('a password has at least 10 characters; give it on standard input');
    await officerCommand({ ...given, ...(await asked(given)), password }, output);
  });

quay.command('bundle').description('what desks send by USB while their line is down').enablePositionalOptions()
  .command('import <file>').description('take in a bundle that a desk wrote, and write the receipt for the way back: 0 all of it was taken, 1 not all')
  .addOption(folder()).requiredOption('--receipt <file>', 'the receipt’s file, to be carried back to the desk').addOption(as()).addOption(json())
  .action(async (file: string, given: Given & { receipt: string }) => {
    if (!(await bundleImportCommand({ ...(await asked(given)), file, receipt: given.receipt }, output))) process.exitCode = 1;
  });

quay.command('portal').description('what the national public service portal is told').enablePositionalOptions()
  .command('messages').description('the messages DongBoHoSoMC and CapNhatTienDoHoSoMC as JSON, with personal data; nothing is sent')
  .addOption(folder())
  .addOption(new Option('--dossier <id>', 'of one dossier, with its whole course').conflicts('since'))
  .addOption(new Option('--since <time>', 'of all dossiers of which something arrived from then on, with the steps that did').argParser(instant))
  .addOption(as()).addOption(json())
  .action(async (given: Given & { dossier?: string; since?: number }) => {
    const { dossier, since } = given;
    const question = dossier !== undefined ? { dossier } : since !== undefined ? { since } : quay.error('error: --dossier or --since, please');
    await portalMessagesCommand({ ...(await asked(given)), question }, output);
  });

quay.command('export').description('write all logs, the catalogues and the centre’s own log into one file that can be verified anywhere')
  .addOption(folder()).requiredOption('--out <file>', 'the file to write (.ndjson.gz)').option('--log <id...>', 'only these desks’ logs')
  .option('--without-bodies', 'leave out the sealed bodies, which hold personal data', false).addOption(as()).addOption(json())
  .action(async (given: Given & { out: string; log?: string[]; withoutBodies: boolean }) => {
    await exportCommand({ ...(await asked(given)), file: given.out, logs: given.log, bodies: !given.withoutBodies }, output);
  });

quay.command('verify <file>').description('check an exported file with nothing but itself: 0 intact, 1 not, 2 no such file')
  .option('--key <key>', 'the centre’s key or its fingerprint, as you know it from elsewhere')
  .addOption(new Option('--now <time>', 'judge as of then, in place of the time in the file').argParser(instant))
  .option('--verdicts <file>', 'write every verdict with its reasons in words, one a line').addOption(json())
  .action(async (file: string, given: { key?: string; now?: number; verdicts?: string; json: boolean }) => {
    try {
      if (!(await verifyCommand({ file, ...given }, output))) process.exitCode = 1;
    } catch (error) {
      const fault = faultIn(error);
      if (!fault) throw error;
      printFault(output, given.json, fault);
      process.exitCode = 2;
    }
  });
const several = (value: string, before: readonly string[]): readonly string[] => [...before, value];
const ticket = quay.command('ticket').description('operators’ tickets: outages of the lines, told from outside');
ticket.command('add').description('record an operator’s ticket').addOption(folder())
  .requiredOption('--operator <name>', 'the operator of the line').requiredOption('--reference <number>', 'the operator’s own number of it')
  .addOption(new Option('--from <time>', 'when the line was lost').argParser(instant).makeOptionMandatory())
  .addOption(new Option('--to <time>', 'when it was back').argParser(instant).makeOptionMandatory())
  .option('--agency <agency>', 'internal id or name of an agency it hit; can be repeated', several, [])
  .option('--line <name>', 'a line as the catalogue names it: all agencies on it; can be repeated', several, [])
  .option('--everywhere', 'it hit the whole province', false)
  .option('--replaces <ticket>', 'the ticket in whose place it is').addOption(as()).addOption(json())
  .action(async (given: Given & { operator: string; reference: string; from: number; to: number; agency: readonly string[]; line: readonly string[]; everywhere: boolean; replaces?: string }) => {
    const { operator, reference, from, to, agency, line, everywhere, replaces } = given;
    await ticketAddCommand({ ...(await asked(given)), outage: { operator, reference, from, to, agencies: agency, lines: line, everywhere, ...(replaces === undefined ? {} : { replaces }) } }, output);
  });
ticket.command('list').description('the tickets that count').addOption(folder()).addOption(as()).addOption(json())
  .action(async (given: Given) => ticketListCommand(await asked(given), output));
ticket.command('withdraw <ticket>').description('take back a ticket that was recorded by mistake').addOption(folder()).addOption(as()).addOption(json())
  .action(async (id: string, given: Given) => ticketWithdrawCommand({ ...(await asked(given)), ticket: id }, output));

const catalogue = quay.command('catalogue').description('the catalogue: agencies, procedures, staff, calendars');
catalogue.command('show').description('say what is published').addOption(folder()).addOption(as()).addOption(json())
  .action(async (given: Given) => showCommand(await asked(given), output));
catalogue.command('export <file>').description('write the published catalogue into a workbook (.xlsx) or a JSON file (.json)').addOption(folder()).addOption(as()).addOption(json())
  .action(async (file: string, given: Given) => exportCatalogueCommand({ ...(await asked(given)), file }, output));
catalogue.command('import <file>').description('publish a workbook (.xlsx) or a JSON file (.json) as the next version')
  .addOption(folder()).option('--check', 'only say what would have to be corrected', false).addOption(as()).addOption(json())
  .action(async (file: string, given: Given & { check: boolean }) => {
    if (!(await importCommand({ ...(await asked(given)), file, check: given.check }, output))) process.exitCode = 1;
  });

quay.command('staff').description('people at the desks').command('set-pin <id>').description('give a member of staff a PIN, read from standard input')
  .addOption(folder()).addOption(as()).addOption(json())
  .action(async (staff: string, given: Given) => {
    // After the password of who acts, where somebody does.
    const pin = await secret(given.as === undefined ? 0 : 1);
    await setPinCommand({ ...(await asked(given)), staff, pin }, output);
  });

try {
  await quay.parseAsync();
} catch (error) {
  const fault = faultIn(error);
  if (!fault) throw error;
  printFault(output, process.argv.includes('--json') || process.argv.includes('--json-ready'), fault);
  process.exitCode = 1;
}
