/**
 * `npm run chaos [-- --seed N --images N]`: power cuts at random moments of a desk's store, all of them. Ends with code 1 where an act that was told is lost.
 * The quick subset runs in `npm test`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cutPower, type Writer } from './power.ts';

const { values } = parseArgs({ options: { seed: { type: 'string', default: String(randomInt(2 ** 31)) }, images: { type: 'string', default: '10000' }, acts: { type: 'string', default: '400' } } });
const [seed, images, acts] = [values.seed, values.images, values.acts].map(Number) as [number, number, number];
const folder = mkdtempSync(join(tmpdir(), 'quay-chaos-'));
console.log(`power cuts, seed ${seed}`);
try {
  for (const [writer, name] of [['desk', 'the desk’s store, FULL'], ['FULL', 'its connection, FULL'], ['NORMAL', 'its connection, NORMAL: has to lose some']] as const satisfies readonly (readonly [Writer, string])[]) {
    const { images: opened, lost, losing, broken } = await cutPower(writer, { folder, acts, images: writer === 'desk' ? images : Math.ceil(images / 10), seed });
    const good = writer === 'NORMAL' ? losing > 0 : lost === 0 && broken.size === 0;
    console.log(`  ${name}: ${opened} images, ${losing} without an act that was told (${lost} acts in all), broken: ${[...broken].map(([why, times]) => `${why} ${times}`).join(', ') || 'none'} → ${good ? 'holds' : 'short'}`);
    if (!good) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
