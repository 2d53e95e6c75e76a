/** Kills under load, told as a line of JSON: `kill-process.ts KILLS SEED`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killUnderLoad } from './kill.ts';

const [kills = 20, seed = 1] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'quay-kill-'));
try {
  console.log(JSON.stringify(await killUnderLoad({ folder, kills, seed })));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
