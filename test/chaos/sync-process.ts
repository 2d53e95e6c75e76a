/** Some of the runs, a line of JSON each: `sync-process.ts FROM STEP COUNT [MISTAKE]`. */
import '../simulation/synchronous.ts';
import { existsSync } from 'node:fs';
import { inFolder } from './in-folder.ts';
import { syncRun } from './sync-run.ts';

const [from = 0, step = 1, count = 1] = process.argv.slice(2, 5).map(Number);
const mistake = process.argv[5] === 'told-before-commit' ? 'told-before-commit' : undefined;
await inFolder(async (folder) => {
  for (let index = 0; index < count; index += 1) console.log(JSON.stringify(await syncRun(from + index * step, { folder, mistake })));
  // The disk itself is not what is tried here.
}, existsSync('/dev/shm') ? '/dev/shm' : undefined);
