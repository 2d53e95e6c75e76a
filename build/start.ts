/**
 * `npm start`: the desk app, enrolled with a central service of its own on this machine. Without a display it runs the
 * tour instead, which shows the same in memory and leaves screenshots.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundle, BundleFailed } from './bundle/index.ts';
import { CentreFailed, developmentEnvironment, endChild, startCentre } from './launch/index.ts';
import { developmentDataFolder, hasDisplay, prepareRuntime, projectRoot, RuntimeMissing, SystemIncomplete } from './runtime/index.ts';

/** What Chromium says on every machine without a system bus or a graphics card. */
const isChatter = /:(?:ERROR|WARNING):(?:bus|object_proxy|viz_main_impl|gpu_process_host|command_buffer_proxy_impl|vaapi_wrapper)/;

const say = (line: string): void => console.log(line);

async function startApp(): Promise<number> {
  const runtime = await prepareRuntime({ virtualDisplay: false }, say);
  say(`Runtime: ${runtime.notice}`);
  const { built } = await bundle({ root: projectRoot, outFolder: join(projectRoot, 'out'), development: true });
  if (built.length > 0) say(`Built: ${built.join(', ')}`);

  const data = developmentDataFolder();
  const folders = { desk: join(data, 'desk'), centre: join(data, 'central') };
  await mkdir(folders.desk, { recursive: true, mode: 0o700 });
  await mkdir(folders.centre, { recursive: true, mode: 0o700 });

  const centre = await startCentre({ program: join(projectRoot, 'out/central/quay.mjs'), folder: folders.centre });
  const { url, province, developmentPin, officer } = centre.ready;
  say(`Central service: ${url}${province === undefined ? '' : `, officer's page ${province}`}`);
  if (developmentPin !== undefined) say(`Sign in at the desk with the PIN ${developmentPin}${officer === undefined ? '' : `, on the officer's page as ${officer.login} with ${officer.password}`}`);
  say(`Data: ${data}`);

  const app = spawn(runtime.executable, [...runtime.args], { cwd: projectRoot, stdio: ['inherit', 'inherit', 'pipe'], env: developmentEnvironment(folders.desk, centre.ready) });
  createInterface({ input: app.stderr }).on('line', (line) => {
    if (!isChatter.test(line)) console.error(line);
  });
  let ending = false;
  void centre.ended.then(() => {
    if (!ending) say('The central service has ended; the desk goes on without it.');
  });

  const code = new Promise<number>((resolve, reject) => {
    app.once('error', reject);
    app.once('exit', (status) => resolve(status ?? 1));
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      ending = true;
      void endChild(app);
    });
  }
  // The last resort, where no handler had its turn.
  process.once('exit', () => app.kill('SIGKILL'));
  try {
    const status = await code;
    return ending ? 0 : status;
  } finally {
    ending = true;
    await endChild(app);
    await centre.stop();
  }
}

async function runTour(): Promise<number> {
  say('There is no display here, so the tour runs instead: the same app on a display in memory (npm run tour).');
  const tour = join(projectRoot, 'build/tour/main.ts');
  if (!existsSync(tour)) {
    console.error('build/tour/main.ts is not there.');
    return 1;
  }
  const child = spawn(process.execPath, [tour], { cwd: projectRoot, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // Ctrl+C reaches the tour by itself; the others do not.
    process.on(signal, () => void (signal === 'SIGINT' ? undefined : child.kill(signal)));
  }
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

try {
  process.exitCode = hasDisplay() ? await startApp() : await runTour();
} catch (error) {
  const expected = error instanceof RuntimeMissing || error instanceof SystemIncomplete || error instanceof BundleFailed || error instanceof CentreFailed;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}
