import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');

/** A small tree that keeps every rule. */
const good: Record<string, string> = {
  'shared/log/index.ts': "export * from './chain.ts';",
  'shared/log/chain.ts': "import { z } from 'zod'; export const head = z.string();",
  'shared/dossier/index.ts': "import { head } from '#shared/log/index.ts'; export const fold = head;",
  'db/index.ts': "import Database from 'better-sqlite3'; import { head } from '#shared/log/index.ts'; import { join } from 'node:path'; export const open = [Database, head, join];",
  'electron/main.ts': "import { app } from 'electron'; import './shell/window.ts'; app.quit();",
  'electron/preload.ts': "import { contextBridge, ipcRenderer } from 'electron'; import { head } from '#shared/log/index.ts'; void [contextBridge, ipcRenderer, head];",
  'electron/shell/window.ts': "import { ipcMain } from 'electron'; import { fork } from 'node:child_process'; export const relay = [ipcMain, fork];",
  'electron/desk/main.ts': "import { open } from '#db/index.ts'; import bwip from 'bwip-js'; void [open, bwip];",
  'renderer/ui/index.ts': "export const button = 1;",
  'renderer/i18n/index.ts': "export const text = 1;",
  'renderer/desk/api.ts': 'export const desk = window.desk;',
  'renderer/desk/main.tsx': "import { useState } from 'react'; import '@fontsource/be-vietnam-pro'; import { desk } from './api.ts'; import { button } from '#renderer/ui/index.ts'; export const Main = () => <p>{[useState, desk, button].length}</p>;",
  'renderer/province/main.tsx': "import { text } from '#renderer/i18n/index.ts'; export const Main = () => <p>{text}</p>;",
  'central/index.ts': "import Fastify from 'fastify'; import { head } from '#shared/log/index.ts'; import { rows } from './store/index.ts'; void [Fastify, head, rows];",
  'central/store/index.ts': "import Database from 'better-sqlite3'; export const rows = Database;",
  'build/tour.ts': "const name = './x.ts'; import { head } from '#shared/log/index.ts'; void [import(name), head];",
  'test/db/open.test.ts': "import { open } from '#db/index.ts'; void open;",
};

