/**
 * `npm run lint`: oxlint with types, then the import rules of build/rules. `--rules-only <folder>` checks the import
 * rules of another tree; the tests use it on trees that break them.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkTree, listSources } from './rules/check.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { 'rules-only': { type: 'string' } } });

const tree = values['rules-only'] ?? root;
const violations = checkTree(tree);
for (const { file, line, rule, message } of violations) console.error(`${file}:${line} [${rule}] ${message}`);
let clean = violations.length === 0;

if (values['rules-only'] === undefined) {
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  const result = spawnSync(process.execPath, [oxlint, '--type-aware', '--deny-warnings', '--quiet'], { cwd: root, stdio: 'inherit' });
  if (result.error !== undefined) throw result.error;
  clean = clean && result.status === 0;
}

if (clean) console.log(`lint: ${listSources(tree).length} files keep the rules`);
else process.exitCode = 1;
