import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { areas, emptyNames, guarded, mayCompute, mayEnterAnywhere, reserved, topFolders } from './arrows.ts';
import type { Area } from './arrows.ts';
import { findCycles } from './cycles.ts';
import { readSource } from './source.ts';
import type { Import } from './source.ts';

/** One broken rule. `rule` is a short stable name, `message` says what to do. */
export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly rule: 'arrow' | 'package' | 'node' | 'name' | 'folder' | 'missing' | 'computed' | 'guarded' | 'door' | 'crossing' | 'cycle';
  readonly message: string;
}

/** Checks every TypeScript file under the top folders of `root`. Files outside them are violations too. */
export function checkTree(root: string): readonly Violation[] {
  const violations: Violation[] = [];
  const graph = new Map<string, string[]>();

  for (const file of listSources(root)) {
    const area = areaOf(file);
    violations.push(...checkName(file));
    if (area === undefined) {
      violations.push({ file, line: 1, rule: 'folder', message: `belongs to none of the areas ${areas.map((one) => one.name).join(', ')}` });
      continue;
    }
    const source = readSource(file, readFileSync(join(root, file), 'utf8'));
    const targets: string[] = [];
    for (const item of source.imports) {
      const found = checkImport(root, file, area, item);
      if (found.violation !== undefined) violations.push(found.violation);
      if (found.target !== undefined && !item.typeOnly) targets.push(found.target);
    }
    for (const mention of source.mentions) {
      const { paths, instead } = guarded[mention.name];
      if (!paths.some((path) => within(file, path))) {
        violations.push({ file, line: mention.line, rule: 'guarded', message: `${mention.name} belongs to ${paths[0]}; ${instead}` });
      }
    }
    graph.set(file, targets);
  }
  for (const cycle of findCycles(graph)) {
    violations.push({ file: cycle[0] ?? '', line: 1, rule: 'cycle', message: `imports itself through ${cycle.join(' → ')}` });
  }
  return violations;
}

/** Repository-relative paths, with `/`, of all TypeScript under the folders that may hold it, and of strays beside them. */
export function listSources(root: string): readonly string[] {
  const skipped = new Set(['node_modules', 'out', 'dist', '.git', 'docs']);
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => !skipped.has(entry.name) && !entry.name.startsWith('.'))
    .flatMap((entry) =>
      entry.isDirectory() ? readdirSync(join(root, entry.name), { recursive: true, encoding: 'utf8' }).map((path) => join(entry.name, path)) : [entry.name],
    )
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('/node_modules/'))
    .toSorted();
}

function areaOf(file: string): Area | undefined {
  let best: { area: Area; length: number } | undefined;
  for (const area of areas) {
    for (const path of area.paths) {
      if (within(file, path) && path.length > (best?.length ?? 0)) best = { area, length: path.length };
    }
  }
  return best?.area;
}

function within(file: string, path: string): boolean {
  return path.endsWith('/') ? file.startsWith(path) : file === path;
}

function checkName(file: string): Violation[] {
  const words = file.toLowerCase().split(/[/.\-_]/);
  const empty = words.find((word) => emptyNames.includes(word));
  const message = `"${empty}" says nothing about what is inside; name the file after what it knows`;
  return empty === undefined ? [] : [{ file, line: 1, rule: 'name', message }];
}

interface Finding {
  readonly violation?: Violation;
  /** The file it leads to, when that is one of the project's own. */
  readonly target?: string;
}

function checkImport(root: string, file: string, area: Area, item: Import): Finding {
  const fail = (rule: Violation['rule'], message: string): Finding => ({ violation: { file, line: item.line, rule, message } });
  const name = item.target?.replace(/\?.*$/, '');

  if (name === undefined) {
    return mayCompute.includes(area.name) ? {} : fail('computed', 'the name of the module is computed, so nobody can see where it leads');
  }
  if (name.startsWith('.') || name.startsWith('#')) return checkOwn(root, file, area, item, name);
  if (isBuiltin(name)) {
    if (!area.node) return fail('node', `${area.name} runs without Node: ${name} is not there`);
    return name.startsWith('node:') ? {} : fail('node', `write node:${name}`);
  }
  const owner = packageOf(name);
  const owners = reserved.get(owner);
  if (owners !== undefined && !owners.includes(area.name)) {
    return fail('package', `only ${owners.join(', ')} may import ${owner}`);
  }
  const allowed = area.packages === 'any' || area.packages.includes(owner) || area.packages.includes(`${owner.split('/')[0]}/*`);
  return allowed ? {} : fail('package', `${area.name} may not import the package ${owner}`);
}

function checkOwn(root: string, file: string, area: Area, item: Import, name: string): Finding {
  const fail = (rule: Violation['rule'], message: string): Finding => ({ violation: { file, line: item.line, rule, message } });
  const target = relative(root, name.startsWith('#') ? join(root, name.slice(1)) : join(root, dirname(file), name)).split(sep).join('/');
  if (name.startsWith('#') && !topFolders.includes(target.split('/')[0] ?? '')) return fail('missing', `${name} is not in package.json's imports`);
  if (!existsSync(join(root, target))) return fail('missing', `${name} is not there (imports carry the extension, .ts or .tsx)`);

  const other = areaOf(target);
  if (other === undefined) return target.includes('/') ? fail('folder', `${target} belongs to no area`) : {};
  if (other !== area && !area.areas.includes(other.name)) return fail('arrow', `${area.name} may not import ${other.name} (${target})`);
  if (name.startsWith('.') && topOf(file) !== topOf(target)) return fail('crossing', `write #${target}: relative paths stay inside a top folder`);

  const door = doorOf(root, file, target);
  if (/\.tsx?$/.test(target) && door !== undefined && door !== target && !mayEnterAnywhere.includes(area.name)) {
    return fail('door', `${target} is behind ${door}; import from there`);
  }
  return { target };
}

/** The `index.ts` of the outermost folder that holds `target` but not `file`. */
function doorOf(root: string, file: string, target: string): string | undefined {
  const folders = target.split('/').slice(0, -1);
  for (let depth = 1; depth <= folders.length; depth += 1) {
    const folder = folders.slice(0, depth).join('/');
    if (file.startsWith(`${folder}/`)) continue;
    const door = ['index.ts', 'index.tsx'].map((index) => `${folder}/${index}`).find((path) => existsSync(join(root, path)));
    if (door !== undefined) return door;
  }
  return undefined;
}

function topOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function packageOf(name: string): string {
  const [first = '', second = ''] = name.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}
