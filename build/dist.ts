/**
 * `npm run dist [-- --targets dir,deb]`: packs the desk app on Electron 45 with what this machine can make. It stops
 * without that Electron: development's fallback runtime is never packaged.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, BundleFailed } from './bundle/index.ts';
import { run } from './child.ts';
import { findPackagingElectron, projectRoot, readManifest, RuntimeMissing } from './runtime/index.ts';

const { values } = parseArgs({ options: { targets: { type: 'string' } } });

/** The first of the programs that is on the path. */
async function findProgram(names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const found = await run('which', [name]);
    if (found.code === 0) return found.output.trim();
  }
  return undefined;
}

/** What can be made here, and the settings that have the packager use this machine's own tools. */
async function chooseTargets(): Promise<{ targets: readonly string[]; env: NodeJS.ProcessEnv; missing: readonly string[] }> {
  if (process.platform === 'win32') return { targets: ['nsis'], env: {}, missing: [] };
  const archiver = await findProgram(['7za', '7zz', '7z']);
  const packer = await findProgram(['fpm']);
  return {
    targets: ['dir', ...(archiver === undefined ? [] : ['tar.gz', 'zip']), ...(packer === undefined ? [] : ['deb'])],
    env: { ...(archiver === undefined ? {} : { ELECTRON_BUILDER_7ZIP_PATH: archiver }), ...(packer === undefined ? {} : { USE_SYSTEM_FPM: 'true' }) },
    missing: [...(archiver === undefined ? ['tar.gz and zip (install p7zip-full)'] : []), ...(packer === undefined ? ['deb (install fpm)'] : [])],
  };
}

try {
  const electron = await findPackagingElectron({ projectRoot, wanted: readManifest().devDependencies.electron });
  console.log(`dist: Electron ${electron.version} from ${electron.folder}`);
  const { targets, env, missing } = await chooseTargets();
  const chosen = values.targets?.split(',') ?? targets;
  await bundle({ root: projectRoot, outFolder: join(projectRoot, 'dist/bundle'), development: false, only: ['main', 'preload', 'desk', 'counter'] });

  const program = join(projectRoot, 'node_modules/electron-builder/cli.js');
  const platform = process.platform === 'win32' ? '--win' : '--linux';
  const result = await run(process.execPath, [program, platform, ...chosen, '--publish', 'never', `-c.electronDist=${electron.folder}`], { cwd: projectRoot, show: true, env: { ...process.env, ...env } });
  if (values.targets === undefined && missing.length > 0) console.log(`dist: not made here: ${missing.join(', ')}`);
  process.exitCode = result.code ?? 1;
} catch (error) {
  if (!(error instanceof RuntimeMissing || error instanceof BundleFailed)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
