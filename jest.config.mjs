/**
 * Three projects: `unit` on Node, `dom` in jsdom (test/renderer), `e2e` on the real window (test/e2e, one at a time:
 * `npm run test:e2e` runs them in band).
 *
 * Sources are ES modules; here swc turns them into CommonJS, because jest's native modules still need a flag of Node's.
 * So the packages that ship ES modules only are transformed too. Top-level `await` is the one thing this cannot run.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const rootDir = fileURLToPath(new URL('.', import.meta.url));
const folders = ['shared', 'db', 'electron', 'renderer', 'central', 'build', 'test'];

/** Packages in node_modules whose CommonJS door is missing. */
const esModulesOnly = ['@tus/server', '@tus/utils', 'srvx', '@electron/fuses', 'canonicalize', 'commander', 'content-disposition'];

/** @param {'typescript' | 'ecmascript'} syntax @param {boolean} jsx */
function swc(syntax, jsx) {
  return [
    '@swc/jest',
    {
      jsc: {
        parser: syntax === 'typescript' ? { syntax, tsx: jsx } : { syntax, jsx },
        target: 'es2024',
        transform: { react: { runtime: 'automatic' } },
        keepClassNames: true,
      },
      module: { type: 'commonjs' },
    },
  ];
}

const base = {
  rootDir,
  roots: folders.filter((folder) => existsSync(`${rootDir}${folder}`)).map((folder) => `<rootDir>/${folder}`),
  modulePathIgnorePatterns: ['<rootDir>/out/', '<rootDir>/dist/'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: { '\\.tsx$': swc('typescript', true), '\\.m?ts$': swc('typescript', false), '\\.m?js$': swc('ecmascript', false) },
  transformIgnorePatterns: [`/node_modules/(?!(?:${esModulesOnly.join('|')})/)`],
  setupFiles: ['<rootDir>/test/build/setup/development.ts'],
}

export default {
  // Real processes and real files on a machine that may be busy; jest takes this from the top level only.
  testTimeout: 60_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/renderer/', '<rootDir>/test/e2e/'],
    },
    {
      ...base,
      displayName: 'dom',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/test/renderer/**/*.test.{ts,tsx}'],
      moduleNameMapper: { '\\.(?:css|woff2?|svg|png)(?:\\?.*)?$': '<rootDir>/test/build/setup/asset.ts' },
      setupFiles: [...base.setupFiles, '<rootDir>/test/build/setup/page.ts'],
    },
    {
      ...base,
      displayName: 'e2e',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
    },
  ],
};
