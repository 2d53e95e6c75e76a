#!/usr/bin/env node
/**
 * The `quay` command. It runs on the project's own Node 24 and starts itself again on it when an older one was used: that
 * one can neither run TypeScript nor load the store (it crashes). Plain JavaScript for the same reason.
 *
 * In a checkout it runs the sources, which count as a development build; where there are none, the bundle in `out/`.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** @param {string} path */
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const args = process.argv.slice(2);
// What works on a desk's data folder is a program of its own: the centre does not depend on a desk.
const onDesk = args[0] === 'backup' || args[0] === 'restore' || (args[0] === 'bundle' && args[1] === 'export');
const bundle = at(onDesk ? '../out/central/quay-desk.mjs' : '../out/central/quay.mjs');
const source = at(onDesk ? '../electron/desk/tool.ts' : '../central/quay.ts');
const pinned = at(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`);
const bundled = !existsSync(source);

if (Number.parseInt(process.versions.node, 10) >= 24) {
  if (!bundled) await import(pathToFileURL(at('development.ts')).href);
  process.argv.splice(1, 1, bundled ? bundle : source);
  await import(pathToFileURL(bundled ? bundle : source).href);
} else if (existsSync(pinned)) {
  const child = spawn(pinned, [at('quay.mjs'), ...args], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => void child.kill(signal));
  // The terminal sends Ctrl+C to both; this process only waits for the other to finish its work.
  process.on('SIGINT', () => undefined);
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
} else {
  process.stderr.write(`quay needs Node 24 and found ${process.version}. Run "npm ci" in the project first: it brings its own Node.\n`);
  process.exitCode = 1;
}
