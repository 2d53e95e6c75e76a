/**
 * `npm run build [-- --only main,counter] [--production]`: the bundles of the app and of the centre, those whose inputs
 * changed. Development goes to `out/`, production to `dist/bundle/`, so that a package never takes up the wrong one.
 * `--root` builds another tree; the tests do.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, BundleFailed } from './bundle/index.ts';
import { projectRoot } from './runtime/index.ts';

const { values } = parseArgs({ options: { only: { type: 'string' }, production: { type: 'boolean', default: false }, root: { type: 'string', default: projectRoot } } });

try {
  const only = values.only?.split(',');
  const result = await bundle({
    root: values.root,
    outFolder: join(values.root, values.production ? 'dist/bundle' : 'out'),
    development: !values.production,
    ...(only === undefined ? {} : { only }),
  });
  console.log(`build: made ${result.built.join(', ') || 'nothing'}; unchanged ${result.fresh.join(', ') || 'nothing'}`);
} catch (error) {
  if (!(error instanceof BundleFailed)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
