/**
 * The part of `quay` that works on a desk's data folder, for an administrator: `quay bundle export`, `quay backup`, `quay restore`. It opens the store with
 * the province's recovery key; the desk's program must not be running.
 */
import process from 'node:process';
import { Command, Option } from 'commander';
import { DomainError } from '#shared/errors/index.ts';
import { backupCommand, backupListCommand, restoreCommand } from './commands/backup.ts';
import { bundleExportCommand } from './commands/bundle.ts';
import type { DeskAsked } from './commands/folder.ts';
import { printFault, type Output } from '#shared/command/index.ts';
import manifest from '../../package.json' with { type: 'json' };

const output: Output = {
  line: (line) => void process.stdout.write(`${line}\n`),
  problem: (line) => void process.stderr.write(`${line}\n`),
};

interface Given {
  readonly folder: string;
  readonly recoveryKey: string;
  readonly json: boolean;
}

const folder = (): Option => new Option('--folder <folder>', 'the desk’s data folder, or a copy of it').makeOptionMandatory();
const recoveryKey = (): Option => new Option('--recovery-key <file>', 'the centre’s recovery.key.pem').makeOptionMandatory();
const json = (): Option => new Option('--json', 'answer in one line of JSON').default(false);
const asked = (given: Given): DeskAsked => ({ folder: given.folder, recoveryKey: given.recoveryKey, json: given.json, software: `quay ${manifest.version}` });

const quay = new Command('quay').description('Quầy Một Cửa: work on a desk’s data folder').enablePositionalOptions();

quay.command('bundle').description('what desks send by USB').enablePositionalOptions()
  .command('export <file>').description('write what waits at a desk whose program does not start into a file for the centre')
  .addOption(folder()).addOption(recoveryKey()).addOption(json())
  .action(async (file: string, given: Given) => bundleExportCommand({ ...asked(given), file }, output));

const backup = quay.command('backup').description('make a verified backup of a desk’s store').enablePositionalOptions()
  // Not mandatory here: commander would ask the sub-command, which has its own, for them too.
  .option('--folder <folder>', 'the desk’s data folder').option('--recovery-key <file>', 'the centre’s recovery.key.pem').addOption(json())
  .option('--to <folder>', 'where to, in place of the desk’s own backup folder')
  .action(async (given: Partial<Given> & { json: boolean; to?: string }) => {
    const { folder: place, recoveryKey: key } = given;
    if (place === undefined || key === undefined) return backup.error('error: --folder and --recovery-key, please');
    return backupCommand({ ...asked({ folder: place, recoveryKey: key, json: given.json }), to: given.to }, output);
  });
backup.command('list').description('list a desk’s backups without opening them').addOption(folder()).addOption(json())
  .action((given: Pick<Given, 'folder' | 'json'>) => backupListCommand(given, output));

quay.command('restore').description('put a damaged store back: the newest good backup and what verifies of the file that was there, which is set aside')
  .addOption(folder()).addOption(recoveryKey()).option('--from <file>', 'a backup to take in place of the newest good one').addOption(json())
  .action((given: Given & { from?: string }) => restoreCommand({ ...asked(given), from: given.from }, output));

try {
  await quay.parseAsync();
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  printFault(output, process.argv.includes('--json'), error.fault);
  process.exitCode = 1;
}
