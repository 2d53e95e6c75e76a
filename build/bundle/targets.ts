/** What one bundle is made from and where it goes. Paths are relative to the project and to the output folder. */
export interface Target {
  readonly name: string;
  readonly kind: 'program' | 'page';
  /** A program's entry file, or a page's folder with its index.html. */
  readonly entry: string;
  /** A program's file, or a page's folder. */
  readonly output: string;
  /** How a program is loaded. */
  readonly format?: 'cjs' | 'es';
  /** The oldest runtime it must run on. */
  readonly runtime: string;
  /** Modules that are there at run time and stay outside the bundle, beside Node's own. */
  readonly external: readonly string[];
  /** Folders and files whose content decides whether it must be built again. */
  readonly inputs: readonly string[];
}

/**
 * The fallback runtime is Electron 33: Chromium 130 and Node 20. The desk process runs on Node 24 in every case, but is
 * held to 20 like the shell, since both must start under one Electron. The preload is sandboxed, so it must be one
 * CommonJS file. The desk process is one as well: as an ES module its import of node:http would load all of Node's fetch.
 */
export const targets: readonly Target[] = [
  { name: 'main', kind: 'program', entry: 'electron/main.ts', output: 'electron/main.cjs', format: 'cjs', runtime: 'node20', external: ['electron'], inputs: ['shared', 'electron'] },
  { name: 'preload', kind: 'program', entry: 'electron/preload.ts', output: 'electron/preload.cjs', format: 'cjs', runtime: 'chrome130', external: ['electron'], inputs: ['shared', 'electron'] },
  { name: 'desk', kind: 'program', entry: 'electron/desk/main.ts', output: 'electron/desk.cjs', format: 'cjs', runtime: 'node20', external: ['better-sqlite3'], inputs: ['shared', 'db', 'electron'] },
  { name: 'quay', kind: 'program', entry: 'central/quay.ts', output: 'central/quay.mjs', format: 'es', runtime: 'node24', external: ['better-sqlite3'], inputs: ['shared', 'central'] },
  { name: 'quay-desk', kind: 'program', entry: 'electron/desk/tool.ts', output: 'central/quay-desk.mjs', format: 'es', runtime: 'node24', external: ['better-sqlite3'], inputs: ['shared', 'db', 'electron'] },
  { name: 'counter', kind: 'page', entry: 'renderer/desk', output: 'renderer/desk', runtime: 'chrome130', external: [], inputs: ['shared', 'renderer'] },
  { name: 'province', kind: 'page', entry: 'renderer/province', output: 'renderer/province', runtime: 'chrome109', external: [], inputs: ['shared', 'renderer'] },
];