/** One file each that breaks one rule: path, text, the rule and a part of what is said. */
const bad: readonly (readonly [path: string, text: string, rule: string, said: string])[] = [
  ['shared/a1.ts', "import { open } from '#db/index.ts';", 'arrow', 'shared may not import db'],
  ['shared/a2.ts', "import type { open } from '#db/index.ts';", 'arrow', 'shared may not import db'],
  ['shared/a3.ts', "export type Open = typeof import('#db/index.ts');", 'arrow', 'shared may not import db'],
  ['shared/a4.ts', "export * from '#central/index.ts';", 'arrow', 'shared may not import centre'],
  ['shared/a5.ts', "export { relay } from '#electron/shell/window.ts';", 'arrow', 'shared may not import shell'],
  ['shared/a6.ts', "export { Main } from '#renderer/desk/main.tsx';", 'arrow', 'shared may not import counter'],
  ['shared/a7.ts', "import { createHash } from 'node:crypto';", 'node', 'runs without Node'],
  ['shared/a8.ts', "import { create } from 'zustand';", 'package', 'shared may not import the package zustand'],
  ['shared/a9.ts', 'export const load = (name: string) => import(name);', 'computed', 'computed'],
  ['db/b1.ts', "import { z } from '#central/index.ts';", 'arrow', 'db may not import centre'],
  ['db/b2.ts', "import { app } from 'electron';", 'package', 'only shell, preload may import electron'],
  ['db/b3.ts', "import '#electron/desk/main.ts';", 'arrow', 'db may not import desk process'],
  ['db/b4.ts', "import fs from 'fs';", 'node', 'write node:fs'],
  ['db/b5.ts', "import Fastify from 'fastify';", 'package', 'db may not import the package fastify'],
  ['electron/desk/c1.ts', "import { app } from 'electron';", 'package', 'only shell, preload may import electron'],
  ['electron/desk/c2.ts', "import { relay } from '../shell/window.ts';", 'arrow', 'desk process may not import shell'],
  ['electron/desk/c3.ts', "import Database from 'better-sqlite3';", 'package', 'may import better-sqlite3'],
  ['electron/desk/c4.ts', "const e = require('electron');", 'package', 'only shell, preload may import electron'],
  ['electron/shell/d1.ts', "import { open } from '#db/index.ts';", 'arrow', 'shell may not import db'],
  ['electron/shell/d2.ts', "import '../desk/main.ts';", 'arrow', 'shell may not import desk process'],
  ['electron/shell/d3.ts', "import { z } from '#renderer/desk/main.tsx';", 'arrow', 'shell may not import counter'],
  ['renderer/desk/e1.ts', "import { readFile } from 'node:fs';", 'node', 'counter runs without Node'],
  ['renderer/desk/e2.ts', "import { open } from '#db/index.ts';", 'arrow', 'counter may not import db'],
  ['renderer/desk/e3.ts', "import { shell } from 'electron';", 'package', 'only shell, preload may import electron'],
  ['renderer/desk/e4.ts', "export const ask = window.desk;", 'guarded', 'window.desk belongs to renderer/desk/api.ts'],
  ['renderer/desk/e5.ts', "export const ask = globalThis['desk'];", 'guarded', 'window.desk belongs to renderer/desk/api.ts'],
  ['renderer/desk/e6.ts', "import { Main } from '#renderer/province/main.tsx';", 'arrow', 'counter may not import province pages'],
  ['renderer/desk/e7.ts', "import Fastify from 'fastify';", 'package', 'counter may not import the package fastify'],
  ['renderer/province/f1.ts', "import { desk } from '#renderer/desk/api.ts';", 'arrow', 'province pages may not import counter'],
  ['renderer/ui/g1.ts', "import { desk } from '#renderer/desk/api.ts';", 'arrow', 'design system may not import counter'],
  ['central/h1.ts', "import { open } from '#db/index.ts';", 'arrow', 'centre may not import db'],
  ['central/h2.ts', "import '#electron/desk/main.ts';", 'arrow', 'centre may not import desk process'],
  ['central/h3.ts', "import Database from 'better-sqlite3';", 'package', 'may import better-sqlite3'],
  ['central/h4.ts', "import { Main } from '#renderer/province/main.tsx';", 'arrow', 'centre may not import province pages'],
  ['electron/main-window.ts', "export const x = 1;", 'folder', 'belongs to none of the areas'],
  ['tools/i1.ts', 'export const x = 1;', 'folder', 'belongs to none of the areas'],
  ['shared/log/utils.ts', 'export const x = 1;', 'name', '"utils" says nothing'],
  ['shared/helpers/k.ts', 'export const x = 1;', 'name', '"helpers" says nothing'],
  ['db/row-manager.ts', 'export const x = 1;', 'name', '"manager" says nothing'],
  ['db/common.ts', 'export const x = 1;', 'name', '"common" says nothing'],
  ['db/l1.ts', "import { head } from '../shared/log/index.ts';", 'crossing', 'write #shared/log/index.ts'],
  ['db/l2.ts', "import { head } from '#shared/log/chain.ts';", 'door', 'behind shared/log/index.ts'],
  ['db/l3.ts', "import { head } from '#shared/log/index';", 'missing', 'imports carry the extension'],
  ['db/l4.ts', "import { head } from './nowhere.ts';", 'missing', 'is not there'],
  ['db/m1.ts', "import { ipcMain } from '#shared/log/index.ts'; void ipcMain;", 'guarded', 'ipcMain belongs to electron/shell/'],
  ['db/ring-a.ts', "import { b } from './ring-b.ts'; export const a = b;", 'cycle', 'db/ring-a.ts → db/ring-b.ts → db/ring-a.ts'],
  ['db/ring-b.ts', "import type { A } from './n1.ts'; import { a } from './ring-a.ts'; export const b: A = a;", '', ''],
  ['db/n1.ts', "import type { b } from './ring-b.ts'; export type A = typeof b;", '', ''],
];

function lint(folder: string): { code: number | null; lines: string[] } {
  const result = spawnSync(process.execPath, [join(root, 'build/lint.ts'), '--rules-only', folder], { cwd: root, encoding: 'utf8' });
  return { code: result.status, lines: `${result.stdout}${result.stderr}`.split('\n').filter((line) => line !== '') };
}

function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

describe('import rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
  let broken: string[] = [];
  let brokenCode: number | null = 0;

  beforeAll(() => {
    write(join(folder, 'good'), good);
    write(join(folder, 'bad'), { ...good, ...Object.fromEntries(bad.map(([path, text]) => [path, text])) });
    const result = lint(join(folder, 'bad'));
    broken = result.lines;
    brokenCode = result.code;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('let a tree pass that keeps them', () => {
    expect(lint(join(folder, 'good'))).toEqual({ code: 0, lines: [`lint: ${Object.keys(good).length} files keep the rules`] });
  });

  it('fail the command when one is broken', () => {
    expect(brokenCode).toBe(1);
  });

  it.each(bad.filter(([, , rule]) => rule !== ''))('find what is wrong with %s', (path, _text, rule, said) => {
    const found = broken.filter((line) => line.startsWith(`${path}:`));
    expect(found).toEqual([expect.stringContaining(`[${rule}]`)]);
    expect(found[0]).toContain(said);
  });

  it('find nothing else: no false alarm, and rings of types alone are allowed', () => {
    const expected = new Set(bad.filter(([, , rule]) => rule !== '').map(([path]) => path));
    expect(broken.filter((line) => !expected.has(line.split(':')[0] ?? ''))).toEqual([]);
  });

  it('are kept by this very project', () => {
    expect(lint(root).lines.filter((line) => line.includes(' ['))).toEqual([]);
  });
});
