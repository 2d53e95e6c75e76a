/**
 * `npm run typecheck`: the type checker once per runtime, two at a time.
 *
 * A runtime's own configuration is what keeps Node out of the pages and the DOM out of the desk process, so all of them
 * must pass; one check of the whole tree would see the types of every runtime at once and find nothing.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const runtimes = ['shared', 'node', 'renderer', 'preload', 'test'];

/** Runs the checker for one runtime; resolves to whether it found nothing. Its findings go to the terminal. */
function check(runtime: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const child = spawn(process.execPath, [tsc, '-p', `tsconfig.${runtime}.json`], { cwd: root, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code !== 0) console.error(`typecheck: ${runtime} failed`);
      resolve(code === 0);
    });
  });
}

const waiting = [...runtimes];
const results: boolean[] = [];
async function work(): Promise<void> {
  for (let runtime = waiting.shift(); runtime !== undefined; runtime = waiting.shift()) results.push(await check(runtime));
}
await Promise.all([work(), work()]);

if (results.includes(false)) process.exitCode = 1;
else console.log(`typecheck: ${runtimes.join(', ')} are clean`);
