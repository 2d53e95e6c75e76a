import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The user's cache folder for this product: `$XDG_CACHE_HOME/quay-mot-cua`, by default under `~/.cache`. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(xdg(env['XDG_CACHE_HOME'], '.cache'), 'quay-mot-cua');
}

/** The folder for data of the development build: `$XDG_DATA_HOME/quay-mot-cua-dev`, by default under `~/.local/share`. */
export function developmentDataFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(xdg(env['XDG_DATA_HOME'], '.local/share'), 'quay-mot-cua-dev');
}

/** The specification of base directories tells to ignore a relative value. */
function xdg(value: string | undefined, byDefault: string): string {
  return value !== undefined && isAbsolute(value) ? value : join(homedir(), byDefault);
}

/** A short stable name for one checkout of the project. */
export function checkoutKey(projectRoot: string): string {
  return createHash('sha256').update(projectRoot).digest('hex').slice(0, 16);
}
