#!/usr/bin/env node
/**
 * `quay`: the command line of the centre, for administrators, auditors and scripts. It runs the bundle in `out/` on the
 * project's own Node 24, whatever Node the machine has; see build/run.mjs for the reason.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const program = join(root, 'out', 'central', 'quay.mjs');
const node = existsSync(pinned) ? pinned : Number.parseInt(process.versions.node, 10) >= 24 ? process.execPath : undefined;

if (node === undefined) {
  console.error(`This needs Node 24 and found ${process.version}. Run "npm ci" in the project first: it brings its own Node.`);
  process.exitCode = 1;
} else if (!existsSync(program)) {
  console.error('The command line is not built yet. Run "npm run build" in the project first.');
  process.exitCode = 1;
} else {
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal sends Ctrl+C to both; the others reach only this process.
  process.on('SIGINT', () => undefined);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => void child.kill(signal));
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
