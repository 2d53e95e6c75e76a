/** Leaks or nonsense, told as a line of JSON: `search-process.ts leaks|fuzz COUNT SEED`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fuzz } from './fuzz.ts';
import { searchForLeaks } from './leaks.ts';

const [what = '', count = '100', seed = '1'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'quay-search-'));
try {
  console.log(JSON.stringify(what === 'fuzz' ? await fuzz({ folder, requests: Number(count), seed: Number(seed) }) : await searchForLeaks({ folder, people: Number(count), seed: Number(seed) })));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
