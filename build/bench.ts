/**
 * `npm run bench [-- area …]`: runs test/bench/<area>.ts (all by default), prints each figure beside its peer or limit,
 * and ends with code 1 when one falls short of its bar.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { describeFigure, figure, holds } from './figures/index.ts';
import { projectRoot } from './runtime/index.ts';

const folder = join(projectRoot, 'test/bench');
const known = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && name !== 'figure.ts')
  .map((name) => name.slice(0, -3));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));

const bench = z.object({ default: z.custom<() => Promise<unknown>>((value) => typeof value === 'function', 'exports no function as its default') });

if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are ${known.join(', ') || 'none'}.`);
  process.exitCode = 2;
} else {
  for (const area of asked.length > 0 ? asked : known) {
    console.log(`\n${area}`);
    const { default: measure } = bench.parse(await import(pathToFileURL(join(folder, `${area}.ts`)).href));
    for (const one of z.array(figure).nonempty().parse(await measure())) {
      console.log(`  ${describeFigure(one)}`);
      if (holds(one) === false) process.exitCode = 1;
    }
  }
}
