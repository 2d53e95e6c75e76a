import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '#build/runtime/index.ts';
import { startProgram } from '../../chaos/process.ts';

/** The peer, pinned; it is no dependency of the project and is fetched when it is measured. */
const packages = ['pouchdb@9.0.0', 'express-pouchdb@4.2.0', 'express@4.21.2'];

function fetched(): string {
  const folder = join(projectRoot, '.artifacts/peers/pouchdb');
  if (existsSync(join(folder, 'node_modules/express-pouchdb'))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'peer', private: true }));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-save', ...packages], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return folder;
}

/** Seconds in which PouchDB replicates documents, one for each text, to express-pouchdb over loopback. */
export async function secondsOfPouch(folder: string, texts: readonly string[]): Promise<number> {
  const modules = fetched();
  const file = join(folder, 'documents.ndjson');
  writeFileSync(file, `${texts.join('\n')}\n`);
  const here = import.meta.dirname;
  const server = await startProgram(join(here, 'pouch-server.cjs'), {}, { args: [modules, join(folder, 'pouch-server')] });
  try {
    const said = execFileSync(process.execPath, [join(here, 'pouch-client.cjs'), modules, join(folder, 'pouch-client'), String(server.ready['url']), file], { encoding: 'utf8' });
    const { seconds, written } = z.object({ seconds: z.number(), written: z.int() }).parse(JSON.parse(said.trim().split('\n').at(-1) ?? ''));
    if (written !== texts.length) throw new Error(`PouchDB wrote ${written}`);
    return seconds;
  } finally {
    await server.kill();
  }
}
