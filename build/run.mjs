#!/usr/bin/env node
/**
 * Starts one of the project's programs on the project's own Node 24: `node build/run.mjs start`.
 *
 * The machine's Node may be 20, which can neither run TypeScript nor load the store (it crashes). `npm run` puts the
 * pinned Node first on the path; whoever starts a program by hand comes through here and gets it too. Plain JavaScript,
 * because this file is the one that an old Node has to understand.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const programs = new Map([
  ['start', 'start.ts'],
  ['test', 'test.ts'],
  ['tour', 'tour/main.ts'],
  ['build', 'bundle.ts'],
  ['dist', 'dist.ts'],
  ['bench', 'bench.ts'],
  ['simulate', '../test/simulation/main.ts'],
  ['chaos', '../test/chaos/main.ts'],
  ['lint', 'lint.ts'],
  ['typecheck', 'typecheck.ts'],
  ['runtime', 'runtime/main.ts'],
]);
const [name = '', ...args] = process.argv.slice(2);

const program = programs.get(name);
const pinned = join(here, '..', 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (program === undefined) {
  console.error(`Unknown program "${name}". Known: ${[...programs.keys()].join(', ')}.`);
  process.exitCode = 2;
} else if (Number.parseInt(process.versions.node, 10) >= 24) {
  process.argv.splice(1, 2, join(here, program));
  await import(pathToFileURL(join(here, program)).href);
} else if (existsSync(pinned)) {
  restart(pinned, join(here, program), args);
} else {
  console.error(`This needs Node 24 and found ${process.version}. Run "npm ci" in the project first: it brings its own Node.`);
  process.exitCode = 1;
}

/**
 * @param {string} node @param {string} file @param {string[]} rest
 */
function restart(node, file, rest) {
  const child = spawn(node, [file, ...rest], { stdio: 'inherit' });
  // The terminal sends Ctrl+C to both; this process only waits for the real one to finish its clean-up.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => void (signal === 'SIGINT' ? undefined : child.kill(signal)));
  }
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
