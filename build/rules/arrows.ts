/**
 * Who may import whom. The reasons stand in docs/architecture.md; in one line each:
 * the domain must run anywhere, the desk process must be testable without a window, a page must not reach the machine,
 * and the centre must not depend on a desk.
 *
 * An area is the set of files whose path starts with one of its prefixes; the longest prefix wins.
 */
export interface Area {
  readonly name: string;
  readonly paths: readonly string[];
  /** Areas it may import from, besides itself. */
  readonly areas: readonly string[];
  /** Node's built-in modules. */
  readonly node: boolean;
  /** Packages it may import: exact names, or `@scope/*`. `'any'` leaves out those in `reserved`. */
  readonly packages: 'any' | readonly string[];
}

const page = ['react', 'react-dom', 'react-hook-form', '@hookform/resolvers', 'zustand', 'zod', 'lucide-react', 'bwip-js', '@fontsource/*'];

export const areas: readonly Area[] = [
  { name: 'shared', paths: ['shared/'], areas: [], node: false, packages: ['zod'] },
  { name: 'db', paths: ['db/'], areas: ['shared'], node: true, packages: ['better-sqlite3', 'zod'] },
  { name: 'desk process', paths: ['electron/desk/'], areas: ['db', 'shared'], node: true, packages: 'any' },
  { name: 'shell', paths: ['electron/shell/', 'electron/main.ts'], areas: ['shared'], node: true, packages: ['electron', 'zod'] },
  { name: 'preload', paths: ['electron/preload.ts'], areas: ['shared'], node: false, packages: ['electron', 'zod'] },
  { name: 'counter', paths: ['renderer/desk/'], areas: ['design system', 'texts', 'shared'], node: false, packages: page },
  { name: 'province pages', paths: ['renderer/province/'], areas: ['design system', 'texts', 'shared'], node: false, packages: page },
  { name: 'design system', paths: ['renderer/ui/'], areas: ['texts', 'shared'], node: false, packages: page },
  { name: 'texts', paths: ['renderer/i18n/'], areas: ['shared'], node: false, packages: page },
  { name: 'centre store', paths: ['central/store/'], areas: ['centre', 'shared'], node: true, packages: 'any' },
  { name: 'centre', paths: ['central/'], areas: ['centre store', 'shared'], node: true, packages: 'any' },
  { name: 'build', paths: ['build/'], areas: ['shared'], node: true, packages: 'any' },
  {
    name: 'test',
    paths: ['test/'],
    areas: ['shared', 'db', 'desk process', 'shell', 'preload', 'counter', 'province pages', 'design system', 'texts', 'centre store', 'centre', 'build'],
    node: true,
    packages: 'any',
  },
];

/** Packages that only the named areas may import, whatever `packages` says. */
export const reserved: ReadonlyMap<string, readonly string[]> = new Map([
  // In plain Node, `require('electron')` starts a download and throws.
  ['electron', ['shell', 'preload']],
  ['better-sqlite3', ['db', 'centre store', 'test']],
]);

/** Names that only the named files may use. A path that ends in `/` stands for the folder. */
export const guarded = {
  'window.desk': { paths: ['renderer/desk/api.ts', 'test/'], instead: 'call renderer/desk/api.ts' },
  ipcMain: { paths: ['electron/shell/', 'test/', 'build/rules/'], instead: 'use the typed map of electron/shell' },
  ipcRenderer: { paths: ['electron/preload.ts', 'electron/shell/', 'test/', 'build/rules/'], instead: 'use the typed map of the preload' },
} as const;

/** Names that say nothing about what is inside. */
export const emptyNames = ['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'misc'];

/** Folders at the top that may hold TypeScript; there are no others. */
export const topFolders = ['shared', 'db', 'electron', 'renderer', 'central', 'build', 'test'];

/** Areas that may import a module whose name is computed at run time. */
export const mayCompute = ['build', 'test'];

/** Areas that may look behind a folder's door. Tests still should not. */
export const mayEnterAnywhere = ['test'];
