/**
 * `npm run simulate [-- --seed N --offices N --days N --parts N --keep FOLDER --json]`: a province in virtual time with the real code of desk and centre; what was judged
 * against what was true. Ends with code 1 where a bar is short. A run is made of parts, each with a centre of its own, as many at a time as there are processors; a part replays alone with its
 * seed and `--parts 1`. With `--keep` the score of a part is written down as soon as it is there, and a part that was played before is not played again.
 */
import './synchronous.ts';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { report } from './print.ts';
import { run } from './run.ts';
import { scoreOf, together, type Score } from './score.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' }, offices: { type: 'string', default: '212' }, days: { type: 'string', default: '62' }, parts: { type: 'string', default: '2' },
    volume: { type: 'string', default: '1' }, late: { type: 'string', default: '0.006' }, hidden: { type: 'string', default: '0.004' }, json: { type: 'boolean', default: false }, keep: { type: 'string' },
  },
});
const number = (value: string): number => {
  const read = Number(value);
  if (!Number.isFinite(read) || read < 0) throw new RangeError(`a number, please, and not ${value}`);
  return read;
};
const [seed, offices, days, parts] = [values.seed, values.offices, values.days, values.parts].map(number) as [number, number, number, number];

async function alone(): Promise<Score> {
  const result = await run({
    seed, offices, days, volume: number(values.volume), late: number(values.late), hidden: number(values.hidden), progress: (line) => void process.stderr.write(`seed ${seed}: ${line}\n`),
  });
  return scoreOf(result);
}

/** Where the score of the part with these arguments is kept. */
function keptAt(args: readonly string[]): string | undefined {
  return values.keep === undefined ? undefined : join(values.keep, `part-${args.filter((arg) => !arg.startsWith('--')).join('-')}.json`);
}

/** A part in a process of its own. */
async function part(index: number): Promise<Score> {
  const args = ['--seed', String(seed + index), '--offices', String(Math.ceil(offices / parts)), '--days', values.days, '--parts', '1', '--volume', values.volume, '--late', values.late, '--hidden', values.hidden, '--json'];
  const kept = keptAt(args);
  if (kept !== undefined && existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Score;
  const child = spawn(process.execPath, [import.meta.filename, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await Promise.all([text(child.stdout), new Promise<void>((resolve) => child.once('exit', () => resolve()))]);
  const last = said.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`the part with seed ${seed + index} ended without a result`);
  const score = JSON.parse(last) as Score;
  if (kept !== undefined) writeFileSync(kept, last);
  return score;
}

/** All parts, as many at a time as there are processors. */
async function all(): Promise<Score> {
  if (values.keep !== undefined) mkdirSync(values.keep, { recursive: true });
  const scores: Score[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(parts, availableParallelism()) }, async () => {
    while (next < parts) scores.push(await part(next++));
  }));
  return scores.reduce((sum, one) => together(sum, one));
}

console.log(`seed ${seed}, ${offices} offices, ${days} working days, ${parts} part${parts === 1 ? '' : 's'}`);
const score = parts === 1 ? await alone() : await all();
if (values.json) console.log(JSON.stringify(score));
else if (!report(score, (line) => console.log(line))) {
  console.log(`\nshort. Parts replay alone: npm run simulate -- --seed ${seed} --offices ${Math.ceil(offices / parts)} --days ${days} --parts 1`);
  process.exitCode = 1;
}
