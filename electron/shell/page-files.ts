import { extname, join, sep } from 'node:path';
import { parseAddress } from './addresses.ts';

/** Kinds of files a page is made of. Anything else is not served. */
const types: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.woff2', 'font/woff2'],
  ['.woff', 'font/woff'],
]);

export interface PageFile {
  readonly file: string;
  readonly type: string;
}

/** A name a page's file or folder may have; this leaves no way to say "the folder above" or to name a hidden file. */
const segment = /^[A-Za-z0-9_][A-Za-z0-9_.@-]*$/;

/**
 * The file of `root` that an address names; undefined when it names none that may be served. Nothing is decoded, joined
 * or tidied up before it is checked: a segment that is not a plain name ends it.
 */
export function pageFile(root: string, address: string): PageFile | undefined {
  const url = parseAddress(address);
  if (url === undefined) return undefined;
  const path = url.pathname === '/' ? '/index.html' : url.pathname;
  const segments = path.slice(1).split('/');
  if (!segments.every((name) => segment.test(name))) return undefined;
  const type = types.get(extname(path));
  const file = join(root, ...segments);
  if (type === undefined || !file.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
  return { file, type };
}
