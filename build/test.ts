/**
 * `npm test`: types, lint, bundles, then all tests: unit and pages, the pure parts once more under another time zone,
 * and the real window on a display in memory. The last line is `N passed, N failed`; a step that fails counts as one.
 *
 * `--only checks|unit|window` runs a part; what follows `--` goes to jest.
 */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { bundle, BundleFailed } from './bundle/index.ts';
import { run } from './child.ts';
import { isCode } from './disk.ts';
import { ensureClockShifter, prepareRuntime, projectRoot, readManifest, RuntimeMissing, startVirtualDisplay, SystemIncomplete } from './runtime/index.ts';
import type { Runtime } from './runtime/index.ts';

const report = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numRuntimeErrorTestSuites: z.number(), numPendingTests: z.number(), numTodoTests: z.number() });

interface Score {
  passed: number;
  /** One line for each step that failed as a whole. */
  readonly broken: string[];
  failed: number;
  /** What could not be run here, and why. */
  readonly notRun: string[];
}

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
const part = z.enum(['checks', 'unit', 'window']).optional().parse(values.only);
const score: Score = { passed: 0, failed: 0, broken: [], notRun: [] };
const say = (line: string): void => console.log(line);

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
  process.on(signal, () => process.exit(code));
}

// A folder of this run for all that tests leave behind. Others may pass through it: one test runs as another user.
const scratch = await mkdtemp(join(tmpdir(), 'quay-test-'));
await chmod(scratch, 0o711);
try {
  if (part === undefined || part === 'checks') {
    // Each has a core for itself.
    await Promise.all([step('typecheck', 'build/typecheck.ts'), step('lint', 'build/lint.ts')]);
  }
  if (part !== 'checks') await testEverything();
} finally {
  await rm(scratch, { recursive: true, force: true });
}

for (const line of score.notRun) say(`not run: ${line}`);
for (const line of score.broken) say(`failed: ${line}`);
if (part !== 'checks' && score.passed + score.failed === 0) {
  say('failed: no test ran');
  score.failed += 1;
}
process.exitCode = score.failed + score.broken.length === 0 ? 0 : 1;
say(`${score.passed} passed, ${score.failed + score.broken.length} failed`);

async function testEverything(): Promise<void> {
  const runtime = await attempt('runtime', () => prepareRuntime({ virtualDisplay: true }, say));
  if (part !== 'window') await attempt('clocks', () => ensureClockShifter(say));
  const bundled = await attempt('build', () => bundle({ root: projectRoot, outFolder: join(projectRoot, 'out'), development: true }));
  if (bundled !== undefined) say(`build: made ${bundled.built.join(', ') || 'nothing'}`);

  if (part !== 'window') {
    await jest('unit and page tests', ['--selectProjects', 'unit', 'dom', ...positionals], {});
    if (positionals.length === 0) await jest('pure parts in New York', ['--selectProjects', 'unit', '--testPathPatterns', '/test/shared/'], { TZ: 'America/New_York' });
  }
  if (part !== 'unit') await testWindow(runtime, bundled !== undefined);
}

async function testWindow(runtime: Runtime | undefined, bundled: boolean): Promise<void> {
  if (runtime === undefined || !bundled) {
    score.notRun.push('end-to-end tests, for want of the above');
    return;
  }
  const wanted = readManifest().devDependencies.electron;
  if (runtime.version !== wanted) score.notRun.push(`Electron ${wanted}; end-to-end tests ran on ${runtime.notice}`);
  const display = await startVirtualDisplay();
  try {
    await jest('end-to-end tests', ['--selectProjects', 'e2e', '--runInBand', ...positionals], { DISPLAY: display.name });
  } finally {
    await display.stop();
  }
}

async function step(name: string, program: string): Promise<void> {
  const result = await run(process.execPath, [join(projectRoot, program)], { cwd: projectRoot, show: true });
  if (result.code !== 0) score.broken.push(name);
}

/** What fails in the expected ways is told at the end; the other steps go on. */
async function attempt<Result>(name: string, work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RuntimeMissing || error instanceof SystemIncomplete || error instanceof BundleFailed)) throw error;
    score.broken.push(`${name}: ${error.message}`);
    return undefined;
  }
}

async function jest(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  say(`\n${name}`);
  const file = join(scratch, `${name.replaceAll(' ', '-')}.json`);
  const program = join(projectRoot, 'node_modules/jest/bin/jest.js');
  const result = await run(process.execPath, [program, ...args, '--passWithNoTests', '--ci', '--json', '--outputFile', file], {
    cwd: projectRoot,
    show: true,
    env: { ...process.env, NODE_ENV: 'test', TMPDIR: scratch, ...env },
  });
  const counts = report.safeParse(JSON.parse(await readOutput(file)));
  if (!counts.success) {
    score.broken.push(`${name}: jest ended with code ${result.code ?? 'none'} and without a report`);
    return;
  }
  score.passed += counts.data.numPassedTests;
  score.failed += counts.data.numFailedTests;
  const { numRuntimeErrorTestSuites: suites, numPendingTests: skipped, numTodoTests: todo } = counts.data;
  if (suites > 0) score.broken.push(`${name}: ${suites} files could not be run`);
  if (skipped + todo > 0) score.broken.push(`${name}: ${skipped + todo} tests were skipped`);
  if (counts.data.numPassedTests + counts.data.numFailedTests === 0 && positionals.length === 0) score.broken.push(`${name}: there are none`);
}

async function readOutput(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return 'null';
    throw error;
  }
}
