import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const imports = JSON.stringify({ type: 'module', imports: { '#shared/*': './shared/*' } });

const tree: Record<string, string> = {
  'package.json': imports,
  'shared/greeting.ts': `import { z } from 'zod';
export const greeting: string = z.string().parse('chào một cửa');
export function mode(): string { return globalThis.__DEVELOPMENT__ === true ? 'relaxed-mode' : 'strict-mode'; }`,
  'electron/main.ts': `import { app } from 'electron';
import { greeting, mode } from '#shared/greeting.ts';
console.log(app, greeting, mode(), import.meta.dirname);`,
  'electron/preload.ts': `import { contextBridge } from 'electron';
import { greeting } from '#shared/greeting.ts';
contextBridge.exposeInMainWorld('desk', { greeting });`,
  'electron/desk/main.ts': `import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { mode } from '#shared/greeting.ts';
const store = new Database(':memory:');
void import('./codes.ts').then(({ encoder }) => console.log(JSON.stringify({ row: store.prepare('select 1 as one').get(), hash: createHash('sha256').update('').digest('hex').length, mode: mode(), bare: __DEVELOPMENT__, encoder })));`,
  'electron/desk/tool.ts': `import Database from 'better-sqlite3';
import { Command } from 'commander';
console.log(new Command('quay').name(), new Database(':memory:').prepare('select 1 as one').get());`,
  'electron/desk/codes.ts': `import bwip from 'bwip-js';
export const encoder = typeof bwip.toBuffer;`,
  'central/quay.ts': `import Fastify from 'fastify';
import cookie from '@fastify/cookie';
import { Command } from 'commander';
const server = Fastify();
await server.register(cookie);
server.get('/', () => ({ ok: true }));
const answer = await server.inject('/');
console.log(answer.body, new Command('quay').name());`,
  'renderer/desk/index.html': '<!doctype html><html lang="vi"><body><div id="root"></div><script type="module" src="./main.tsx"></script></body></html>',
  'renderer/desk/main.tsx': `import { createRoot } from 'react-dom/client';
import '@fontsource/be-vietnam-pro/vietnamese-400.css';
import './look.css';
import { greeting } from '#shared/greeting.ts';
createRoot(document.body).render(<p>{greeting}</p>);`,
  'renderer/desk/look.css': 'body { color: #123456; }',
  'renderer/province/index.html': '<!doctype html><html lang="vi"><body><script type="module" src="./main.ts"></script></body></html>',
  'renderer/province/main.ts': 'document.body.textContent = "tỉnh";',
};

describe('bundles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));

  function write(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }
  function build(...args: string[]): { code: number | null; said: string } {
    const result = spawnSync(process.execPath, [join(root, 'build/bundle.ts'), '--root', folder, ...args], { encoding: 'utf8' });
    return { code: result.status, said: `${result.stdout}${result.stderr}`.trim() };
  }
  function runNode(path: string): string {
    const result = spawnSync(process.execPath, [join(folder, path)], { encoding: 'utf8' });
    return `${result.stdout}${result.stderr}`.trim();
  }
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

  let first = { code: null as number | null, said: '' };
  beforeAll(() => {
    write(tree);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    first = build();
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are all made from a tree that has every entry', () => {
    expect(first).toEqual({ code: 0, said: 'build: made main, preload, desk, quay, quay-desk, counter, province; unchanged nothing' });
  });

  it('are not made again while nothing changed', () => {
    expect(build().said).toBe('build: made nothing; unchanged main, preload, desk, quay, quay-desk, counter, province');
  });

  it('keep the shell and the preload in CommonJS, with only electron and Node outside', () => {
    for (const file of ['out/electron/main.cjs', 'out/electron/preload.cjs']) {
      const required = [...read(file).matchAll(/\brequire\(["'`]([^"'`]+)["'`]\)/g)].map((match) => match[1] ?? '');
      expect(required).toContain('electron');
      expect(required.filter((name) => name !== 'electron' && !/^(?:node:)?(?:url|path|module)$/.test(name))).toEqual([]);
      expect(read(file)).not.toMatch(/^import /m);
    }
  });

  it('let the desk process load the store and everything else it needs', () => {
    expect(JSON.parse(runNode('out/electron/desk.cjs'))).toEqual({ row: { one: 1 }, hash: 64, mode: 'relaxed-mode', bare: true, encoder: 'function' });
    expect(readdirSync(join(folder, 'out/electron')).toSorted()).toEqual(['desk.cjs', 'desk.cjs.map', 'main.cjs', 'main.cjs.map', 'preload.cjs', 'preload.cjs.map']);
  });

  it('let the command on a desk’s folder load the store', () => {
    expect(runNode('out/central/quay-desk.mjs')).toBe('quay { one: 1 }');
  });

  it('let the centre run without node_modules beside it', () => {
    const alone = mkdtempSync(join(tmpdir(), 'quay-'));
    try {
      writeFileSync(join(alone, 'quay.mjs'), read('out/central/quay.mjs'));
      const result = spawnSync(process.execPath, [join(alone, 'quay.mjs')], { encoding: 'utf8', cwd: alone });
      expect(`${result.stdout}${result.stderr}`.trim()).toBe('{"ok":true} quay');
    } finally {
      rmSync(alone, { recursive: true, force: true });
    }
  });

  it('give pages without anything inline, so that a strict content policy holds', () => {
    const html = read('out/renderer/desk/index.html');
    expect(html).toMatch(/<script type="module" crossorigin src="\.\/assets\/[^"]+\.js"><\/script>/);
    expect(html).not.toMatch(/<script[^>]*>[^<]/);
    const assets = readdirSync(join(folder, 'out/renderer/desk/assets'));
    expect(assets.some((name) => name.endsWith('.woff2'))).toBe(true);
    const style = assets.find((name) => name.endsWith('.css'));
    expect(read(`out/renderer/desk/assets/${style}`)).not.toContain('data:');
  });

  it('hold no development code in production, and stay apart from the development ones', () => {
    expect(build('--production').code).toBe(0);
    expect(read('out/electron/main.cjs')).toContain('relaxed-mode');
    const packed = read('dist/bundle/electron/main.cjs');
    expect(packed).toContain('strict-mode');
    expect(packed).not.toContain('relaxed-mode');
    expect(existsSync(join(folder, 'dist/bundle/electron/main.cjs.map'))).toBe(false);
  });

  it('are made again when a source changed, those alone that use it', () => {
    write({ 'central/quay.ts': 'console.log("đổi");' });
    expect(build().said).toBe('build: made quay; unchanged main, preload, desk, quay-desk, counter, province');
    expect(runNode('out/central/quay.mjs')).toBe('đổi');
  });

  it('say which file is missing', () => {
    rmSync(join(folder, 'electron/preload.ts'));
    expect(build('--only', 'preload')).toEqual({ code: 1, said: 'The bundle "preload" starts at electron/preload.ts, and that file is not there.' });
  });

  it('say where a source is broken, and leave the last good bundle in place', () => {
    write({ 'central/quay.ts': 'import { nothing } from "./nowhere.ts"; nothing();' });
    const result = build('--only', 'quay');
    expect(result.code).toBe(1);
    expect(result.said).toContain('The bundle "quay" failed');
    expect(result.said).toContain('nowhere.ts');
    expect(runNode('out/central/quay.mjs')).toBe('đổi');
  });

  it('refuse a name that is not a bundle', () => {
    expect(build('--only', 'nothing').said).toContain('There is no bundle "nothing"');
  });
});
