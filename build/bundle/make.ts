import react from '@vitejs/plugin-react';
import { isBuiltin } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { build } from 'vite';
import type { InlineConfig } from 'vite';
import type { Target } from './targets.ts';

export interface MakeOptions {
  readonly root: string;
  /** The folder the bundle is written to: for a program the folder of its file, for a page its own. */
  readonly folder: string;
  readonly development: boolean;
}

/** Builds one target. Throws what the bundler throws: its message names file and place. */
export async function make(target: Target, options: MakeOptions): Promise<void> {
  const before = process.env['NODE_ENV'];
  try {
    await build(target.kind === 'page' ? pageConfig(target, options) : programConfig(target, options));
  } finally {
    // The bundler sets it for the whole process; what we start afterwards is not its business.
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

function base(target: Target, options: MakeOptions): InlineConfig {
  const development = JSON.stringify(options.development);
  return {
    configFile: false,
    envDir: false,
    logLevel: 'warn',
    mode: 'production',
    // See build/types/development.d.ts.
    define: { 'globalThis.__DEVELOPMENT__': development, __DEVELOPMENT__: development },
    build: { outDir: options.folder, emptyOutDir: true, target: target.runtime, sourcemap: options.development, minify: true, reportCompressedSize: false },
  };
}

function pageConfig(target: Target, options: MakeOptions): InlineConfig {
  const common = base(target, options);
  return {
    ...common,
    root: join(options.root, target.entry),
    base: './',
    plugins: [react()],
    build: {
      ...common.build,
      // The pages' content policy allows neither data: addresses nor inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4_000,
    },
  };
}

function programConfig(target: Target, options: MakeOptions): InlineConfig {
  const common = base(target, options);
  const inPage = target.runtime.startsWith('chrome');
  return {
    ...common,
    root: options.root,
    publicDir: false,
    resolve: { conditions: inPage ? ['module', 'browser'] : ['module', 'node'] },
    ssr: { noExternal: true, target: inPage ? 'webworker' : 'node' },
    build: {
      ...common.build,
      ssr: join(options.root, target.entry),
      rolldownOptions: {
        external: (id) => target.external.includes(id) || isBuiltin(id),
        output: {
          format: target.format ?? 'es',
          dir: dirname(join(options.folder, basename(target.output))),
          entryFileNames: basename(target.output),
          codeSplitting: false,
        },
      },
    },
  };
}
