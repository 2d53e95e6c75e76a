/**
 * Addresses inside the program. Each host is an origin of its own, so that a page of one can neither read nor call for
 * another: `desk` is the counter, `failure` the page shown when the program cannot start, `print` what is to be printed.
 */
export const scheme = 'app';

export const counterAddress = 'app://desk/index.html';
export const failureAddress = 'app://failure/';
/** The link on the failure page that tries the start once more. */
export const retryAddress = 'app://failure/retry';
/** The link on the page of a damaged store that recovers it. */
export const recoverAddress = 'app://failure/recover';

export type Host = 'desk' | 'failure' | 'print';

/** A parsed address; undefined where there is none to parse. */
export function parseAddress(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}

/** The host of an address of this program; undefined for any other address, and for one with a port or a user in it. */
export function hostOf(address: string): Host | undefined {
  const url = parseAddress(address);
  if (url === undefined || url.protocol !== `${scheme}:` || url.port !== '' || url.username !== '' || url.password !== '') return undefined;
  const host = url.hostname;
  return host === 'desk' || host === 'failure' || host === 'print' ? host : undefined;
}

/**
 * The one gate for addresses outside the program: whether the system's browser may be asked to open it. Parsed and
 * compared whole, never searched for a part. Nothing in the program leads outside yet, so the list is empty.
 */
export function mayOpenOutside(address: string, allowed: readonly string[] = []): boolean {
  const url = parseAddress(address);
  if (url === undefined || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  return allowed.includes(url.origin);
}
