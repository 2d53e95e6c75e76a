/**
 * `npm run tour`: the real app and the real centre on a display in memory, through a week in which the line is cut. It
 * prints what the old way of counting says of each dossier and what the centre says, and leaves screenshots of each step
 * in `.artifacts/tour/`. Ends with code 1 when the centre says anything else than it should.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, BundleFailed } from '../bundle/index.ts';
import { CentreFailed, startCentre } from '../launch/index.ts';
import { prepareRuntime, projectRoot, RuntimeMissing, startVirtualDisplay, SystemIncomplete } from '../runtime/index.ts';
import { driveClock, openLine } from '../stage/index.ts';
import { firstMorning, playWeek } from './week.ts';

const say = (line: string): void => console.log(line);

async function tour(): Promise<number> {
  const runtime = await prepareRuntime({ virtualDisplay: true }, say);
  say(`Runtime: ${runtime.notice}`);
  await bundle({ root: projectRoot, outFolder: join(projectRoot, 'out'), development: true });
  const pictures = join(projectRoot, '.artifacts/tour');
  await rm(pictures, { recursive: true, force: true });
  await mkdir(pictures, { recursive: true });

  const folder = await mkdtemp(join(tmpdir(), 'quay-tour-'));
  const display = await startVirtualDisplay();
  process.env['DISPLAY'] = display.name;
  const clock = driveClock(join(folder, 'clock.json'), firstMorning);
  const centre = await startCentre({ program: join(projectRoot, 'out/central/quay.mjs'), folder: join(folder, 'centre'), clockFile: clock.file });
  try {
    const line = await openLine(centre.ready.url);
    say('The clock of this tour is injected and accelerated: a week passes in about a minute. Everything else is real.\n');
    const agrees = await playWeek({ runtime, folder, pictures, clock, centre: centre.ready, line, say });
    say(`\nScreenshots: ${pictures}`);
    return agrees ? 0 : 1;
  } finally {
    await centre.stop();
    await display.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await tour();
} catch (error) {
  const expected = error instanceof RuntimeMissing || error instanceof SystemIncomplete || error instanceof BundleFailed || error instanceof CentreFailed;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}
