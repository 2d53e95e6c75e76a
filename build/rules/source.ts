import { parseSync, Visitor } from 'vite';

/** One place where a file names another module. `target` is undefined where the name is computed at run time. */
export interface Import {
  readonly target: string | undefined;
  readonly line: number;
  /** True where only types are taken, so nothing of the other module runs. */
  readonly typeOnly: boolean;
}

/** A name that only certain files may use, such as `window.desk`; `line` is where the file uses it first. */
export interface Mention {
  readonly name: 'window.desk' | 'ipcMain' | 'ipcRenderer';
  readonly line: number;
}

export interface Source {
  readonly imports: readonly Import[];
  readonly mentions: readonly Mention[];
}

const windows = new Set(['window', 'globalThis', 'self']);

/**
 * Reads what one TypeScript file imports (statements, re-exports, `import()`, `require()`, types from `import('…')`)
 * and which guarded names it uses. Throws an Error that names file and place when the text is not TypeScript.
 */
export function readSource(file: string, text: string): Source {
  const parsed = parseSync(file, text);
  const problem = parsed.errors[0];
  if (problem !== undefined) throw new Error(`${file}: ${problem.message}`);

  const lineOf = lineIndex(text);
  const imports: Import[] = [];
  const mentions: Mention[] = [];
  const add = (target: string | undefined, start: number, typeOnly: boolean): void => {
    imports.push({ target, line: lineOf(start), typeOnly });
  };

  const mention = (name: Mention['name'], start: number): void => {
    if (!mentions.some((seen) => seen.name === name)) mentions.push({ name, line: lineOf(start) });
  };

  new Visitor({
    ImportDeclaration(node) {
      const onlyTypes =
        node.importKind === 'type' ||
        (node.specifiers.length > 0 &&
          node.specifiers.every((item) => item.type === 'ImportSpecifier' && item.importKind === 'type'));
      add(node.source.value, node.start, onlyTypes);
    },
    ExportAllDeclaration(node) {
      add(node.source.value, node.start, node.exportKind === 'type');
    },
    ExportNamedDeclaration(node) {
      if (node.source === null) return;
      const onlyTypes =
        node.exportKind === 'type' ||
        (node.specifiers.length > 0 && node.specifiers.every((item) => item.exportKind === 'type'));
      add(node.source.value, node.start, onlyTypes);
    },
    ImportExpression(node) {
      add(textOf(node.source), node.start, false);
    },
    TSImportType(node) {
      add(textOf(node.source), node.start, true);
    },
    TSExternalModuleReference(node) {
      add(textOf(node.expression), node.start, false);
    },
    CallExpression(node) {
      const callee = node.callee;
      const first = node.arguments[0];
      if (callee.type !== 'Identifier' || callee.name !== 'require' || first === undefined) return;
      add(textOf(first), node.start, false);
    },
    MemberExpression(node) {
      if (node.object.type !== 'Identifier' || !windows.has(node.object.name)) return;
      const key = node.computed ? textOf(node.property) : node.property.type === 'Identifier' ? node.property.name : undefined;
      if (key === 'desk') mention('window.desk', node.start);
    },
    Identifier(node) {
      if (node.name === 'ipcMain' || node.name === 'ipcRenderer') mention(node.name, node.start);
    },
  }).visit(parsed.program);

  return { imports, mentions };
}

/** The text of a string literal, or of a template without holes; undefined for anything computed. */
function textOf(node: object): string | undefined {
  if ('value' in node && typeof node.value === 'string') return node.value;
  if (!('quasis' in node) || !Array.isArray(node.quasis) || node.quasis.length !== 1) return undefined;
  const only: unknown = node.quasis[0];
  if (typeof only !== 'object' || only === null || !('value' in only)) return undefined;
  const value = only.value;
  if (typeof value !== 'object' || value === null || !('cooked' in value)) return undefined;
  return typeof value.cooked === 'string' ? value.cooked : undefined;
}

/** Turns an offset into a line number, counted from 1. */
function lineIndex(text: string): (offset: number) => number {
  const starts: number[] = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
