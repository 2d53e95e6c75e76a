import '../simulation/synchronous.ts';
import { syncRun } from './sync-run.ts';
const [from = 1, count = 5] = process.argv.slice(2).map(Number);
for (let seed = from; seed < from + count; seed += 1) {
  const t = performance.now();
  const run = await syncRun(seed, { folder: '/dev/shm/chaos' });
  console.log(JSON.stringify(run), Math.round(performance.now() - t));
}
